"""Hold a class: start it, move on, show the right answer, end it; and answer in it.

Where the class is stands in one small document, what was chosen so far in another, and each answer
in the record of whoever gave it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from academy import access
from academy.accounts import Person
from academy.assignments import Assignment
from academy.classroom import MOST_QUESTIONS, Class, Tally
from academy.cohort_forms import CohortAnswer, Question, question_of
from academy.cohorts import Cohort
from academy.curriculum import Curriculum
from academy.history import History
from academy.records import JSON
from academy.services.assigning import own_tasks
from academy.services.cohort_records import find_cohort, members_of
from academy.services.histories import happened, read_history
from academy.services.own_items import form_questions, own_questions
from academy.services.refusals import Refusal
from academy.services.summaries import note_deeds
from academy.storage.base import Records


def start_class(
    records: Records,
    person: Person,
    curriculum: Curriculum,
    cohort_id: str,
    item_ids: Collection[str],
    *,
    now: datetime,
) -> Class:
    """Begin a class with these items, of the bank or the cohort's own; one under way ends.

    Items whose numbers change from attempt to attempt are left out.
    """
    cohort = _checked(records, person, cohort_id)
    own = {question.id: question for question in own_questions(records, cohort.id, item_ids)}
    bank = {
        item_id: question_of(curriculum.bank.items[item_id])
        for item_id in item_ids
        if item_id in curriculum.bank.items and not curriculum.bank.items[item_id].variables
    }
    found = {**bank, **own}
    questions = tuple(found[each] for each in item_ids if each in found)[:MOST_QUESTIONS]
    if not questions:
        raise Refusal("nothing-to-ask", cohort.id)
    begun = Class(secrets.token_hex(6), cohort.id, questions, 0, False, now)
    before = _class(records.document(_document(cohort.id)))
    records.update_document(_document(cohort.id), lambda _: begun.to_dict())
    if before:
        records.drop_document(_tally_document(before.id))
    return begun


def class_of(records: Records, person: Person, cohort_id: str) -> Class | None:
    """The latest class of a cohort, for its trainers."""
    cohort = _checked(records, person, cohort_id)
    return _class(records.document(_document(cohort.id)))


def class_tally(records: Records, person: Person, cohort_id: str) -> dict[str, Tally]:
    """Question id to how its options were chosen so far in the latest class, for the trainers."""
    latest = class_of(records, person, cohort_id)
    kept: Any = records.document(_tally_document(latest.id)) if latest else None
    plain = kept if isinstance(kept, Mapping) else {}
    return {
        question: Tally(each["people"], dict(each["counts"])) for question, each in plain.items()
    }


def show_answer(records: Records, person: Person, cohort_id: str, *, place: int) -> None:
    """Show the right answer to the question at this place; from now on none is taken to it."""
    _move(
        records,
        person,
        cohort_id,
        lambda held: replace(held, is_shown=True) if held.place == place else held,
    )


def move_on(records: Records, person: Person, cohort_id: str, *, place: int) -> None:
    """On from the question at this place to the next; from any other, nothing: so twice is once."""
    _move(
        records,
        person,
        cohort_id,
        lambda held: (
            replace(held, place=place + 1, is_shown=False)
            if held.place == place and not held.is_last
            else held
        ),
    )


def end_class(records: Records, person: Person, cohort_id: str, *, now: datetime) -> None:
    """Send everybody home."""
    _move(records, person, cohort_id, lambda held: replace(held, ended_at=held.ended_at or now))


def class_going_on(records: Records, learner_id: str | None, cohort_id: str) -> Class | None:
    """The class under way in a cohort that the learner is in; None if there is none."""
    if learner_id is None or cohort_id not in read_history(records, learner_id).memberships:
        return None
    held = _class(records.document(_document(cohort_id)))
    return held if held and held.is_going else None


def answer_in_class(
    records: Records,
    learner_id: str,
    cohort_id: str,
    question_id: str,
    chosen: Iterable[str],
    *,
    now: datetime,
) -> CohortAnswer:
    """Save what was chosen for the question that the class is at; the first answer stays.

    Raises Refusal when there is no class, it is at another question, or the answer is shown.
    """
    held = class_going_on(records, learner_id, cohort_id)
    if held is None or learner_id not in members_of(records, cohort_id):
        raise Refusal("no-class", cohort_id[:20])
    if held.question.id != question_id or held.is_shown:
        raise Refusal("class-moved-on", question_id[:40])
    is_new, answer = _save(
        records, learner_id, cohort_id, held.id, held.question, frozenset(chosen), now
    )
    if is_new:
        _count(records, held.id, answer)
        note_deeds(records, learner_id)
    return answer


def cohort_quiz(
    records: Records, learner_id: str | None, assignment_id: str
) -> tuple[Assignment, tuple[Question, ...]]:
    """A quiz of a cohort's own with its questions. Raises Refusal unless it was assigned to him."""
    for task in own_tasks(records, learner_id):
        if task.assignment.id == assignment_id and task.assignment.kind == "cohort-quiz":
            return task.assignment, form_questions(records, assignment_id)
    raise Refusal("not-assigned", assignment_id[:20])


