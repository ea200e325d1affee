from datetime import timedelta

import pytest

from academy import services

SKILL = "shop-health"


@pytest.fixture
def practised(records, curriculum, ada, noon):
    """Ada answers six items, the first three rightly."""
    quiz = services.open_quiz(records, ada, curriculum, purpose="practice", subject=SKILL, now=noon)
    for number, item_id in enumerate(quiz.form):
        item = curriculum.bank.item(item_id)
        wrong = {next(option.id for option in item.options if not option.is_key)}
        services.record_response(
            records,
            ada,
            curriculum,
            quiz.id,
            item_id,
            item.key if number < 3 else wrong,
            seconds=40,
            now=noon,
        )
    return services.submit_quiz(records, ada, curriculum, quiz.id, now=noon)


def due(records, curriculum, ada, now, minutes=20):
    history = services.read_history(records, ada)
    return services.due_today(history, curriculum.bank, minutes_a_day=minutes, now=now)


def test_nothing_is_due_before_anything_was_answered(records, curriculum, ada, noon):
    assert due(records, curriculum, ada, noon) == ()


def test_what_was_wrong_comes_back_first(records, curriculum, ada, practised, noon):
    tomorrow = due(records, curriculum, ada, noon + timedelta(days=1))
    assert set(tomorrow[:3]) == set(practised.form[3:])
    later = due(records, curriculum, ada, noon + timedelta(days=60))
    assert set(later) == set(practised.form)
    assert set(later[:3]) == set(practised.form[3:])


def test_no_more_is_asked_than_fits_into_the_minutes_chosen(
    records, curriculum, ada, practised, noon
):
    later = noon + timedelta(days=60)
    services.choose_review_minutes(records, ada, 5)
    assert services.review_minutes(records, ada) == 5
    assert len(due(records, curriculum, ada, later, minutes=3)) == 4
    with pytest.raises(ValueError, match="not offered"):
        services.choose_review_minutes(records, ada, 500)


def test_the_review_asks_what_is_due_and_what_was_right_goes_away(
    records, curriculum, ada, practised, noon
):
    later = noon + timedelta(days=1)
    expected = due(records, curriculum, ada, later)
    review = services.open_quiz(
        records, ada, curriculum, purpose="review", subject="today", now=later
    )
    assert review.form == expected
    for item_id in review.form:
        services.record_response(
            records,
            ada,
            curriculum,
            review.id,
            item_id,
            curriculum.bank.item(item_id).key,
            seconds=40,
            now=later,
        )
    assert due(records, curriculum, ada, later + timedelta(minutes=30)) == ()


def test_an_item_taken_out_of_the_bank_is_not_asked(records, curriculum, ada, practised, noon):
    history = services.read_history(records, ada)
    left = {key: item for key, item in curriculum.bank.items.items() if key != practised.form[5]}
    bank = type(curriculum.bank)(left)
    asked = services.due_today(history, bank, minutes_a_day=20, now=noon + timedelta(days=60))
    assert set(asked) == set(practised.form[:5])
