"""What surrounds the site on its way to the browser: who visits, in which language, how safely."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection

from starlette.middleware import Middleware
from starlette.routing import Route

from academy import logs, metrics
from academy.curriculum import Curriculum
from academy.storage import Records
from academy.web.account_pages import PAGES, account_routes
from academy.web.addresses import KnownAddresses
from academy.web.compression import CompressedText
from academy.web.document import VisitorLanguage
from academy.web.headers import SecurityHeaders
from academy.web.health import health_route, readiness_route
from academy.web.identity import Identity
from academy.web.observation import Observation
from academy.web.poster import POSTER, poster_route
from academy.web.steps import steps_route
from academy.web.theme import stylesheet_route, theme_route

__all__ = ["health_route", "middleware", "routes", "theme_route"]


def routes(
    records: Callable[[], Records],
    curriculum: Callable[[], Curriculum],
    pages: Collection[str],
    has_provider: Callable[[], bool],
) -> list[Route]:
    """What is served beside the pages, which are sent on to `pages` alone.

    `has_provider` says whether one can sign in with an outside identity provider.
    """
    return [
        health_route(records, curriculum),
        readiness_route(),
        theme_route(),
        steps_route(),
        stylesheet_route(),
        *account_routes(records, pages, has_provider),
        poster_route(records),
    ]


def middleware(records: Callable[[], Records], pages: Collection[str]) -> list[Middleware]:
    """The layers around the site, outermost first; `pages` are the addresses that Streamlit has."""
    known = {*pages, *(path.strip("/") for path in (*PAGES, POSTER))}
    return [
        *_observation(known),
        Middleware(SecurityHeaders),
        Middleware(KnownAddresses, pages=known),
        Middleware(CompressedText),
        Middleware(Identity, records=records),
        Middleware(VisitorLanguage, records=records),
    ]


def _observation(pages: Collection[str]) -> list[Middleware]:
    """The watching layer, if the environment asks for logs to be read by machines or for metrics.

    Logs are for the whole process, and metrics have an address of their own.
    """
    wants_logs = os.environ.get(logs.VARIABLE) == "json"
    address = os.environ.get(metrics.VARIABLE)
    if wants_logs:
        logs.write_json()
    if address:
        metrics.serve(address)
    if not (wants_logs or address):
        return []
    routes = {*pages, "healthz", "readyz", "steps.js", "theme.js"}
    return [Middleware(Observation, routes=routes, with_metrics=bool(address))]
