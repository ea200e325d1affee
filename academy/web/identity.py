"""Know a visitor again, with or without an account.

The browser keeps a random token in a cookie that no script can read. The site is told only the
token's hash, by a header that no browser can send, and Streamlit hands it on as `st.user["sid"]`.
Whose the session is stands in the records, where it ends for every tab at once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from academy import services
from academy.storage import DamagedRecord, Records, RecordsUnavailable

HEADER = "x-academy-sid"
"""Named in .streamlit/config.toml as well, under server.trustedUserHeaders."""

COOKIE = "academy"
YEAR = 365 * 24 * 60 * 60


TOKEN = "academy.token"
"""Where a request carries its token, for the pages that are served beside Streamlit's."""


class Identity:
    """Give each browser a token at its first page, and the site the token's hash ever after.

    No learner is made here: a visitor who only looks around leaves nothing behind. A token whose
    session has ended is replaced at the next page.
    """

    def __init__(self, app: ASGIApp, records: Callable[[], Records]) -> None:
        self.app = app
        self._records = records

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        token = token_of(scope)
        if is_page_request(scope):
            if token is None or await to_thread.run_sync(self._has_ended, token):
                token = new_token()
            send = _with_cookie(send, token, is_secure=scope["scheme"] == "https")
        told = with_header(scope, HEADER, token and session_id(token))
        await self.app({**told, TOKEN: token}, receive, send)

    def _has_ended(self, token: str) -> bool:
        try:
            return services.has_ended(self._records(), session_id(token), now=datetime.now(UTC))
        except (DamagedRecord, RecordsUnavailable):
            return False  # The page itself tells the visitor.


def new_token() -> str:
    """256 random bits, as they stand in a cookie."""
    return secrets.token_urlsafe(32)


def set_token(response: Response, token: str, *, is_secure: bool) -> None:
    """From this answer on the browser is known by another token."""
    response.headers.append("set-cookie", _cookie(token, is_secure=is_secure))


def session_id(token: str) -> str:
    """The name under which a token is known to the site: its SHA-256 in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def token_of(scope: Scope) -> str | None:
    """The token in the visitor's cookie, if it can be one of ours: 256 bits, base64url."""
    cookies = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))
    token = cookies.get(COOKIE, "")
    return token if re.fullmatch(r"[A-Za-z0-9_-]{43}", token) else None


def is_page_request(scope: Scope) -> bool:
    """Whether a browser asks for a page to show, rather than for something that a page needs."""
    return (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and "text/html" in Headers(scope=scope).get("accept", "")
    )


def with_header(scope: Scope, name: str, value: str | None) -> Scope:
    """The same request with this header as ours alone: whatever the client sent of it is gone."""
    headers = [pair for pair in scope["headers"] if pair[0].lower() != name.encode()]
    if value is not None:
        headers.append((name.encode(), value.encode()))
    return {**scope, "headers": headers}


def _cookie(token: str, *, is_secure: bool) -> str:
    cookie = f"{COOKIE}={token}; Max-Age={YEAR}; Path=/; HttpOnly; SameSite=Lax"
    return cookie + "; Secure" * is_secure


def _with_cookie(send: Send, token: str, *, is_secure: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers.append("set-cookie", _cookie(token, is_secure=is_secure))
        await send(message)

    return sending
