"""The record as a page to keep."""

from __future__ import annotations

import pytest

from academy import services
from academy.storage import open_records
from academy.ui import language
from academy.ui.my_record import as_html
from tests.cast import ISSUER, gather


@pytest.fixture
def kept(curriculum, noon):
    """The page of somebody whose name and cohort are hostile, who did a little of everything."""
    records = open_records("memory:")
    cast = gather(records, noon)
    name = "<script>alert(1)</script>"
    mallory, _ = services.come_in_from_outside(
        records, ISSUER, "m", name, session_hash=None, now=noon
    )
    cohort = services.create_cohort(records, cast["Dana"], "<b>=1+1</b>", now=noon)
    services.join_cohort(records, mallory, cohort.code, name=name, address="-", now=noon)
    services.choose_stage(records, mallory, curriculum.framework, "growing", now=noon)
    services.open_lesson(records, mallory, curriculum, "shop-setup-basic", now=noon)
    quiz = services.open_quiz(
        records, mallory, curriculum, purpose="practice", subject="shop-health", now=noon
    )
    item = curriculum.bank.item(quiz.form[0])
    services.record_response(
        records, mallory, curriculum, quiz.id, item.id, item.key, seconds=9, now=noon
    )
    rated = services.open_assessment(
        records, mallory, curriculum, form="short", stage="growing", now=noon
    )
    services.rate_statement(
        records, mallory, curriculum, rated.id, rated.statements[0], 4, now=noon
    )

    services.assign(
        records, cast["Dana"], curriculum, cohort.id, "lesson", "live-rundown-basic",
        due_on=noon.date(), now=noon,
    )  # fmt: skip
    held = services.start_class(records, cast["Dana"], curriculum, cohort.id, [item.id], now=noon)
    services.answer_in_class(records, mallory, cohort.id, item.id, held.question.key, now=noon)

    def page(in_language):
        with language.speaking(in_language):
            return as_html(services.own_record(records, mallory), curriculum, now=noon)

    return page


def test_it_says_everything_in_the_readers_language(kept, curriculum):
    english, chinese = kept("en"), kept("zh")
    for said in ("Dana", "Growing", "Self-assessment", "right", "2026-11-21"):
        assert said in english
    for said in ("成长期", "自我评估", "答对"):
        assert said in chinese
    assert curriculum.lesson("shop-setup-basic").title.en in english


def test_it_tells_what_was_assigned_and_answered_in_class(kept, curriculum):
    page = kept("en")
    assert curriculum.lesson("live-rundown-basic").title.en in page
    assert "due 2026-11-21" in page
    assert "In class, and in quizzes of my cohorts&#x27; own" in page


def test_words_of_strangers_are_text(kept):
    page = kept("en")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
