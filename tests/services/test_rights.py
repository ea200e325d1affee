"""Every act, tried by everybody in the cast, against the table of rights.

The acts are those that `academy.services` offers: a new one that takes a person, or somebody's
work, is tried here or the first test says that it is missing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from academy import access, services
from academy.access import Act
from academy.cohort_analytics import CohortTable
from academy.content import load_content
from academy.curriculum import Curriculum
from academy.own_items import OwnItem
from academy.services import Refusal
from academy.storage import open_records
from academy.storage.base import Records
from tests.cast import Cast, gather

load = cache(lambda: load_content(Path(__file__).parents[2]))
EVERYBODY = ("Ada", "Bea", "Cyrus", "Dana", "Finn", "Gail", "Eve")
HERE = "203.0.113.7"


def accept_none(cast: Cast, who: str) -> None:
    """Accept an item that there is not: allowed is who is told so."""
    try:
        services.accept_item(
            cast.records,
            cast[who],
            load(),
            cast.cohort.id,
            "none",
            outcome="place-dou-plus-order",
        )
    except Refusal as refusal:
        if refusal.reason != "unknown-item":
            raise


BY_A_PERSON: dict[str, tuple[tuple[Act, ...], Callable[[Cast, str], object]]] = {
    "create_cohort": (
        ("create-cohort",),
        lambda cast, who: services.create_cohort(cast.records, cast[who], "New", now=cast.now),
    ),
    "open_cohort": (
        ("see-cohort",),
        lambda cast, who: services.open_cohort(cast.records, cast[who], cast.cohort.id),
    ),
    "cohort_members": (
        ("see-cohort",),
        lambda cast, who: services.cohort_members(cast.records, cast[who], cast.cohort.id),
    ),
    "member_history": (
        ("see-cohort", "see-work"),
        lambda cast, who: services.member_history(
            cast.records, cast[who], cast.cohort.id, cast.id("Ada")
        ),
    ),
    "change_cohort": (
        ("change-cohort",),
        lambda cast, who: services.change_cohort(
            cast.records, cast[who], cast.cohort.id, title="Other", days=services.ANY_DAYS
        ),
    ),
    "archive_cohort": (
        ("change-cohort",),
        lambda cast, who: services.archive_cohort(
            cast.records, cast[who], cast.cohort.id, now=cast.now
        ),
    ),
    "reopen_cohort": (
        ("change-cohort",),
        lambda cast, who: services.reopen_cohort(cast.records, cast[who], cast.cohort.id),
    ),
    "renew_code": (
        ("change-cohort",),
        lambda cast, who: services.renew_code(cast.records, cast[who], cast.cohort.id),
    ),
    "add_trainer": (
        ("name-trainers",),
        lambda cast, who: services.add_trainer(
            cast.records, cast[who], cast.cohort.id, "Finn", now=cast.now
        ),
    ),
    "remove_trainer": (
        ("name-trainers",),
        lambda cast, who: services.remove_trainer(
            cast.records, cast[who], cast.cohort.id, "nobody-0001", now=cast.now
        ),
    ),
    "watch_cohort": (
        ("see-cohort",),
        lambda cast, who: services.watch_cohort(cast.records, cast[who], load(), cast.cohort.id),
    ),
    "note_flags": (
        ("see-cohort",),
        lambda cast, who: services.note_flags(
            cast.records,
            cast[who],
            cast.cohort.id,
            CohortTable(load().framework, ()),
            now=cast.now,
        ),
    ),
    "assign": (
        ("assign",),
        lambda cast, who: services.assign(
            cast.records,
            cast[who],
            load(),
            cast.cohort.id,
            "quiz",
            "shop-health",
            to=[cast.id("Ada")],
            now=cast.now,
        ),
    ),
    "assignments": (
        ("assign",),
        lambda cast, who: services.assignments(cast.records, cast[who], cast.cohort.id),
    ),
    "change_due_date": (
        ("assign",),
        lambda cast, who: services.change_due_date(
            cast.records, cast[who], cast.cohort.id, "none", due_on=None
        ),
    ),
    "questions_assigned": (
        ("assign",),
        lambda cast, who: services.questions_assigned(
            cast.records, cast[who], cast.cohort.id, "none"
        ),
    ),
    "withdraw_assignment": (
        ("assign",),
        lambda cast, who: services.withdraw_assignment(
            cast.records, cast[who], cast.cohort.id, "none"
        ),
    ),
    "member_tasks": (
        ("assign",),
        lambda cast, who: services.member_tasks(
            cast.records, cast[who], cast.cohort.id, cast.id("Ada")
        ),
    ),
    "start_class": (
        ("hold-class",),
        lambda cast, who: services.start_class(
            cast.records, cast[who], load(), cast.cohort.id, ["dou-plus-01"], now=cast.now
        ),
    ),
    "class_of": (
        ("hold-class",),
        lambda cast, who: services.class_of(cast.records, cast[who], cast.cohort.id),
    ),
    "class_tally": (
        ("hold-class",),
        lambda cast, who: services.class_tally(cast.records, cast[who], cast.cohort.id),
    ),
    "show_answer": (
        ("hold-class",),
        lambda cast, who: services.show_answer(cast.records, cast[who], cast.cohort.id, place=0),
    ),
    "move_on": (
        ("hold-class",),
        lambda cast, who: services.move_on(cast.records, cast[who], cast.cohort.id, place=0),
    ),
    "end_class": (
        ("hold-class",),
        lambda cast, who: services.end_class(cast.records, cast[who], cast.cohort.id, now=cast.now),
    ),
    "own_items": (
        ("write-items",),
        lambda cast, who: services.own_items(cast.records, cast[who], cast.cohort.id),
    ),
    "check_table": (
        ("write-items",),
        lambda cast, who: services.check_table(
            cast.records, cast[who], load(), cast.cohort.id, [["题型", "题干", "正确答案"]]
        ),
    ),
    "take_in": (
        ("write-items",),
        lambda cast, who: services.take_in(
            cast.records,
            cast[who],
            cast.cohort.id,
            [OwnItem("", "true-false", "Is it so?", (), (0,))],
            file="a.csv",
            now=cast.now,
        ),
    ),
    "undo_import": (
        ("write-items",),
        lambda cast, who: services.undo_import(cast.records, cast[who], cast.cohort.id, "none"),
    ),
    "take_out_item": (
        ("write-items",),
        lambda cast, who: services.take_out_item(cast.records, cast[who], cast.cohort.id, "none"),
    ),
    "offer_items": (
        ("write-items",),
        lambda cast, who: services.offer_items(cast.records, cast[who], cast.cohort.id, []),
    ),
    "offered_items": (
        ("accept-items",),
        lambda cast, who: services.offered_items(cast.records, cast[who]),
    ),
    "accept_item": (
        ("accept-items",),
        lambda cast, who: accept_none(cast, who),
    ),
    "decline_item": (
        ("accept-items",),
        lambda cast, who: services.decline_item(cast.records, cast[who], cast.cohort.id, "none"),
    ),
    "note_on": (
        ("see-work", "guide-learner"),
        lambda cast, who: services.note_on(
            cast.records, cast[who], cast.cohort.id, cast.id("Ada"), "Call her", now=cast.now
        ),
    ),
    "take_back_note": (
        ("see-work", "guide-learner"),
        lambda cast, who: services.take_back_note(
            cast.records, cast[who], cast.cohort.id, cast.id("Ada"), "none", now=cast.now
        ),
    ),
    "guide": (
        ("see-work", "guide-learner"),
        lambda cast, who: services.guide(
            cast.records,
            cast[who],
            load(),
            cast.cohort.id,
            cast.id("Ada"),
            pins=["shop-health"],
            exclusions=[],
            now=cast.now,
        ),
    ),
    "check_list": (
        ("invite",),
        lambda cast, who: services.check_list(cast.records, cast[who], cast.cohort.id, [["Hal"]]),
    ),
    "expect_members": (
        ("invite",),
        lambda cast, who: services.expect_members(cast.records, cast[who], cast.cohort.id, ["Hal"]),
    ),
    "expected_members": (
        ("invite",),
        lambda cast, who: services.expected_members(cast.records, cast[who], cast.cohort.id),
    ),
    "expect_no_more": (
        ("invite",),
        lambda cast, who: services.expect_no_more(
            cast.records, cast[who], cast.cohort.id, ["none"]
        ),
    ),
    "remove_member": (
        ("remove-member",),
        lambda cast, who: services.remove_member(
            cast.records, cast[who], cast.cohort.id, cast.id("Ada"), now=cast.now
        ),
    ),
    "every_cohort": (
        ("list-cohorts",),
        lambda cast, who: services.every_cohort(cast.records, cast[who]),
    ),
    "hand_out_reset_code": (
        ("hand-out-reset-code",),
        lambda cast, who: services.hand_out_reset_code(
            cast.records, cast[who], cast.id("Ada"), cohort_id=cast.cohort.id, now=cast.now
        ),
    ),
    "give_role": (
        ("give-roles",),
        lambda cast, who: services.give_role(
            cast.records, cast[who], "Ada", "trainer", now=cast.now
        ),
    ),
    "find_account": (
        ("see-people",),
        lambda cast, who: services.find_account(cast.records, cast[who], "Ada"),
    ),
    "staff": (("see-people",), lambda cast, who: services.staff(cast.records, cast[who])),
}
"""Act of a person, on Ada or her cohort, to the rights that it takes."""

WITH_SOMEBODYS_WORK: dict[str, Callable[[Cast, Curriculum, str, str], object]] = {
    "find_quiz": lambda cast, content, me, attempt: services.find_quiz(cast.records, me, attempt),
    "record_response": lambda cast, content, me, attempt: services.record_response(
        cast.records, me, content, attempt, "any", ["a"], seconds=9, now=cast.now
    ),
    "draw_next": lambda cast, content, me, attempt: services.draw_next(
        cast.records, me, content, attempt, now=cast.now
    ),
    "submit_quiz": lambda cast, content, me, attempt: services.submit_quiz(
        cast.records, me, content, attempt, now=cast.now
    ),
    "rate_statement": lambda cast, content, me, attempt: services.rate_statement(
        cast.records, me, content, attempt, "any", 3, now=cast.now
    ),
    "issue_certificate": lambda cast, content, me, attempt: services.issue_certificate(
        cast.records, me, content, attempt, name="Me", now=cast.now
    ),
    "submit_assessment": lambda cast, content, me, attempt: services.submit_assessment(
        cast.records, me, attempt, now=cast.now
    ),
}
"""Act on an attempt, which is to be one's own."""

