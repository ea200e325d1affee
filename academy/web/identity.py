"""Know a visitor again without a password.

The browser keeps a random token in a cookie that no script can read. The site is told only the
token's hash, by a header that no browser can send, and Streamlit hands it on as `st.user["sid"]`.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-academy-sid"
"""Named in .streamlit/config.toml as well, under server.trustedUserHeaders."""

COOKIE = "academy"
YEAR = 365 * 24 * 60 * 60


class GuestIdentity:
    """Give each browser a token at its first page, and the site the token's hash ever after.

    No learner is made here: a visitor who only looks around leaves nothing behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        token = token_of(scope)
        if is_page_request(scope):
            token = token or secrets.token_urlsafe(32)
            send = _with_cookie(send, token, secure=scope["scheme"] == "https")
        await self.app(with_header(scope, HEADER, token and session_id(token)), receive, send)


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


def _with_cookie(send: Send, token: str, *, secure: bool) -> Send:
    cookie = f"{COOKIE}={token}; Max-Age={YEAR}; Path=/; HttpOnly; SameSite=Lax"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers.append("set-cookie", cookie + "; Secure" * secure)
        await send(message)

    return sending
