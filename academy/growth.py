"""Whether a merchant has really grown between two occasions, or only answered differently.

Each occasion is estimated by itself, from quiz answers alone: what a merchant says of himself, and
the gain that lessons promise, prove nothing. The change is compared with what measurement would
produce if nothing had changed (a reliable-change z). One composite declared beforehand is judged at
z > 1.645; over several, Benjamini and Hochberg's procedure keeps false claims at 10%.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from academy.framework import Framework
from academy.levels import (
    Evidence,
    Numbers,
    SkillTree,
    estimate,
    response_curve,
    response_gradient,
    score_of,
)
from academy.proficiency import Z90, Answer, distinct_answers, gather, normal_cdf

Verdict = Literal["real-growth", "likely", "unclear", "real-drop", "not-enough"]
Shortage = Literal["few-answers", "too-soon", "no-answers"]

LEAST_ANSWERS, LEAST_OVERALL = 36, 72
"""Answers an occasion must have for any claim, and for one about the whole profile."""
LEAST_DAYS = 14.0
"""Days between the last answer of one occasion and the first of the other."""
REAL_Z, LIKELY_Z = 1.645, 1.0
FALSE_DISCOVERY_RATE = 0.10


@dataclass(frozen=True, slots=True)
class Change:
    """How one level moved between the occasions; points of the score, low to high nine in ten."""

    points: float
    low: float
    high: float
    z: float
    verdict: Verdict
    shortage: Shortage | None = None
    """Why nothing can be said."""


@dataclass(frozen=True)
class Growth:
    """The change overall, and by id; `skills` and `studied` hold the skills studied between."""

    overall: Change
    studied: Change | None
    """All studied skills together: the fairest question after a month of study."""
    dimensions: Mapping[str, Change]
    abilities: Mapping[str, Change]
    skills: Mapping[str, Change]
    answers: tuple[int, int]
    """How many count on each occasion; rapid guesses do not."""


def compare(
    framework: Framework,
    first: Iterable[Answer],
    second: Iterable[Answer],
    *,
    stage: str,
    studied: Sequence[str] = (),
) -> Growth:
    """What changed between two occasions, each the quiz answers of a few days.

    `studied` names the skills studied in between. Lessons in between change nothing here: growth
    is what the answers show. Raises as `estimate_profile` does.
    """
    occasions = [
        [replace(answer, units_before=(0, 0)) for answer in distinct_answers(answers)]
        for answers in (first, second)
    ]
    groups: dict[tuple[str, str], list[str]] = {
        ("overall", ""): [skill.id for skill in framework.skills],
        **{
            ("dimensions", dimension.id): [s.id for a in dimension.abilities for s in a.skills]
            for dimension in framework.dimensions
        },
        **{
            ("abilities", ability.id): [skill.id for skill in ability.skills]
            for ability in framework.abilities
        },
        **{("skills", skill_id): [framework.skill(skill_id).id] for skill_id in studied},
    }
    if studied:
        groups["studied", ""] = list(studied)
    changes = common_changes(framework, occasions[0], occasions[1], list(groups.values()), stage)
    judged: dict[str, dict[str, Change]] = {}
    for kind in ("overall", "studied", "dimensions", "abilities", "skills"):
        least = LEAST_OVERALL if kind == "overall" else LEAST_ANSWERS
        shortage = _shortage(occasions[0], occasions[1], least)
        members = {key[1]: n for n, key in enumerate(groups) if key[0] == kind}
        judged[kind] = dict(
            zip(members, judge([changes[n] for n in members.values()], shortage), strict=True)
        )
    return Growth(
        overall=judged["overall"][""],
        studied=judged["studied"].get(""),
        dimensions=judged["dimensions"],
        abilities=judged["abilities"],
        skills=judged["skills"],
        answers=(_counted(occasions[0]), _counted(occasions[1])),
    )


def _counted(answers: Sequence[Answer]) -> int:
    return sum(answer.weight > 0 for answer in answers)


def _shortage(first: Sequence[Answer], second: Sequence[Answer], least: int) -> Shortage | None:
    if min(_counted(first), _counted(second)) < least:
        return "few-answers"
    one, other = ([answer.answered_at for answer in answers] for answers in (first, second))
    between = max(min(other) - max(one), min(one) - max(other))
    return "too-soon" if between.total_seconds() / 86400 < LEAST_DAYS else None


@dataclass(frozen=True, slots=True)
class CommonChange:
    """The change that all skills of a group share, in logits, as the answers tell it."""

    level: float
    """Halfway between the occasions."""
    change: float
    se: float
    """Infinite when the group was not asked about on both occasions."""

    @property
    def z(self) -> float:
        return self.change / self.se

    @property
    def is_asked(self) -> bool:
        return math.isfinite(self.se)


def common_changes(
    framework: Framework,
    first: Sequence[Answer],
    second: Sequence[Answer],
    groups: Sequence[Sequence[str]],
    stage: str,
) -> list[CommonChange]:
    """Score test, for each group of skills, of one change shared by all of them.

    The levels halfway are estimated from both occasions together, with only the group's answers.
    If nothing changed, the answers of the second occasion exceed what these levels predict as much
    as those of the first do; half the difference is the test's score, and its variance allows for
    the levels being estimated.
    """
    answers = [*first, *second]
    sitting = min(
        (answer.answered_at for answer in answers), default=datetime.max.replace(tzinfo=UTC)
    )
    evidence = gather(framework, answers, (), stage=stage, units_done={}, now=sitting)
    tree = SkillTree.of(framework)
    number = {skill.id: position for position, skill in enumerate(framework.skills)}
    belongs = np.zeros((len(groups), len(number)), dtype=bool)
    for row, group in zip(belongs, groups, strict=True):
        row[[number[skill_id] for skill_id in group]] = True
    is_second = np.arange(len(answers)) >= len(first)
    change, se, halfway = score_test(tree, evidence, is_second, belongs)
    return [CommonChange(*map(float, row)) for row in zip(halfway, change, se, strict=True)]


def score_test(
    tree: SkillTree, evidence: Evidence, is_second: NDArray[np.bool_], belongs: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, Numbers]:
    """Common change of G groups of skills for one merchant: change, its se, halfway level, (G,).

    evidence: of both occasions; is_second (E,); belongs (G, S). The se is infinite without answers
    of the group on both occasions.
    """
    groups, skills = belongs.shape
    each = evidence.repeated(groups)
    each = replace(each, weight=each.weight * belongs[:, evidence.skill[0]])
    pooled = estimate(tree, each)
    level = np.take_along_axis(pooled.mean, each.skill, axis=1)
    p, information = response_curve(level, each.a, each.b, each.c)
    information = each.weight * information
    surprise = each.weight * response_gradient(p, each.correct, each.a, each.c)

    side = np.where(is_second, 0.5, -0.5)
    tilt = (side * information) @ (evidence.skill[0][:, None] == np.arange(skills))
    known = information.sum(axis=1) / 4
    for group in range(groups):
        known[group] -= tilt[group] @ pooled.base_covariance(group) @ tilt[group]
    is_asked = (each.weight * is_second).any(axis=1) & (each.weight * ~is_second).any(axis=1)
    known = np.where(is_asked, known, 1.0)
    change = np.where(is_asked, surprise @ side / known, 0.0)
    se = np.where(is_asked, 1 / np.sqrt(known), np.inf)
    return change, se, (pooled.mean * belongs).sum(axis=1) / belongs.sum(axis=1)


def judge(changes: Sequence[CommonChange], shortage: Shortage | None) -> list[Change]:
    """Verdicts over a family of changes: of those beyond 1.645, the ones that survive the
    Benjamini-Hochberg procedure at 10%. A family of one is judged by its z alone.
    """
    asked = [change.z for change in changes if change.is_asked]
    rise, drop = least_discovery(asked), least_discovery([-z for z in asked])

    def verdict(z: float) -> Verdict:
        if z >= rise:
            return "real-growth"
        if -z >= drop:
            return "real-drop"
        return "likely" if z > LIKELY_Z else "unclear"

    return [_worded(change, verdict(change.z), shortage) for change in changes]


def least_discovery(scores: Sequence[float]) -> float:
    """The z from which a change counts as real among its family; infinite when none does."""
    least = math.inf
    for rank, z in enumerate(sorted(scores, reverse=True), start=1):
        if 1 - normal_cdf(z) <= FALSE_DISCOVERY_RATE * rank / len(scores):
            least = z
    return max(least, REAL_Z)


def _worded(change: CommonChange, verdict: Verdict, shortage: Shortage | None) -> Change:
    if not change.is_asked:
        return Change(0.0, 0.0, 0.0, 0.0, "not-enough", shortage or "no-answers")

    def points(logits: float) -> float:
        return float(score_of(change.level + logits / 2) - score_of(change.level - logits / 2))

    margin = Z90 * change.se
    return Change(
        points=points(change.change),
        low=points(change.change - margin),
        high=points(change.change + margin),
        z=change.z,
        verdict="not-enough" if shortage else verdict,
        shortage=shortage,
    )
