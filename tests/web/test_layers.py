"""All layers around the site together."""

from __future__ import annotations

import asyncio

import pytest

from academy import web
from academy.storage import open_records

SOCKET = {"type": "websocket", "path": "/_stcore/stream", "headers": []}


@pytest.mark.parametrize("scope", [{"type": "lifespan"}, SOCKET], ids=lambda scope: scope["type"])
def test_the_start_and_the_socket_come_through_every_layer(scope):
    """Were the start kept out, the site would serve without having read its content."""
    came = []

    async def inside(scope, receive, send):
        came.append(scope["type"])

    app = inside
    for layer in reversed(web.middleware(lambda: open_records("memory:"), {""})):
        app = layer.cls(app, *layer.args, **layer.kwargs)
    asyncio.run(app(dict(scope), None, None))
    assert came == [scope["type"]]
