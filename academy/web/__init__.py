"""What surrounds the site on its way to the browser: who visits, in which language, how safely."""

from __future__ import annotations

from collections.abc import Callable, Collection

from starlette.middleware import Middleware

from academy.storage import Records
from academy.web.addresses import KnownAddresses
from academy.web.compression import CompressedText
from academy.web.document import VisitorLanguage
from academy.web.headers import SecurityHeaders
from academy.web.health import health_route
from academy.web.identity import GuestIdentity
from academy.web.theme import theme_route

__all__ = ["health_route", "middleware", "theme_route"]


def middleware(records: Callable[[], Records], pages: Collection[str]) -> list[Middleware]:
    """The layers around the site, outermost first; `pages` are the addresses that it has."""
    return [
        Middleware(SecurityHeaders),
        Middleware(KnownAddresses, pages=pages),
        Middleware(CompressedText),
        Middleware(GuestIdentity),
        Middleware(VisitorLanguage, records=records),
    ]
