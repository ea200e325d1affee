"""The level of each skill, and how sure it is: the estimate for N merchants at once.

A level is a number theta in logits; the score people read is 100 / (1 + exp(-theta)), the chance
of handling a task of middling difficulty. Levels share a tree, because someone strong in one skill
is rarely weak in its neighbours:

    stage norm -> overall -> dimension -> ability -> skill -> after lesson 1 -> after lesson 2 ...

Each arrow adds a normal deviation of known variance; a lesson also moves the level part of the way
to what lessons can teach. Quiz answers are three-parameter logistic responses at the level the
merchant had when he answered. Self-ratings read the level weakly and through a personal bias, which
is estimated with it. The estimate is the mode of the posterior, found by Fisher scoring; one sweep
up and one down the tree solve each step exactly in time proportional to the number of skills.

Everything is computed for N merchants at once; one merchant is N = 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from academy.framework import Framework, Level
from academy.remembered import of_framework

Numbers = NDArray[np.floating]
Whole = NDArray[np.integer]

STAGE_NORM = {"preparing": -1.0, "exploring": -0.5, "growing": 0.1, "mature": 0.7}
"""Level expected of a merchant of whom only the stage is known."""

GENERAL_VARIANCE, DIMENSION_VARIANCE, ABILITY_VARIANCE, SKILL_VARIANCE = 0.35, 0.15, 0.20, 0.30
PRIOR_SD = math.sqrt(GENERAL_VARIANCE + DIMENSION_VARIANCE + ABILITY_VARIANCE + SKILL_VARIANCE)

EXPERT_SHRINKAGE = 0.8
"""Experts spread difficulties too far apart; theirs are drawn towards the middle by this factor."""
MEMORY_OF_SEEN = 0.4
"""Chance of remembering the solution of an item already seen; such an answer tells nothing."""
HALF_LIFE_DAYS = 365.0
"""An answer counts half after a year."""

RATING_AT_ZERO, RATING_SLOPE, RATING_VARIANCE, BIAS_VARIANCE = 0.25, 0.5, 1.2, 0.5
"""rating - 3 = RATING_AT_ZERO + RATING_SLOPE * theta + personal bias + noise.

The noise is that of choosing (1), of having only five steps (1/12), and a little more, because two
statements on one skill share a blind spot.
"""
MOST_RATINGS = 2.0
"""More statements than this on one skill add nothing: the same person, the same blind spot."""

UNITS: dict[Level, int] = {"basic": 2, "advanced": 3}
"""Lesson units of a level that teach at full rate; a repeated one teaches less."""
LEARNING_RATE: dict[Level, float] = {"basic": 0.45, "advanced": 0.40}
"""Share of the way to the ceiling that one unit takes a merchant who is ready for it."""
BASIC_CEILING, ADVANCED_CEILING = 0.62, 1.99
"""What lessons of a level can teach: scores 65 and 88."""
SOLID, SOLID_SOFTNESS = 0.0, 0.3
"""Level (score 50) from which a skill carries what is built on it, and how gradually it does."""
REPEAT_RATE = 0.35
MOST_UNITS = 6
"""Units of one level beyond this many are not counted."""
UNREADY_SHARE = 0.2
"""What a lesson still teaches when a prerequisite is missing altogether."""
PAST_READINESS = 0.85
"""Prerequisites were lower when a lesson was done than they are today."""
LESSON_VARIANCE = 0.08
"""How differently the same unit works on merchants of the same level."""
CEILING_SOFTNESS = 0.3
"""Logits over which a unit's effect fades out around its ceiling."""


# ------------------------------------------------------------------------------- scores and lessons


def score_of(theta):
    """The score, 0 to 100 and never either, of a level in logits; numbers or arrays."""
    return 100 / (1 + np.exp(-theta))


def theta_of(score):
    """The level in logits of a score between 0 and 100; numbers or arrays."""
    return np.log(score / (100 - np.asarray(score, dtype=float)))


def solidity(theta: Numbers) -> Numbers:
    """How far a level carries what is built on it, 0 to 1; a half at score 50."""
    return 1 / (1 + np.exp(-(theta - SOLID) / SOLID_SOFTNESS))


def expected_gain(theta: Numbers, rate: Numbers | float, level: Numbers | float) -> Numbers:
    """What one lesson unit of a level (0 basic, 1 advanced) adds; never below 0.

    A share of the way to the level's ceiling, nothing above it; advanced units teach only as far
    as the basics are solid.
    """
    distance = (_ceiling(level) - theta) / CEILING_SOFTNESS
    room = CEILING_SOFTNESS * (np.maximum(distance, 0) + np.log1p(np.exp(-np.abs(distance))))
    return rate * room * (1 - level + level * solidity(theta))


