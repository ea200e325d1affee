"""The site's one script of its own: a step that the address names begins at its top."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "/steps.js"

_SCRIPT = Path(__file__).with_name("steps.js")


def steps_route() -> Route:
    """`GET /steps.js`."""
    return Route(PATH, _steps)


def _steps(request: Request) -> Response:
    return Response(
        _SCRIPT.read_text(encoding="utf-8"),
        media_type="text/javascript",
        headers={"cache-control": "public, max-age=3600"},
    )
