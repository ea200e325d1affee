"""Take a quiz: begin or go on, answer item by item, hand in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from academy.attempts import QuizAttempt, QuizPurpose, Response
from academy.blueprint import draw_form, next_item, shuffled_options
from academy.curriculum import Curriculum
from academy.effort import least_seconds, reading_length
from academy.framework import UnknownId
from academy.history import History
from academy.items import Item
from academy.occasions import occasion
from academy.records import Event
from academy.services.attempt_ids import attempt_id
from academy.services.histories import add_to_history, happened, history_seen, read_history
from academy.services.item_parameters import item_state, item_states, learn_from_answers
from academy.services.refusals import Reason, Refusal
from academy.services.reviews import due_today, review_minutes
from academy.services.summaries import keep_summary, note_activity
from academy.storage.base import Records
from academy.variants import drawn_values

PRACTICE_LENGTH = 6
PROBE_LENGTH = 3
"""As many as the recommender reckons with when it would rather ask than teach."""
REVIEW_LENGTH = 10
_UNKNOWN: Mapping[str, Reason] = {
    "skill": "unknown-skill",
    "stage": "unknown-stage",
    "lesson": "unknown-lesson",
}
JUST_BEFORE = timedelta(microseconds=1)
"""An occasion begins after an instant; a check's first answer may come with its start."""
EXAM_LENGTH = 36
"""The least that a claim of growth needs on each occasion."""


def open_quiz(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    *,
    purpose: QuizPurpose,
    subject: str,
    now: datetime,
) -> QuizAttempt:
    """Go on with the open attempt at this quiz, or draw a form and begin one.

    `subject` is a skill for practice or a probe, a stage for an exam or a check, a lesson for the
    items on its way, and "mistakes" or "today" for review. Raises Refusal for a subject that is
    unknown or has nothing to ask.
    """
    same = attempts_at(read_history(records, learner_id), purpose, subject)
    if same and (purpose == "lesson" or not same[-1].is_submitted):
        return same[-1]
    drawn = draw_quiz(records, learner_id, curriculum, purpose=purpose, subject=subject, now=now)
    records.append(learner_id, quiz_started(drawn))
    return attempts_at(read_history(records, learner_id), purpose, subject)[len(same)]


def draw_quiz(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    *,
    purpose: QuizPurpose,
    subject: str,
    now: datetime,
) -> QuizAttempt:
    """The next attempt at a quiz, with its form drawn; not yet stored.

    Raises Refusal as `open_quiz` does.
    """
    history = read_history(records, learner_id)
    new_id = attempt_id(learner_id, purpose, subject, len(attempts_at(history, purpose, subject)))
    rng = random.Random(new_id)
    minutes = review_minutes(records, learner_id) if purpose == "review" else 0
    form = _draw(curriculum, history, purpose, subject, rng, now, minutes)
    if not form:
        raise Refusal("nothing-to-ask", subject)
    order = {item_id: tuple(_option_order(curriculum, item_id, rng)) for item_id in form}
    items = [curriculum.bank.item(item_id) for item_id in form]
    return QuizAttempt(
        id=new_id,
        purpose=purpose,
        subject=subject,
        form=form,
        option_order=order,
        item_states=item_states(records, items),
        values={item.id: dict(drawn_values(item, rng)) for item in items if item.variables},
        content_revision=curriculum.revision,
        started_at=now,
        responses={},
    )


def quiz_started(drawn: QuizAttempt) -> Event:
    """The event that an attempt begins with, as it was drawn and shown."""
    return happened(
        "quiz-started",
        drawn.started_at,
        {
            "attempt": drawn.id,
            "purpose": drawn.purpose,
            "subject": drawn.subject,
            "form": list(drawn.form),
            "option_order": {item: list(order) for item, order in drawn.option_order.items()},
            "item_states": {item: asdict(state) for item, state in drawn.item_states.items()},
            "values": {item: dict(values) for item, values in drawn.values.items()},
            "content_revision": drawn.content_revision,
        },
        event_id=f"quiz-started:{drawn.id}",
    )


