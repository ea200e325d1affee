"""The one place where the site reads the clock; everything deeper is given the instant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import streamlit as st

_hung: ContextVar[str | None] = ContextVar("zone", default=None)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day that it is where the visitor is."""
    return local(now()).date()


def local(at: datetime) -> datetime:
    """An instant by the visitor's own clock, to be shown; UTC where his browser does not say."""
    return at.astimezone(_zone(zone()))


def day(at: datetime) -> str:
    """The day of an instant where the visitor is, as it is written."""
    return local(at).date().isoformat()


def zone() -> str:
    """The name of the zone that the visitor's clock shows."""
    return _hung.get() or st.context.timezone or "UTC"


@contextmanager
def showing(zone: str) -> Iterator[None]:
    """Show the time of a zone where no page is run, as when a file is asked for."""
    was = _hung.set(zone)
    try:
        yield
    finally:
        _hung.reset(was)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