def expected_gain_slope(
    theta: Numbers, gain: Numbers, rate: Numbers | float, level: Numbers | float
) -> Numbers:
    """Derivative by theta of `expected_gain`, whose value there is `gain`."""
    solid = solidity(theta)
    below = 1 / (1 + np.exp((theta - _ceiling(level)) / CEILING_SOFTNESS))
    return level * gain * (1 - solid) / SOLID_SOFTNESS - rate * (1 - level + level * solid) * below


def _ceiling(level: Numbers | float) -> Numbers | float:
    return BASIC_CEILING + level * (ADVANCED_CEILING - BASIC_CEILING)


def unit_rate(level: Level, done: Any) -> Numbers:
    """Learning rate of the next unit of a level when `done` units of it are finished."""
    return LEARNING_RATE[level] * np.where(np.asarray(done) < UNITS[level], 1.0, REPEAT_RATE)


# ------------------------------------------------------------------------------------- the tree


@dataclass(frozen=True)
class SkillTree:
    """Which skills share an ability and which abilities a dimension, by number."""

    ability_of: Whole
    """(S,) the ability of each skill."""
    dimension_of: Whole
    """(A,) the dimension of each ability."""
    needs: Numbers
    """(S, S) 1 where the row's skill needs the column's first."""

    @staticmethod
    @of_framework
    def of(framework: Framework) -> SkillTree:
        """The tree of a framework, its skills, abilities and dimensions in teaching order."""
        if not framework.skills:
            raise ValueError("The framework has no skill. Add one before estimating levels.")
        return SkillTree(
            _numbered([len(ability.skills) for ability in framework.abilities]),
            _numbered([len(dimension.abilities) for dimension in framework.dimensions]),
            np.array(
                [
                    [other.id in skill.prerequisites for other in framework.skills]
                    for skill in framework.skills
                ],
                dtype=float,
            ),
        )

    @cached_property
    def levels(self) -> tuple[tuple[float, Numbers], ...]:
        """From skills to the root: variance around the parent, and members (children, parents)."""
        dimensions = int(self.dimension_of.max()) + 1
        return (
            (SKILL_VARIANCE, np.eye(len(self.dimension_of))[self.ability_of]),
            (ABILITY_VARIANCE, np.eye(dimensions)[self.dimension_of]),
            (DIMENSION_VARIANCE, np.ones((dimensions, 1))),
        )

    @cached_property
    def covariance(self) -> Numbers:
        """(S, S) of the skills' levels before any evidence."""
        dimension = self.dimension_of[self.ability_of]
        return (
            GENERAL_VARIANCE
            + DIMENSION_VARIANCE * (dimension[:, None] == dimension)
            + ABILITY_VARIANCE * (self.ability_of[:, None] == self.ability_of)
            + SKILL_VARIANCE * np.eye(len(self.ability_of))
        )

    def readiness(self, theta: Numbers) -> Numbers:
        """Share of a lesson's effect that the prerequisites' levels allow, (N, S) to (N, S)."""
        allowed = UNREADY_SHARE + (1 - UNREADY_SHARE) * solidity(theta)
        return np.exp(np.log(allowed) @ self.needs.T)

    def solve(self, precision: Numbers, pull: Numbers, norm: Numbers) -> tuple[Numbers, Numbers]:
        """Mean (..., N, S) and variance (N, S) of the levels given each skill's own evidence.

        Evidence on a skill is the function exp(pull * theta - precision * theta**2 / 2) of its
        level: precision (N, S), pull (..., N, S). norm (..., N, 1) is the root's prior mean.
        """
        below = []
        for variance, members in self.levels:
            below.append((precision, pull))
            kept = 1 / (1 + precision * variance)
            precision, pull = (precision * kept) @ members, (pull * kept) @ members
        variance_now = GENERAL_VARIANCE / (1 + precision * GENERAL_VARIANCE)
        mean = variance_now * (pull + norm / GENERAL_VARIANCE)
        for (variance, members), (precision, pull) in zip(
            reversed(self.levels), reversed(below), strict=True
        ):
            kept = 1 / (1 + precision * variance)
            mean = kept * (variance * pull + mean @ members.T)
            variance_now = kept * variance + kept**2 * (variance_now @ members.T)
        return mean, variance_now


