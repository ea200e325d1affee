"""Assign work to a cohort, a group or one merchant, and see how far each one is.

The cohort keeps what was assigned, each merchant's record that it was given to him.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from academy import access
from academy.accounts import Person
from academy.assignments import (
    KINDS,
    MOST_ASSIGNMENTS,
    TOP,
    Assignment,
    Kind,
    Task,
    deeds_of,
    task_of,
)
from academy.cohort_forms import Question
from academy.cohorts import Cohort
from academy.curriculum import Curriculum
from academy.framework import UnknownId
from academy.history import History
from academy.records import JSON
from academy.services.cohort_records import find_cohort, members_of
from academy.services.histories import happened, read_history
from academy.services.own_items import form_questions, own_questions, put_form
from academy.services.refusals import Reason, Refusal
from academy.services.results import study_plan
from academy.services.summaries import note_deeds
from academy.storage.base import Records

_UNKNOWN: Mapping[str, Reason] = {"skill": "unknown-skill", "lesson": "unknown-lesson"}


def assign(
    records: Records,
    person: Person,
    curriculum: Curriculum,
    cohort_id: str,
    kind: Kind,
    subject: str = "",
    *,
    to: Collection[str] | None = None,
    questions: Collection[str] = (),
    due_on: date | None = None,
    now: datetime,
    told: Callable[[int, int], object] = lambda done, of: None,
) -> Assignment:
    """Give out a piece of work: to everybody and whoever joins later, or to these members.

    `subject` is a lesson or a skill; `questions` are the cohort's own, for a quiz of them. "Each
    one's top three" is given to each of today's members, with the skills that help him most now.
    Who has it so far, and of how many, is `told` as it goes.
    """
    cohort = _checked(records, person, cohort_id)
    _check_subject(curriculum, kind, subject)
    members = members_of(records, cohort.id)
    chosen = [each for each in members if to is None or each in to]
    if not chosen and to is not None:
        raise Refusal("nobody-chosen", cohort.id)
    is_one_by_one = to is not None or kind == "top-three"
    form = own_questions(records, cohort.id, questions) if kind == "cohort-quiz" else ()
    if kind == "cohort-quiz" and not form:
        raise Refusal("nothing-to-ask", cohort.id)
    assignment = Assignment(
        id=secrets.token_hex(6),
        cohort_id=cohort.id,
        kind=kind,
        subject=subject if kind in ("lesson", "quiz") else "",
        is_for_all=not is_one_by_one,
        given_to=len(chosen) if is_one_by_one else 0,
        due_on=due_on,
        assigned_at=now,
        questions=tuple(question.id for question in form),
    )
    if form:
        put_form(records, assignment.id, form)
    if is_one_by_one:
        for number, learner_id in enumerate(chosen, start=1):
            _give(records, curriculum, assignment, learner_id, person, now)
            told(number, len(chosen))
    _change(records, cohort.id, lambda kept: [*kept, assignment])
    return assignment


def assignments(records: Records, person: Person, cohort_id: str) -> tuple[Assignment, ...]:
    """What was assigned in a cohort, the latest first, for its trainers."""
    return assignments_in(records, _checked(records, person, cohort_id).id)


def change_due_date(
    records: Records, person: Person, cohort_id: str, assignment_id: str, *, due_on: date | None
) -> None:
    """Let an assignment be due on another day, or on none."""
    cohort = _checked(records, person, cohort_id)
    _change(
        records,
        cohort.id,
        lambda kept: [
            replace(each, due_on=due_on) if each.id == assignment_id else each for each in kept
        ],
    )


def questions_assigned(
    records: Records, person: Person, cohort_id: str, assignment_id: str
) -> tuple[Question, ...]:
    """The questions of a quiz that was assigned in a cohort, with their keys, for its trainers."""
    assigned = {each.id for each in assignments(records, person, cohort_id)}
    return form_questions(records, assignment_id) if assignment_id in assigned else ()


def withdraw_assignment(
    records: Records, person: Person, cohort_id: str, assignment_id: str
) -> None:
    """Ask for it no more, of nobody. What was done for it stays done."""
    cohort = _checked(records, person, cohort_id)
    known = _kept(records.document(_document(cohort.id)))
    if any(each.id == assignment_id for each in known):
        _change(
            records, cohort.id, lambda kept: [each for each in kept if each.id != assignment_id]
        )
        records.drop_document(f"form-{assignment_id}")


def member_tasks(
    records: Records, person: Person, cohort_id: str, learner_id: str
) -> tuple[Task, ...]:
    """What the cohort asks of one member and how far he is, for its trainers; in the same order."""
    cohort = _checked(records, person, cohort_id)
    if learner_id not in members_of(records, cohort.id):
        raise Refusal("unknown-cohort", cohort_id[:20])
    return _tasks(records, read_history(records, learner_id), [cohort.id])


def own_tasks(records: Records, learner_id: str | None) -> tuple[Task, ...]:
    """What the learner's cohorts ask of him: what is left first, by its last day; then the rest."""
    history = read_history(records, learner_id)
    return _tasks(records, history, history.memberships)


