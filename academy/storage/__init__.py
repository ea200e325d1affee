"""Where the records live."""

from __future__ import annotations

import os

from academy.storage.base import (
    DamagedRecord,
    Finding,
    Records,
    RecordsUnavailable,
    Session,
    SessionEnded,
)
from academy.storage.embedded import EmbeddedRecords
from academy.storage.memory import MemoryRecords
from academy.storage.observed import Observer, observed

__all__ = [
    "DamagedRecord",
    "Finding",
    "Records",
    "RecordsUnavailable",
    "Session",
    "SessionEnded",
    "open_records",
]


def open_records(url: str | None = None, *, observe: Observer | None = None) -> Records:
    """The records at an address: 'tinydb:PATH' or 'postgresql://HOST/DATABASE'.

    Or 'memory:', for as long as the process lives. Without an address it is the one in the
    environment's ACADEMY_RECORDS, or else tinydb:data. `observe` is told of each act on them.
    """
    if observe:
        return observed(open_records(url), observe)
    if url is None:
        url = os.environ.get("ACADEMY_RECORDS", "tinydb:data")
    kind, _, place = url.partition(":")
    if kind == "tinydb" and place:
        return EmbeddedRecords(place)
    if kind in ("postgresql", "postgres") and place.startswith("//"):
        return _open_postgres(url)
    if url == "memory:":
        return MemoryRecords()
    raise ValueError(
        f"'{url}' is no place to keep records. Use tinydb:PATH or postgresql://HOST/DATABASE."
    )


def _open_postgres(url: str) -> Records:
    try:
        from academy.storage.postgres import PostgresRecords
    except ModuleNotFoundError as missing:
        raise ValueError(
            f"Records in PostgreSQL need {missing.name}, which is not installed. "
            "Run: pip install -r requirements-postgres.txt"
        ) from missing
    return PostgresRecords(url)