def _numbered(sizes: list[int]) -> Whole:
    """The parent's number of each child, children being listed parent by parent."""
    return np.repeat(np.arange(len(sizes)), sizes)


# ------------------------------------------------------------------------------------- evidence


@dataclass(frozen=True)
class Evidence:
    """What N merchants have shown and said; an empty cell of a table has weight 0."""

    norm: Numbers
    """(N,) level expected at the merchant's stage."""
    units: Whole
    """(N, S, 2) basic and advanced units done."""
    skill: Whole
    """(N, E) skill number of each answer."""
    correct: Numbers
    """(N, E) 1 or 0."""
    weight: Numbers
    """(N, E) 0 to 1."""
    a: Numbers
    b: Numbers
    c: Numbers
    """(N, E) slope, difficulty and guessing, as scored."""
    units_before: Whole
    """(N, E) units of the skill done before the answer, both levels together."""
    rated: Numbers
    """(N, S) mean rating minus 3, anything where there is none."""
    ratings: Numbers
    """(N, S) how many ratings count, weighted."""
    units_before_rating: Whole
    """(N, S)"""

    def repeated(self, times: int) -> Evidence:
        """Each merchant so many times over."""
        tables = {field.name: getattr(self, field.name) for field in fields(self)}
        return Evidence(**{name: np.repeat(t, times, axis=0) for name, t in tables.items()})


def scored_parameters(
    a: Numbers, b: Numbers, c: Numbers, is_calibrated: Any, was_seen: Any
) -> tuple[Numbers, Numbers, Numbers]:
    """Slope, difficulty, guessing as scored: experts shrunk, remembered solutions allowed for."""
    return (
        np.where(is_calibrated, a, 1.0),
        np.where(is_calibrated, b, EXPERT_SHRINKAGE * b),
        np.where(was_seen, c + MEMORY_OF_SEEN * (1 - c), c),
    )


def response_curve(theta: Numbers, a: Numbers, b: Numbers, c: Numbers) -> tuple[Numbers, Numbers]:
    """Chance of a right answer, and Fisher information of the answer, at a level."""
    s = 1 / (1 + np.exp(-a * (theta - b)))
    p = c + (1 - c) * s
    return p, a * a * (1 - c) * s * s * (1 - s) / p


def response_gradient(p: Numbers, correct: Numbers, a: Numbers, c: Numbers) -> Numbers:
    """Which way, and how strongly, an answer pulls the level, its chance of being right being p.

    It is the derivative by theta of the answer's log likelihood.
    """
    return a * (p - c) / (1 - c) * (correct - p) / p


# ------------------------------------------------------------------------------------ estimation


@dataclass(frozen=True)
class Posterior:
    """Levels of N merchants today, with what is needed to combine and explain them."""

    tree: SkillTree
    norm: Numbers
    """(N,) level expected at the merchant's stage."""
    mean: Numbers
    """(N, S) level today."""
    se: Numbers
    """(N, S) its standard error, never above the prior's."""
    base: Numbers
    """(N, S) level before any lesson."""
    precision: Numbers
    """(N, S) what a skill's own evidence says of its base level; includes ratings."""
    pull: Numbers
    """(N, S)"""
    rating_pull: Numbers
    """(N, S) the part of `pull` that ratings have, less what the stage norm predicts."""
    carried: Numbers
    """(N, S) how much of a change of the base level is left in today's."""
    lesson_variance: Numbers
    """(N, S) of today's level given the base level."""
    bias: Numbers
    """(N,) personal bias of the ratings, in rating steps."""
    bias_variance: Numbers
    """(N,)"""
    bias_effect: Numbers
    """(N, S) how much today's level falls when the bias rises by one step."""
    base_bias_effect: Numbers
    """(N, S) the same of the base level."""

    def only(self, merchant: int) -> Posterior:
        """The same of one of the merchants."""
        tables = {each.name: getattr(self, each.name) for each in fields(self)[1:]}
        rows = {name: table[merchant : merchant + 1] for name, table in tables.items()}
        return Posterior(self.tree, **rows)

    def base_covariance(self, merchant: int) -> Numbers:
        """(S, S) of the base levels of one merchant, his bias being known."""
        prior = self.tree.covariance
        root = np.sqrt(self.precision[merchant])
        inner = np.eye(len(root)) + root[:, None] * prior * root
        gain = prior * root
        return prior - gain @ np.linalg.solve(inner, gain.T)

    def covariance(self, merchant: int, base: Numbers | None = None) -> Numbers:
        """(S, S) of today's levels of one merchant; `base` is his `base_covariance`, if known."""
        if base is None:
            base = self.base_covariance(merchant)
        carried, effect = self.carried[merchant], self.bias_effect[merchant]
        return (
            carried[:, None] * base * carried
            + np.diag(self.lesson_variance[merchant])
            + self.bias_variance[merchant] * np.outer(effect, effect)
        )


