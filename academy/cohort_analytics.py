"""A cohort at one look: who needs what, who stands still, who is stuck, and what changed.

Everything is computed from the members' summaries, for N merchants at once. A breakdown tells
nothing about fewer than five people: such a cell is left empty, and where it could be worked out
from the others, the next smallest is left empty too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from academy.cohorts import Member
from academy.framework import STAGE_IDS, Framework
from academy.growth import least_discovery
from academy.levels import Numbers, score_of, theta_of
from academy.proficiency import Z90
from academy.recommender import normal_cdf
from academy.summaries import CODES, Summary, parts_of

LEAST_PEOPLE = 5
"""A cell of fewer people is not shown."""
UNMET_CHANCE = 0.2
"""Whose target is met with less than this chance is counted as below it."""
STILL_DAYS = 7
"""Who did nothing for so long has not moved."""

Rule = Literal["inactive", "failed-checks", "slow", "low-effort", "over-rating", "real-drop"]
POINTS: Mapping[Rule, int] = {
    "inactive": 2,
    "failed-checks": 2,
    "slow": 2,
    "real-drop": 2,
    "low-effort": 1,
    "over-rating": 1,
}
TALK_TO = 3
"""From so many points on a merchant is stuck: talk to him. Our own rule, learned from no data."""
INACTIVE_DAYS = 14
PACE_WEEKS = 4
SLOW_FACTOR = 1.5

Band = Literal["below", "likely-below", "likely-there", "there", "unknown"]
BANDS: tuple[Band, ...] = ("below", "likely-below", "likely-there", "there", "unknown")
"""How likely a target is met: under .2, under .5, under .8, from .8 on; or nothing is known."""

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One rule that fired for a merchant, and what it looked at."""

    rule: Rule
    number: float = 0.0
    """inactive: days; slow: weeks that what is left would take, infinite at a standstill."""
    skills: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """real-drop: dimension ids, or "overall"."""

    @property
    def points(self) -> int:
        return POINTS[self.rule]


@dataclass(frozen=True, slots=True)
class Merchant:
    """One row of a cohort's tables."""

    member: Member
    summary: Summary
    alarms: tuple[Alarm, ...]
    idle_days: float
    """Since he last did something, or since he joined."""

    @property
    def points(self) -> int:
        return sum(alarm.points for alarm in self.alarms)

    @property
    def is_stuck(self) -> bool:
        return self.points >= TALK_TO

    @property
    def has_moved(self) -> bool:
        return self.idle_days < STILL_DAYS and self.summary.active_at is not None

    @property
    def stands_still(self) -> bool:
        """Whether he did nothing for so long; who joined only lately is given the time."""
        return self.idle_days >= STILL_DAYS


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over n merchants, with nine in ten bounds that hold for merchants like these."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Shift:
    """What changed for a cohort, and whether it is more than chance."""

    mean: Mean
    verdict: Literal["real-growth", "real-drop", "unclear"]


@dataclass(frozen=True, slots=True)
class Position:
    """How a cohort stands on one part: an ability or a dimension."""

    id: str
    mean: Mean | None
    """Of the score; None for fewer than five people."""
    target: float | None
    """Mean of what is asked of those who are known and asked for it; None for under five."""
    below: float | None
    """Share of those asked for it whose target is met with less than .2; None for under five."""


@dataclass(frozen=True, slots=True)
class Need(Position):
    """How a cohort stands on one ability."""

    weight: float
    """Share of those known who are below their target, times the ability's importance to them."""


