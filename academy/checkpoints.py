"""Checkpoints: self-assessments, stage exams and quick checks handed in, to look back from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from academy.curriculum import Curriculum
from academy.growth import Growth, compare
from academy.history import History
from academy.occasions import occasion, sitting
from academy.proficiency import Profile


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One attempt that was handed in, with when."""

    attempt: str
    kind: Literal["assessment", "exam", "check"]
    stage: str
    at: datetime


def checkpoints(history: History) -> list[Checkpoint]:
    """Every self-assessment, stage exam and quick check that was handed in, oldest first."""
    found = [
        Checkpoint(each.id, "assessment", each.stage, each.submitted_at)
        for each in history.assessments.values()
        if each.submitted_at
    ]
    found += [
        Checkpoint(each.id, each.purpose, each.subject, each.submitted_at)
        for each in history.quizzes.values()
        if (each.purpose == "exam" or each.purpose == "check") and each.submitted_at
    ]
    return sorted(found, key=lambda checkpoint: checkpoint.at)


def natural_pair(found: Sequence[Checkpoint]) -> tuple[Checkpoint, Checkpoint]:
    """The two to compare unless others are chosen: the last two that measured, else the last two.

    Needs two checkpoints at least.
    """
    measured = [checkpoint for checkpoint in found if checkpoint.kind != "assessment"]
    first, second = (measured if len(measured) > 1 else found)[-2:]
    return first, second


def profile_at(history: History, curriculum: Curriculum, checkpoint: Checkpoint) -> Profile:
    """The profile from everything up to a checkpoint, at the stage that held then."""
    return occasion(history, curriculum, until=checkpoint.at).profile()


def growth_between(
    history: History, curriculum: Curriculum, first: Checkpoint, second: Checkpoint
) -> Growth | None:
    """What two exams or checks say of the time between; None where one asked for ratings only."""
    if "assessment" in (first.kind, second.kind):
        return None
    return compare(
        curriculum.framework,
        sitting(history, curriculum, first.attempt),
        sitting(history, curriculum, second.attempt),
        stage=second.stage,
        studied=_studied(history, curriculum, first.at, second.at),
    )


def _studied(
    history: History, curriculum: Curriculum, since: datetime, until: datetime
) -> Sequence[str]:
    known = {skill.id for skill in curriculum.framework.skills}
    return tuple(
        dict.fromkeys(
            visit.skill_id
            for visit in history.completed_lessons()
            if visit.completed_at and since < visit.completed_at <= until
            if visit.skill_id in known
        )
    )
