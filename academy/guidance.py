"""What a trainer adds to a merchant's way: notes, and skills that are put first or left out.

All of it lies in the merchant's own record and names the trainer, so the merchant can read it, take
it with him and have it erased.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LONGEST_NOTE = 500
MOST_PINS = 5


@dataclass(frozen=True, slots=True)
class Note:
    """What a trainer wrote down about a merchant."""

    id: str
    cohort_id: str
    by: str
    """The trainer's learner id."""
    name: str
    """The trainer's name when it was written."""
    text: str
    at: datetime
    is_talk: bool = False
    """Whether it says what came of talking to him."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """Skills that a cohort's trainers put first for a merchant, in their order, or left out."""

    cohort_id: str
    by: str
    name: str
    pins: tuple[str, ...]
    exclusions: tuple[str, ...]
    at: datetime


def pinned(guidance: Iterable[Guidance], known: Iterable[str]) -> tuple[str, ...]:
    """What several cohorts put first, one after the other; of these skills alone."""
    skills = frozenset(known)
    return tuple(dict.fromkeys(each for one in guidance for each in one.pins if each in skills))


def excluded(guidance: Iterable[Guidance], known: Iterable[str]) -> frozenset[str]:
    """What any of several cohorts leaves out and none puts first."""
    guidance, skills = tuple(guidance), frozenset(known)
    left_out = {each for one in guidance for each in one.exclusions if each in skills}
    return frozenset(left_out.difference(pinned(guidance, skills)))
