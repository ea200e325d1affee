"""Records with somebody watching how long each act takes and what fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from academy.storage.base import Records

Observer = Callable[[str, float, str | None], None]
"""Told of each act: its name, the seconds it took, and the name of the error if it failed."""


def observed(records: Records, observe: Observer) -> Records:
    """The same records, every act of which is reported to `observe`."""
    return cast(Records, _Observed(records, observe))


class _Observed:
    def __init__(self, records: Records, observe: Observer) -> None:
        self._records, self._observe = records, observe
        self._watched = cache(self._watch)

    def __getattr__(self, act: str) -> Any:
        return self._watched(act)

    def _watch(self, act: str) -> Callable[..., Any]:
        do = getattr(self._records, act)

        def watched(*given: Any, **named: Any) -> Any:
            begun, failure = time.perf_counter(), None
            try:
                return do(*given, **named)
            except Exception as error:
                failure = type(error).__name__
                raise
            finally:
                self._observe(act, time.perf_counter() - begun, failure)

        return watched
