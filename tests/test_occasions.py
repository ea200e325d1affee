"""What of a history counts as evidence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from academy import services
from academy.assessment import ABSTENTIONS
from academy.effort import REPEATED_WEIGHT
from academy.occasions import looks_careless, occasion
from academy.storage import open_records


@pytest.fixture
def records():
    return open_records("memory:")


@pytest.fixture
def rate_all(records, curriculum, ada):
    def rate(at, value):
        attempt = services.open_assessment(
            records, ada, curriculum, form="full", stage="growing", now=at
        )
        for number, statement in enumerate(attempt.statements):
            given = value if isinstance(value, int) else value[number % len(value)]
            services.rate_statement(records, ada, curriculum, attempt.id, statement, given, now=at)
        return services.submit_assessment(records, ada, attempt.id, now=at)

    return rate


def weights(records, curriculum, ada, until):
    history = services.read_history(records, ada)
    return {r.weight for r in occasion(history, curriculum, until=until).ratings}


def test_the_same_rating_everywhere_looks_careless_and_varied_ones_do_not(rate_all, noon):
    assert looks_careless(rate_all(noon, 3))
    assert not looks_careless(rate_all(noon + timedelta(days=1), (2, 4, 3, 5, 1)))


def test_careless_once_is_taken_at_its_word(records, curriculum, ada, rate_all, noon):
    rate_all(noon, 3)
    assert weights(records, curriculum, ada, noon) == {1.0}


def test_careless_again_weighs_less_and_is_never_deleted(records, curriculum, ada, rate_all, noon):
    rate_all(noon, 3)
    rate_all(noon + timedelta(days=20), 3)
    later = noon + timedelta(days=20)
    assert weights(records, curriculum, ada, later) == {1.0, REPEATED_WEIGHT}


def test_what_comes_after_an_instant_is_not_in_its_occasion(
    records, curriculum, ada, rate_all, noon
):
    rate_all(noon + timedelta(days=2), (1, 2, 3))
    history = services.read_history(records, ada)
    before = occasion(history, curriculum, until=noon + timedelta(days=1))
    assert (before.answers, before.ratings) == ((), ())


def test_an_exam_under_way_counts_only_for_whoever_draws_its_next_item(
    records, curriculum, ada, noon
):
    check = services.open_quiz(
        records, ada, curriculum, purpose="check", subject="growing", now=noon
    )
    item = curriculum.bank.item(check.form[0])
    services.record_response(
        records, ada, curriculum, check.id, item.id, item.key, seconds=60, now=noon
    )
    history = services.read_history(records, ada)
    outside = occasion(history, curriculum, until=noon)
    inside = occasion(history, curriculum, until=noon, under_way=check.id)
    assert (len(outside.answers), len(inside.answers)) == (0, 1)


def test_a_check_draws_item_after_item_and_none_twice(records, curriculum, ada, noon):
    check = services.open_quiz(
        records, ada, curriculum, purpose="check", subject="growing", now=noon
    )
    while check.unanswered:
        (item_id,) = check.unanswered
        item = curriculum.bank.item(item_id)
        services.record_response(
            records, ada, curriculum, check.id, item_id, item.key, seconds=60, now=noon
        )
        check = services.draw_next(records, ada, curriculum, check.id, now=noon)
    assert 20 <= len(check.form) == len(set(check.form)) <= 36


def test_who_answered_much_before_is_still_measured_afresh(records, curriculum, ada, noon):
    for number, stage in enumerate(("growing", "mature", "exploring")):
        exam = services.open_quiz(records, ada, curriculum, purpose="exam", subject=stage, now=noon)
        for item_id in exam.form:
            services.record_response(
                records,
                ada,
                curriculum,
                exam.id,
                item_id,
                curriculum.bank.item(item_id).key,
                seconds=60,
                now=noon + timedelta(days=number),
            )
        services.submit_quiz(records, ada, curriculum, exam.id, now=noon + timedelta(days=number))
    later = noon + timedelta(days=30)
    check = services.open_quiz(
        records, ada, curriculum, purpose="check", subject="growing", now=later
    )
    assert len(check.form) == 1
    assert check.form[0] not in exam.form


def test_mending_a_key_later_changes_nothing_that_was_judged(records, curriculum, ada, noon):
    quiz = services.open_quiz(
        records, ada, curriculum, purpose="practice", subject="shop-health", now=noon
    )
    item = curriculum.bank.item(quiz.form[0])
    services.record_response(
        records, ada, curriculum, quiz.id, item.id, item.key, seconds=60, now=noon
    )
    before = services.read_history(records, ada).responses()
    turned = [replace(option, is_key=not option.is_key) for option in item.options]
    mended = replace(item, options=tuple(turned), status="retired")
    bank = replace(curriculum.bank, items={**curriculum.bank.items, item.id: mended})
    later = replace(curriculum, bank=bank)
    history = services.read_history(records, ada)
    assert history.responses() == before
    assert services.profile_of(later, history, now=noon).overall.n_answers == 1
    assert item.id not in {each.id for each in bank.of_skill("shop-health")}


def test_what_was_left_blank_is_absent_and_never_wrong(records, curriculum, ada, noon):
    exam = services.open_quiz(records, ada, curriculum, purpose="exam", subject="growing", now=noon)
    item = curriculum.bank.item(exam.form[0])
    services.record_response(
        records, ada, curriculum, exam.id, item.id, item.key, seconds=60, now=noon
    )
    services.submit_quiz(records, ada, curriculum, exam.id, now=noon)
    found = occasion(services.read_history(records, ada), curriculum, until=noon)
    assert [(answer.item_id, answer.is_correct) for answer in found.answers] == [(item.id, True)]


def test_a_statement_passed_over_is_absent_and_its_skill_follows_its_family(
    records, curriculum, ada, noon
):
    attempt = services.open_assessment(
        records, ada, curriculum, form="short", stage="growing", now=noon
    )
    passed, *others = attempt.statements
    for statement in others:
        services.rate_statement(records, ada, curriculum, attempt.id, statement, 5, now=noon)
    services.rate_statement(records, ada, curriculum, attempt.id, passed, ABSTENTIONS[0], now=noon)
    services.submit_assessment(records, ada, attempt.id, now=noon)
    found = occasion(services.read_history(records, ada), curriculum, until=noon)
    assert {rating.statement_id for rating in found.ratings} == set(others)
    skill = found.profile().skill(curriculum.assessment.statement(passed).skill)
    assert (skill.status, skill.n_ratings) == ("no-evidence", 0)
    assert skill.parts.family > 0


def test_an_attempt_guessed_through_is_not_counted_and_its_answers_are_kept(
    records, curriculum, ada, noon
):
    quiz = services.open_quiz(
        records, ada, curriculum, purpose="practice", subject="shop-health", now=noon
    )
    for number, item_id in enumerate(quiz.form):
        services.record_response(
            records,
            ada,
            curriculum,
            quiz.id,
            item_id,
            curriculum.bank.item(item_id).key,
            seconds=1 if number < 4 else 60,
            now=noon,
        )
    done = services.submit_quiz(records, ada, curriculum, quiz.id, now=noon)
    found = occasion(services.read_history(records, ada), curriculum, until=noon)
    assert (done.effort, len(done.responses)) == ("not-scored", 6)
    assert {answer.weight for answer in found.answers} == {0.0}


def test_two_merchants_do_not_get_the_same_form(records, curriculum, ada, bea, noon):
    forms = {
        services.open_quiz(
            records, learner, curriculum, purpose="exam", subject="growing", now=noon
        ).form
        for learner in (ada, bea)
    }
    assert len(forms) == 2