def attempts_at(history: History, purpose: QuizPurpose, subject: str) -> list[QuizAttempt]:
    """A learner's attempts at one quiz, oldest first."""
    return [
        attempt
        for attempt in history.quizzes.values()
        if (attempt.purpose, attempt.subject) == (purpose, subject)
    ]


def find_quiz(records: Records, learner_id: str | None, attempt: str) -> QuizAttempt:
    """An attempt of this learner. Raises Refusal for any other, without saying whose it is."""
    found = read_history(records, learner_id).quizzes.get(attempt)
    if found is None:
        raise Refusal("unknown-attempt", attempt)
    return found


def record_response(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    attempt: str,
    item_id: str,
    chosen: Iterable[str],
    *,
    seconds: float | None,
    now: datetime,
    session: str | None = None,
) -> Response:
    """Judge and save what was chosen for one item.

    In an exam the last response before handing in counts; elsewhere the first one, and a second is
    refused. Given a `session`, it is saved only while that is the learner's. Raises Refusal for a
    session that is not, an attempt that is not this learner's or is handed in, an item that is not
    on its form, nothing chosen, and options that the item does not have.
    """
    seen = history_seen(records, learner_id).quizzes if session else {}
    taken = seen.get(attempt) or find_quiz(records, learner_id, attempt)
    if taken.is_submitted:
        raise Refusal("already-submitted", attempt)
    if item_id not in taken.form:
        raise Refusal("unknown-item", item_id)
    item = curriculum.bank.item(item_id)
    options = frozenset(chosen)
    if not options:
        raise Refusal("nothing-chosen", item_id)
    is_too_many = item.type == "single" and len(options) > 1
    if is_too_many or not options <= {option.id for option in item.options}:
        raise Refusal("no-such-option", ", ".join(sorted(options))[:80])
    given = taken.responses.get(item_id)
    is_final = taken.purpose != "exam"
    if given and given.chosen == options:
        given = find_quiz(records, learner_id, attempt).responses[item_id]
        if given.chosen == options:
            return given
    if given and is_final:
        raise Refusal("already-answered", item_id)
    state = taken.item_states[item_id]
    is_new, history = add_to_history(
        records,
        learner_id,
        happened(
            "item-answered",
            now,
            {
                "attempt": attempt,
                "item": item_id,
                "chosen": sorted(options),
                "is_correct": item.is_correct(options),
                "judged_by": {
                    "key": sorted(item.key),
                    "skill": item.skill,
                    "guessing": item.guessing,
                    "state": asdict(state),
                    "least_seconds": least_seconds(state.median_seconds, _length(item)),
                },
                "seconds": None if seconds is None else round(max(0.0, seconds), 1),
            },
            event_id=f"item-answered:{attempt}:{item_id}" if is_final else None,
        ),
        session=session,
    )
    after = history.quizzes[attempt]
    kept = after.responses.get(item_id)
    if kept is None or (kept.chosen != options and after.is_submitted):
        raise Refusal("already-submitted", attempt)
    if kept.chosen != options and is_final:
        raise Refusal("already-answered", item_id)
    if is_new:
        note_activity(records, learner_id, history, now=now)
    if is_new and after.shows_feedback:
        learn_from_answers(records, curriculum, history, after, [item_id], now=now)
    return kept


