"""The one place where the site reads the clock; everything deeper is given the instant."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import streamlit as st


def now() -> datetime:
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """An instant by the visitor's own clock, to be shown; UTC where his browser does not say."""
    return at.astimezone(_zone(st.context.timezone or "UTC"))


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
