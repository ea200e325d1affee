"""Send text compressed: on a phone's line the first visit is mostly Streamlit's JavaScript.

Streamlit leaves that to a proxy in front. Its scripts and styles carry a hash in their names and
never change, so each is compressed once and kept in memory.
"""

from __future__ import annotations

import gzip
from typing import Literal

import brotli  # type: ignore[import-untyped]
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from academy.web.identity import with_header
from academy.web.responses import gathered

Encoding = Literal["br", "gzip"]

_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
_SMALLEST = 1000


class CompressedText:
    """Compress pages and static text with Brotli where the browser takes it, else with gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, Encoding], Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Headers(scope=scope) if scope["type"] == "http" else Headers()
        encoding = accepted_encoding(request.get("accept-encoding", ""))
        if encoding is None or scope["method"] != "GET" or "range" in request:
            await self.app(scope, receive, send)
            return
        response = self._kept.get((scope["path"], encoding))
        if response is None:
            whole = with_header(scope, "if-none-match", None)
            whole = with_header(whole, "if-modified-since", None)
            response = await gathered(self.app, whole, receive, send, wanted=_is_plain_text)
            if response is None:
                return
            await to_thread.run_sync(_compress, response, encoding)
            if "immutable" in response.headers.get("cache-control", ""):
                self._kept[scope["path"], encoding] = response
        if "etag" in response.headers and response.headers["etag"] == request.get("if-none-match"):
            response = _not_modified(response)
        await response(scope, receive, send)


def accepted_encoding(accept_encoding: str) -> Encoding | None:
    """The best of our encodings that a browser accepts: Brotli, then gzip."""
    accepted = set()
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if not weight or weight.strip("0."):
            accepted.add(name)
    if "br" in accepted:
        return "br"
    return "gzip" if "gzip" in accepted else None


def _is_plain_text(status: int, headers: Headers) -> bool:
    return (
        status == 200
        and headers.get("content-type", "").startswith(_TEXT)
        and "content-encoding" not in headers
        and int(headers.get("content-length", _SMALLEST)) >= _SMALLEST
    )


def _compress(response: Response, encoding: Encoding) -> None:
    body = bytes(response.body)
    response.body = brotli.compress(body, quality=9) if encoding == "br" else gzip.compress(body)
    del response.headers["accept-ranges"]
    response.headers["content-encoding"] = encoding
    response.headers["content-length"] = str(len(response.body))
    response.headers.add_vary_header("Accept-Encoding")
    if "etag" in response.headers:
        tag = response.headers["etag"].strip('"')
        response.headers["etag"] = f'"{tag}-{encoding}"'


def _not_modified(response: Response) -> Response:
    kept = ("etag", "cache-control", "vary")
    return Response(
        status_code=304,
        headers={name: response.headers[name] for name in kept if name in response.headers},
    )