@dataclass(frozen=True)
class CohortTable:
    """Merchants of a cohort; all arrays are (N, P), P the parts of a summary."""

    framework: Framework
    merchants: tuple[Merchant, ...]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        return parts_of(self.framework)

    @cached_property
    def levels(self) -> Numbers:
        return self._array([merchant.summary.levels for merchant in self.merchants])

    @cached_property
    def errors(self) -> Numbers:
        return self._array([merchant.summary.errors for merchant in self.merchants])

    @cached_property
    def statuses(self) -> NDArray[np.str_]:
        rows = [list(merchant.summary.statuses) for merchant in self.merchants]
        return np.array(rows, dtype="<U1").reshape(len(rows), len(self.parts))

    @cached_property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether there is any evidence on it."""
        return self.statuses != CODES["no-evidence"]

    @cached_property
    def scores(self) -> Numbers:
        return np.asarray(score_of(self.levels))

    @cached_property
    def targets(self) -> Numbers:
        """The score that each one's stage asks; nan where it asks nothing."""
        return self._by_stage(_targets(self.framework))

    @cached_property
    def importance(self) -> Numbers:
        """What a part weighs at each one's stage, the whole being 1."""
        return self._by_stage(_importance(self.framework))

    @cached_property
    def chances(self) -> Numbers:
        """Of each target's being met; nan where nothing is asked."""
        with np.errstate(divide="ignore", invalid="ignore"):
            asked = theta_of(self.targets)
            return np.where(
                np.isnan(self.targets), np.nan, normal_cdf((self.levels - asked) / self.errors)
            )

    @cached_property
    def shortfall(self) -> Numbers:
        """(N,) mean points missing up to an ability's target; nan of whom nothing is known."""
        abilities = slice(0, len(self.framework.abilities))
        missing = np.maximum(self.targets - self.scores, 0)[:, abilities]
        weight = np.where(np.isnan(missing), 0.0, self.importance[:, abilities])
        total = weight.sum(axis=1)
        mean = np.nansum(weight * np.nan_to_num(missing), axis=1) / np.where(total, total, 1.0)
        return np.where(self.is_known[:, -1] & (total > 0), mean, np.nan)

    def only(self, holds: Callable[[Merchant], bool]) -> CohortTable:
        """The merchants of whom something holds."""
        return replace(self, merchants=tuple(filter(holds, self.merchants)))

    def in_order(self, order: Sequence[int]) -> CohortTable:
        return replace(self, merchants=tuple(self.merchants[each] for each in order))

    def by_need(self) -> CohortTable:
        """Those who miss most first; of whom nothing is known last."""
        missing = -np.nan_to_num(self.shortfall, nan=-1.0)
        return self.in_order(np.argsort(missing, kind="stable").tolist())

    def _array(self, rows: list[tuple[float, ...]]) -> Numbers:
        return np.array(rows, dtype=float).reshape(len(rows), len(self.parts))

    def _by_stage(self, rows: Mapping[str, Numbers]) -> Numbers:
        found = [rows[merchant.summary.stage] for merchant in self.merchants]
        return np.array(found, dtype=float).reshape(len(found), len(self.parts))


def cohort_table(
    framework: Framework,
    members: Sequence[Member],
    summaries: Mapping[str, Summary],
    *,
    ends_on: date | None,
    now: datetime,
) -> CohortTable:
    """The members who have a summary, in the order given."""
    found = [(each, summaries[each.learner_id]) for each in members if each.learner_id in summaries]
    weeks = [weeks_needed(summary, joined_at=each.joined_at, now=now) for each, summary in found]
    plan = planned_weeks(weeks, ends_on=ends_on, now=now)
    rows = []
    for (member, summary), needed in zip(found, weeks, strict=True):
        idle = _days(max(summary.active_at or member.joined_at, member.joined_at), now)
        joined = _days(member.joined_at, now)
        is_slow = joined >= INACTIVE_DAYS and needed > SLOW_FACTOR * plan
        alarms = alarms_of(summary, idle_days=idle, slow_weeks=needed if is_slow else None)
        rows.append(Merchant(member, summary, tuple(alarms), idle))
    return CohortTable(framework, tuple(rows))


def planned_weeks(weeks: Sequence[float], *, ends_on: date | None, now: datetime) -> float:
    """Weeks that a merchant may take for what is left: until the end of the course.

    Where that is too short for most, what most take; infinite while fewer than five study.
    """
    studying = [each for each in weeks if math.isfinite(each)]
    if len(studying) < LEAST_PEOPLE:
        return math.inf
    left = (ends_on - now.date()).days / 7 if ends_on else 0.0
    return max(left, float(np.median(studying)))


