"""The checklist at a lesson's end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from academy import services


@pytest.fixture
def lesson(curriculum):
    return next(iter(curriculum.lessons.values()))


def test_each_tick_is_kept_and_may_be_taken_back(records, curriculum, ada, bea, lesson):
    for number, is_done in ((0, True), (3, True), (0, False), (1, True), (1, True)):
        services.tick(records, ada, curriculum, lesson.id, number, is_done=is_done)
    assert services.ticked(records, ada, lesson.id) == {1, 3}
    assert services.ticked(records, bea, lesson.id) == frozenset()


def test_a_tick_on_no_lesson_is_refused(records, curriculum, ada):
    with pytest.raises(services.Refusal) as refusal:
        services.tick(records, ada, curriculum, "../nope", 0, is_done=True)
    assert refusal.value.reason == "unknown-lesson"
    assert records.drafts(ada) == {}


def studied(records, learner, curriculum, lesson, now):
    return services.study_lesson(records, learner, curriculum, lesson.id, now=now)


def test_looking_into_a_lesson_leaves_nothing_behind(records, curriculum, ada, noon, lesson):
    shown = studied(records, ada, curriculum, lesson, noon)
    assert (shown.form, shown.unanswered) == (lesson.items, lesson.items)
    assert records.events(ada) == ()


def test_a_lesson_is_begun_in_one_act_and_only_once_with_what_was_shown(
    records, curriculum, ada, noon, lesson
):
    shown = studied(records, ada, curriculum, lesson, noon)
    for later in (noon, noon + timedelta(minutes=2)):
        services.begin_lesson(records, ada, curriculum, shown, now=later)
    assert [event.kind for event in records.events(ada)] == ["lesson-opened", "quiz-started"]
    assert studied(records, ada, curriculum, lesson, noon + timedelta(days=1)) == shown


def test_a_lesson_shows_the_same_each_time_until_it_is_begun(
    records, curriculum, ada, bea, noon, lesson
):
    shown = studied(records, ada, curriculum, lesson, noon)
    assert studied(records, ada, curriculum, lesson, noon) == shown
    assert studied(records, bea, curriculum, lesson, noon).id != shown.id


def test_two_tabs_that_both_showed_a_lesson_begin_it_once(records, curriculum, ada, noon, lesson):
    one, other = (studied(records, ada, curriculum, lesson, noon) for _ in range(2))
    for shown, item, answered_at in zip(
        (one, other), lesson.items, (noon, noon + timedelta(minutes=1)), strict=False
    ):
        services.begin_lesson(records, ada, curriculum, shown, now=answered_at)
        key = curriculum.bank.item(item).key
        services.record_response(
            records, ada, curriculum, shown.id, item, key, seconds=30, now=answered_at
        )
    (attempt,) = services.read_history(records, ada).quizzes.values()
    assert set(attempt.responses) == set(lesson.items[:2])


def test_what_was_shown_is_what_is_stored_though_the_lesson_was_edited_meanwhile(
    records, curriculum, ada, noon, lesson
):
    shown = studied(records, ada, curriculum, lesson, noon)
    shorter = replace(lesson, sections={})
    edited = replace(curriculum, lessons={**curriculum.lessons, lesson.id: shorter})
    services.begin_lesson(records, ada, edited, shown, now=noon)
    assert services.find_quiz(records, ada, shown.id).form == lesson.items


def test_nothing_begins_on_the_word_of_a_session_that_is_not_the_learners(
    records, curriculum, ada, bea, noon, lesson
):
    records.add_session("b" * 64, bea, noon)
    shown = studied(records, ada, curriculum, lesson, noon)
    for session in ("b" * 64, "c" * 64):
        with pytest.raises(services.Refusal) as refusal:
            services.begin_lesson(records, ada, curriculum, shown, now=noon, session=session)
        assert refusal.value.reason == "signed-out"
    assert records.events(ada) == ()


@pytest.mark.parametrize("begun", ["open_lesson", "open_quiz"])
def test_a_lesson_begun_by_halves_is_begun_whole(records, curriculum, ada, noon, lesson, begun):
    if begun == "open_lesson":
        services.open_lesson(records, ada, curriculum, lesson.id, now=noon)
    else:
        services.open_quiz(records, ada, curriculum, purpose="lesson", subject=lesson.id, now=noon)
    shown = studied(records, ada, curriculum, lesson, noon)
    services.begin_lesson(records, ada, curriculum, shown, now=noon)
    kinds = [event.kind for event in records.events(ada)]
    assert sorted(kinds) == ["lesson-opened", "quiz-started"]


def test_a_lesson_that_there_is_not_is_not_opened(records, curriculum, ada, noon):
    with pytest.raises(services.Refusal) as refusal:
        services.study_lesson(records, ada, curriculum, "nope", now=noon)
    assert refusal.value.reason == "unknown-lesson"
    assert records.events(ada) == ()
