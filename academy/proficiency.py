"""How well a merchant handles each skill, and how sure we are: one merchant's profile.

What he answered and rated becomes evidence, `academy.levels` estimates the levels from it, and a
profile says what they mean by skill, ability, dimension and overall.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal

import numpy as np

from academy.demand import Demand, demand_of
from academy.framework import Framework, UnknownId
from academy.levels import (
    HALF_LIFE_DAYS,
    MEMORY_OF_SEEN,
    PRIOR_SD,
    RATING_AT_ZERO,
    RATING_SLOPE,
    RATING_VARIANCE,
    STAGE_NORM,
    Evidence,
    Numbers,
    Posterior,
    SkillTree,
    Whole,
    estimate,
    score_of,
    scored_parameters,
    theta_of,
)

Status = Literal["no-evidence", "declared", "provisional", "verified"]
Verdict = Literal["higher", "lower", "in-line", "not-enough"]

Z90 = 1.645
CHECKED_ANSWERS, CHECKED_SE = 4.0, 0.75
"""Fewer answers or a larger standard error than these, and a score is provisional."""
MASTERY_PROBABILITY, MASTERY_ANSWERS = 0.80, 3.0

COMPARED_ANSWERS, COMPARED_RATINGS = 20, 12
"""Fewer than these, and ratings are not compared with answers; a quarter for one dimension."""
NOTABLE_BIAS, NOTABLE_GAP = 0.5, 10.0
"""Rating steps, and score points, below which a difference is not worth a word."""
BIAS_CAUTION = 1.2
"""The bias' computed standard error is a fifth too small in simulation."""


class EvidenceError(ValueError):
    """An answer or rating that cannot be scored; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One quiz answer, with the item's parameters as they were when it is scored."""

    skill_id: str
    item_id: str
    is_correct: bool
    answered_at: datetime
    b: float
    """Difficulty in logits, -1.5 (very easy) to 1.5 for an expert's five steps."""
    guessing: float
    """Chance of being right without knowing, 0 to below 1."""
    a: float = 1.0
    is_calibrated: bool = False
    """Whether a, b and guessing come from data and need no caution."""
    seconds: float | None = None
    was_seen: bool = False
    """Whether this merchant had already seen the item and its solution."""
    units_before: tuple[int, int] = (0, 0)
    """Basic and advanced lesson units of the skill finished before the answer."""
    weight: float = 1.0
    """0 for a rapid guess."""

    def __post_init__(self) -> None:
        _require_utc(self.answered_at, f"answer to item '{self.item_id}'")
        if not (0 <= self.guessing < 1 and abs(self.b) <= 10 and 0 < self.a <= 10):
            raise EvidenceError(
                f"The parameters of item '{self.item_id}' (a {self.a}, b {self.b}, guessing "
                f"{self.guessing}) describe no item. Take b from the bank, a above 0 and up to "
                "10, guessing from 0 to below 1."
            )
        if not 0 <= self.weight <= 1 or min(self.units_before) < 0:
            raise EvidenceError(
                f"The answer to item '{self.item_id}' has weight {self.weight} and units "
                f"{self.units_before}. Give a weight from 0 to 1 and units of 0 or more."
            )


@dataclass(frozen=True, slots=True)
class Rating:
    """What a merchant said of himself on one statement; who abstains gives none."""

    skill_id: str
    statement_id: str
    rating: int
    rated_at: datetime
    units_before: tuple[int, int] = (0, 0)
    weight: float = 1.0
    """Below 1 when the ratings look careless."""

    def __post_init__(self) -> None:
        _require_utc(self.rated_at, f"rating of statement '{self.statement_id}'")
        if self.rating not in (1, 2, 3, 4, 5):
            raise EvidenceError(
                f"The rating of statement '{self.statement_id}' is {self.rating!r}. Give a whole "
                "number from 1 to 5, or leave the rating out if the merchant abstained."
            )