def alarms_of(
    summary: Summary, *, idle_days: float, slow_weeks: float | None = None
) -> list[Alarm]:
    """The rules that fire for a merchant; `slow_weeks` is what he needs, if that is too long.

    Who does nothing at all is not called slow as well.
    """
    found = []
    if idle_days >= INACTIVE_DAYS:
        found.append(Alarm("inactive", number=idle_days))
    elif slow_weeks is not None:
        found.append(Alarm("slow", number=slow_weeks))
    if summary.failed_skills:
        found.append(Alarm("failed-checks", skills=summary.failed_skills))
    if summary.dropped:
        found.append(Alarm("real-drop", parts=summary.dropped))
    if summary.has_guessed:
        found.append(Alarm("low-effort"))
    if summary.overrates:
        found.append(Alarm("over-rating"))
    return found


def weeks_needed(summary: Summary, *, joined_at: datetime, now: datetime) -> float:
    """Weeks that the lessons left would take at the pace of the last four weeks."""
    if not summary.minutes_left:
        return 0.0
    weeks = min(PACE_WEEKS, max(1.0, _days(joined_at, now) / 7))
    minutes = sum(each for at, each in summary.studied if _days(at, now) <= 7 * PACE_WEEKS)
    return summary.minutes_left / (minutes / weeks) if minutes else math.inf


def needs(table: CohortTable) -> tuple[Need, ...]:
    """How the cohort stands on each ability, the neediest first."""
    found = []
    for place, ability in enumerate(table.framework.abilities):
        stands, known = position(table, ability.id), table.is_known[:, place]
        below = known & (np.nan_to_num(table.chances[:, place], nan=1.0) < UNMET_CHANCE)
        weight = float((below * table.importance[:, place]).sum() / max(1, known.sum()))
        found.append(Need(stands.id, stands.mean, stands.target, stands.below, weight))
    return tuple(sorted(found, key=lambda need: -need.weight))


def position(table: CohortTable, part: str) -> Position:
    """How the cohort stands on an ability or a dimension."""
    place = table.parts.index(part)
    known, chance = table.is_known[:, place], table.chances[:, place]
    asked = known & ~np.isnan(chance)
    is_told = int(asked.sum()) >= LEAST_PEOPLE
    return Position(
        part,
        _mean_score(table, place, known) if int(known.sum()) >= LEAST_PEOPLE else None,
        float(table.targets[asked, place].mean()) if is_told else None,
        float((chance[asked] < UNMET_CHANCE).mean()) if is_told else None,
    )


def distribution(table: CohortTable) -> dict[str, dict[Band, int | None]]:
    """How many merchants stand where against their stage's target, by dimension.

    None in place of a number that would tell of fewer than five people.
    """
    found = {}
    for dimension in table.framework.dimensions:
        place = table.parts.index(dimension.id)
        chance, known = table.chances[:, place], table.is_known[:, place]
        counts: dict[Band, int] = {
            "below": int((known & (chance < UNMET_CHANCE)).sum()),
            "likely-below": int((known & (chance >= UNMET_CHANCE) & (chance < 0.5)).sum()),
            "likely-there": int((known & (chance >= 0.5) & (chance < 1 - UNMET_CHANCE)).sum()),
            "there": int((known & (chance >= 1 - UNMET_CHANCE)).sum()),
            "unknown": int((~known).sum()),
        }
        found[dimension.id] = hidden(counts)
    return found


def by_stage(table: CohortTable) -> dict[str, int | None]:
    """How many merchants are at which stage, of those who chose one."""
    stages = [each.summary.stage for each in table.merchants if each.summary.has_stage]
    return hidden({stage: stages.count(stage) for stage in STAGE_IDS})


def hidden(counts: Mapping[_Key, int]) -> dict[_Key, int | None]:
    """The counts without those of one to four people.

    A single one left out could be told from the total, so the next smallest goes with it.
    """
    small = {key for key, count in counts.items() if 0 < count < LEAST_PEOPLE}
    if len(small) == 1:
        others = [key for key, count in counts.items() if key not in small and count]
        small |= set(sorted(others, key=lambda key: counts[key])[:1])
    return {key: None if key in small else count for key, count in counts.items()}


