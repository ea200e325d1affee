"""The poster for the wall, and the link of one who is expected."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from academy import services
from academy.cohorts import shown_code
from academy.exchange.qr import qr_code
from academy.services import Days
from academy.web.identity import session_id
from academy.web.poster import poster
from tests.cast import gather


@pytest.fixture
def cast(records):
    return gather(records, datetime.now(UTC))


@pytest.fixture
def come(visitor, cast):
    """The browser in which somebody of the cast is signed in."""

    def as_(who: str):
        browser = visitor(token=who.lower().ljust(43, "x"))
        if cast[who].learner_id:
            cast.records.add_session(session_id(browser.token), cast.id(who), cast.now)
        return browser

    return as_


def test_a_trainer_prints_the_poster_of_an_own_cohort(come, cast):
    answer = come("Dana").get(f"/poster?cohort={cast.cohort.id}")
    assert answer.status == 200
    assert answer.headers["cache-control"].startswith("private")
    for word in ("Spring", shown_code(cast.cohort.code), "用手机扫码", "Scan", "Dana"):
        assert word in answer.words
    assert qr_code(f"http://academy.example/join?code={cast.cohort.code}") in answer.html


@pytest.mark.parametrize("who", ["Ada", "Cyrus", "Finn", "Gail", "Eve"])
def test_nobody_else_sees_it_nor_that_it_exists(come, cast, who):
    others = come(who).get(f"/poster?cohort={cast.cohort.id}")
    nobodys = come(who).get("/poster?cohort=000000000000")
    assert (others.status, others.html) == (nobodys.status, nobodys.html)
    assert "Spring" not in others.html


def test_a_hostile_title_is_text_on_the_poster(cast):
    title = "<script>alert(1)</script>"
    cohort = services.change_cohort(
        cast.records,
        cast["Dana"],
        cast.cohort.id,
        title=title,
        days=Days(date(2026, 12, 1), date(2026, 12, 31)),
    )
    html = poster(cohort, "https://academy.example")
    assert "<script" not in html
    assert "2026-12-01 – 2026-12-31" in html


def test_a_personal_link_knows_the_name_and_asks_for_consent_all_the_same(visitor, cast):
    (li,) = services.expect_members(cast.records, cast["Dana"], cast.cohort.id, ["小李"])
    browser = visitor()
    link = f"/join?code={cast.cohort.code}&for={li.token}"
    page = browser.get(link)
    assert 'value="小李"' in page.html
    assert "What your trainers will see" in page.words
    assert len(services.cohort_members(cast.records, cast["Dana"], cast.cohort.id)) == 2
    browser.fill_in(link, nickname="小李")
    members = services.cohort_members(cast.records, cast["Dana"], cast.cohort.id)
    assert [member.name for member in members.values()] == ["Ada", "Bea", "小李"]
    assert services.expected_members(cast.records, cast["Dana"], cast.cohort.id) == ()
