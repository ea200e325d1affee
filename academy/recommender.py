"""What to study next, and why: the most importance-weighted gap closed per minute.

A lesson is worth what it is expected to close of the gap to the stage's target (direct), plus what
it opens: a skill that is not solid yet holds back every skill that needs it (unlock). Both are
divided by the minutes it takes. Everything is computed for N merchants at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Literal

import numpy as np

from academy.demand import demand_of
from academy.framework import Framework, Level
from academy.levels import (
    UNITS,
    UNREADY_SHARE,
    Numbers,
    Whole,
    expected_gain,
    solidity,
    unit_rate,
)
from academy.proficiency import MASTERY_PROBABILITY, Profile
from academy.remembered import of_framework
from academy.review import REVIEW_MINUTES, retrievability, skill_stability

Action = Literal["lesson", "check", "review"]
LEVELS: tuple[Level, Level] = ("basic", "advanced")

NODES = np.array(
    [-2.856970013872806, -1.355626179974266, 0.0, 1.355626179974266, 2.856970013872806]
)
NODE_WEIGHTS = np.array(
    [0.011257411327721, 0.222075922005613, 0.533333333333333, 0.222075922005613, 0.011257411327721]
)
"""Gauss-Hermite rule: averages over a normal distribution by five of its points."""
UNLOCK = 1.5
"""Worth of a point of gap that is opened up, against a point closed at once."""
WEARINESS = 0.85
"""Each repetition of a unit beyond the usual ones is worth this much less."""
ANSWERS_OF_A_ROUND = 6
CHECK_QUESTIONS, CHECK_MINUTES = 3, 2.25
CHECK_CHANCE = 0.5
"""A new skill whose target is met with a higher chance than this is checked, not taught."""
TAUGHT = 0.8
"""What finished lessons have typically taught of a skill, logits."""
LEAST_INDEX = 0.0005
"""Weighted logits per minute below which nothing more is recommended."""
UNSURE_SE = 0.75
"""Standard error above which we say that we are not sure yet."""
DUE = 0.9
"""Retrievability below which a studied skill is worth a review."""


class FrameworkError(ValueError):
    """Prerequisites that cannot be followed; the message says what to change."""


def teaching_order(framework: Framework) -> tuple[str, ...]:
    """Skill ids, prerequisites before the skills that need them. Raises on a cycle."""
    known = {skill.id: skill for skill in framework.skills}
    order: dict[str, None] = {}

    def visit(skill_id: str, path: tuple[str, ...]) -> None:
        if skill_id in path:
            cycle = " needs ".join((*path[path.index(skill_id) :], skill_id))
            raise FrameworkError(
                f"The prerequisites form a circle: {cycle}. Nobody could begin. Take one of these "
                "prerequisites out of curriculum/framework.yaml."
            )
        if skill_id in order:
            return
        if skill_id not in known:
            raise FrameworkError(
                f"Skill '{path[-1]}' needs '{skill_id}', which does not exist. Correct its "
                "prerequisites in curriculum/framework.yaml."
            )
        for prerequisite in known[skill_id].prerequisites:
            visit(prerequisite, (*path, skill_id))
        order[skill_id] = None

    for skill_id in known:
        visit(skill_id, ())
    return tuple(order)


@dataclass(frozen=True)
class Links:
    """Which skill needs which, by number."""

    needs: Numbers
    """(S, S) 1 where the row's skill needs the column's."""
    order: tuple[int, ...]
    """Skill numbers, prerequisites first."""

    @staticmethod
    @of_framework
    def of(framework: Framework) -> Links:
        """The links of a framework's skills, in its order."""
        number = {skill.id: position for position, skill in enumerate(framework.skills)}
        order = tuple(number[skill_id] for skill_id in teaching_order(framework))
        needs = np.zeros((len(number), len(number)))
        for skill in framework.skills:
            for prerequisite in skill.prerequisites:
                needs[number[skill.id], number[prerequisite]] = 1.0
        return Links(needs, order)

    @cached_property
    def parents(self) -> tuple[Whole, ...]:
        return tuple(np.flatnonzero(row) for row in self.needs)

    @cached_property
    def children(self) -> tuple[Whole, ...]:
        return tuple(np.flatnonzero(column) for column in self.needs.T)

    @cached_property
    def above(self) -> tuple[frozenset[int], ...]:
        """The skills that each one opens, at once or in the end."""
        found: list[frozenset[int]] = [frozenset()] * len(self.order)
        for n in reversed(self.order):
            direct = frozenset(map(int, self.children[n]))
            found[n] = direct.union(*(found[child] for child in direct))
        return tuple(found)