def answer_in_cohort_quiz(
    records: Records,
    learner_id: str,
    assignment_id: str,
    question_id: str,
    chosen: Iterable[str],
    *,
    now: datetime,
) -> CohortAnswer:
    """Save what was chosen in a quiz of a cohort's own that was assigned; the first answer stays.

    Raises Refusal for a quiz that was not assigned to this learner.
    """
    assignment, questions = cohort_quiz(records, learner_id, assignment_id)
    question = next((each for each in questions if each.id == question_id), None)
    if question is None:
        raise Refusal("unknown-item", question_id[:40])
    cohort_id = assignment.cohort_id
    is_new, answer = _save(
        records, learner_id, cohort_id, assignment_id, question, frozenset(chosen), now
    )
    if is_new:
        note_deeds(records, learner_id)
    return answer


def answered_questions(records: Records, history: History) -> dict[tuple[str, str], Question]:
    """The questions that a learner answered with others, by form and id, as far as they are kept.

    A quiz's stay with it, a class's until the next one; of the cohort's own, what it still has.
    """
    by_form: dict[tuple[str, str], list[str]] = {}
    for answer in history.cohort_answers.values():
        by_form.setdefault((answer.cohort_id, answer.form_id), []).append(answer.question_id)
    found = {}
    for (cohort_id, form_id), ids in by_form.items():
        held = _class(records.document(_document(cohort_id)))
        asked = held.questions if held and held.id == form_id else ()
        known = (*own_questions(records, cohort_id, ids), *form_questions(records, form_id), *asked)
        found.update({(form_id, question.id): question for question in known})
    return found


def _save(
    records: Records,
    learner_id: str,
    cohort_id: str,
    form_id: str,
    question: Question,
    chosen: frozenset[str],
    now: datetime,
) -> tuple[bool, CohortAnswer]:
    if not chosen:
        raise Refusal("nothing-chosen", question.id)
    if not question.allows(chosen):
        raise Refusal("no-such-option", ", ".join(sorted(chosen))[:80])
    is_new = records.append(
        learner_id,
        happened(
            "cohort-answered",
            now,
            {
                "cohort": cohort_id,
                "form": form_id,
                "question": question.id,
                "chosen": sorted(chosen),
                "is_correct": chosen == question.key,
            },
            event_id=f"cohort-answered:{form_id}:{question.id}",
        ),
    )
    return is_new, read_history(records, learner_id).cohort_answers[form_id, question.id]


def _count(records: Records, class_id: str, answer: CohortAnswer) -> None:
    def counted(kept: Any) -> JSON:
        plain = dict(kept) if isinstance(kept, Mapping) else {}
        before = plain.get(answer.question_id, {"people": 0, "counts": {}})
        counts = dict(before["counts"])
        for option in sorted(answer.chosen):
            counts[option] = counts.get(option, 0) + 1
        plain[answer.question_id] = {"people": before["people"] + 1, "counts": counts}
        return plain

    records.update_document(_tally_document(class_id), counted)


def _move(records: Records, person: Person, cohort_id: str, change: Any) -> None:
    cohort = _checked(records, person, cohort_id)

    def moved(kept: JSON) -> JSON:
        held = _class(kept)
        return change(held).to_dict() if held and held.is_going else kept

    if records.document(_document(cohort.id)) is not None:
        records.update_document(_document(cohort.id), moved)


def _checked(records: Records, person: Person, cohort_id: str) -> Cohort:
    cohort = find_cohort(records, cohort_id)
    if cohort is None or not access.may(person, "hold-class", cohort=cohort):
        raise Refusal("unknown-cohort", cohort_id[:20])
    return cohort


def _document(cohort_id: str) -> str:
    return f"class-{cohort_id}"


def _tally_document(class_id: str) -> str:
    return f"tally-{class_id}"


def _class(kept: Any) -> Class | None:
    return Class.from_dict(kept) if isinstance(kept, Mapping) else None
