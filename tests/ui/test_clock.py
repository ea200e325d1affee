"""Instants are shown by the visitor's own clock."""

from datetime import UTC, datetime

from academy.ui import clock

EVENING = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)


def test_an_instant_is_shown_by_the_visitors_clock(monkeypatch):
    monkeypatch.setattr("streamlit.context", type("Context", (), {"timezone": "Asia/Shanghai"}))
    assert f"{clock.local(EVENING):%Y-%m-%d %H:%M}" == "2026-11-22 04:30"


def test_a_browser_that_says_nothing_or_nonsense_sees_utc(monkeypatch):
    for said in (None, "", "Nowhere/Land", "../../etc/passwd"):
        monkeypatch.setattr("streamlit.context", type("Context", (), {"timezone": said}))
        assert clock.local(EVENING).hour == 20
