"""Addresses of pages that do not exist lead to the one that says so.

Streamlit would show its start page under any address, with a note in English over it.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from academy.web.identity import is_page_request

LOST = "/nowhere"
OF_SIGN_IN = ("/auth/login", "/auth/logout", "/oauth2callback")
"""Where Streamlit takes a visitor to an outside identity provider, and back."""


class KnownAddresses:
    """Let requests for known pages through and send others to the page for the lost."""

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app = app
        self._pages = frozenset(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_lost = is_page_request(scope) and not self._knows(scope["path"])
        answer = RedirectResponse(LOST, status_code=303) if is_lost else self.app
        await answer(scope, receive, send)

    def _knows(self, path: str) -> bool:
        return path in OF_SIGN_IN or path.strip("/") in self._pages