@dataclass(frozen=True)
class Situation:
    """Where N merchants stand, skill by skill."""

    mean: Numbers
    """(N, S) level in logits."""
    se: Numbers
    target: Numbers
    """(N, S) level the stage asks, anything where importance is 0."""
    importance: Numbers
    """(N, S) 0 to 3."""
    units: Whole
    """(N, S, 2) basic and advanced units done."""
    minutes: Numbers
    """(S, 2) of one unit, infinite where there is no lesson."""
    recent_answers: Numbers
    """(N, S) answers on the skill since its last lesson unit."""
    retrievability: Numbers
    """(N, S) 1 for a skill never studied."""


@dataclass(frozen=True)
class Values:
    """What the next unit of each level is worth to N merchants; all arrays (2, N, S) or (N, S)."""

    gap: Numbers
    """(N, S) expected shortfall from the target, logits."""
    readiness: Numbers
    """(N, S) share of a lesson's effect that the prerequisites allow."""
    solid: Numbers
    """(N, S) chance that the skill carries others."""
    rate: Numbers
    """(2, N, S) share of the way to the ceiling that a unit teaches whoever is ready for it."""
    gain: Numbers
    """(2, N, S) expected rise of the level."""
    direct: Numbers
    """(2, N, S) expected weighted shortfall closed."""
    opened: Numbers
    """(2, N, S) rise of the chance that the skill carries others."""
    demand: Numbers
    """(N, S) weighted shortfall of the skill and of what waits for it."""
    unlock: Numbers
    """(2, N, S)"""
    index: Numbers
    """(2, N, S) (direct + unlock) / minutes, minutes including the check."""
    review: Numbers
    """(N, S) expected weighted shortfall that a review closes again."""


def normal_cdf(z: Numbers) -> Numbers:
    """Standard normal distribution function (Abramowitz and Stegun 26.2.17, error < 7.5e-8)."""
    size = np.abs(z)
    t = 1 / (1 + 0.2316419 * size)
    tail = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )
    tail = tail * np.exp(-size * size / 2) / math.sqrt(2 * math.pi)
    return np.where(z > 0, 1 - tail, tail)


def values(links: Links, now: Situation) -> Values:
    """The worth of the next unit of each skill and level, averaged over the levels he may have."""
    theta = now.mean + now.se * NODES[:, None, None]

    def average(table: Numbers) -> Numbers:
        return np.tensordot(NODE_WEIGHTS, table, axes=1)

    missing, carries = np.maximum(now.target - theta, 0), solidity(theta)
    gap, solid = average(missing), average(carries)
    allowed = UNREADY_SHARE + (1 - UNREADY_SHARE) * solid
    readiness = np.exp(np.log(allowed) @ links.needs.T)
    demand = now.importance * gap
    for skill in reversed(links.order):
        for parent in links.parents[skill]:
            held_back = UNLOCK * (1 - UNREADY_SHARE) * (1 - solid[:, parent])
            demand[:, parent] += held_back * demand[:, skill]
    waiting = demand @ links.needs

    rates, gains, directs, openings = [], [], [], []
    for number, level in enumerate(LEVELS):
        done = now.units[:, :, number]
        tired = WEARINESS ** np.maximum(done - UNITS[level], 0)
        rates.append(unit_rate(level, done) * tired)
        rise = expected_gain(theta, rates[-1] * readiness, number)
        gains.append(average(rise))
        directs.append(now.importance * average(np.minimum(missing, rise)))
        openings.append(average(solidity(theta + rise) - carries))
    direct, opened = np.stack(directs), np.stack(openings)
    unlock = UNLOCK * (1 - UNREADY_SHARE) * waiting * opened
    minutes = np.moveaxis(now.minutes, -1, 0)[:, None, :] + CHECK_MINUTES
    return Values(
        gap=gap,
        readiness=readiness,
        solid=solid,
        rate=np.stack(rates),
        gain=np.stack(gains),
        direct=direct,
        opened=opened,
        demand=demand,
        unlock=unlock,
        index=(direct + unlock) / minutes,
        review=now.importance * average(np.minimum(missing, faded(now))),
    )


