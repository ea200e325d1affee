from __future__ import annotations

import asyncio
import re
import tomllib
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse

from academy import services
from academy.storage import open_records
from academy.web import identity
from academy.web.identity import Identity, session_id
from tests.web.asgi import ask, scope

TOKEN = "t" * 43
PAGE = "text/html,application/xhtml+xml"


class Inside:
    """What stands behind the middleware: notes what it is told of the visitor."""

    def __init__(self, answer=None):
        self.answer = answer or HTMLResponse("<p>page</p>")
        self.told: list[str] = []

    async def __call__(self, scope, receive, send):
        self.told = Headers(scope=scope).getlist(identity.HEADER)
        if scope["type"] == "http":
            await self.answer(scope, receive, send)


RECORDS = open_records("memory:")


def known(inside):
    return Identity(inside, lambda: RECORDS)


def cookie_of(answer):
    cookies = SimpleCookie(answer.headers.get("set-cookie", ""))
    return cookies.get(identity.COOKIE)


def test_a_new_visitor_is_given_a_token_that_counts_from_the_first_page_on():
    inside = Inside()
    cookie = cookie_of(ask(known(inside), accept=PAGE))
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", cookie.value)
    assert inside.told == [session_id(cookie.value)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) == 365 * 24 * 60 * 60


def test_every_new_visitor_is_given_another_token():
    app = known(Inside())
    assert len({cookie_of(ask(app, accept=PAGE)).value for _ in range(10)}) == 10


def test_a_visitor_who_comes_back_keeps_the_token_and_keeps_it_longer():
    inside = Inside()
    answer = ask(known(inside), accept=PAGE, cookie=f"other=1; academy={TOKEN}")
    assert inside.told == [session_id(TOKEN)]
    assert cookie_of(answer).value == TOKEN


@pytest.mark.parametrize("value", ["", "short", "t" * 44, "t" * 42 + "!", '"' + "t" * 41 + '"'])
def test_a_cookie_that_cannot_be_ours_is_replaced(value):
    inside = Inside()
    cookie = cookie_of(ask(known(inside), accept=PAGE, cookie=f"academy={value}"))
    assert cookie.value != value
    assert inside.told == [session_id(cookie.value)]


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_a_token_given_over_https_travels_over_https_only(scheme, secure):
    answer = ask(known(Inside()), accept=PAGE, scheme=scheme)
    assert bool(cookie_of(answer)["secure"]) is secure


def test_a_token_whose_session_has_ended_is_replaced_at_the_next_page():
    records, inside = open_records("memory:"), Inside()
    services.end_session(records, session_id(TOKEN), now=datetime.now(UTC))
    app = Identity(inside, lambda: records)
    cookie = cookie_of(ask(app, accept=PAGE, cookie=f"academy={TOKEN}"))
    assert cookie.value != TOKEN
    assert inside.told == [session_id(cookie.value)]
    asyncio.run(app(scope("websocket", "/", {"cookie": f"academy={TOKEN}"}), None, None))
    assert inside.told == [session_id(TOKEN)], "an open tab is told apart, not let in"


def test_a_page_comes_even_while_the_records_cannot_be_read(tmp_path):
    (tmp_path / "data").write_text("a file in the way")
    records, inside = open_records(f"tinydb:{tmp_path / 'data'}"), Inside()
    answer = ask(Identity(inside, lambda: records), accept=PAGE, cookie=f"academy={TOKEN}")
    assert (answer.status, inside.told) == (200, [session_id(TOKEN)])


def test_a_header_that_the_browser_made_up_is_dropped():
    inside = Inside()
    ask(known(inside), X_Academy_Sid="somebody else", cookie=f"academy={TOKEN}")
    assert inside.told == [session_id(TOKEN)]
    ask(known(inside), X_Academy_Sid="somebody else")
    assert inside.told == []


def test_a_websocket_is_known_by_its_cookie_alone():
    inside = Inside()
    for headers, told in [
        ({"cookie": f"academy={TOKEN}", "x_academy_sid": "else"}, [session_id(TOKEN)]),
        ({"x_academy_sid": "somebody else"}, []),
        ({}, []),
    ]:
        asyncio.run(known(inside)(scope("websocket", "/", headers), None, None))
        assert inside.told == told


def test_what_is_no_page_sets_no_cookie():
    app = known(Inside(PlainTextResponse("ok")))
    assert cookie_of(ask(app, "/healthz", accept="*/*")) is None
    assert cookie_of(ask(app, "/media/file.txt", accept=PAGE)) is None
    assert cookie_of(ask(app, method="POST", accept=PAGE)) is None


def test_the_site_is_told_a_hash_from_which_the_token_cannot_be_found():
    assert re.fullmatch(r"[0-9a-f]{64}", session_id(TOKEN))
    assert TOKEN not in session_id(TOKEN)


def test_the_settings_hand_exactly_this_header_to_the_site():
    settings = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["trustedUserHeaders"] == {identity.HEADER: "sid"}
