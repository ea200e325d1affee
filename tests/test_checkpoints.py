"""Looking back: attempts stay as they were, and growth is claimed only beyond its uncertainty."""

from datetime import timedelta

import pytest

from academy import services
from academy.checkpoints import checkpoints, growth_between, natural_pair, profile_at
from academy.storage import open_records


@pytest.fixture
def records():
    return open_records("memory:")


@pytest.fixture
def sit_exam(records, curriculum, ada):
    """Ada takes the stage exam and is right on a share of it."""

    def sit(at, share: float):
        exam = services.open_quiz(
            records, ada, curriculum, purpose="exam", subject="preparing", now=at
        )
        for number, item_id in enumerate(exam.form):
            item = curriculum.bank.item(item_id)
            is_right = (number + 1) * share // 1 > number * share // 1
            wrong = {next(option.id for option in item.options if not option.is_key)}
            services.record_response(
                records,
                ada,
                curriculum,
                exam.id,
                item_id,
                item.key if is_right else wrong,
                seconds=25,
                now=at,
            )
        return services.submit_quiz(records, ada, curriculum, exam.id, now=at)

    return sit


def growth(records, curriculum, ada, first=0, second=1):
    history = services.read_history(records, ada)
    found = checkpoints(history)
    return growth_between(history, curriculum, found[first], found[second])


def test_a_month_later_and_far_better_is_real_growth(records, curriculum, ada, noon, sit_exam):
    sit_exam(noon, 0.3)
    sit_exam(noon + timedelta(days=30), 0.95)
    assert growth(records, curriculum, ada).overall.verdict == "real-growth"


def test_the_same_again_is_no_growth(records, curriculum, ada, noon, sit_exam):
    sit_exam(noon, 0.6)
    sit_exam(noon + timedelta(days=30), 0.6)
    assert growth(records, curriculum, ada).overall.verdict in ("unclear",)


def test_too_soon_is_not_enough_and_says_why(records, curriculum, ada, noon, sit_exam):
    sit_exam(noon, 0.3)
    sit_exam(noon + timedelta(days=3), 0.95)
    overall = growth(records, curriculum, ada).overall
    assert (overall.verdict, overall.shortage) == ("not-enough", "too-soon")


def test_ratings_alone_never_show_growth(records, curriculum, ada, noon, sit_exam):
    assessment = services.open_assessment(
        records, ada, curriculum, form="short", stage="preparing", now=noon
    )
    services.submit_assessment(records, ada, assessment.id, now=noon)
    sit_exam(noon + timedelta(days=30), 0.95)
    assert growth(records, curriculum, ada) is None


def test_the_profile_of_a_day_does_not_change_with_what_comes_after(
    records, curriculum, ada, noon, sit_exam
):
    sit_exam(noon, 0.4)
    history = services.read_history(records, ada)
    before = profile_at(history, curriculum, checkpoints(history)[0]).overall
    sit_exam(noon + timedelta(days=30), 0.9)
    history = services.read_history(records, ada)
    after = profile_at(history, curriculum, checkpoints(history)[0]).overall
    assert before == after


def test_two_exams_are_compared_even_when_a_self_assessment_lies_between(
    records, curriculum, ada, noon, sit_exam
):
    sit_exam(noon, 0.4)
    assessment = services.open_assessment(
        records, ada, curriculum, form="short", stage="preparing", now=noon
    )
    services.submit_assessment(records, ada, assessment.id, now=noon + timedelta(days=20))
    sit_exam(noon + timedelta(days=30), 0.6)
    first, second = natural_pair(checkpoints(services.read_history(records, ada)))
    assert (first.kind, second.kind) == ("exam", "exam")
