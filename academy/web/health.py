"""Say whether the site can do its work."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from academy.curriculum import Curriculum
from academy.storage import Records, RecordsUnavailable

_LOGGER = logging.getLogger(__name__)
_NOT_KEPT = {"cache-control": "no-store"}


def readiness_route() -> Route:
    """`GET /readyz`: 200 from when the site has read its content until it is told to stop.

    A site that is ready and not well keeps its visitors: it shows what they had, and says that
    nothing can be saved. Sending them to a neighbour would not help where the records are shared.
    """

    def ready(request: Request) -> JSONResponse:
        return JSONResponse({"status": "ready"}, 200, _NOT_KEPT)

    return Route("/readyz", ready)


def health_route(records: Callable[[], Records], curriculum: Callable[[], Curriculum]) -> Route:
    """`GET /healthz`: 200 while answers can be saved, 503 while they cannot.

    It names the content's revision, so that a deployment can see which one is served.
    """

    def health(request: Request) -> JSONResponse:
        answer = {"status": "ok", "content": curriculum().revision}
        try:
            records().check_writable()
        except RecordsUnavailable as error:
            _LOGGER.error("%s", error)
            return JSONResponse(answer | {"status": "records unavailable"}, 503, _NOT_KEPT)
        return JSONResponse(answer, 200, _NOT_KEPT)

    return Route("/healthz", health)
