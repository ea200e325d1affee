from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

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
            at.switch_page(str(page_file(page)))
            for name, value in query.items():
                at.query_params[name] = value
            at.run()
        assert not at.exception
        return at

    return open_


def page_file(name: str) -> Path:
    from academy.ui import navigation

    return Path(navigation.path(name))


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
