"""Whether a merchant has really grown between two occasions, or only answered differently.

Each occasion is estimated by itself, from quiz answers alone: what a merchant says of himself, and
the gain that lessons promise, prove nothing. The change is compared with what measurement would
produce if nothing had changed (a reliable-change z). One composite declared beforehand is judged at
z > 1.645; over several, Benjamini and Hochberg's procedure keeps false claims at 10%.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from academy.framework import Framework
from academy.proficiency import (
    Z90,
    Answer,
    Evidence,
    Numbers,
    SkillTree,
    distinct_answers,
    estimate,
    gather,
    normal_cdf,
    response_curve,
    response_gradient,
    score_of,
)

Verdict = Literal["real-growth", "likely", "unclear", "real-drop", "not-enough"]
Shortage = Literal["few-answers", "too-soon", "no-answers"]

LEAST_ANSWERS = 36
"""Answers an occasion must have for any claim."""
LEAST_DAYS = 14.0
"""Days between the last answer of the first occasion and the first of the second."""
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


def compare(
    framework: Framework,
    first: Iterable[Answer],
    second: Iterable[Answer],
    *,
    stage: str,
    studied: Sequence[str] = (),
) -> Growth:
    """What changed between two occasions, each the quiz answers of one sitting.

    `studied` names the skills studied in between. Lessons in between change nothing here: growth
    is what the answers show. Raises as `estimate_profile` does.
    """
    occasions = [
        [replace(answer, units_before=(0, 0)) for answer in distinct_answers(answers)]
        for answers in (first, second)
    ]
    shortage = _shortage(*occasions)
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
    )


def _shortage(first: Sequence[Answer], second: Sequence[Answer]) -> Shortage | None:
    if min(len(first), len(second)) < LEAST_ANSWERS:
        return "few-answers"
    ended = max(answer.answered_at for answer in first)
    resumed = min(answer.answered_at for answer in second)
    days = abs((resumed - ended).total_seconds()) / 86400
    return "too-soon" if days < LEAST_DAYS else None


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
    skill, correct, weight, a, b, c = (
        table[0]
        for table in (
            evidence.skill,
            evidence.correct,
            evidence.weight,
            evidence.a,
            evidence.b,
            evidence.c,
        )
    )
    inside = weight * belongs[:, skill]

    def repeated(table):
        return np.repeat(table, groups, axis=0)

    pooled = estimate(
        tree,
        replace(
            evidence,
            **{field.name: repeated(getattr(evidence, field.name)) for field in fields(evidence)}
            | {"weight": inside},
        ),
    )
    at = pooled.mean[:, skill]
    p, information = response_curve(at, a, b, c)
    surprise = inside * response_gradient(p, correct, a, c)
    information = inside * information
    side = np.where(is_second, 0.5, -0.5)

    rows = np.arange(groups)[:, None] * skills + skill
    tilt = np.bincount(rows.ravel(), (side * information).ravel(), groups * skills)
    tilt = tilt.reshape(groups, skills)
    known = (information / 4).sum(1)
    for group in range(groups):
        known[group] -= tilt[group] @ pooled.base_covariance(group) @ tilt[group]
    is_asked = (inside * is_second > 0).any(1) & (inside * ~is_second > 0).any(1)
    known = np.where(is_asked, known, np.nan)
    with np.errstate(invalid="ignore"):
        change = np.where(is_asked, (side * surprise).sum(1) / known, 0.0)
        se = np.where(is_asked, 1 / np.sqrt(known), np.inf)
    return change, se, (pooled.mean * belongs).sum(1) / belongs.sum(1)


def judge(changes: Sequence[CommonChange], shortage: Shortage | None) -> list[Change]:
    """Verdicts over a family of changes: of those beyond 1.645, the ones that survive the
    Benjamini-Hochberg procedure at 10%. A family of one is judged by its z alone.
    """
    asked = [change for change in changes if np.isfinite(change.se)]
    rises = _survivors([change.z for change in asked])
    drops = _survivors([-change.z for change in asked])
    verdicts: dict[int, Verdict] = {}
    for change, is_rise, is_drop in zip(asked, rises, drops, strict=True):
        verdict: Verdict = "unclear"
        if is_rise:
            verdict = "real-growth"
        elif is_drop:
            verdict = "real-drop"
        elif change.z > LIKELY_Z:
            verdict = "likely"
        verdicts[id(change)] = verdict
    return [_worded(change, verdicts.get(id(change)), shortage) for change in changes]


def _survivors(scores: Sequence[float]) -> list[bool]:
    """Which z are beyond 1.645 and among the discoveries at a false discovery rate of 10%."""
    chances = [1 - normal_cdf(z) for z in scores]
    limit = 0.0
    for position, chance in enumerate(sorted(chances), start=1):
        if chance <= FALSE_DISCOVERY_RATE * position / len(chances):
            limit = chance
    return [z > REAL_Z and chance <= limit for z, chance in zip(scores, chances, strict=True)]


def _worded(change: CommonChange, verdict: Verdict | None, shortage: Shortage | None) -> Change:
    if verdict is None:
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
