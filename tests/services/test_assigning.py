"""What is assigned is asked of whom it is meant for, and done when the record says so."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from academy import services
from academy.own_items import OwnItem
from academy.services import Refusal


@pytest.fixture
def assigned(cast, curriculum, noon):
    """Dana assigns something."""

    def assign(kind="lesson", subject="shop-setup-basic", **more):
        return services.assign(
            cast.records, cast["Dana"], curriculum, cast.cohort.id, kind, subject,
            **{"now": noon, **more},
        )  # fmt: skip

    return assign


@pytest.fixture
def tasks(cast):
    return lambda who: services.own_tasks(cast.records, cast.id(who))


def complete(cast, curriculum, who, lesson_id, now) -> None:
    services.open_lesson(cast.records, cast.id(who), curriculum, lesson_id, now=now)
    quiz = services.open_quiz(
        cast.records, cast.id(who), curriculum, purpose="lesson", subject=lesson_id, now=now
    )
    for item_id in quiz.form:
        services.record_response(
            cast.records, cast.id(who), curriculum, quiz.id, item_id,
            curriculum.bank.item(item_id).key, seconds=60, now=now,
        )  # fmt: skip
    services.complete_lesson(cast.records, cast.id(who), curriculum, lesson_id, now=now)


def test_what_all_are_asked_is_asked_of_later_members_too_and_of_no_other_cohort(
    cast, assigned, tasks, noon
):
    assigned()
    services.join_cohort(
        cast.records, cast.id("Cyrus"), cast.cohort.code, name="C", address="192.0.2.1", now=noon
    )
    assert [len(tasks(who)) for who in ("Ada", "Bea", "Cyrus", "Dana")] == [1, 1, 1, 0]


def test_whoever_joins_after_the_last_day_is_not_asked_and_never_late(
    cast, curriculum, assigned, tasks, noon
):
    assigned(due_on=noon.date())
    later = noon + timedelta(days=3)
    services.join_cohort(
        cast.records, cast.id("Cyrus"), cast.cohort.code, name="C", address="192.0.2.1", now=later
    )
    assert tasks("Cyrus") == ()
    for who in ("Ada", "Bea", "Cyrus"):
        list(services.work_out_summaries(cast.records, curriculum, [cast.id(who)], now=later))
    seen = services.watch_cohort(cast.records, cast["Dana"], curriculum, cast.cohort.id)
    assert set(seen.late(later.date())) == {cast.id("Ada"), cast.id("Bea")}
    assigned(to=[cast.id("Cyrus")], due_on=noon.date())
    assert [task.is_late(later.date()) for task in tasks("Cyrus")] == [True]


def test_what_one_is_asked_nobody_else_is(cast, assigned, tasks):
    assigned(to=[cast.id("Ada"), cast.id("Cyrus")])
    assert [len(tasks(who)) for who in ("Ada", "Bea", "Cyrus")] == [1, 0, 0]


def test_a_lesson_is_done_when_it_is_completed_whenever_that_was(
    cast, curriculum, assigned, tasks, noon
):
    complete(cast, curriculum, "Ada", "shop-setup-basic", noon - timedelta(days=3))
    assigned()
    assert tasks("Ada")[0].is_done
    assert not tasks("Bea")[0].is_done


def test_a_quiz_counts_from_the_day_it_was_assigned(cast, curriculum, assigned, tasks, noon):
    def practise(at):
        quiz = services.open_quiz(
            cast.records, cast.id("Ada"), curriculum, purpose="practice", subject="dou-plus", now=at
        )
        services.submit_quiz(cast.records, cast.id("Ada"), curriculum, quiz.id, now=at)

    practise(noon - timedelta(days=1))
    assigned("quiz", "dou-plus")
    assert not tasks("Ada")[0].is_done
    practise(noon + timedelta(days=1))
    assert tasks("Ada")[0].done_at == noon + timedelta(days=1)


def test_each_ones_top_three_are_his_own_and_fixed_when_assigned(
    cast, curriculum, assigned, tasks, noon
):
    services.choose_stage(cast.records, cast.id("Ada"), curriculum.framework, "mature", now=noon)
    assigned("top-three", "")
    mine, hers = tasks("Ada")[0], tasks("Bea")[0]
    assert len(mine.skills) == len(hers.skills) == 3
    assert mine.skills != hers.skills
    assert (mine.done, mine.parts) == (0, 3)
    skill = mine.skills[0]
    quiz = services.open_quiz(
        cast.records, cast.id("Ada"), curriculum, purpose="practice", subject=skill, now=noon
    )
    services.submit_quiz(cast.records, cast.id("Ada"), curriculum, quiz.id, now=noon)
    after = tasks("Ada")[0]
    assert (after.done, after.skills) == (1, mine.skills)


def test_the_assessment_is_done_when_it_is_handed_in(cast, curriculum, assigned, tasks, noon):
    assigned("assessment", "")
    ada = cast.id("Ada")
    attempt = services.open_assessment(
        cast.records, ada, curriculum, form="short", stage="growing", now=noon
    )
    for statement in attempt.statements:
        services.rate_statement(cast.records, ada, curriculum, attempt.id, statement, 3, now=noon)
    assert not tasks("Ada")[0].is_done
    services.submit_assessment(cast.records, ada, attempt.id, now=noon)
    assert tasks("Ada")[0].is_done


def test_what_is_late_is_what_is_not_done_after_its_last_day(assigned, tasks, noon):
    assigned(due_on=noon.date())
    (task,) = tasks("Ada")
    assert not task.is_late(noon.date())
    assert task.is_late(noon.date() + timedelta(days=1))
    assert not task.assignment.due_on > noon.date()


@pytest.fixture
def watched(cast, curriculum, noon):
    """Dana's cohort as she sees it, everybody's summary worked out."""

    def look():
        ids = cast.id("Ada"), cast.id("Bea")
        list(services.work_out_summaries(cast.records, curriculum, ids, now=noon))
        return services.watch_cohort(cast.records, cast["Dana"], curriculum, cast.cohort.id)

    return look


def test_the_trainer_sees_how_far_each_member_is(cast, curriculum, assigned, watched, noon):
    given = assigned()
    complete(cast, curriculum, "Ada", "shop-setup-basic", noon)
    tasks = watched().tasks[given.id]
    assert {who: task.is_done for who, task in tasks.items()} == {
        cast.id("Ada"): True,
        cast.id("Bea"): False,
    }
    (task,) = services.member_tasks(cast.records, cast["Dana"], cast.cohort.id, cast.id("Ada"))
    assert task == tasks[cast.id("Ada")]


def test_the_trainer_sees_who_is_late_and_with_what(cast, curriculum, assigned, watched, noon):
    given = assigned(due_on=noon.date())
    assigned("assessment", "", due_on=noon.date() + timedelta(days=9))
    complete(cast, curriculum, "Ada", "shop-setup-basic", noon)
    tomorrow = noon.date() + timedelta(days=1)
    assert watched().late(noon.date()) == {}
    late = watched().late(tomorrow)
    assert {who: [task.assignment for task in tasks] for who, tasks in late.items()} == {
        cast.id("Bea"): [given]
    }


def test_what_is_given_and_answered_stands_in_a_summary_that_was_made_before(
    cast, curriculum, assigned, watched, noon
):
    watched()
    services.take_in(
        cast.records, cast["Dana"], cast.cohort.id,
        [OwnItem("", "true-false", "Is it so?", (), (0,))], file="t.xlsx", now=noon,
    )  # fmt: skip
    (item,) = services.own_items(cast.records, cast["Dana"], cast.cohort.id).items
    given = assigned("cohort-quiz", "", questions=[item.id], to=[cast.id("Ada")])

    def seen():
        return services.watch_cohort(cast.records, cast["Dana"], curriculum, cast.cohort.id)

    assert [task.is_done for task in seen().tasks[given.id].values()] == [False]
    services.answer_in_cohort_quiz(cast.records, cast.id("Ada"), given.id, item.id, ["A"], now=noon)
    assert [task.is_done for task in seen().tasks[given.id].values()] == [True]


def test_a_last_day_may_be_moved_or_taken_away(cast, assigned, watched, noon):
    given = assigned(due_on=noon.date())
    tomorrow = noon.date() + timedelta(days=1)
    assert watched().late(tomorrow)
    for due_on in (tomorrow, None):
        services.change_due_date(
            cast.records, cast["Dana"], cast.cohort.id, given.id, due_on=due_on
        )
        assert watched().late(tomorrow) == {}


def test_whoever_gives_out_work_hears_how_far_it_is(cast, assigned):
    heard = []
    assigned("top-three", "", told=lambda done, of: heard.append((done, of)))
    assert heard == [(1, 2), (2, 2)]


def test_the_trainer_reads_how_a_quiz_of_the_cohorts_own_was_answered(
    cast, assigned, watched, noon
):
    services.take_in(
        cast.records, cast["Dana"], cast.cohort.id,
        [OwnItem("", "multiple", "Which?", ("a", "b", "c"), (0, 1))], file="t.xlsx", now=noon,
    )  # fmt: skip
    (item,) = services.own_items(cast.records, cast["Dana"], cast.cohort.id).items
    given = assigned("cohort-quiz", "", questions=[item.id])
    services.answer_in_cohort_quiz(
        cast.records, cast.id("Ada"), given.id, item.id, ["A", "C"], now=noon
    )
    assert watched().answers(given.id) == ({item.id: frozenset({"A", "C"})},)
    (question,) = services.questions_assigned(cast.records, cast["Dana"], cast.cohort.id, given.id)
    assert question.key == {"A", "B"}


def test_what_is_withdrawn_is_asked_of_nobody(cast, assigned, tasks):
    given = assigned(to=[cast.id("Ada")])
    for _ in range(2):
        services.withdraw_assignment(cast.records, cast["Dana"], cast.cohort.id, given.id)
    assert tasks("Ada") == ()
    assert services.assignments(cast.records, cast["Dana"], cast.cohort.id) == ()


def test_who_leaves_is_asked_for_nothing_more_and_erased_leaves_no_trace(
    cast, assigned, tasks, noon
):
    assigned(to=[cast.id("Ada")])
    taken = json.dumps(services.everything(cast.records, cast.id("Ada"), now=noon), default=str)
    assert "shop-setup-basic" in taken
    services.leave_cohort(cast.records, cast.id("Ada"), cast.cohort.id, now=noon)
    assert tasks("Ada") == ()
    assigned(to=[cast.id("Bea")])
    services.erase(cast.records, cast.id("Bea"), now=noon)
    kept = {n: cast.records.document(n) for n in cast.records.document_names("")}
    assert cast.id("Bea") not in json.dumps(kept)


def test_no_member_chosen_and_unknown_work_are_refused(cast, assigned):
    for reason, arguments in (
        ("nobody-chosen", {"to": [cast.id("Cyrus")]}),
        ("unknown-lesson", {"subject": "juggling"}),
        ("unknown-skill", {"kind": "quiz", "subject": "juggling"}),
        ("nothing-to-ask", {"kind": "cohort-quiz", "questions": ["own-none"]}),
    ):
        with pytest.raises(Refusal) as refused:
            assigned(**arguments)
        assert refused.value.reason == reason


def test_a_quiz_of_own_questions_is_done_when_all_are_answered_and_counts_in_no_profile(
    cast, curriculum, assigned, tasks, noon
):
    services.take_in(
        cast.records, cast["Dana"], cast.cohort.id,
        [OwnItem("", "single", f"Which {n}?", ("a", "b"), (0,)) for n in range(2)],
        file="t.xlsx", now=noon,
    )  # fmt: skip
    own = services.own_items(cast.records, cast["Dana"], cast.cohort.id).items
    given = assigned("cohort-quiz", "", questions=[item.id for item in own])
    services.undo_import(cast.records, cast["Dana"], cast.cohort.id, own[0].import_id)
    ada = cast.id("Ada")
    _, questions = services.cohort_quiz(cast.records, ada, given.id)
    for question in questions:
        for chosen in ("A", "B"):
            answer = services.answer_in_cohort_quiz(
                cast.records, ada, given.id, question.id, [chosen], now=noon
            )
            assert answer.is_correct, "the first answer stays"
    assert tasks("Ada")[0].is_done
    history = services.read_history(cast.records, ada)
    assert history.responses() == []
    assert services.profile_of(curriculum, history, now=noon).overall.n_answers == 0
    with pytest.raises(Refusal) as refused:
        services.cohort_quiz(cast.records, cast.id("Cyrus"), given.id)
    assert refused.value.reason == "not-assigned"


def test_what_a_cohort_keeps_names_no_trainer_who_is_erased(cast, assigned, noon):
    services.add_trainer(cast.records, cast["Dana"], cast.cohort.id, "Finn", now=noon)
    services.take_in(
        cast.records, cast["Dana"], cast.cohort.id,
        [OwnItem("", "true-false", "Is it so?", (), (0,))], file="t.xlsx", now=noon,
    )  # fmt: skip
    assigned()
    services.erase(cast.records, cast.id("Dana"), now=noon)
    kept = {name: cast.records.document(name) for name in cast.records.document_names("")}
    assert cast.id("Dana") not in json.dumps(kept)
    assert "Dana" not in json.dumps(kept)
