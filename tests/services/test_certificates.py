"""A certificate says what one exam showed, and whoever has its code can see that it is genuine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from academy import services
from academy.certificates import shown_code, typed_code
from academy.exam_results import shown_by_exam


@pytest.fixture
def sat_exam(records, curriculum, ada, noon):
    """Ada sits the exam of preparing and hands it in; `right` of the questions rightly."""

    def sit(*, right: int, learner: str = ada, answered: int = 36):
        exam = services.open_quiz(
            records, learner, curriculum, purpose="exam", subject="preparing", now=noon
        )
        for number, item_id in enumerate(exam.form[:answered]):
            item = curriculum.bank.item(item_id)
            wrong = {next(option.id for option in item.options if not option.is_key)}
            services.record_response(
                records,
                learner,
                curriculum,
                exam.id,
                item_id,
                item.key if number < right else wrong,
                seconds=60,
                now=noon + timedelta(minutes=number),
            )
        services.submit_quiz(records, learner, curriculum, exam.id, now=noon + timedelta(hours=1))
        return exam.id

    return sit


@pytest.fixture
def issue(records, curriculum, ada, noon):
    def ask(exam: str, *, name: str = "小满茶铺", learner: str = ada):
        later = noon + timedelta(hours=2)
        return services.issue_certificate(records, learner, curriculum, exam, name=name, now=later)

    return ask


def reason_of(act, *given, **named) -> str:
    with pytest.raises(services.Refusal) as refusal:
        act(*given, **named)
    return refusal.value.reason


def test_whoever_shows_what_the_stage_asks_gets_a_certificate(records, sat_exam, issue):
    certificate = issue(sat_exam(right=36))
    assert certificate.low < certificate.score < certificate.high
    assert certificate.score > certificate.target
    assert (certificate.stage, certificate.answers) == ("preparing", 36)
    assert services.find_certificate(records, shown_code(certificate.code)) == certificate


@pytest.mark.parametrize(("right", "answered"), [(12, 36), (20, 20)])
def test_whoever_shows_less_or_answers_few_gets_none(sat_exam, issue, right, answered):
    assert reason_of(issue, sat_exam(right=right, answered=answered)) == "not-certified"


def test_ratings_and_other_answers_do_not_count(records, curriculum, ada, sat_exam, noon):
    exam = sat_exam(right=30)
    alone = shown_by_exam(services.read_history(records, ada), curriculum, exam)
    practice = services.open_quiz(
        records, ada, curriculum, purpose="practice", subject="dou-plus", now=noon
    )
    for item_id in practice.form:
        key = curriculum.bank.item(item_id).key
        services.record_response(
            records, ada, curriculum, practice.id, item_id, key, seconds=60, now=noon
        )
    after = shown_by_exam(services.read_history(records, ada), curriculum, exam)
    assert alone and after and after.estimate.theta == alone.estimate.theta
    assert after.answers == alone.answers


def test_an_exam_has_one_certificate_however_often_it_is_asked_for(sat_exam, issue):
    exam = sat_exam(right=36)
    assert issue(exam) == issue(exam, name="Somebody else")


def test_nobody_gets_a_certificate_for_the_exam_of_another(sat_exam, issue, bea):
    assert reason_of(issue, sat_exam(right=36), learner=bea) == "unknown-attempt"


def test_a_certificate_bears_a_name_on_one_line(sat_exam, issue):
    exam = sat_exam(right=36)
    assert reason_of(issue, exam, name=" \u202e\n ") == "name-missing"
    assert issue(exam, name="小满\n茶铺\u202e").name == "小满 茶铺"


@pytest.mark.parametrize("typed", ["", "abc", "../../etc", "0000-0000-0000", "a" * 500])
def test_what_is_no_code_finds_nothing(records, typed):
    assert services.find_certificate(records, typed) is None


def test_a_code_may_be_typed_in_any_way():
    assert typed_code(" ABCD-efgh 2345") == "abcdefgh2345"


def test_erasing_a_record_takes_its_certificates_back(records, sat_exam, issue, ada, noon):
    certificate = issue(sat_exam(right=36))
    services.erase(records, ada, now=noon)
    assert services.find_certificate(records, certificate.code) is None


def test_an_interruption_while_issuing_is_made_good(records, sat_exam, issue):
    exam = sat_exam(right=36)
    certificate = issue(exam)
    records.drop_document(f"certificate-{certificate.code}")
    assert issue(exam) == certificate
    assert services.find_certificate(records, certificate.code) == certificate


def test_it_is_dated_where_it_was_issued_and_the_same_for_every_reader(
    records, curriculum, ada, noon, sat_exam
):
    exam, evening = sat_exam(right=36), noon + timedelta(hours=5)
    issued = services.issue_certificate(
        records, ada, curriculum, exam, name="小满茶铺", zone="Asia/Shanghai", now=evening
    )
    assert (str(issued.taken_on), str(issued.issued_on)) == ("2026-11-21", "2026-11-22")
    assert services.find_certificate(records, issued.code) == issued


def test_a_zone_that_there_is_not_is_utc(records, curriculum, ada, noon, sat_exam):
    issued = services.issue_certificate(
        records, ada, curriculum, sat_exam(right=36), name="a", zone="../../etc/passwd", now=noon
    )
    assert issued.zone == "UTC"