def _require_utc(instant: datetime, what: str) -> None:
    if instant.utcoffset() != timedelta(0):
        raise EvidenceError(
            f"The {what} is dated {instant.isoformat()}. Give an aware datetime in UTC."
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a level comes from, in logits; the parts add up to it exactly."""

    stage_norm: float
    own_answers: float
    own_ratings: float
    family: float
    """What the neighbouring skills' evidence adds."""
    bias_correction: float
    """What is taken back because the merchant's ratings run high (or given because low)."""
    lessons: float
    """What lessons done since have added, as far as answers bear it out."""

    @property
    def total(self) -> float:
        return sum(self.as_mapping().values())

    def as_mapping(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in self.__slots__}

    def in_points(self) -> dict[str, float]:
        """The same in score points: the norm's score, and shares that lead from it to the score."""
        norm, difference = self.stage_norm, self.total - self.stage_norm
        start = float(score_of(norm))
        rise = float(score_of(self.total)) - start
        slope = rise / difference if abs(difference) > 1e-9 else start * (100 - start) / 100
        points = {name: slope * part for name, part in self.as_mapping().items()}
        return {**points, "stage_norm": start}


@dataclass(frozen=True, slots=True)
class Estimate:
    """One level and how sure it is; low and high are scores that hold it nine times in ten."""

    theta: float
    se: float
    status: Status
    n_answers: int
    n_ratings: int
    parts: Parts

    @property
    def score(self) -> float:
        return float(score_of(self.theta))

    @property
    def low(self) -> float:
        return float(score_of(self.theta - Z90 * self.se))

    @property
    def high(self) -> float:
        return float(score_of(self.theta + Z90 * self.se))

    def chance_of(self, target: float) -> float:
        """Probability that the level is at or above a target score."""
        return normal_cdf((self.theta - float(theta_of(target))) / self.se)


@dataclass(frozen=True, slots=True)
class Band:
    """A score with the band that holds it nine times in ten."""

    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a merchant says of himself beside what his answers show."""

    difference: float
    """Rating steps for the whole profile, score points for a dimension; above 0 = rated higher."""
    low: float
    high: float
    verdict: Verdict


def normal_cdf(z: float) -> float:
    """Chance that a standard normal number is at most z."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


@dataclass(frozen=True)
class Profile:
    """The levels of one merchant: by skill, ability, dimension and overall.

    An ability's level is the mean of its skills', weighted by importance at the stage (equally if
    the stage asks for none of them); so for dimensions and the whole. Look-ups by id raise
    `UnknownId`.
    """

    framework: Framework
    stage: str
    evidence: Evidence
    posterior: Posterior
    unrated: Posterior
    """What it would be had the merchant rated nothing."""
    answer_counts: Whole
    """(S,) answers that counted at all."""
    valid_answers: Numbers
    """(S,) the same, less where the item had been seen."""
    answer_weights: Numbers
    """(S,) the same, less with age."""
    rating_counts: Whole
    """(S,)"""
    revision: str = ""
    """Of the content that it was computed by."""

    def skill(self, skill_id: str) -> Estimate:
        return self._skills[self.framework.skill(skill_id).id]

    def ability(self, ability_id: str) -> Estimate:
        return self._groups[self.framework.ability(ability_id).id]

    def dimension(self, dimension_id: str) -> Estimate:
        return self._groups[self.framework.dimension(dimension_id).id]

    @property
    def counts(self) -> tuple[int, int]:
        """Answers and ratings that `overall` rests on."""
        (answers,), (ratings,) = self._counts(self.weights[None])
        return answers, ratings

    @property
    def overall(self) -> Estimate:
        (estimate,) = self._estimated(self.weights[None])
        return estimate

    def ability_target(self, ability_id: str) -> float | None:
        """Score that the stage asks of an ability; None if it asks nothing."""
        return self._demand.asked[self.framework.ability(ability_id).id]

    def dimension_target(self, dimension_id: str) -> float | None:
        return self._demand.asked[self.framework.dimension(dimension_id).id]

    @property
    def overall_target(self) -> float | None:
        return self._demand.asked_of(self.weights)

    def ability_rated(self, ability_id: str) -> float | None:
        """Score that the ratings alone would mean, taken at their word; None if none was given."""
        return self._rated[self.framework.ability(ability_id).id]

    def dimension_rated(self, dimension_id: str) -> float | None:
        return self._rated[self.framework.dimension(dimension_id).id]

    def ability_shown(self, ability_id: str) -> Band | None:
        """Level from quiz answers only; None if no question on the ability was answered."""
        return self._shown[self.framework.ability(ability_id).id]

    def dimension_shown(self, dimension_id: str) -> Band | None:
        return self._shown[self.framework.dimension(dimension_id).id]

    def is_target_met(self, skill_id: str) -> bool:
        """Whether the stage's target is met: likely enough, on answers enough, never on ratings.

        A skill that the stage does not ask for has no target to miss.
        """
        target = self.framework.skill(skill_id).target.get(self.stage)
        if target is None:
            return True
        answered = self.valid_answers[self._number(skill_id)] >= MASTERY_ANSWERS
        return bool(answered) and self.skill(skill_id).chance_of(target) >= MASTERY_PROBABILITY

    @cached_property
    def self_view(self) -> Comparison:
        """Personal bias of the ratings, in rating steps, over the whole profile."""
        bias = float(self.posterior.bias[0])
        se = BIAS_CAUTION * math.sqrt(self.posterior.bias_variance[0])
        enough = (
            self.answer_counts.sum() >= COMPARED_ANSWERS
            and self.rating_counts.sum() >= COMPARED_RATINGS
        )
        return _compared(bias, se, NOTABLE_BIAS, bool(enough))

    def dimension_self_view(self, dimension_id: str) -> Comparison:
        """Ratings less shown level of one dimension, in score points."""
        rated = self.dimension_rated(dimension_id)
        weights = self._demand.weights[dimension_id]
        inside = weights > 0
        (theta,), (se,) = self._combined(self._quiz_only, weights[None])
        enough = (
            self.answer_counts[inside].sum() >= COMPARED_ANSWERS / 4
            and self.rating_counts[inside].sum() >= COMPARED_RATINGS / 4
        )
        if rated is None or not enough:
            return Comparison(0.0, 0.0, 0.0, "not-enough")
        score = float(score_of(theta))
        rated_se = math.sqrt(RATING_VARIANCE / self.rating_counts[inside].sum()) / RATING_SLOPE
        se = math.hypot(rated * (100 - rated) * rated_se, score * (100 - score) * se) / 100
        return _compared(rated - score, se, NOTABLE_GAP, True)

    def _number(self, skill_id: str) -> int:
        return self._demand.numbers[self.framework.skill(skill_id).id]

    @cached_property
    def _demand(self) -> Demand:
        return demand_of(self.framework, self.stage)

    @cached_property
    def weights(self) -> Numbers:
        """(S,) importance at the stage, summing to 1."""
        return self._demand.weights_of(self._demand.numbers)

    @cached_property
    def covariance(self) -> Numbers:
        """(S, S) of today's levels."""
        return self.posterior.covariance(0, self._base_covariance)

    @cached_property
    def _base_covariance(self) -> Numbers:
        return self.posterior.base_covariance(0)

    @cached_property
    def _quiz_only(self) -> tuple[Numbers, Numbers]:
        """Levels (S,) and covariance (S, S) had the merchant rated nothing."""
        return self.unrated.mean[0], self.unrated.covariance(0)

    @cached_property
    def _skills(self) -> dict[str, Estimate]:
        """Of every skill, worked out together."""
        alone = np.eye(len(self._demand.numbers))
        return dict(zip(self._demand.numbers, self._estimated(alone), strict=True))

    @cached_property
    def _groups(self) -> dict[str, Estimate]:
        """Of every ability and dimension, worked out together."""
        return dict(zip(self._demand.weights, self._estimated(self._demand.table), strict=True))

    def _estimated(self, weights: Numbers) -> list[Estimate]:
        """One for each row of weights (G, S)."""
        theta, se = self._combined((self.posterior.mean[0], self.covariance), weights)
        answers, ratings = self._counts(weights)
        told = ((weights > 0) @ self.answer_weights).tolist()
        parts = (weights @ self._parts.T).tolist()
        return [
            Estimate(theta, se, _status(answers, ratings, told, se), answers, ratings, Parts(*each))
            for theta, se, answers, ratings, told, each in zip(
                theta.tolist(), se.tolist(), answers, ratings, told, parts, strict=True
            )
        ]

    def _combined(
        self, levels: tuple[Numbers, Numbers], weights: Numbers
    ) -> tuple[Numbers, Numbers]:
        """Level and standard error (G,) of each row of weights (G, S)."""
        mean, covariance = levels
        variance = ((weights @ covariance) * weights).sum(axis=1)
        return weights @ mean, np.minimum(np.sqrt(variance), PRIOR_SD)

    def _counts(self, weights: Numbers) -> tuple[list[int], list[int]]:
        """Answers and ratings that each row of weights (G, S) rests on."""
        inside = (weights > 0).astype(int)
        return (inside @ self.answer_counts).tolist(), (inside @ self.rating_counts).tolist()

    @cached_property
    def _parts(self) -> Numbers:
        """Each skill's level taken apart, (parts, S) as in `Parts`; exact, each step is linear."""
        now = self.posterior
        norm = now.norm[0]
        covariance = self._base_covariance
        evidence = now.pull[0] - now.precision[0] * norm
        own = np.diagonal(covariance) * evidence
        own_ratings = np.diagonal(covariance) * now.rating_pull[0]
        return np.stack(
            [
                np.full(len(evidence), norm),
                own - own_ratings,
                own_ratings,
                covariance @ evidence - own,
                -now.bias[0] * now.base_bias_effect[0],
                now.mean[0] - now.base[0],
            ]
        )

    @cached_property
    def _rated(self) -> dict[str, float | None]:
        """What the ratings of each ability and dimension mean, taken at their word."""
        given = self._demand.table * (self.rating_counts > 0)
        sums = given.sum(axis=1)
        said = given @ np.where(self.rating_counts > 0, self.evidence.rated[0], 0.0)
        theta = (said / np.where(sums > 0, sums, 1.0) - RATING_AT_ZERO) / RATING_SLOPE
        scores = np.clip(score_of(theta), 1.0, 99.0).tolist()
        return {
            id_: score if counted else None
            for id_, score, counted in zip(self._demand.weights, scores, sums > 0, strict=True)
        }

    @cached_property
    def _shown(self) -> dict[str, Band | None]:
        """What the answers on each ability and dimension show, ratings left aside."""
        answers, _ = self._counts(self._demand.table)
        if not any(answers):
            return dict.fromkeys(self._demand.weights)
        theta, se = self._combined(self._quiz_only, self._demand.table)
        bands = score_of(theta + np.outer((0, -Z90, Z90), se)).T.tolist()
        return {
            id_: Band(*band) if given else None
            for id_, band, given in zip(self._demand.weights, bands, answers, strict=True)
        }


def _status(answers: int, ratings: int, told: float, se: float) -> Status:
    """`told` is what the answers weigh today."""
    if not answers:
        return "declared" if ratings else "no-evidence"
    return "provisional" if told < CHECKED_ANSWERS or se > CHECKED_SE else "verified"


def _compared(difference: float, se: float, notable: float, is_enough: bool) -> Comparison:
    verdict: Verdict = "in-line"
    if not is_enough:
        verdict = "not-enough"
    elif abs(difference) > max(notable, 1.28 * se):
        verdict = "higher" if difference > 0 else "lower"
    return Comparison(difference, difference - Z90 * se, difference + Z90 * se, verdict)


def estimate_profile(
    framework: Framework,
    answers: Iterable[Answer],
    ratings: Iterable[Rating],
    *,
    stage: str,
    units_done: Mapping[str, tuple[int, int]],
    now: datetime,
    revision: str = "",
) -> Profile:
    """The profile of one merchant from everything he has answered and rated.

    The same answer given twice counts once; of several ratings of a statement the latest counts.
    `units_done` holds basic and advanced lesson units by skill id, absent meaning none; only units
    whose check is done belong there. `revision` is that of the content which scored the answers.
    Raises `EvidenceError` and, for the stage, `UnknownId`.
    """
    counted, latest = distinct_answers(answers), latest_ratings(ratings)
    evidence = gather(framework, counted, latest, stage=stage, units_done=units_done, now=now)
    skills = len(framework.skills)
    told = np.array([1 - MEMORY_OF_SEEN if each.was_seen else 1.0 for each in counted])
    valid = told * [each.weight for each in counted]
    number = {skill.id: position for position, skill in enumerate(framework.skills)}
    rated = np.array([number[rating.skill_id] for rating in latest], dtype=np.int64)
    # Both in one estimate: it takes two merchants in little more time than one.
    rated_or_not = np.concatenate([evidence.ratings, np.zeros_like(evidence.ratings)])
    both = estimate(SkillTree.of(framework), replace(evidence.repeated(2), ratings=rated_or_not))
    return Profile(
        framework=framework,
        stage=stage,
        evidence=evidence,
        posterior=both.only(0),
        unrated=both.only(1),
        answer_counts=np.bincount(evidence.skill[0], minlength=skills),
        valid_answers=np.bincount(evidence.skill[0], valid, skills).astype(float),
        answer_weights=np.bincount(evidence.skill[0], told * evidence.weight[0], skills).astype(
            float
        ),
        rating_counts=np.bincount(rated, minlength=skills),
        revision=revision,
    )


def distinct_answers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Each answer once, without those that weigh nothing."""
    given = {(answer.item_id, answer.answered_at): answer for answer in answers}
    return tuple(answer for answer in given.values() if answer.weight > 0)


def latest_ratings(ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """The last rating of each statement."""
    ordered = sorted(ratings, key=lambda rating: (rating.rated_at, rating.rating))
    return tuple({rating.statement_id: rating for rating in ordered}.values())


def gather(
    framework: Framework,
    answers: Sequence[Answer],
    ratings: Sequence[Rating],
    *,
    stage: str,
    units_done: Mapping[str, tuple[int, int]],
    now: datetime,
) -> Evidence:
    """One merchant's answers and ratings as the tables that `estimate` reads, in their order."""
    if stage not in STAGE_NORM:
        raise UnknownId("stage", stage)
    _require_utc(now, "time of the estimate")
    number = {skill.id: position for position, skill in enumerate(framework.skills)}

    def place(skill_id: str, what: str) -> int:
        try:
            return number[skill_id]
        except KeyError:
            raise EvidenceError(
                f"There is no skill '{skill_id}' in the framework ({what}). Estimate with the "
                "framework that has it, or leave this evidence out."
            ) from None

    skills = len(number)
    units = np.zeros((1, skills, 2), dtype=np.int64)
    for skill_id, done in units_done.items():
        if min(done) < 0:
            raise EvidenceError(
                f"Skill '{skill_id}' has {done} lesson units done. Give counts of 0 or more."
            )
        units[0, place(skill_id, "lesson units")] = done
    skill = [place(answer.skill_id, f"item '{answer.item_id}'") for answer in answers]

    def column(values: Iterable[Any]) -> Numbers:
        return np.array(list(values), dtype=float)[None]

    age = column(_age(answer.answered_at, now) for answer in answers)
    slope, difficulty, guessing = scored_parameters(
        column(answer.a for answer in answers),
        column(answer.b for answer in answers),
        column(answer.guessing for answer in answers),
        column(answer.is_calibrated for answer in answers) > 0,
        column(answer.was_seen for answer in answers) > 0,
    )
    total, count, before = np.zeros((3, 1, skills))
    for rating in ratings:
        position = place(rating.skill_id, f"statement '{rating.statement_id}'")
        total[0, position] += rating.weight * (rating.rating - 3)
        count[0, position] += rating.weight
        before[0, position] = max(before[0, position], sum(rating.units_before))
    return Evidence(
        norm=np.array([STAGE_NORM[stage]]),
        units=units,
        skill=np.array([skill], dtype=np.int64),
        correct=column(answer.is_correct for answer in answers),
        weight=column(answer.weight for answer in answers) * 2 ** (-age / HALF_LIFE_DAYS),
        a=slope,
        b=difficulty,
        c=guessing,
        units_before=column(sum(answer.units_before) for answer in answers).astype(np.int64),
        rated=total / np.maximum(count, 1e-9),
        ratings=count,
        units_before_rating=before.astype(np.int64),
    )


def _age(instant: datetime, now: datetime) -> float:
    """Days since an instant; 0 for one in the future, because clocks differ."""
    return max(0.0, (now - instant).total_seconds() / 86400)