def draw_next(
    records: Records, learner_id: str, curriculum: Curriculum, attempt: str, *, now: datetime
) -> QuizAttempt:
    """Add to a check the item that tells most now, unless one waits or nothing more would tell.

    Asking twice draws once. A check to which nothing is added is finished: hand it in.
    """
    taken = find_quiz(records, learner_id, attempt)
    if taken.purpose != "check" or taken.is_submitted or taken.unanswered:
        return taken
    history = read_history(records, learner_id)
    rng = random.Random(f"{attempt}:{len(taken.form)}")
    item_id = _most_telling(curriculum, history, taken.form, rng, now, under_way=attempt)
    if item_id is None:
        return taken
    item = curriculum.bank.item(item_id)
    records.append(
        learner_id,
        happened(
            "item-drawn",
            now,
            {
                "attempt": attempt,
                "item": item_id,
                "option_order": _option_order(curriculum, item_id, rng),
                "item_state": asdict(item_state(records, item)),
                "values": dict(drawn_values(item, rng)),
            },
            event_id=f"item-drawn:{attempt}:{len(taken.form)}",
        ),
    )
    return find_quiz(records, learner_id, attempt)


def submit_quiz(
    records: Records, learner_id: str, curriculum: Curriculum, attempt: str, *, now: datetime
) -> QuizAttempt:
    """Hand a quiz in; what is unanswered stays unanswered. Twice is the same as once."""
    taken = find_quiz(records, learner_id, attempt)
    is_new = records.append(
        learner_id,
        happened("quiz-submitted", now, {"attempt": attempt}, event_id=f"quiz-submitted:{attempt}"),
    )
    done = find_quiz(records, learner_id, attempt)
    if is_new and not taken.shows_feedback:
        history = read_history(records, learner_id)
        learn_from_answers(records, curriculum, history, done, done.responses, now=now)
    if is_new:
        keep_summary(records, curriculum, learner_id, now=now)
    return done


def _draw(
    curriculum: Curriculum,
    history: History,
    purpose: QuizPurpose,
    subject: str,
    rng: random.Random,
    now: datetime,
    minutes_a_day: float,
) -> tuple[str, ...]:
    framework, bank = curriculum.framework, curriculum.bank
    try:
        if purpose == "lesson":
            return curriculum.lesson(subject).items
        if purpose == "review" and subject == "today":
            return due_today(history, bank, minutes_a_day=minutes_a_day, now=now)
        if purpose == "review":
            wrong = [response.item_id for _, response in history.mistakes(bank)]
            return tuple(wrong)[:REVIEW_LENGTH]
        if purpose in ("exam", "check"):
            framework.stage(subject)
        if purpose == "check":
            first = _most_telling(curriculum, history, (), rng, now)
            return (first,) if first else ()
        if purpose == "exam":
            skills = [skill.id for skill in framework.skills if skill.importance.get(subject, 0)]
            length = EXAM_LENGTH
        else:
            skills = [framework.skill(subject).id]
            length = PROBE_LENGTH if purpose == "probe" else PRACTICE_LENGTH
    except UnknownId as unknown:
        raise Refusal(_UNKNOWN[unknown.kind], subject) from unknown
    available = sum(len(bank.of_skill(skill_id)) for skill_id in skills)
    return draw_form(
        bank,
        framework,
        skills=skills,
        length=min(length, available),
        seen=history.seen_items(),
        rng=rng,
    )


def _most_telling(
    curriculum: Curriculum,
    history: History,
    asked: tuple[str, ...],
    rng: random.Random,
    now: datetime,
    under_way: str | None = None,
) -> str | None:
    """The item that tells most, given what this check alone has shown.

    A check is an occasion of its own: what was answered before is not asked again, and decides
    nothing, so that two checks can be compared.
    """
    since = history.quizzes[under_way].started_at - JUST_BEFORE if under_way else now
    evidence = occasion(history, curriculum, since=since, until=now, under_way=under_way)
    seen = {item: at for item, at in history.seen_items().items() if item not in asked}
    return next_item(
        curriculum.bank,
        curriculum.framework,
        evidence.profile(),
        asked=asked,
        seen=seen,
        rng=rng,
    )


def _option_order(curriculum: Curriculum, item_id: str, rng: random.Random) -> list[str]:
    return [option.id for option in shuffled_options(curriculum.bank.item(item_id), rng)]


def _length(item: Item) -> int:
    return reading_length(" ".join((item.stem.zh, *(option.text.zh for option in item.options))))
