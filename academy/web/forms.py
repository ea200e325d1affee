"""Read what a form sent, and only what a form of ours sent.

A form is ours if its browser says that it comes from this very site, and if it holds the token that
the page gave it, which follows from the visitor's session and which no other site can know.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import parse_qsl

from starlette.requests import Request

TOKEN_FIELD = "form-token"
_LARGEST = 10_000
_MOST_FIELDS = 20


class NotOurForm(Exception):
    """What was sent does not come from a page of ours, or from one of an earlier session."""


def form_token(session_token: str) -> str:
    """What a form holds to show whose page it stood on."""
    return sha256(f"form\n{session_token}".encode()).hexdigest()


async def read_form(request: Request, session_token: str | None) -> Mapping[str, str]:
    """The fields of a form, each once; raises NotOurForm."""
    if not _is_from_here(request):
        raise NotOurForm("it comes from another site")
    body = bytearray()
    async for chunk in request.stream():
        body.extend(chunk)
        if len(body) > _LARGEST:
            raise NotOurForm("it is larger than any of ours")
    try:
        fields = dict(
            parse_qsl(
                body.decode("utf-8"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=_MOST_FIELDS,
            )
        )
    except ValueError as error:
        raise NotOurForm("it is no form") from error
    expected = form_token(session_token) if session_token else ""
    given = fields.pop(TOKEN_FIELD, "")
    if not expected or not hmac.compare_digest(expected.encode(), given.encode()):
        raise NotOurForm("it belongs to another session")
    return fields


def _is_from_here(request: Request) -> bool:
    """Whether the browser says that the page with the form came from the same host."""
    headers = request.headers
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    said = headers.get("origin") or headers.get("referer") or ""
    host = said.partition("://")[2].partition("/")[0]
    return bool(host) and host == headers.get("host")
