"""The garbage of a process that lives for months, looked for where it is likely.

Python's collector goes through everything that lives whenever a quarter has been added; beside some
hundred visitors that stops all of them for a third of a second, again and again. What outlives one
look is set aside here, so that the next goes through what is new only; and all of it is gone
through at long intervals, when nobody waits.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any

SECONDS = 600.0
"""Between two looks at everything; so long garbage may lie that was set aside while it lived."""
PATIENCE, TRIES = 0.05, 200
"""Seconds until a busy process is asked again, and how often it is."""


def set_survivors_aside() -> None:
    """Look for garbage now, and from now on set aside whatever outlives a full look."""
    if _set_aside not in gc.callbacks:
        gc.callbacks.append(_set_aside)
    gc.collect()


def look_through_everything() -> None:
    """Look for garbage in what was set aside as well."""
    gc.unfreeze()
    gc.collect()


async def tend(is_busy: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Look through everything at intervals, once nothing is under way, or at last anyhow."""
    while True:
        await asyncio.sleep(seconds)
        for _ in range(TRIES):
            if not is_busy():
                break
            await asyncio.sleep(PATIENCE)
        look_through_everything()


def _set_aside(phase: str, info: dict[str, Any]) -> None:
    if phase == "stop" and info["generation"] == 2:
        gc.freeze()
