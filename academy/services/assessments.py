"""Assess oneself: begin or go on, rate statement by statement, hand in."""

from __future__ import annotations

from datetime import datetime

from academy.assessment import ABSTENTIONS, Abstention
from academy.attempts import AssessmentAttempt, AssessmentForm
from academy.curriculum import Curriculum
from academy.framework import UnknownId
from academy.history import History
from academy.services.attempt_ids import attempt_id
from academy.services.histories import happened, read_history
from academy.services.refusals import Refusal
from academy.services.summaries import note_activity, outdate_summary
from academy.storage.base import Records


def open_assessment(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    *,
    form: AssessmentForm,
    stage: str,
    now: datetime,
) -> AssessmentAttempt:
    """Go on with the assessment that is open, or begin one of the form asked for."""
    history = read_history(records, learner_id)
    unfinished = history.open_assessment()
    if unfinished:
        return unfinished
    new_id = attempt_id(learner_id, "assessment", "", len(history.assessments))
    asked = [
        statement.id
        for statement in curriculum.assessment.statements.values()
        if form == "full" or statement.is_short
    ]
    records.append(
        learner_id,
        happened(
            "assessment-started",
            now,
            {
                "attempt": new_id,
                "form": form,
                "stage": stage,
                "statements": asked,
                "content_revision": curriculum.revision,
            },
            event_id=f"assessment-started:{new_id}",
        ),
    )
    return read_history(records, learner_id).assessments[new_id]


def rate_statement(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    attempt: str,
    statement_id: str,
    value: int | Abstention,
    *,
    now: datetime,
) -> None:
    """Save one rating, 1 to 5, or why there is none; a later one takes its place until handed in.

    Raises Refusal for an attempt that is not this learner's or is handed in, a statement that is
    not asked in it, and a rating that cannot be given.
    """
    open_attempt = _open_attempt(read_history(records, learner_id), attempt)
    if statement_id not in open_attempt.statements:
        raise Refusal("unknown-statement", statement_id)
    is_rating = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5
    if not is_rating and value not in ABSTENTIONS:
        raise Refusal("no-such-rating", str(value))
    given = open_attempt.ratings.get(statement_id)
    if given and given.value == value:
        return
    try:
        skill = curriculum.assessment.statement(statement_id).skill
    except UnknownId as unknown:
        raise Refusal("unknown-statement", statement_id) from unknown
    records.append(
        learner_id,
        happened(
            "statement-rated",
            now,
            {"attempt": attempt, "statement": statement_id, "skill": skill, "value": value},
        ),
    )
    history = read_history(records, learner_id)
    note_activity(records, learner_id, history, now=now)
    after = history.assessments[attempt]
    kept = after.ratings.get(statement_id)
    if after.is_submitted and (kept is None or kept.value != value):
        raise Refusal("already-submitted", attempt)


def submit_assessment(
    records: Records, learner_id: str, attempt: str, *, now: datetime
) -> AssessmentAttempt:
    """Hand an assessment in; handing it in twice is the same as once."""
    history = read_history(records, learner_id)
    if attempt not in history.assessments:
        raise Refusal("unknown-attempt", attempt)
    records.append(
        learner_id,
        happened(
            "assessment-submitted",
            now,
            {"attempt": attempt},
            event_id=f"assessment-submitted:{attempt}",
        ),
    )
    outdate_summary(records, learner_id)
    return read_history(records, learner_id).assessments[attempt]


def _open_attempt(history: History, attempt: str) -> AssessmentAttempt:
    found = history.assessments.get(attempt)
    if found is None:
        raise Refusal("unknown-attempt", attempt)
    if found.is_submitted:
        raise Refusal("already-submitted", attempt)
    return found