MOST_ROUNDS, SMALLEST_MOVE, LARGEST_MOVE = 60, 1e-4, 1.5


def estimate(tree: SkillTree, evidence: Evidence, tolerance: float = SMALLEST_MOVE) -> Posterior:
    """The most likely levels of N merchants given all evidence, with their uncertainty.

    Fisher scoring from the stage norm until no level moves by more than `tolerance` logits.
    """
    n, skills = evidence.ratings.shape
    lessons = Lessons.of(evidence.units)
    shape = (lessons.steps + 1, n, skills)
    place = np.arange(n)[:, None] * skills
    answered = _cell(evidence.units_before, place + evidence.skill, shape)
    rated = _cell(evidence.units_before_rating, place + np.arange(skills), shape)

    trust = np.minimum(evidence.ratings, MOST_RATINGS) / RATING_VARIANCE
    said = np.where(trust > 0, evidence.rated, 0.0) - RATING_AT_ZERO
    rating_precision = _sums(trust * RATING_SLOPE**2, rated, shape)
    rating_pull = _sums(trust * RATING_SLOPE * said, rated, shape)
    bias_pull = _sums(trust * RATING_SLOPE, rated, shape)
    norm = np.stack([evidence.norm, np.zeros(n)])[:, :, None]

    start = np.broadcast_to(evidence.norm[:, None], (n, skills))
    level = lessons.expected(start, tree)
    last = np.zeros_like(level)
    for _ in range(MOST_ROUNDS):
        here = level.ravel()[answered]
        p, information = response_curve(here, evidence.a, evidence.b, evidence.c)
        gradient = response_gradient(p, evidence.correct, evidence.a, evidence.c)
        information = _sums(evidence.weight * information, answered, shape)
        gradient = _sums(evidence.weight * gradient, answered, shape)

        # Two problems with the same precisions: the levels if the bias were 0, and how they move
        # when it rises by 1.
        pull = np.stack([information * level + gradient + rating_pull, bias_pull], axis=1)
        path = lessons.path(level, tree)
        ahead = path.looked_back(information + rating_precision, pull)
        mean, variance = tree.solve(*ahead[0], norm)
        unbiased, effect = np.moveaxis(path.followed(ahead, mean), 1, 0)

        surprise = trust * (said - RATING_SLOPE * unbiased.reshape(-1)[rated])
        precision = trust * (1 - RATING_SLOPE * effect.reshape(-1)[rated])
        bias_variance = 1 / (1 / BIAS_VARIANCE + precision.sum(1))
        bias = bias_variance * surprise.sum(1)
        move = unbiased - bias[:, None] * effect - level
        swings = move * last < 0
        last = np.clip(np.where(swings, move / 2, move), -LARGEST_MOVE, LARGEST_MOVE)
        level = level + last
        if np.abs(move).max() < tolerance:
            break

    carried, lesson_variance = path.uncertainty(ahead)
    total = carried**2 * variance + lesson_variance + effect[-1] ** 2 * bias_variance[:, None]
    return Posterior(
        tree=tree,
        norm=evidence.norm,
        mean=level[-1],
        se=np.sqrt(np.minimum(total, PRIOR_SD**2)),
        base=level[0],
        precision=ahead[0][0],
        pull=ahead[0][1][0],
        rating_pull=path.traced(ahead, rating_pull - rating_precision * evidence.norm[:, None]),
        carried=carried,
        lesson_variance=lesson_variance,
        bias=bias,
        bias_variance=bias_variance,
        bias_effect=effect[-1],
        base_bias_effect=effect[0],
    )


def _cell(step: Whole, place: Whole, shape: tuple[int, int, int]) -> Whole:
    """Where in a flat (steps + 1, N, S) table something belongs that came after `step` units."""
    return np.minimum(step, shape[0] - 1) * (shape[1] * shape[2]) + place