def units_taught(units: Whole, lessons: Whole, recent_answers: Whole) -> Whole:
    """Units done, (N, S, 2), as the rate of the next one sees them; `lessons` (S, 2) there are.

    Once all lessons of a level are done, the next is a repetition, however few they were; and so
    is each round of practice since, `recent_answers` being (N, S).
    """
    full = np.array([UNITS[level] for level in LEVELS])
    again = np.asarray(recent_answers, dtype=np.int64)[:, :, None] // ANSWERS_OF_A_ROUND
    is_over = (units >= lessons) & (lessons > 0)
    return np.where(is_over, np.maximum(units, full) + again, units)


def faded(now: Situation) -> Numbers:
    """What a review of a studied skill is expected to bring back, logits, (N, S)."""
    due = (now.retrievability < DUE) & (now.units.sum(axis=2) > 0)
    return np.where(due, (1 - now.retrievability) * TAUGHT, 0.0)


@dataclass(frozen=True)
class Choice:
    """The best move on each skill for N merchants; the largest index is the best of all."""

    values: Values
    index: Numbers
    """(N, S) worth per minute, 0 where there is nothing to gain."""
    level: Whole
    """(N, S) 0 basic, 1 advanced."""
    action: Whole
    """(N, S) 0 lesson, 1 check, 2 review."""


ACTIONS: tuple[Action, Action, Action] = ("lesson", "check", "review")


def choose(links: Links, now: Situation) -> Choice:
    """The best move on each skill: a lesson, or a check or review where that is wiser.

    A skill never studied whose target is rather met than not is checked before it is taught. A
    review comes first when it brings back more per minute than a lesson adds.
    """
    worth = values(links, now)
    exists = np.isfinite(np.moveaxis(now.minutes, -1, 0))[:, None, :]
    index, level = worth.index.max(axis=0), np.where(exists, worth.index, -1.0).argmax(axis=0)
    met = normal_cdf((now.mean - now.target) / now.se)
    is_new = (now.units.sum(axis=2) == 0) & (now.recent_answers < CHECK_QUESTIONS)
    is_checked = is_new & (met > CHECK_CHANCE) & (now.importance > 0)
    review = worth.review / REVIEW_MINUTES
    is_reviewed = review > index
    action = np.where(is_reviewed, 2, np.where(is_checked, 1, 0))
    return Choice(worth, np.where(is_reviewed, review, index), level, action)


# ---------------------------------------------------------------------------------- one merchant


@dataclass(frozen=True, slots=True)
class Case:
    """One of the five levels that the merchant may have, and what the move would do there."""

    chance: float
    level: float
    """Logits, as all that follows but `opened`."""
    missing: float
    """Up to the target; 0 where the stage asks nothing."""
    rise: float
    closed: float
    """The smaller of the two."""
    solid: float
    """Chance that the skill carries others."""
    opened: float
    """How much the rise adds to that chance."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A skill that needs another, directly or through others, and what waits in it.

    demand = importance * gap + the sum over `needed_by` of UNLOCK * (1 - UNREADY_SHARE) * (1 -
    solid) * their demand.
    """

    skill_id: str
    importance: int
    gap: float
    solid: float
    """Chance that it carries others already."""
    needed_by: tuple[str, ...]
    demand: float


