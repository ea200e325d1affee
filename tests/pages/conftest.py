from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import academy.charts.radar  # noqa: F401 - its first import must not eat a page's time
from academy import services
from academy.ui import resources

FRAME = Path(__file__).parent.parent.parent / "academy" / "ui" / "site.py"
SESSIONS = {name: name[0] * 64 for name in ("ada", "bea", "cyrus", "dana", "eve")}


@pytest.fixture(autouse=True)
def fresh_records(monkeypatch):
    """Every test begins with empty records."""
    monkeypatch.setenv("ACADEMY_RECORDS", "memory:")
    resources.records.cache_clear()
    yield
    resources.records.cache_clear()


@pytest.fixture
def records():
    return resources.records()


@pytest.fixture
def visit():
    """Open the site as somebody: `visit("ada", "results")`, with the query after the page."""

    def open_(who: str, page: str = "home", language: str = "en", **query: str) -> AppTest:
        at = AppTest.from_file(str(FRAME), default_timeout=20)
        at.user = {"sid": SESSIONS[who]}
        at.session_state["language"] = language
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if page != "home":
            turn_to(at, page)
            for name, value in query.items():
                at.query_params[name] = value
            at.run()
        assert not at.exception
        return at

    return open_


def turn_to(at: AppTest, page: str) -> None:
    """Go to a page when next run. `AppTest.switch_page` knows no pages that are functions."""
    at._page_hash = calc_hash("" if page == "home" else page)


@pytest.fixture
def learner(records, noon):
    """The learner that a person of the cast is, once he did something."""

    def of(who: str) -> str:
        return services.join(records, SESSIONS[who], now=noon)

    return of


def words(at: AppTest) -> str:
    """Everything a reader sees, one piece a line."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "success", "error")
    return "\n".join(str(element.value) for kind in kinds for element in at.get(kind))
