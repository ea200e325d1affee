"""Study a lesson: open it, complete it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from academy.attempts import QuizAttempt
from academy.curriculum import Curriculum
from academy.framework import UnknownId
from academy.lessons import Lesson
from academy.records import Event
from academy.services.histories import happened, history_seen, read_history
from academy.services.quizzes import attempts_at, draw_quiz, quiz_started
from academy.services.refusals import Refusal
from academy.services.summaries import keep_summary, note_activity
from academy.storage.base import Records


def open_lesson(
    records: Records, learner_id: str, curriculum: Curriculum, lesson_id: str, *, now: datetime
) -> None:
    """Note that the learner opened a lesson, the first time he does."""
    lesson = _lesson(curriculum, lesson_id)
    history = read_history(records, learner_id)
    if lesson_id not in history.lessons:
        records.append(learner_id, _opened(lesson, now))
        note_activity(records, learner_id, history, now=now)


def study_lesson(
    records: Records, learner_id: str, curriculum: Curriculum, lesson_id: str, *, now: datetime
) -> QuizAttempt:
    """The attempt at the questions on a lesson's way, drawn but not stored if there is none yet.

    Whoever only looks into a lesson leaves nothing behind; `begin_lesson` stores what he saw.
    Raises Refusal for a lesson that there is not.
    """
    lesson = _lesson(curriculum, lesson_id)
    begun = attempts_at(read_history(records, learner_id), "lesson", lesson.id)
    if begun:
        return begun[-1]
    return draw_quiz(records, learner_id, curriculum, purpose="lesson", subject=lesson.id, now=now)


def begin_lesson(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    shown: QuizAttempt,
    *,
    now: datetime,
    session: str | None = None,
) -> None:
    """Store in one act that a lesson was opened, with its questions as they were `shown`.

    To be called before the first thing that is done in it; afterwards it changes nothing. Raises
    Refusal for a lesson that there is not, and for a `session` that is not the learner's.
    """
    lesson = _lesson(curriculum, shown.subject)
    history = history_seen(records, learner_id)
    if shown.id in history.quizzes and lesson.id in history.lessons:
        return
    if session is not None and records.learner_of_session(session) != learner_id:
        raise Refusal("signed-out", shown.id)
    started = quiz_started(replace(shown, started_at=now))
    if records.append_all(learner_id, [_opened(lesson, now), started]):
        note_activity(records, learner_id, history, now=now)


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
    is_new = records.append(
        learner_id,
        happened(
            "lesson-completed",
            now,
            {"lesson": lesson.id},
            event_id=f"lesson-completed:{lesson.id}",
        ),
    )
    if is_new:
        keep_summary(records, curriculum, learner_id, now=now)


def ticked(records: Records, learner_id: str, lesson_id: str) -> frozenset[int]:
    """Which entries of a lesson's checklist the learner has ticked, counted from 0."""
    kept = records.drafts(learner_id).get(_checklist(lesson_id))
    numbers = kept if isinstance(kept, list) else []
    return frozenset(number for number in numbers if isinstance(number, int))


def tick(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    lesson_id: str,
    number: int,
    *,
    is_done: bool,
) -> None:
    """Tick an entry of a lesson's checklist, or take the tick back."""
    lesson = _lesson(curriculum, lesson_id)
    done = ticked(records, learner_id, lesson.id)
    done = done | {number} if is_done else done - {number}
    records.save_draft(learner_id, _checklist(lesson.id), sorted(done))


def _opened(lesson: Lesson, now: datetime) -> Event:
    return happened(
        "lesson-opened",
        now,
        {"lesson": lesson.id, "skill": lesson.skill, "level": lesson.level},
        event_id=f"lesson-opened:{lesson.id}",
    )


def _checklist(lesson_id: str) -> str:
    return f"checklist-{lesson_id}"


def _lesson(curriculum: Curriculum, lesson_id: str) -> Lesson:
    try:
        return curriculum.lesson(lesson_id)
    except UnknownId as unknown:
        raise Refusal("unknown-lesson", lesson_id) from unknown
