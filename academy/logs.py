"""Logs for machines to read: one line of JSON an entry, with nothing in it that names a person."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime

VARIABLE = "ACADEMY_LOGS"
"""Set to `json` in the environment for logs of this kind; without it they are for people."""

_IDS = re.compile(r"\b[0-9a-f]{32,64}\b|(?<=learners/)[^\s'\"]+|\b[A-Za-z0-9_-]{43}\b")
_QUERIES = re.compile(r"\?[^\s'\"]*")
_ADDRESSES = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


def without_persons(text: str) -> str:
    """A message without learners' ids, sessions, what stands behind a `?`, and visitors' addresses.

    The start of an id stays, so that two lines about the same one can be told to be that.
    """
    shortened = _IDS.sub(lambda found: f"{found[0][:4]}…", text)
    return _ADDRESSES.sub("…", _QUERIES.sub("?…", shortened))


class AsJson(logging.Formatter):
    """An entry as one line of JSON: instant, level, where it comes from, what is said."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": without_persons(record.getMessage()),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, error, trace = record.exc_info
            entry["error"] = kind.__name__
            entry["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trace)
            ]
            entry["reason"] = without_persons(str(error))
        return json.dumps(entry, ensure_ascii=False)


def write_json(out=None) -> None:
    """Have everything that is logged in this process written as JSON, one line an entry."""
    handler = logging.StreamHandler(out or sys.stdout)
    handler.setFormatter(AsJson())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in [*logging.root.manager.loggerDict]:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
