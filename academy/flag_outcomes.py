"""What became of those whom the at-risk rules flagged, beside the others: whether they are right.

The rules are our own and learned from no data. So it is kept for whom which of them fired, and a
week later who has moved again. Then only counts remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from academy.cohort_analytics import LEAST_PEOPLE, STILL_DAYS, Merchant, Rule
from academy.records import JSON
from academy.summaries import DAYS_KEPT

RULES_VERSION = 1
"""Of what the rules ask and count; with another one the counting begins anew."""
WINDOW = timedelta(days=STILL_DAYS)
"""Who is active on one of so many days after the one on which it was looked has moved again."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many merchants, of whom so many moved again."""

    n: int = 0
    moved: int = 0

    @property
    def share(self) -> float | None:
        """None for fewer than five people."""
        return self.moved / self.n if self.n >= LEAST_PEOPLE else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.n + other.n, self.moved + other.moved)


@dataclass(frozen=True, slots=True)
class Flagging:
    """For whom which rules fired on a day; of the stuck alone."""

    on: date
    rules: Mapping[str, tuple[Rule, ...]]
    """Learner id to the rules."""

    def is_over(self, today: date) -> bool:
        """Whether the days in which they may move again have passed."""
        return today > self.on + WINDOW


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the flagged and the others, since it is counted."""

    since: date | None = None
    looks: int = 0
    """How often it was looked, and again a week later."""
    flagged: Tally = Tally()
    others: Tally = Tally()
    talked: Tally = Tally()
    """Of the flagged, those with whom a trainer talked in that week."""
    by_rule: Mapping[Rule, Tally] = field(default_factory=dict)
    """Of the flagged, those for whom this rule fired."""

    @property
    def is_told(self) -> bool:
        """Whether there are enough of both to be laid beside each other."""
        return self.flagged.share is not None and self.others.share is not None


@dataclass(frozen=True, slots=True)
class FlagRecord:
    """What a cohort keeps of it: the latest look, and the counts from those before."""

    latest: Flagging | None = None
    outcomes: Outcomes = Outcomes()

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        kept, found = self.latest, self.outcomes
        return {
            "version": RULES_VERSION,
            "latest": {
                "on": kept.on.isoformat(),
                "rules": {each: list(rules) for each, rules in kept.rules.items()},
            }
            if kept
            else None,
            "since": found.since.isoformat() if found.since else None,
            "looks": found.looks,
            "flagged": _plain(found.flagged),
            "others": _plain(found.others),
            "talked": _plain(found.talked),
            "by_rule": {rule: _plain(tally) for rule, tally in found.by_rule.items()},
        }

    @classmethod
    def from_dict(cls, plain: Any) -> FlagRecord:
        """The record that `to_dict` described; an empty one where the rules were others."""
        if not isinstance(plain, Mapping) or plain.get("version") != RULES_VERSION:
            return cls()
        kept, day = plain["latest"], date.fromisoformat
        return cls(
            Flagging(day(kept["on"]), {who: tuple(rules) for who, rules in kept["rules"].items()})
            if kept
            else None,
            Outcomes(
                day(plain["since"]) if plain["since"] else None,
                plain["looks"],
                Tally(*plain["flagged"]),
                Tally(*plain["others"]),
                Tally(*plain["talked"]),
                {rule: Tally(*tally) for rule, tally in plain["by_rule"].items()},
            ),
        )

    def without(self, learner_id: str) -> FlagRecord:
        """The record as if somebody had not been flagged."""
        if self.latest is None or learner_id not in self.latest.rules:
            return self
        left = {who: rules for who, rules in self.latest.rules.items() if who != learner_id}
        return replace(self, latest=replace(self.latest, rules=left))


def looked_at(
    record: FlagRecord, merchants: Iterable[Merchant], cohort_id: str, *, today: date
) -> FlagRecord:
    """The record after a look at a cohort; nothing happens until the week of the last one is over.

    Whoever joined after a look, or has left since, counts neither way. A look so long ago that
    nobody's days reach back to it is forgotten.
    """
    latest, outcomes = record.latest, record.outcomes
    if latest and not latest.is_over(today):
        return record
    merchants = tuple(merchants)
    if latest and today - latest.on < DAYS_KEPT:
        outcomes = _with_those_of(outcomes, latest, merchants, cohort_id)
    flagged = {
        each.member.learner_id: tuple(alarm.rule for alarm in each.alarms)
        for each in merchants
        if each.is_stuck
    }
    return FlagRecord(Flagging(today, flagged), outcomes)


def _with_those_of(
    outcomes: Outcomes, look: Flagging, merchants: Iterable[Merchant], cohort_id: str
) -> Outcomes:
    flagged, others, talked = outcomes.flagged, outcomes.others, outcomes.talked
    by_rule = dict(outcomes.by_rule)
    for merchant in merchants:
        if merchant.member.joined_at.date() > look.on:
            continue
        one = Tally(1, _moved(merchant.summary.active_on, look))
        rules = look.rules.get(merchant.member.learner_id)
        if rules is None:
            others += one
            continue
        flagged += one
        for rule in rules:
            by_rule[rule] = by_rule.get(rule, Tally()) + one
        if any(where == cohort_id and _in(day, look) for where, day in merchant.summary.talked_on):
            talked += one
    return Outcomes(outcomes.since or look.on, outcomes.looks + 1, flagged, others, talked, by_rule)


def _moved(days: Iterable[date], look: Flagging) -> bool:
    return any(day > look.on and _in(day, look) for day in days)


def _in(day: date, look: Flagging) -> bool:
    return look.on <= day <= look.on + WINDOW


def _plain(tally: Tally) -> JSON:
    return [tally.n, tally.moved]
