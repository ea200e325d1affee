"""Every page, opened by everybody in the cast."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from academy import access, services
from academy.ui import navigation, resources
from tests.cast import SESSIONS, Cast, gather
from tests.pages.conftest import FRAME, turn_to, words

EVERYBODY = ("Ada", "Bea", "Cyrus", "Dana", "Finn", "Gail", "Eve")
STRANGERS = ("Cyrus", "Finn", "Gail", "Eve")
REFUSED = "This page is not for you, or it does not exist."


@pytest.fixture
def cast(records) -> Cast:
    return gather(records, datetime.now(UTC))


class Tab:
    """A tab in which somebody goes from page to page."""

    def __init__(self, who: str) -> None:
        self.at = AppTest.from_file(str(FRAME), default_timeout=30)
        self.at.user = {"sid": SESSIONS[who]}
        self.at.session_state["language"] = "en"
        self.at.run()

    def read(self, page: str, **query: str) -> str:
        self.at.query_params.clear()
        if page != "home":
            turn_to(self.at, page)
        for name, value in query.items():
            self.at.query_params[name] = value
        self.at.run()
        assert not self.at.exception
        return words(self.at)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_page_opens_for_those_whom_the_table_lets_in_and_for_no_others(cast, who):
    tab = Tab(who)
    may = {page for page in access.PAGES if access.may_open(cast[who], page)}
    could = {page for page in navigation._PATHS if REFUSED not in tab.read(page)}
    assert could == may


@pytest.mark.parametrize("who", STRANGERS)
def test_ids_of_somebody_else_are_like_ids_of_nobody_on_every_page(cast, who):
    curriculum, ada = resources.curriculum(), cast.id("Ada")
    quiz = services.open_quiz(
        cast.records,
        ada,
        curriculum,
        purpose="practice",
        subject="shop-health",
        now=datetime.now(UTC),
    )
    assert Tab("Ada").read("quiz", attempt=quiz.id) != Tab("Ada").read("quiz", attempt="0" * 16)
    tab = Tab(who)
    for page in navigation._PATHS:
        others = tab.read(page, attempt=quiz.id, cohort=cast.cohort.id, learner=ada)
        nobodys = tab.read(page, attempt="0" * 16, cohort="0" * 12, learner="0" * 32)
        assert others == nobodys, page
        assert "Spring" not in others


def test_the_menu_offers_only_what_one_may_open(cast):
    for who in ("Ada", "Dana", "Gail", "Eve"):
        pages = navigation._pages("en", cast[who].role)
        shown = {name for name, page in pages.items() if page.visibility == "visible"}
        assert all(access.may_open(cast[who], name) for name in shown)
    assert navigation._pages("en", "administrator")["people"].visibility == "visible"