@dataclass(frozen=True)
class Terms:
    """The numbers an index is made of: index = (direct + unlock) / minutes.

    Everything is an average over `cases`, each with its chance: gap of `missing`, gain of `rise`,
    direct / importance of `closed`, opened of `opened`. The rise of a lesson at a level is
    `levels.expected_gain` at rate * readiness; that of a review is the same everywhere.
    """

    importance: int
    level: float
    """Estimated level, logits, and `se` its standard error."""
    se: float
    target: float | None
    """Level the stage asks, logits."""
    gap: float
    """Expected shortfall from the target, logits; 0 where the stage asks nothing."""
    readiness: float
    """Product over `needs` of 0.2 + 0.8 * chance that it is solid; 1 without any."""
    needs: tuple[tuple[str, float], ...]
    """Prerequisites, each with the chance that it is solid."""
    rate: float
    """Share of the way to the ceiling that the unit teaches whoever is ready for it."""
    gain: float
    """Expected rise, logits."""
    direct: float
    """Importance times the shortfall that the rise closes."""
    unlock: float
    """The sum of `unlocks`."""
    unlocks: tuple[tuple[str, float], ...]
    """Skills that need this one, with what each adds, largest first.

    Each adds UNLOCK * (1 - UNREADY_SHARE) * its demand * opened.
    """
    opened: float
    """Expected rise of the chance that the skill carries others."""
    minutes: float
    """Of the unit with its check, or of the review."""
    _waiting: Callable[[], tuple[Waiting, ...]] = field(repr=False, compare=False)
    _cases: Callable[[], tuple[Case, ...]] = field(repr=False, compare=False)
    """Both are worked out for whoever asks."""

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """What needs this skill, directly or not, each after all that need it in turn."""
        return self._waiting()

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The levels that the merchant may have, and what the move would do at each."""
        return self._cases()


ReasonCode = Literal[
    "gap",
    "decisive",
    "unlocks",
    "prerequisites-ready",
    "prerequisites-missing",
    "unsure",
    "faded",
    "pinned",
    "excluded",
    "target-met",
    "not-asked",
    "no-lesson",
    "lower-index",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as data; the page words it."""

    code: ReasonCode
    numbers: Mapping[str, float] = field(default_factory=dict)
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One thing to do next."""

    rank: int
    skill_id: str
    action: Action
    level: Level
    minutes: float
    """What doing it takes."""
    index: float
    """Weighted logits closed per minute."""
    terms: Terms
    reasons: tuple[Reason, ...]
    is_pinned: bool = False


@dataclass(frozen=True)
class Ranking:
    """Every skill's worth for one merchant, from which recommendations and refusals are read."""

    framework: Framework
    profile: Profile
    links: Links
    situation: Situation
    choice: Choice
    pins: tuple[str, ...]
    exclusions: tuple[str, ...]

    def recommendations(self, limit: int = 5) -> tuple[Recommendation, ...]:
        """The best first; pinned skills before all others, in the trainer's order."""
        if limit not in self._given:
            self._given[limit] = self._recommended(limit)
        return self._given[limit]

    @cached_property
    def _given(self) -> dict[int, tuple[Recommendation, ...]]:
        """By their limit, the recommendations that were asked for."""
        return {}

    def _recommended(self, limit: int) -> tuple[Recommendation, ...]:
        ranked = [number for number in self._by_index if self._is_worthwhile(number)]
        pinned = [self._number[skill_id] for skill_id in self.pins]
        excluded = {self._number[skill_id] for skill_id in self.exclusions}
        order = [n for n in dict.fromkeys([*pinned, *ranked]) if n not in excluded]
        return tuple(self._recommendation(n, rank) for rank, n in enumerate(order[:limit], start=1))

    def why_not(self, skill_id: str, limit: int = 5) -> tuple[Reason, ...]:
        """Why a skill is not among the first `limit`; empty if it is."""
        shown = self.recommendations(limit)
        if skill_id in {recommendation.skill_id for recommendation in shown}:
            return ()
        number = self._number[self.framework.skill(skill_id).id]
        if skill_id in self.exclusions:
            return (Reason("excluded"),)
        if not self._is_worthwhile(number):
            if not np.isfinite(self.situation.minutes[number]).any():
                return (Reason("no-lesson"),)
            if not self.situation.importance[0, number]:
                return (Reason("not-asked"),)
            score = self.profile.skill(skill_id).score
            return (Reason("target-met", {"score": score, **self._target_score(number)}),)
        index = {"index": float(self.choice.index[0, number])}
        if shown:
            index["last_shown"] = shown[-1].index
        missing = self._readiness_reason(number)
        lower = Reason("lower-index", index)
        return (lower,) if missing.code == "prerequisites-ready" else (missing, lower)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {skill.id: position for position, skill in enumerate(self.framework.skills)}

    @cached_property
    def _by_index(self) -> list[int]:
        return [int(n) for n in np.argsort(-self.choice.index[0], kind="stable")]

    def _is_worthwhile(self, number: int) -> bool:
        """Something to gain, and the target not met, or skills waiting for one not yet solid."""
        if self.choice.index[0, number] < LEAST_INDEX:
            return False
        skill = self.framework.skills[number]
        is_met = self.profile.is_target_met(skill.id)
        is_waited_for = bool(self.choice.values.unlock[:, 0, number].max() > 0)
        is_solid = bool(self.choice.values.solid[0, number] >= MASTERY_PROBABILITY)
        return not is_met or (is_waited_for and not is_solid)

    def _target_score(self, number: int) -> dict[str, float]:
        target = self.framework.skills[number].target.get(self.profile.stage)
        return {} if target is None else {"target": float(target)}

    @cached_property
    def _brought_back(self) -> Numbers:
        """(S,) what a review would bring back, logits."""
        return faded(self.situation)[0]

    def _terms(self, number: int) -> Terms:
        now, worth = self.situation, self.choice.values
        importance = int(now.importance[0, number])
        terms = partial(
            Terms,
            importance=importance,
            level=float(now.mean[0, number]),
            se=float(now.se[0, number]),
            target=float(now.target[0, number]) if importance else None,
            gap=float(worth.gap[0, number]) if importance else 0.0,
        )
        if self._action(number) == "review":
            rise = float(self._brought_back[number])
            return terms(
                readiness=1.0,
                needs=(),
                rate=0.0,
                gain=rise,
                direct=float(worth.review[0, number]),
                unlock=0.0,
                unlocks=(),
                opened=0.0,
                minutes=REVIEW_MINUTES,
                _waiting=tuple,
                _cases=partial(self._cases, number, lambda level: np.full(level.shape, rise)),
            )
        level = int(self.choice.level[0, number])
        rate, readiness = float(worth.rate[level, 0, number]), float(worth.readiness[0, number])
        opened, skills = float(worth.opened[level, 0, number]), self.framework.skills
        unlocks = [
            (skills[n].id, UNLOCK * (1 - UNREADY_SHARE) * float(worth.demand[0, n]) * opened)
            for n in reversed(self.links.order)
            if self.links.needs[n, number]
        ]
        return terms(
            readiness=readiness,
            needs=tuple(
                (skills[n].id, float(worth.solid[0, n])) for n in self.links.parents[number]
            ),
            rate=rate,
            gain=float(worth.gain[level, 0, number]),
            direct=float(worth.direct[level, 0, number]),
            unlock=float(worth.unlock[level, 0, number]),
            unlocks=tuple(sorted(unlocks, key=lambda pair: -pair[1])),
            opened=opened,
            minutes=float(now.minutes[number, level]) + CHECK_MINUTES,
            _waiting=partial(self._waiting, number),
            _cases=partial(
                self._cases, number, lambda here: expected_gain(here, rate * readiness, level)
            ),
        )

    def _cases(self, number: int, rise_at: Callable[[Numbers], Numbers]) -> tuple[Case, ...]:
        now = self.situation
        level = now.mean[0, number] + now.se[0, number] * NODES
        is_asked, rise = now.importance[0, number] > 0, rise_at(level)
        missing = is_asked * np.maximum(now.target[0, number] - level, 0)
        closed, solid = np.minimum(missing, rise), solidity(level)
        opened = solidity(level + rise) - solid
        rows = zip(NODE_WEIGHTS, level, missing, rise, closed, solid, opened, strict=True)
        return tuple(Case(*map(float, row)) for row in rows)

    def _waiting(self, number: int) -> tuple[Waiting, ...]:
        worth, skills, above = self.choice.values, self.framework.skills, self.links.above[number]
        return tuple(
            Waiting(
                skill_id=skills[n].id,
                importance=int(self.situation.importance[0, n]),
                gap=float(worth.gap[0, n]),
                solid=float(worth.solid[0, n]),
                needed_by=tuple(skills[child].id for child in self.links.children[n]),
                demand=float(worth.demand[0, n]),
            )
            for n in reversed(self.links.order)
            if n in above
        )

    def _action(self, number: int) -> Action:
        return ACTIONS[int(self.choice.action[0, number])]

    def _recommendation(self, number: int, rank: int) -> Recommendation:
        skill_id, action = self.framework.skills[number].id, self._action(number)
        terms = self._terms(number)
        return Recommendation(
            rank=rank,
            skill_id=skill_id,
            action=action,
            level=LEVELS[int(self.choice.level[0, number])],
            minutes=CHECK_MINUTES if action == "check" else terms.minutes,
            index=float(self.choice.index[0, number]),
            terms=terms,
            reasons=self._reasons(number, terms),
            is_pinned=skill_id in self.pins,
        )

    def _reasons(self, number: int, terms: Terms) -> tuple[Reason, ...]:
        skill_id = self.framework.skills[number].id
        reasons = [Reason("pinned")] if skill_id in self.pins else []
        score = self.profile.skill(skill_id).score
        if terms.direct > 0:
            numbers = {"score": score, "gap": terms.gap, **self._target_score(number)}
            reasons.append(Reason("gap", numbers))
        if terms.importance == 3:
            reasons.append(Reason("decisive"))
        if terms.unlock > 0:
            named = tuple(name for name, share in terms.unlocks if share > 0)
            reasons.append(Reason("unlocks", {"share": terms.unlock}, named))
        if len(self.links.parents[number]):
            reasons.append(self._readiness_reason(number))
        if terms.se > UNSURE_SE:
            estimate = self.profile.skill(skill_id)
            reasons.append(Reason("unsure", {"low": estimate.low, "high": estimate.high}))
        left = float(self.situation.retrievability[0, number])
        if left < DUE:
            reasons.append(Reason("faded", {"retrievability": left}))
        return tuple(reasons)

    def _readiness_reason(self, number: int) -> Reason:
        solid = self.choice.values.solid[0]
        weak = tuple(
            self.framework.skills[p].id for p in self.links.parents[number] if solid[p] < 0.5
        )
        readiness = {"readiness": float(self.choice.values.readiness[0, number])}
        return Reason("prerequisites-missing" if weak else "prerequisites-ready", readiness, weak)


