"""Study a lesson: open it, complete it."""

from __future__ import annotations

from datetime import datetime

from academy.curriculum import Curriculum
from academy.framework import UnknownId
from academy.lessons import Lesson
from academy.services.histories import happened, read_history
from academy.services.refusals import Refusal
from academy.storage.base import Records


def open_lesson(
    records: Records, learner_id: str, curriculum: Curriculum, lesson_id: str, *, now: datetime
) -> None:
    """Note that the learner opened a lesson, the first time he does."""
    lesson = _lesson(curriculum, lesson_id)
    if lesson_id not in read_history(records, learner_id).lessons:
        records.append(
            learner_id,
            happened(
                "lesson-opened",
                now,
                {"lesson": lesson.id, "skill": lesson.skill, "level": lesson.level},
                event_id=f"lesson-opened:{lesson.id}",
            ),
        )


def complete_lesson(
    records: Records, learner_id: str, curriculum: Curriculum, lesson_id: str, *, now: datetime
) -> None:
    """A lesson is complete when every item on its way is answered, rightly or wrongly.

    Raises Refusal while one is not; completing twice is the same as once.
    """
    lesson = _lesson(curriculum, lesson_id)
    history = read_history(records, learner_id)
    answered = {
        item_id
        for attempt in history.quizzes.values()
        if (attempt.purpose, attempt.subject) == ("lesson", lesson_id)
        for item_id in attempt.responses
    }
    if not set(lesson.items) <= answered:
        raise Refusal("unanswered-items", lesson_id)
    open_lesson(records, learner_id, curriculum, lesson_id, now=now)
    records.append(
        learner_id,
        happened(
            "lesson-completed",
            now,
            {"lesson": lesson.id},
            event_id=f"lesson-completed:{lesson.id}",
        ),
    )


def _lesson(curriculum: Curriculum, lesson_id: str) -> Lesson:
    try:
        return curriculum.lesson(lesson_id)
    except UnknownId as unknown:
        raise Refusal("unknown-lesson", lesson_id) from unknown
