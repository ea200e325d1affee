"""What follows from a framework alone: it does not change, so it is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from academy.framework import Framework

Result = TypeVar("Result")

MOST_KEPT = 64
"""Results of one function; a process knows one framework, tests know many."""


def of_framework(
    work_out: Callable[..., Result],
) -> Callable[..., Result]:
    """Remember what a function of a framework and of names found for that very framework.

    By identity, because comparing two frameworks takes longer than what is remembered here.
    """
    kept: dict[tuple[int, tuple[str, ...]], tuple[Framework, Result]] = {}

    @wraps(work_out)
    def look_up(framework: Framework, *names: str) -> Result:
        key = id(framework), names
        found = kept.get(key)
        if found is None or found[0] is not framework:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            found = kept[key] = framework, work_out(framework, *names)
        return found[1]

    return look_up
