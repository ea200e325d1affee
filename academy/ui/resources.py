"""What every visitor shares: the curriculum and the records."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from academy.content import ContentWatch
from academy.curriculum import Curriculum
from academy.storage import open_records
from academy.storage.base import Records

ROOT = Path(__file__).parent.parent.parent


@cache
def records() -> Records:
    return open_records(os.environ.get("ACADEMY_RECORDS", "tinydb:data"))


@cache
def _watch() -> ContentWatch:
    return ContentWatch(ROOT)


def curriculum() -> Curriculum:
    """The curriculum as it stands; when a file was broken meanwhile, its last good state."""
    return _watch().current()
