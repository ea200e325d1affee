"""Content that follows its files while the site runs, and never gets worse than it was."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from academy.content.issues import ContentErrors, Issue
from academy.content.loader import load_content
from academy.content.reader import content_files
from academy.curriculum import Curriculum

LOOK_EVERY = 5.0
"""Seconds between two looks at the files."""

Signature = tuple[tuple[str, int, int], ...]


class ContentWatch:
    """The content below `root` as of its last good state. It may be shared by threads.

    Raises `ContentErrors` when there is no good state to begin with. `clock` gives seconds.
    """

    def __init__(self, root: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._root = root
        self._clock = clock
        self._lock = threading.Lock()
        self._signature = _signature(root)
        self._curriculum = load_content(root)
        self._issues: tuple[Issue, ...] = ()
        self._looked_at = clock()

    def current(self) -> Curriculum:
        """The curriculum as the files have it now, or as they last had it in good order."""
        self._look()
        return self._curriculum

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What keeps the files of this moment from being used; nothing when all is well."""
        self._look()
        return self._issues

    def _look(self) -> None:
        """Load the files if they changed. While one thread does, the others go on as they were."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            now = self._clock()
            if now - self._looked_at < LOOK_EVERY:
                return
            self._looked_at = now
            signature = _signature(self._root)
            if signature != self._signature:
                self._signature = signature
                self._curriculum, self._issues = load_content(self._root), ()
        except ContentErrors as errors:
            self._issues = errors.issues
        finally:
            self._lock.release()


def _signature(root: Path) -> Signature:
    """Name, size and time of change of every content file."""
    found = []
    for path in content_files(root):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), status.st_size, status.st_mtime_ns))
    return tuple(found)
