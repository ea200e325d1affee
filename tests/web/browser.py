"""A browser without pictures: it keeps the cookie, follows redirects and fills in forms."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from academy.web.forms import TOKEN_FIELD
from academy.web.identity import COOKIE, session_id

HOST = "academy.example"


@dataclass(frozen=True)
class Page:
    status: int
    headers: Headers
    html: str

    @property
    def words(self) -> str:
        """What a reader sees, without markup."""
        reader = _Words()
        reader.feed(self.html)
        return " ".join(" ".join(reader.words).split())

    @property
    def form_token(self) -> str:
        return self.html.partition(f'name="{TOKEN_FIELD}" value="')[2].partition('"')[0]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass
class Browser:
    app: ASGIApp
    language: str = "en"
    address: str = "203.0.113.7"
    scheme: str = "http"
    token: str | None = None
    asked: list[str] = field(default_factory=list)

    @property
    def session_hash(self) -> str | None:
        return session_id(self.token) if self.token else None

    def get(self, path: str, **headers: str) -> Page:
        return self._ask("GET", path, b"", {"accept": "text/html", **headers})

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Page:
        """Send a form with exactly these fields, as a page of this very site would."""
        plain = {name.replace("_", "-"): value for name, value in fields.items()}
        given = {
            "accept": "text/html",
            "content-type": "application/x-www-form-urlencoded",
            "origin": f"{self.scheme}://{HOST}",
            **(headers or {}),
        }
        return self._ask("POST", path, urlencode(plain).encode(), given)

    def fill_in(self, path: str, **fields: str) -> Page:
        """Open a page and send its form."""
        return self.post(path, **{TOKEN_FIELD: self.get(path).form_token, **fields})

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Page:
        asked = urlsplit(address)
        self.asked.append(asked.path)
        sent: list[Message] = []
        given = {"host": HOST, "accept-language": self.language, **headers}
        if self.token:
            given["cookie"] = f"{COOKIE}={self.token}"

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "method": method,
            "scheme": self.scheme,
            "path": asked.path,
            "query_string": asked.query.encode(),
            "client": (self.address, 40000),
            "server": (HOST, 80),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        asyncio.run(self.app(scope, receive, send))
        answer = Headers(raw=sent[0]["headers"])
        for cookie in answer.getlist("set-cookie"):
            self.token = SimpleCookie(cookie)[COOKIE].value
        html = b"".join(message.get("body", b"") for message in sent[1:]).decode()
        return Page(sent[0]["status"], answer, html)