def rank(
    framework: Framework,
    profile: Profile,
    *,
    units_done: Mapping[str, tuple[int, int]],
    lesson_minutes: Mapping[tuple[str, Level], float],
    lessons: Mapping[tuple[str, Level], int] | None = None,
    recent_answers: Mapping[str, int] | None = None,
    last_studied: Mapping[str, datetime] | None = None,
    reviews: Mapping[str, int] | None = None,
    lapses: Mapping[str, int] | None = None,
    pins: Sequence[str] = (),
    exclusions: Collection[str] = (),
    now: datetime,
) -> Ranking:
    """The worth of every skill to a merchant at the stage of his profile.

    `lesson_minutes` lists the lessons that exist, by skill and level, with the minutes of one unit;
    `lessons` says how many units that is, as many as teach at full rate where it says nothing;
    `recent_answers` counts answers since the skill's last unit; `last_studied`, `reviews` and
    `lapses` say when it was last touched, and how often a review found it there, or gone. Absent
    keys mean none. Unknown ids raise
    `UnknownId`, circular prerequisites `FrameworkError`.
    """
    recent_answers, last_studied = recent_answers or {}, last_studied or {}
    reviews, lapses = reviews or {}, lapses or {}
    ids = [*units_done, *(skill_id for skill_id, _ in lesson_minutes), *recent_answers]
    for skill_id in (*ids, *last_studied, *reviews, *lapses, *pins, *exclusions):
        framework.skill(skill_id)
    links, skills = Links.of(framework), framework.skills
    demand = demand_of(framework, profile.stage)
    minutes = np.array(
        [[lesson_minutes.get((skill.id, level), math.inf) for level in LEVELS] for skill in skills]
    )
    there = np.array(
        [[(lessons or {}).get((skill.id, level), 0) for level in LEVELS] for skill in skills]
    )
    done = np.array([[units_done.get(skill.id, (0, 0)) for skill in skills]])
    answered = np.array([[recent_answers.get(skill.id, 0) for skill in skills]])
    left = np.ones((1, len(skills)))
    for number, skill in enumerate(skills):
        units = sum(units_done.get(skill.id, (0, 0)))
        if units and skill.id in last_studied:
            days = (now - last_studied[skill.id]).total_seconds() / 86400
            stability = skill_stability(
                units=units,
                reviews=reviews.get(skill.id, 0),
                lapses=lapses.get(skill.id, 0),
            )
            left[0, number] = retrievability(days, stability)
    situation = Situation(
        mean=profile.posterior.mean,
        se=profile.posterior.se,
        target=demand.targets[None],
        importance=demand.importance[None],
        units=units_taught(done, there, answered),
        minutes=minutes,
        recent_answers=answered,
        retrievability=left,
    )
    choice = choose(links, situation)
    return Ranking(framework, profile, links, situation, choice, tuple(pins), tuple(exclusions))


def recommend(
    framework: Framework,
    profile: Profile,
    *,
    units_done: Mapping[str, tuple[int, int]],
    lesson_minutes: Mapping[tuple[str, Level], float],
    now: datetime,
    limit: int = 5,
    **more: Any,
) -> tuple[Recommendation, ...]:
    """The `limit` best things to do next; `rank` documents the arguments. Empty: all is met."""
    ranking = rank(
        framework, profile, units_done=units_done, lesson_minutes=lesson_minutes, now=now, **more
    )
    return ranking.recommendations(limit)
