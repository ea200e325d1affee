"""What every visitor shares: the curriculum and the records."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path

from academy import metrics
from academy.content import ContentWatch
from academy.curriculum import Curriculum
from academy.search import Index
from academy.storage import open_records
from academy.storage.base import Records
from academy.ui.trouble import telling

ROOT = Path(__file__).parent.parent.parent


@cache
def records() -> Records:
    has_metrics = metrics.VARIABLE in os.environ
    return telling(open_records(observe=metrics.saw_records if has_metrics else None))


@cache
def _watch() -> ContentWatch:
    return ContentWatch(ROOT)


def curriculum() -> Curriculum:
    """The curriculum as it stands; when a file was broken meanwhile, its last good state."""
    return _watch().current()


def search_index() -> Index:
    """The index of the curriculum as it stands; built when somebody first searches it."""
    return _index(curriculum().revision)


@lru_cache(maxsize=1)
def _index(revision: str) -> Index:
    return Index(curriculum())
