"""My growth: what is said when there is enough, and what is missing when there is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from academy import services
from academy.ui import clock, resources
from tests.pages.conftest import words

STAGE = "preparing"


@pytest.fixture
def sit(records, learner):
    """Ada takes an exam or a check so many days ago, and is right on a share of it."""

    def take(days_ago: int, share: float, purpose: str = "exam"):
        ada, curriculum = learner("ada"), resources.curriculum()
        at = clock.now() - timedelta(days=days_ago)
        if not services.read_history(records, ada).stage:
            services.choose_stage(records, ada, curriculum.framework, STAGE, now=at)
        quiz = services.open_quiz(records, ada, curriculum, purpose=purpose, subject=STAGE, now=at)
        number = 0
        while quiz.unanswered:
            item = curriculum.bank.item(quiz.unanswered[0])
            is_right = (number + 1) * share // 1 > number * share // 1
            wrong = {next(option.id for option in item.options if not option.is_key)}
            chosen = item.key if is_right else wrong
            services.record_response(
                records, ada, curriculum, quiz.id, item.id, chosen, seconds=60, now=at
            )
            number += 1
            quiz = services.draw_next(records, ada, curriculum, quiz.id, now=at)
        services.submit_quiz(records, ada, curriculum, quiz.id, now=at)

    return take


@pytest.mark.parametrize(
    ("language", "offer", "missing", "verdict"),
    [
        ("en", "adds to it", "No word on the whole yet: it takes 72 answers", "**Real growth**"),
        ("zh", "可以并到这一次里", "两次各需要 72 道计入的题", "**确实进步了**"),
    ],
)
def test_an_exam_tells_of_the_parts_and_with_a_check_of_the_whole(
    visit, sit, language, offer, missing, verdict
):
    sit(30, 0.3)
    sit(30, 0.3, "check")
    sit(1, 0.95)
    exam_alone = words(visit("ada", "progress", language))
    assert offer in exam_alone
    assert missing in exam_alone
    assert verdict not in exam_alone
    sit(0, 0.95, "check")
    both = words(visit("ada", "progress", language))
    assert verdict in both
    assert offer not in both
    assert missing not in both
    assert both.index(verdict) < both.index("Overall" if language == "en" else "总体")


def test_answers_faster_than_reading_are_not_counted_for_growth(visit, sit, records, learner):
    sit(30, 0.4)
    ada, curriculum, now = learner("ada"), resources.curriculum(), clock.now()
    exam = services.open_quiz(records, ada, curriculum, purpose="exam", subject=STAGE, now=now)
    for number, item_id in enumerate(exam.form):
        services.record_response(
            records,
            ada,
            curriculum,
            exam.id,
            item_id,
            curriculum.bank.item(item_id).key,
            seconds=1 if number < 3 else 60,
            now=now,
        )
    services.submit_quiz(records, ada, curriculum, exam.id, now=now)
    assert "and there are 36 and 33." in words(visit("ada", "progress"))


def test_what_is_handed_in_can_be_opened_again_one_by_one(visit, sit):
    sit(2, 0.5)
    sit(1, 0.5, "check")
    at = visit("ada", "progress")
    assert len(at.get("page_link")) >= 2
    assert "One is a photograph" in words(at)


def test_a_change_of_stage_between_the_dates_is_said(visit, sit, records, learner):
    sit(30, 0.5)
    framework = resources.curriculum().framework
    at = clock.now() - timedelta(days=10)
    services.choose_stage(records, learner("ada"), framework, "exploring", now=at)
    sit(1, 0.5)
    assert "Your stage changed in between" in words(visit("ada", "progress"))


def test_two_dates_are_compared_at_once_and_of_three_one_chooses(visit, sit):
    sit(60, 0.3)
    sit(30, 0.5)
    at = visit("ada", "progress")
    assert not at.selectbox
    assert " → " in words(at)
    sit(1, 0.9)
    at = visit("ada", "progress")
    assert [box.label for box in at.selectbox] == ["Earlier", "Later"]
    at.selectbox(key="earlier").set_value(at.selectbox(key="earlier").options[0]).run()
    assert not at.exception
