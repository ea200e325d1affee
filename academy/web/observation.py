"""Watch what is asked of the site: how often, how long it took, how it ended."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from academy import metrics

_LOGGER = logging.getLogger("academy.requests")


class Observation:
    """Log each request and count it, by route; what a stranger typed as an address is 'other'."""

    def __init__(self, app: ASGIApp, *, routes: Collection[str], with_metrics: bool) -> None:
        self.app = app
        self._routes = frozenset(routes)
        self._with_metrics = with_metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._connected(scope, receive, send)
        elif scope["type"] == "http":
            await self._asked(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _connected(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._with_metrics:
            await self.app(scope, receive, send)
            return
        metrics.connections.inc()
        try:
            await self.app(scope, receive, send)
        finally:
            metrics.connections.dec()

    async def _asked(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, begun = 500, time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            self._note(self._route(scope["path"]), scope["method"], status, begun)

    def _route(self, path: str) -> str:
        name = path.strip("/")
        first = name.partition("/")[0]
        if name in self._routes:
            return f"/{name}"
        return f"/{first}/…" if first in ("_stcore", "static", "media") else "other"

    def _note(self, route: str, method: str, status: int, begun: float) -> None:
        seconds = time.perf_counter() - begun
        if self._with_metrics:
            metrics.requests.labels(route, str(status)).inc()
            metrics.requests_seconds.labels(route).observe(seconds)
        fields = {"route": route, "method": method, "status": status, "ms": round(1000 * seconds)}
        _LOGGER.info("request", extra={"fields": fields})
