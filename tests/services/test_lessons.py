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
