from datetime import timedelta

import pytest

from academy import services
from academy.services.reviews import skill_memories

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


@pytest.fixture
def studied(records, curriculum, ada, noon):
    """The skill of the first lesson, which Ada completed."""
    lesson = next(iter(curriculum.lessons.values()))
    quiz = services.open_quiz(
        records, ada, curriculum, purpose="lesson", subject=lesson.id, now=noon
    )
    services.open_lesson(records, ada, curriculum, lesson.id, now=noon)
    for item_id in quiz.form:
        key = curriculum.bank.item(item_id).key
        services.record_response(
            records, ada, curriculum, quiz.id, item_id, key, seconds=60, now=noon
        )
    services.complete_lesson(records, ada, curriculum, lesson.id, now=noon)
    return lesson.skill


@pytest.fixture
def practise(records, curriculum, ada):
    def go(skill, at, right: int):
        quiz = services.open_quiz(
            records, ada, curriculum, purpose="practice", subject=skill, now=at
        )
        for number, item_id in enumerate(quiz.form):
            item = curriculum.bank.item(item_id)
            wrong = {next(option.id for option in item.options if not option.is_key)}
            chosen = item.key if number < right else wrong
            services.record_response(
                records, ada, curriculum, quiz.id, item_id, chosen, seconds=60, now=at
            )
        services.submit_quiz(records, ada, curriculum, quiz.id, now=at)

    return go


def memory(records, curriculum, ada, skill):
    return skill_memories(services.read_history(records, ada), curriculum.bank)[skill]


@pytest.mark.parametrize(("right", "reviews", "lapses"), [(4, 1, 0), (3, 0, 1)])
def test_a_practice_on_a_later_day_is_a_review_that_finds_the_skill_there_or_gone(
    records, curriculum, ada, studied, practise, noon, right, reviews, lapses
):
    later = noon + timedelta(days=200)
    practise(studied, later, right)
    found = memory(records, curriculum, ada, studied)
    assert (found.touched_at, found.reviews, found.lapses) == (later, reviews, lapses)


def test_a_practice_on_the_day_of_the_lesson_is_no_review(
    records, curriculum, ada, studied, practise, noon
):
    practise(studied, noon + timedelta(hours=5), 6)
    found = memory(records, curriculum, ada, studied)
    assert (found.touched_at, found.reviews, found.lapses) == (noon, 0, 0)


def test_practising_what_was_never_studied_is_no_review(records, curriculum, ada, practise, noon):
    practise(SKILL, noon, 6)
    history = services.read_history(records, ada)
    assert skill_memories(history, curriculum.bank) == {}


def test_after_a_review_a_skill_is_fresh_and_lasts_longer(
    records, curriculum, ada, studied, practise, noon
):
    def left(at):
        history = services.read_history(records, ada)
        plan = services.study_plan(curriculum, history, now=at)
        number = [skill.id for skill in curriculum.framework.skills].index(studied)
        return plan.situation.retrievability[0, number]

    half_a_year = timedelta(days=180)
    before = left(noon + half_a_year)
    assert before < 0.9
    practise(studied, noon + half_a_year, 6)
    assert left(noon + half_a_year) == 1
    assert before < left(noon + 2 * half_a_year) < 1