ON_ONESELF = {
    "answer_in_class", "answer_in_cohort_quiz", "class_going_on", "own_record", "own_tasks",
    "cohort_quiz",
    "change_password", "choose_language", "choose_review_minutes", "choose_stage",
    "complete_lesson", "erase", "everything", "find_and_choose_stage", "find_person",
    "has_password", "is_own_password", "join_cohort", "leave_cohort", "onlookers",
    "open_assessment", "begin_lesson",
    "open_lesson", "open_quiz", "study_lesson", "own_cohorts", "person_of", "read_history",
    "remember_shop_fact", "review_minutes", "sessions_of", "shop_facts", "stored", "tick",
    "ticked", "work_done", "end_sessions",
}  # fmt: skip
"""Reaches nothing but the record of the learner whose id it is given, or what he may see."""

BEFORE_IT_IS_KNOWN_WHO = {
    "come_in_from_outside", "find_invitation", "guest_of", "has_ended", "join",
    "learner_from_outside", "learner_of", "open_account", "reset_password", "sign_in",
    "end_session", "expected_name",
}  # fmt: skip
"""Finds out who somebody is, by his session or what he knows."""

FROM_THE_COMMAND_LINE = {"create_administrator", "everybody"}

FOR_WHOM_THE_MEMBERS_ARE_KNOWN = {"work_out_summaries"}
"""Keeps what a member's own record adds up to; `watch_cohort` says who is one."""

