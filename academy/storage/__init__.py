"""Where the records live."""

from __future__ import annotations

import os

from academy.storage.base import DamagedRecord, Records, RecordsUnavailable, Session
from academy.storage.embedded import EmbeddedRecords
from academy.storage.memory import MemoryRecords

__all__ = ["DamagedRecord", "Records", "RecordsUnavailable", "Session", "open_records"]


def open_records(url: str | None = None) -> Records:
    """The records at an address: 'tinydb:PATH', or 'memory:' for as long as the process lives.

    Without an address it is the one in the environment's ACADEMY_RECORDS, or else tinydb:data.
    """
    if url is None:
        url = os.environ.get("ACADEMY_RECORDS", "tinydb:data")
    kind, _, place = url.partition(":")
    if kind == "tinydb" and place:
        return EmbeddedRecords(place)
    if url == "memory:":
        return MemoryRecords()
    raise ValueError(f"'{url}' is no place to keep records. Use tinydb:PATH.")