def changes(table: CohortTable) -> dict[str, Shift]:
    """The mean change from each one's first to last occasion, by dimension id and "overall".

    Only of those measured on both; a part with fewer than five is absent. The bounds hold for
    merchants like these: they allow for what measurement leaves open and for how people differ.
    Over the dimensions together, as for one merchant, a false claim is made once in ten.
    """
    found = {}
    for part in (*(dimension.id for dimension in table.framework.dimensions), "overall"):
        measured = [
            merchant.summary.differences[part]
            for merchant in table.merchants
            if part in merchant.summary.differences
        ]
        if len(measured) >= LEAST_PEOPLE:
            points = np.array([each.points for each in measured])
            errors = np.array([(each.high - each.low) / (2 * Z90) for each in measured])
            found[part] = mean_of(points, errors)
    overall = {part: mean for part, mean in found.items() if part == "overall"}
    dimensions = {part: mean for part, mean in found.items() if part != "overall"}
    return _judged(overall) | _judged(dimensions)


def mean_of(values: Numbers, errors: Numbers) -> Mean:
    """The mean of n measured values, its variance being mean error² / n + between-person / n.

    How far people differ is itself known from n of them only, so the bounds are Student's.
    """
    n, mean = len(values), float(values.mean())
    within = float((errors**2).mean())
    between = max(0.0, float(values.var(ddof=1)) - within) if n > 1 else 0.0
    margin = student_90(n - 1) * math.sqrt((within + between) / n)
    return Mean(mean, mean - margin, mean + margin, n)


def student_90(freedom: int) -> float:
    """Within so many standard errors lies nine tenths of Student's t (Abramowitz, Stegun 26.7.5).

    Right to half a per cent from 4 degrees of freedom on; for fewer, that of 4.
    """
    z, v = Z90, max(4, freedom)
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def _judged(family: Mapping[str, Mean]) -> dict[str, Shift]:
    """The verdict on each of a family of changes; see `growth.judge`."""
    scores = {part: Z90 * 2 * mean.value / (mean.high - mean.low) for part, mean in family.items()}
    rise = least_discovery(list(scores.values()))
    drop = least_discovery([-score for score in scores.values()])
    return {
        part: Shift(
            mean,
            "real-growth"
            if scores[part] >= rise
            else "real-drop"
            if -scores[part] >= drop
            else "unclear",
        )
        for part, mean in family.items()
    }


def _mean_score(table: CohortTable, place: int, known: NDArray[np.bool_]) -> Mean:
    level = mean_of(table.levels[known, place], table.errors[known, place])
    value, low, high = (float(score_of(each)) for each in (level.value, level.low, level.high))
    return Mean(value, low, high, level.n)


def _targets(framework: Framework) -> dict[str, Numbers]:
    """Stage to what it asks of each part: the level whose mean over the skills it asks for."""
    found = {}
    for stage in STAGE_IDS:
        row = []
        for skills in _members(framework):
            asked = [s for s in skills if s.importance.get(stage, 0) and stage in s.target]
            weights = np.array([s.importance[stage] for s in asked], dtype=float)
            levels = np.array([theta_of(s.target[stage]) for s in asked], dtype=float)
            row.append(float(score_of(weights @ levels / weights.sum())) if asked else math.nan)
        found[stage] = np.array(row)
    return found


def _importance(framework: Framework) -> dict[str, Numbers]:
    found = {}
    for stage in STAGE_IDS:
        row = [sum(s.importance.get(stage, 0) for s in skills) for skills in _members(framework)]
        found[stage] = np.array(row, dtype=float) / max(1, row[-1])
    return found


def _members(framework: Framework) -> list[list]:
    """The skills of each part, in the order of `parts_of`."""
    abilities = [list(ability.skills) for ability in framework.abilities]
    dimensions = [
        [skill for ability in dimension.abilities for skill in ability.skills]
        for dimension in framework.dimensions
    ]
    return [*abilities, *dimensions, list(framework.skills)]


def _days(since: datetime, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds() / 86400)