FOR_WHOEVER_HAS_THE_CODE = {"find_certificate"}
"""Shows what its owner gave out on paper, and nothing else of him."""

ON_NO_RECORDS = {"certificate_of", "due_today", "profile_of", "standings_of", "study_plan"}


def offered() -> set[str]:
    return {name for name in services.__all__ if inspect.isfunction(getattr(services, name))}


def test_every_act_is_tried_here_or_said_to_be_harmless():
    known = [
        set(BY_A_PERSON), set(WITH_SOMEBODYS_WORK), ON_ONESELF, BEFORE_IT_IS_KNOWN_WHO,
        FROM_THE_COMMAND_LINE, FOR_WHOEVER_HAS_THE_CODE, FOR_WHOM_THE_MEMBERS_ARE_KNOWN,
        ON_NO_RECORDS,
    ]  # fmt: skip
    assert offered() == set().union(*known), "Add a new act to the group that it belongs to."
    assert sum(map(len, known)) == len(set().union(*known))


def test_an_act_that_takes_a_person_asks_the_table():
    for name in offered():
        takes = inspect.signature(getattr(services, name)).parameters
        if "person" in takes and name not in ON_ONESELF:
            assert name in BY_A_PERSON
        if "attempt" in takes:
            assert name in WITH_SOMEBODYS_WORK
        if name in ON_NO_RECORDS:
            assert "records" not in takes


