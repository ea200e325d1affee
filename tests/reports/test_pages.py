"""Pages to print: what they say, in both languages, whatever people call themselves."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from academy import services
from academy.certificates import Certificate
from academy.ui import language, reports

HOSTILE = '*小满* #eval("1+1") $x$ <img src=x onerror=alert(1)> \\ @ref =1+1'


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    return "".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


@pytest.fixture
def history(records, curriculum, ada, noon):
    """Somebody who chose a stage, practised a skill and rated a little."""
    services.choose_stage(records, ada, curriculum.framework, "growing", now=noon)
    quiz = services.open_quiz(
        records, ada, curriculum, purpose="practice", subject="dou-plus", now=noon
    )
    for item_id in quiz.form:
        key = curriculum.bank.item(item_id).key
        services.record_response(
            records, ada, curriculum, quiz.id, item_id, key, seconds=40, now=noon
        )
    return services.read_history(records, ada)


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_a_merchants_page_is_one_page_with_all_abilities_and_five_skills(
    curriculum, history, noon, spoken
):
    with language.speaking(spoken):
        pdf = reports.merchant_report(curriculum, history, heading="小满茶铺", now=noon)
    said = words(pdf)
    assert len(read(pdf).pages) == 1
    assert "小满茶铺" in said
    for ability in curriculum.framework.abilities:
        assert "".join(ability.short.in_(spoken).split()) in said
    assert said.count("分钟" if spoken == "zh" else "minutes") >= 5
    assert ("接下来学什么" if spoken == "zh" else "Whattostudynext") in said


def test_what_people_call_themselves_is_set_as_it_is_written(curriculum, history, noon):
    with language.speaking("en"):
        pdf = reports.merchant_report(curriculum, history, heading=HOSTILE, now=noon)
    assert '#eval("1+1")' in words(pdf)
    assert "<imgsrc=xonerror=alert(1)>" in words(pdf)


def test_a_certificate_speaks_both_languages_and_names_its_code(curriculum, noon):
    certificate = Certificate(
        code="abcdefgh2345",
        name=HOSTILE[:40],
        stage="growing",
        exam="exam-growing-12345678",
        score=71.2,
        low=62.0,
        high=79.9,
        target=65.0,
        answers=36,
        taken_at=noon - timedelta(days=1),
        issued_at=noon,
        revision="3f2a91bc55d0",
    )
    with language.speaking("en"):
        pdf = reports.certificate_page(
            curriculum, certificate, address="https://academy.example/certificate?code=abcdefgh2345"
        )
    said = words(pdf)
    assert len(read(pdf).pages) == 1
    for each in ("abcd-efgh-2345", "成长期", "Growing", "2026-11-20", "3f2a91bc55d0", "nopromise"):
        assert each in said
