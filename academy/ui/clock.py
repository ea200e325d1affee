"""The one place where the site reads the clock; everything deeper is given the instant."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
