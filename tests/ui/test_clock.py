"""Instants are shown by the visitor's own clock."""

from datetime import UTC, datetime

from academy.ui import clock, language
from academy.ui.language import _
from academy.ui.later import later

EVENING = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)


def test_an_instant_is_shown_by_the_visitors_clock(monkeypatch):
    monkeypatch.setattr("streamlit.context", type("Context", (), {"timezone": "Asia/Shanghai"}))
    assert f"{clock.local(EVENING):%Y-%m-%d %H:%M}" == "2026-11-22 04:30"


def test_a_browser_that_says_nothing_or_nonsense_sees_utc(monkeypatch):
    for said in (None, "", "Nowhere/Land", "../../etc/passwd"):
        monkeypatch.setattr("streamlit.context", type("Context", (), {"timezone": said}))
        assert clock.local(EVENING).hour == 20


def test_the_day_is_the_one_where_the_visitor_is(monkeypatch):
    monkeypatch.setattr("streamlit.context", type("Context", (), {"timezone": "Asia/Shanghai"}))
    assert clock.day(EVENING) == "2026-11-22"


def test_a_file_asked_for_later_is_made_by_the_clock_and_in_the_language_of_its_page(monkeypatch):
    monkeypatch.setattr("streamlit.context", type("Context", (), {"timezone": "Asia/Shanghai"}))
    with language.speaking("zh"):
        file = later(lambda at: f"{_('Merchant')} {clock.day(at)}", EVENING)
    monkeypatch.setattr("streamlit.context", type("Context", (), {"timezone": None}))
    assert file() == "商家 2026-11-22"
    assert clock.day(EVENING) == "2026-11-21"
