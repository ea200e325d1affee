"""Looking back: attempts stay as they were, and growth is claimed only beyond its uncertainty."""

from datetime import timedelta

import pytest

from academy import services
from academy.checkpoints import (
    checkpoints,
    growth_between,
    joinable_until,
    natural_pair,
    profile_at,
)
from academy.storage import open_records


@pytest.fixture
def records():
    return open_records("memory:")


@pytest.fixture
def sit(records, curriculum, ada):
    """Ada takes an exam or a check of a stage and is right on a share of it."""

    def take(at, share: float, purpose="exam", stage="preparing", seconds=25):
        quiz = services.open_quiz(records, ada, curriculum, purpose=purpose, subject=stage, now=at)
        number = 0
        while quiz.unanswered:
            item = curriculum.bank.item(quiz.unanswered[0])
            is_right = (number + 1) * share // 1 > number * share // 1
            wrong = {next(option.id for option in item.options if not option.is_key)}
            services.record_response(
                records,
                ada,
                curriculum,
                quiz.id,
                item.id,
                item.key if is_right else wrong,
                seconds=seconds,
                now=at,
            )
            number += 1
            quiz = services.draw_next(records, ada, curriculum, quiz.id, now=at)
        return services.submit_quiz(records, ada, curriculum, quiz.id, now=at)

    return take


@pytest.fixture
def finish_lesson(records, curriculum, ada):
    """Ada completes the first lesson there is; gives the skill it teaches."""

    def finish(at):
        lesson = next(iter(curriculum.lessons.values()))
        quiz = services.open_quiz(
            records, ada, curriculum, purpose="lesson", subject=lesson.id, now=at
        )
        services.open_lesson(records, ada, curriculum, lesson.id, now=at)
        for item_id in quiz.form:
            key = curriculum.bank.item(item_id).key
            services.record_response(
                records, ada, curriculum, quiz.id, item_id, key, seconds=60, now=at
            )
        services.complete_lesson(records, ada, curriculum, lesson.id, now=at)
        return lesson.skill

    return finish


def found(records, ada):
    return checkpoints(services.read_history(records, ada))


def growth(records, curriculum, ada):
    history = services.read_history(records, ada)
    return growth_between(history, curriculum, *checkpoints(history))


def sit_both(sit, at, share):
    sit(at, share)
    sit(at + timedelta(days=3), share, "check")


def test_a_month_later_and_far_better_is_real_growth(records, curriculum, ada, noon, sit):
    sit_both(sit, noon, 0.3)
    sit_both(sit, noon + timedelta(days=30), 0.95)
    grown = growth(records, curriculum, ada)
    assert grown.answers == (72, 72)
    assert grown.overall.verdict == "real-growth"


def test_the_same_again_is_no_growth(records, curriculum, ada, noon, sit):
    sit_both(sit, noon, 0.6)
    sit_both(sit, noon + timedelta(days=30), 0.6)
    assert growth(records, curriculum, ada).overall.verdict == "unclear"


def test_an_exam_alone_tells_of_the_parts_and_not_of_the_whole(records, curriculum, ada, noon, sit):
    sit(noon, 0.3)
    sit(noon + timedelta(days=30), 0.95)
    grown = growth(records, curriculum, ada)
    assert grown.overall.shortage == "few-answers"
    assert "real-growth" in {change.verdict for change in grown.dimensions.values()}


def test_too_soon_is_not_enough_and_says_why(records, curriculum, ada, noon, sit):
    sit_both(sit, noon, 0.3)
    sit_both(sit, noon + timedelta(days=16), 0.95)
    overall = growth(records, curriculum, ada).overall
    assert (overall.verdict, overall.shortage) == ("not-enough", "too-soon")


@pytest.mark.parametrize(("days", "number"), [(0, 1), (7, 1), (8, 2)])
def test_the_exams_and_checks_of_one_week_are_one_checkpoint(records, ada, noon, sit, days, number):
    exam = sit(noon, 0.5)
    check = sit(noon + timedelta(days=days), 0.5, "check")
    dates = found(records, ada)
    assert len(dates) == number
    assert [each for date in dates for each in date.attempts] == [exam.id, check.id]
    assert dates[-1].at == check.submitted_at


def test_a_self_assessment_between_them_keeps_an_exam_and_a_check_together(
    records, curriculum, ada, noon, sit
):
    sit(noon, 0.5)
    rated = services.open_assessment(
        records, ada, curriculum, form="short", stage="preparing", now=noon
    )
    services.submit_assessment(records, ada, rated.id, now=noon + timedelta(days=1))
    sit(noon + timedelta(days=2), 0.5, "check")
    assert [date.kinds for date in found(records, ada)] == [("assessment",), ("exam", "check")]


def test_a_lesson_finished_in_between_keeps_an_exam_and_a_check_apart(
    records, ada, noon, sit, finish_lesson
):
    sit(noon, 0.5)
    history = services.read_history(records, ada)
    assert joinable_until(history, checkpoints(history)[0]) == noon + timedelta(days=7)
    finish_lesson(noon + timedelta(days=1))
    history = services.read_history(records, ada)
    assert joinable_until(history, checkpoints(history)[0]) is None
    sit(noon + timedelta(days=2), 0.5, "check")
    assert [date.kinds for date in found(records, ada)] == [("exam",), ("check",)]


def test_exams_of_two_stages_are_two_checkpoints(records, ada, noon, sit):
    sit(noon, 0.5)
    sit(noon + timedelta(days=1), 0.5, stage="mature")
    assert [date.stage for date in found(records, ada)] == ["preparing", "mature"]


def test_what_was_studied_between_two_dates_is_judged_together(
    records, curriculum, ada, noon, sit, finish_lesson
):
    sit_both(sit, noon, 0.4)
    skill = finish_lesson(noon + timedelta(days=10))
    sit_both(sit, noon + timedelta(days=30), 0.6)
    grown = growth(records, curriculum, ada)
    assert set(grown.skills) == {skill}
    assert grown.studied is not None


def test_ratings_alone_never_show_growth(records, curriculum, ada, noon, sit):
    assessment = services.open_assessment(
        records, ada, curriculum, form="short", stage="preparing", now=noon
    )
    services.submit_assessment(records, ada, assessment.id, now=noon)
    sit(noon + timedelta(days=30), 0.95)
    assert growth(records, curriculum, ada) is None


def test_the_profile_of_a_day_does_not_change_with_what_comes_after(
    records, curriculum, ada, noon, sit
):
    sit(noon, 0.4)
    history = services.read_history(records, ada)
    before = profile_at(history, curriculum, checkpoints(history)[0]).overall
    sit(noon + timedelta(days=30), 0.9)
    history = services.read_history(records, ada)
    after = profile_at(history, curriculum, checkpoints(history)[0]).overall
    assert before == after


def test_two_exams_are_compared_even_when_a_self_assessment_lies_between(
    records, curriculum, ada, noon, sit
):
    sit(noon, 0.4)
    assessment = services.open_assessment(
        records, ada, curriculum, form="short", stage="preparing", now=noon
    )
    services.submit_assessment(records, ada, assessment.id, now=noon + timedelta(days=20))
    sit(noon + timedelta(days=30), 0.6)
    first, second = natural_pair(checkpoints(services.read_history(records, ada)))
    assert (first.kinds, second.kinds) == (("exam",), ("exam",))
