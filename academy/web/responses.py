"""Take hold of a whole response before it goes out."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Wanted = Callable[[int, Headers], bool]


async def gathered(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, wanted: Wanted
) -> Response | None:
    """The app's answer, if its status and headers are wanted; any other is sent on as it comes."""
    start: Message | None = None
    body = bytearray()

    async def gathering(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and wanted(
            message["status"], Headers(raw=message["headers"])
        ):
            start = message
        elif start is None:
            await send(message)
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, gathering)
    if start is None:
        return None
    response = Response(bytes(body), start["status"])
    response.raw_headers = list(start["headers"])
    return response
