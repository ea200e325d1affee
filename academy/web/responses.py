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
    """The app's answer, if its status and headers are wanted; any other is sent on as it comes.

    None also for an answer that was broken off, because whoever asked for it is gone.
    """
    start: Message | None = None
    body = bytearray()
    is_whole = False

    async def gathering(message: Message) -> None:
        nonlocal start, is_whole
        if message["type"] == "http.response.start" and wanted(
            message["status"], Headers(raw=message["headers"])
        ):
            start = message
        elif start is None:
            await send(message)
        else:
            body.extend(message.get("body", b""))
            is_whole = not message.get("more_body", False)

    await app(scope, receive, gathering)
    if start is None or not is_whole:
        return None
    response = Response(bytes(body), start["status"])
    response.raw_headers = list(start["headers"])
    return response
