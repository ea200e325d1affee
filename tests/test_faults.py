"""A faulty item: what was shown stays as it was judged, what is estimated today is put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from academy import services
from academy.checkpoints import checkpoints, growth_between
from academy.faults import as_counted, corrections
from academy.items import EXPERT_LOGITS, Fault
from academy.language import Text
from academy.occasions import occasion
from academy.services.item_parameters import calibrate
from academy.services.reviews import review_cards
from academy.storage import open_records

SKILL = "shop-health"
REASON = Text("规则改了。", "The rule changed.")


@pytest.fixture
def records():
    return open_records("memory:")


@pytest.fixture
def answered(records, curriculum, ada, noon):
    """Ada answers one practice by the keys of the day."""
    quiz = services.open_quiz(records, ada, curriculum, purpose="practice", subject=SKILL, now=noon)
    for item_id in quiz.form:
        key = curriculum.bank.item(item_id).key
        services.record_response(
            records, ada, curriculum, quiz.id, item_id, key, seconds=60, now=noon
        )
    return services.submit_quiz(records, ada, curriculum, quiz.id, now=noon)


def single(curriculum, quiz):
    """The first single-choice item of a quiz."""
    items = (curriculum.bank.item(each) for each in quiz.form)
    return next(item for item in items if item.type == "single")


def with_item(curriculum, item):
    """The content as it stands after an edit of one item."""
    bank = replace(curriculum.bank, items={**curriculum.bank.items, item.id: item})
    return replace(curriculum, bank=bank, revision="later")


def mended(item):
    """The item with its key moved to another option, and its fault told."""
    wrong = next(option.id for option in item.options if not option.is_key)
    options = tuple(replace(option, is_key=option.id == wrong) for option in item.options)
    fault = Fault(date(2026, 11, 25), REASON, wrong_key=item.key)
    return replace(item, options=options, fault=fault)


def withdrawn(item):
    return replace(item, status="retired", fault=Fault(date(2026, 11, 25), REASON))


def answers(records, ada, curriculum, noon):
    found = occasion(services.read_history(records, ada), curriculum, until=noon).answers
    return {answer.item_id: answer for answer in found}


def test_a_corrected_key_counts_in_the_estimate_and_the_result_stays_as_it_was(
    records, curriculum, ada, answered, noon
):
    item = single(curriculum, answered)
    later = with_item(curriculum, mended(item))
    history = services.read_history(records, ada)
    before, after = (services.profile_of(each, history, now=noon) for each in (curriculum, later))
    assert answers(records, ada, curriculum, noon)[item.id].is_correct
    assert not answers(records, ada, later, noon)[item.id].is_correct
    assert after.skill(SKILL).score < before.skill(SKILL).score
    assert after.skill(SKILL).n_answers == before.skill(SKILL).n_answers
    assert services.find_quiz(records, ada, answered.id) == answered
    assert answered.points == len(answered.form)


def test_what_a_withdrawn_item_was_answered_leaves_the_estimate(
    records, curriculum, ada, answered, noon
):
    item = single(curriculum, answered)
    later = with_item(curriculum, withdrawn(item))
    assert item.id not in answers(records, ada, later, noon)
    history = services.read_history(records, ada)
    left = services.profile_of(later, history, now=noon).skill(SKILL).n_answers
    assert left == len(answered.form) - 1
    assert services.find_quiz(records, ada, answered.id).points == len(answered.form)


def test_an_item_retired_without_a_fault_still_counts(records, curriculum, ada, answered, noon):
    item = single(curriculum, answered)
    later = with_item(curriculum, replace(item, status="retired"))
    assert answers(records, ada, later, noon) == answers(records, ada, curriculum, noon)


def test_a_profile_names_the_revision_it_was_computed_by(records, curriculum, ada, answered, noon):
    later = with_item(curriculum, mended(single(curriculum, answered)))
    history = services.read_history(records, ada)
    for content in (curriculum, later):
        assert services.profile_of(content, history, now=noon).revision == content.revision


def test_what_was_judged_by_another_key_than_the_wrong_one_stays(curriculum, answered):
    item = single(curriculum, answered)
    new = mended(item)
    given = answered.responses[item.id]
    by_the_new_key = replace(given, judgement=replace(given.judgement, key=new.key))
    bank = with_item(curriculum, new).bank
    assert as_counted(by_the_new_key, bank) is by_the_new_key
    assert as_counted(given, curriculum.bank) is given


def test_the_difficulty_that_a_wrong_key_taught_counts_no_more(curriculum, answered):
    item = single(curriculum, answered)
    given = answered.responses[item.id]
    learned = replace(given.judgement.state, difficulty=-3.0, is_calibrated=True)
    given = replace(given, judgement=replace(given.judgement, state=learned))
    counted = as_counted(given, with_item(curriculum, mended(item)).bank)
    assert counted.judgement.state.difficulty == EXPERT_LOGITS[item.difficulty]
    assert not counted.judgement.state.is_calibrated


def test_the_answers_that_count_otherwise_are_counted_for_the_reader(curriculum, answered):
    item = single(curriculum, answered)
    given = answered.responses.values()
    assert not corrections(given, curriculum.bank)
    assert corrections(given, with_item(curriculum, mended(item)).bank).mended == {item.id}
    assert corrections(given, with_item(curriculum, withdrawn(item)).bank).withdrawn == {item.id}


def test_a_mistake_by_a_wrong_key_is_none_and_a_right_answer_by_it_is_one(
    records, curriculum, ada, answered, noon
):
    item = single(curriculum, answered)
    history = services.read_history(records, ada)
    later = with_item(curriculum, mended(item)).bank
    assert history.mistakes(curriculum.bank) == []
    assert [response.item_id for _, response in history.mistakes(later)] == [item.id]
    assert history.mistakes(with_item(curriculum, withdrawn(item)).bank) == []


def test_reviews_come_by_the_corrected_key_and_never_for_a_withdrawn_item(
    records, curriculum, ada, answered
):
    item = single(curriculum, answered)
    history = services.read_history(records, ada)
    before = review_cards(history, curriculum.bank)[item.id]
    after = review_cards(history, with_item(curriculum, mended(item)).bank)[item.id]
    assert after.due_at < before.due_at
    assert item.id not in review_cards(history, with_item(curriculum, withdrawn(item)).bank)


def test_a_fit_learns_from_the_corrected_key(records, curriculum, ada, answered, noon):
    item = single(curriculum, answered)
    later = with_item(curriculum, mended(item))
    by_the_wrong_key = calibrate(records, curriculum, now=noon).items[item.id]
    by_the_mended_key = calibrate(records, later, now=noon + timedelta(days=1)).items[item.id]
    assert by_the_mended_key.b > by_the_wrong_key.b
    assert by_the_mended_key.n_answers == by_the_wrong_key.n_answers == 1


def test_growth_is_measured_by_one_key_on_both_dates(records, curriculum, ada, noon):
    def sit(content, at):
        exam = services.open_quiz(
            records, ada, content, purpose="exam", subject="preparing", now=at
        )
        for item_id in exam.form:
            key = content.bank.item(item_id).key
            services.record_response(
                records, ada, content, exam.id, item_id, key, seconds=60, now=at
            )
        return services.submit_quiz(records, ada, content, exam.id, now=at)

    first = sit(curriculum, noon)
    sit(curriculum, noon + timedelta(days=30))
    faulty = single(curriculum, first)
    history = services.read_history(records, ada)

    def overall(content):
        return growth_between(history, content, *checkpoints(history)).overall

    assert overall(with_item(curriculum, mended(faulty))).z > overall(curriculum).z