def _sums(values: Numbers, cell: Whole, shape: tuple[int, int, int]) -> Numbers:
    """Values added up by cell, as a table."""
    total = np.bincount(cell.ravel(), values.ravel(), math.prod(shape))
    return np.asarray(total, dtype=float).reshape(shape)


Ahead = list[tuple[Numbers, Numbers]]
"""At each step, precision (N, S) and pull (2, N, S) of all evidence from there on."""


@dataclass(frozen=True)
class Lessons:
    """The units N merchants have done, in order; basic ones count as taken first."""

    rate: Numbers
    """(K, N, S) learning rate of each unit, 0 where fewer were done."""
    kind: Numbers
    """(K, N, S) 0 basic, 1 advanced."""

    @classmethod
    def of(cls, units: Whole) -> Lessons:
        units = np.minimum(units, MOST_UNITS)
        basic, both = units[:, :, 0], units.sum(axis=2)
        step = np.arange(both.max(initial=0))[:, None, None]
        is_basic = step < basic
        rate = np.where(is_basic, unit_rate("basic", step), unit_rate("advanced", step - basic))
        return cls(rate * (step < both), 1.0 - is_basic)

    @property
    def steps(self) -> int:
        return len(self.rate)

    def expected(self, start: Numbers, tree: SkillTree) -> Numbers:
        """Levels (K + 1, N, S) that the units lead to from a start (N, S), all going as usual."""
        levels, readiness = [start], PAST_READINESS * tree.readiness(start)
        for rate, kind in zip(self.rate, self.kind, strict=True):
            levels.append(levels[-1] + expected_gain(levels[-1], rate * readiness, kind))
        return np.stack(levels)

    def path(self, level: Numbers, tree: SkillTree) -> LessonPath:
        """The straight lines that touch each unit's effect at the levels (K + 1, N, S)."""
        if not self.steps:
            return LessonPath(self.rate, self.rate, self.rate)
        done = self.rate > 0
        before, kind = level[:-1][done], self.kind[done]
        rate = PAST_READINESS * (self.rate * tree.readiness(level[-1]))[done]
        gain = expected_gain(before, rate, kind)
        slope, offset = np.ones_like(self.rate), np.zeros_like(self.rate)
        slope[done] = 1 + expected_gain_slope(before, gain, rate, kind)
        offset[done] = before + gain - slope[done] * before
        return LessonPath(slope, offset, LESSON_VARIANCE * done)


@dataclass(frozen=True)
class LessonPath:
    """Each level is slope * the level before + offset + normal noise; tables (K, N, S)."""

    slope: Numbers
    offset: Numbers
    noise: Numbers

    def looked_back(self, precision: Numbers, pull: Numbers) -> Ahead:
        """What the evidence (K + 1, ...) at and after each step says of the level there."""
        ahead = [(precision[-1], pull[-1])]
        for k in reversed(range(len(self.slope))):
            later, later_pull = ahead[0]
            heard = self.slope[k] / (1 + later * self.noise[k])
            shifted = later_pull - np.stack([later * self.offset[k], np.zeros_like(later)])
            evidence = (precision[k] + heard * self.slope[k] * later, pull[k] + heard * shifted)
            ahead.insert(0, evidence)
        return ahead

    def followed(self, ahead: Ahead, mean: Numbers) -> Numbers:
        """Levels (K + 1, 2, N, S) that follow from those before any lesson, (2, N, S)."""
        levels = [mean]
        for k, (later, later_pull) in enumerate(ahead[1:]):
            expected = self.slope[k] * levels[-1]
            expected[0] += self.offset[k]
            levels.append((self.noise[k] * later_pull + expected) / (1 + later * self.noise[k]))
        return np.stack(levels)

    def uncertainty(self, ahead: Ahead) -> tuple[Numbers, Numbers]:
        """What is left today of a change at the start, and the variance lessons add, (N, S)."""
        carried, variance = np.ones_like(ahead[0][0]), np.zeros_like(ahead[0][0])
        for k, (later, _) in enumerate(ahead[1:]):
            kept = 1 / (1 + later * self.noise[k])
            variance = variance * (kept * self.slope[k]) ** 2 + kept * self.noise[k]
            carried = carried * kept * self.slope[k]
        return carried, variance

    def traced(self, ahead: Ahead, pull: Numbers) -> Numbers:
        """The share that a pull (K + 1, N, S) has in the pull on the level before any lesson."""
        share = pull[-1]
        for k in reversed(range(len(self.slope))):
            share = pull[k] + self.slope[k] / (1 + ahead[k + 1][0] * self.noise[k]) * share
        return share
