"""Every address beside the pages, opened by everybody in the cast."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from starlette.routing import Route

from academy import access, web
from academy.ui import navigation
from academy.web.headers import CLOSED_PATHS, SECURITY_HEADERS
from academy.web.identity import session_id
from tests.cast import gather

EVERYBODY = ("Ada", "Bea", "Cyrus", "Dana", "Finn", "Gail", "Eve")
NAMES = {"Ada", "Bea", "Cyrus", "Gail"}
"""Of learners and the administrator: trainers are named to whom they invite."""


@pytest.fixture
def cast(records):
    return gather(records, datetime.now(UTC))


@pytest.fixture
def come(visitor, cast):
    """The browser in which somebody of the cast is signed in."""

    def as_(who: str):
        browser = visitor(token=who.lower().ljust(43, "x"))
        learner_id = cast[who].learner_id
        if learner_id:
            cast.records.add_session(session_id(browser.token), learner_id, cast.now)
        return browser

    return as_


def test_every_address_has_its_row_in_the_table_of_rights():
    routes = web.routes(lambda: None, lambda: SimpleNamespace(), set(), lambda: False)
    assert {route.path for route in routes if isinstance(route, Route)} == set(access.ROUTES)
    assert len(routes) == len(access.ROUTES)
    assert set(access.PAGES) == set(navigation._PATHS)
    assert {*access.PAGES.values(), *access.ROUTES.values()} <= set(access.MAY)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("path", access.ROUTES)
def test_an_address_shows_everybody_himself_and_no_other(come, cast, path, who):
    query = f"?code={cast.cohort.code}" if path == "/join" else ""
    answer = come(who).get(path + query, accept="text/html" if query or path[1:] else "*/*")
    assert answer.status in (200, 303)
    read = set(answer.words.replace(".", " ").split())
    assert NAMES & read <= {who}
    for other in EVERYBODY:
        if cast[other].learner_id:
            assert cast.id(other) not in answer.html


@pytest.mark.parametrize("path", access.ROUTES)
def test_what_takes_an_account_is_not_there_for_guests(come, path):
    words = come("Eve").get(path).words
    assert "You are signed in as" not in words
    assert "You are signed in as Ada" in come("Ada").get("/sign-out").words


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("path", CLOSED_PATHS)
def test_the_servers_inside_is_closed_to_everybody(come, path, who):
    browser = come(who)
    assert browser.get(path).status == 404
    assert browser.get(f"{path}/openapi.json").status == 404
    assert browser.post(path).status == 404


@pytest.mark.parametrize("path", [*access.ROUTES, "/", "/results", "/_stcore/metrics"])
def test_every_answer_carries_every_security_header(come, path):
    browser = come("Ada")
    for answer in (browser.get(path), browser.post(path)):
        for name, value in SECURITY_HEADERS.items():
            assert answer.headers[name] == value
