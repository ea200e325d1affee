"""Checkpoints: what was handed in, to look back from: self-assessments, exams and checks.

The exams and checks of one week make one checkpoint, because together they tell more than each
alone. What was learned in a lesson must not be taken for what was known before it, so a lesson
finished in between keeps them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from academy.attempts import QuizAttempt
from academy.curriculum import Curriculum
from academy.growth import Growth, compare
from academy.history import History
from academy.occasions import Occasion, occasion, sitting
from academy.proficiency import Answer, Profile

Kind = Literal["assessment", "exam", "check"]

JOINED = timedelta(days=7)
"""From the first answer of a checkpoint to the last that may still belong to it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A self-assessment that was handed in, or the exams and checks of one week."""

    attempts: tuple[str, ...]
    """Oldest first."""
    kinds: tuple[Kind, ...]
    """Of each attempt."""
    stage: str
    begun_at: datetime
    """The first answer."""
    at: datetime
    """When the last attempt was handed in."""

    @property
    def has_answers(self) -> bool:
        """Whether it measured; what one says of oneself measures nothing."""
        return "assessment" not in self.kinds


def handed_in(history: History) -> list[Checkpoint]:
    """Every self-assessment, stage exam and quick check by itself, oldest first."""
    found = [
        Checkpoint((each.id,), ("assessment",), each.stage, each.started_at, each.submitted_at)
        for each in history.assessments.values()
        if each.submitted_at
    ]
    found += [
        Checkpoint((each.id,), (each.purpose,), each.subject, _begun_at(each), each.submitted_at)
        for each in history.quizzes.values()
        if (each.purpose == "exam" or each.purpose == "check") and each.submitted_at
    ]
    return sorted(found, key=lambda checkpoint: checkpoint.at)


def checkpoints(history: History) -> list[Checkpoint]:
    """What can be compared, oldest first: the exams and checks of a week count as one."""
    found: list[Checkpoint] = []
    for each in handed_in(history):
        joined = [number for number, earlier in enumerate(found) if _join(history, earlier, each)]
        if joined:
            earlier = found.pop(joined[-1])
            each = replace(
                earlier,
                attempts=earlier.attempts + each.attempts,
                kinds=earlier.kinds + each.kinds,
                at=each.at,
            )
        found.append(each)
    return found


def joinable_until(history: History, checkpoint: Checkpoint) -> datetime | None:
    """Until when another exam or check would join; None if a lesson was finished since."""
    end = checkpoint.begun_at + JOINED
    return None if _lessons(history, checkpoint.begun_at, end) else end


def natural_pair(found: Sequence[Checkpoint]) -> tuple[Checkpoint, Checkpoint]:
    """The two to compare unless others are chosen: the last two that measured, else the last two.

    Needs two checkpoints at least.
    """
    measured = [checkpoint for checkpoint in found if checkpoint.has_answers]
    first, second = (measured if len(measured) > 1 else found)[-2:]
    return first, second


def evidence_at(history: History, curriculum: Curriculum, checkpoint: Checkpoint) -> Occasion:
    """Everything up to a checkpoint, at the stage that held then."""
    return occasion(history, curriculum, until=checkpoint.at)


def profile_at(history: History, curriculum: Curriculum, checkpoint: Checkpoint) -> Profile:
    """The profile from everything up to a checkpoint, at the stage that held then."""
    return evidence_at(history, curriculum, checkpoint).profile()


def answers_at(
    history: History, curriculum: Curriculum, checkpoint: Checkpoint
) -> tuple[Answer, ...]:
    """The answers of a checkpoint's exams and checks alone."""
    return tuple(
        answer
        for attempt in checkpoint.attempts
        for answer in sitting(history, curriculum, attempt)
    )


def growth_between(
    history: History, curriculum: Curriculum, first: Checkpoint, second: Checkpoint
) -> Growth | None:
    """What two dates say of the time between; None where one has ratings only."""
    if not (first.has_answers and second.has_answers):
        return None
    return compare(
        curriculum.framework,
        answers_at(history, curriculum, first),
        answers_at(history, curriculum, second),
        stage=second.stage,
        studied=_studied(history, curriculum, first.at, second.at),
    )


def _begun_at(attempt: QuizAttempt) -> datetime:
    answered = (response.responded_at for response in attempt.responses.values())
    return min(answered, default=attempt.started_at)


def _join(history: History, earlier: Checkpoint, later: Checkpoint) -> bool:
    return (
        earlier.has_answers
        and later.has_answers
        and earlier.stage == later.stage
        and later.at - earlier.begun_at <= JOINED
        and not _lessons(history, earlier.begun_at, later.at)
    )


def _lessons(history: History, since: datetime, until: datetime) -> list[str]:
    """Skills of the lessons completed after one instant and not after another."""
    return [
        visit.skill_id
        for visit in history.completed_lessons()
        if visit.completed_at and since < visit.completed_at <= until
    ]


def _studied(
    history: History, curriculum: Curriculum, since: datetime, until: datetime
) -> Sequence[str]:
    known = {skill.id for skill in curriculum.framework.skills}
    return tuple(
        skill for skill in dict.fromkeys(_lessons(history, since, until)) if skill in known
    )