@pytest.mark.parametrize("name", BY_A_PERSON)
def test_who_may_do_it_can_and_nobody_else(name, noon):
    rights, act = BY_A_PERSON[name]
    could = {who for who in EVERYBODY if succeeds(act, gather(open_records("memory:"), noon), who)}
    cast = gather(open_records("memory:"), noon)
    may = {
        who
        for who in EVERYBODY
        if all(
            access.may(
                cast[who], right, learner_id=cast.id("Ada"), cohort=cast.cohort, is_member=True
            )
            for right in rights
        )
    }
    assert could == may
    assert may < set(EVERYBODY)


@pytest.mark.parametrize("name", BY_A_PERSON)
def test_who_may_not_changes_nothing_by_trying(name, noon):
    _, act = BY_A_PERSON[name]
    for who in EVERYBODY:
        cast = gather(open_records("memory:"), noon)
        before = everything_in(cast.records)
        if not succeeds(act, cast, who):
            assert everything_in(cast.records) == before


@pytest.fixture
def at_work(noon, curriculum):
    """The cast, with a quiz and a self-assessment of Ada's under way; the ids of both."""
    cast = gather(open_records("memory:"), noon)
    ada = cast.id("Ada")
    quiz = services.open_quiz(
        cast.records, ada, curriculum, purpose="practice", subject="shop-health", now=noon
    )
    rated = services.open_assessment(
        cast.records, ada, curriculum, form="short", stage="growing", now=noon
    )
    return cast, (quiz.id, rated.id)


@pytest.mark.parametrize("name", WITH_SOMEBODYS_WORK)
def test_nobody_lays_hands_on_somebody_elses_attempt(name, at_work, curriculum):
    cast, attempts = at_work
    before = everything_in(cast.records)
    for who in ("Bea", "Cyrus", "Dana", "Finn", "Gail"):
        for attempt in attempts:
            with pytest.raises(Refusal) as refused:
                WITH_SOMEBODYS_WORK[name](cast, curriculum, cast.id(who), attempt)
            assert refused.value.reason == "unknown-attempt"
    assert everything_in(cast.records) == before


def test_what_somebody_does_is_in_his_record_alone(noon, curriculum):
    cast = gather(open_records("memory:"), noon)
    others = [cast.id(name) for name in EVERYBODY if name not in ("Ada", "Eve")]
    before = [cast.records.events(other) for other in others]
    records, ada = cast.records, cast.id("Ada")
    services.choose_language(records, ada, "zh", now=noon)
    services.open_lesson(records, ada, curriculum, "shop-setup-basic", now=noon)
    services.open_quiz(
        records, ada, curriculum, purpose="practice", subject="shop-health", now=noon
    )
    services.leave_cohort(records, ada, cast.cohort.id, now=noon)
    services.leave_cohort(records, ada, cast.other_cohort.id, now=noon)
    services.erase(records, ada, now=noon)
    assert [cast.records.events(other) for other in others] == before


def succeeds(act: Callable[[Cast, str], object], cast: Cast, who: str) -> bool:
    try:
        act(cast, who)
    except Refusal as refusal:
        assert refusal.reason in ("not-allowed", "unknown-cohort")
        return False
    return True


def everything_in(records: Records) -> object:
    learners = records.learner_ids()
    return (
        {learner: records.events(learner) for learner in learners},
        {learner: records.drafts(learner) for learner in learners},
        {learner: records.sessions_of(learner) for learner in learners},
        {name: records.document(name) for name in records.document_names("")},
    )