def assignments_in(records: Records, cohort_id: str) -> tuple[Assignment, ...]:
    """What was assigned in a cohort, the latest first; who may know is asked by the caller."""
    return tuple(reversed(_kept(records.document(_document(cohort_id)))))


def _tasks(records: Records, history: History, cohort_ids: Iterable[str]) -> tuple[Task, ...]:
    deeds = deeds_of(history)
    tasks = [
        task
        for cohort_id in cohort_ids
        for joined_on in [history.memberships[cohort_id].joined_at.date()]
        for assignment in _kept(records.document(_document(cohort_id)))
        if (task := task_of(assignment, deeds, joined_on=joined_on))
    ]
    return tuple(
        sorted(
            tasks,
            key=lambda task: (
                task.is_done,
                task.assignment.due_on or date.max,
                task.assignment.assigned_at,
            ),
        )
    )


def _give(
    records: Records,
    curriculum: Curriculum,
    assignment: Assignment,
    learner_id: str,
    person: Person,
    now: datetime,
) -> None:
    skills: list[JSON] = []
    if assignment.kind == "top-three":
        history = read_history(records, learner_id)
        plan = study_plan(curriculum, history, now=now)
        skills = [each.skill_id for each in plan.recommendations(limit=TOP)]
    data: dict[str, JSON] = {
        "assignment": assignment.id,
        "cohort": assignment.cohort_id,
        "by": person.learner_id,
        "name": person.name,
        "kind": assignment.kind,
        "subject": assignment.subject,
        "due_on": assignment.due_on.isoformat() if assignment.due_on else None,
        "skills": skills,
    }
    event_id = f"assigned:{assignment.id}"
    records.append(learner_id, happened("assigned", now, data, event_id=event_id))
    note_deeds(records, learner_id)


def _check_subject(curriculum: Curriculum, kind: Kind, subject: str) -> None:
    if kind not in KINDS:
        raise Refusal("nothing-to-ask", kind)
    try:
        if kind == "lesson":
            curriculum.lesson(subject)
        elif kind == "quiz":
            curriculum.framework.skill(subject)
    except UnknownId as unknown:
        raise Refusal(_UNKNOWN[unknown.kind], subject[:40]) from unknown


def _checked(records: Records, person: Person, cohort_id: str) -> Cohort:
    cohort = find_cohort(records, cohort_id)
    if cohort is None or not access.may(person, "assign", cohort=cohort):
        raise Refusal("unknown-cohort", cohort_id[:20])
    return cohort


def _document(cohort_id: str) -> str:
    return f"assignments-{cohort_id}"


def _kept(kept: Any) -> list[Assignment]:
    return [Assignment.from_dict(each) for each in kept] if isinstance(kept, list) else []


def _change(records: Records, cohort_id: str, change: Any) -> None:
    def changed(kept: JSON) -> JSON:
        return [each.to_dict() for each in change(_kept(kept))][-MOST_ASSIGNMENTS:]

    records.update_document(_document(cohort_id), changed)
