"""The checklist at a lesson's end."""

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


def test_a_lesson_is_opened_with_its_questions_in_one_act_and_only_once(
    records, curriculum, ada, noon, lesson
):
    first = services.study_lesson(records, ada, curriculum, lesson.id, now=noon)
    assert [event.kind for event in records.events(ada)] == ["lesson-opened", "quiz-started"]
    again = services.study_lesson(records, ada, curriculum, lesson.id, now=noon)
    assert again == first
    assert len(records.events(ada)) == 2
    assert first.form == lesson.items


@pytest.mark.parametrize("begun", ["open_lesson", "open_quiz"])
def test_a_lesson_opened_by_halves_is_opened_whole(records, curriculum, ada, noon, lesson, begun):
    if begun == "open_lesson":
        services.open_lesson(records, ada, curriculum, lesson.id, now=noon)
    else:
        services.open_quiz(records, ada, curriculum, purpose="lesson", subject=lesson.id, now=noon)
    services.study_lesson(records, ada, curriculum, lesson.id, now=noon)
    kinds = [event.kind for event in records.events(ada)]
    assert sorted(kinds) == ["lesson-opened", "quiz-started"]


def test_a_lesson_that_there_is_not_is_not_opened(records, curriculum, ada, noon):
    with pytest.raises(services.Refusal) as refusal:
        services.study_lesson(records, ada, curriculum, "nope", now=noon)
    assert refusal.value.reason == "unknown-lesson"
    assert records.events(ada) == ()
