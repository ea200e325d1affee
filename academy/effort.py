"""Careless answering: guesses too fast to have been read, and ratings given without reading.

Nothing is deleted silently. A rapid guess weighs nothing; a rating pattern that looks careless is
asked about, because someone may honestly agree with everything.
"""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from academy.proficiency import Rating

Effort = Literal["normal", "low", "not-scored"]

LEAST_SECONDS = 2.0
MEDIAN_SHARE = 0.10
"""An answer faster than this share of the item's median time was not read."""
MEDIAN_TIMES = 20
"""Fewer known times than this make no median; the length of the text is used instead."""
STEP, SHORTEST, LONGEST = 1.05, 0.5, 3600.0
"""Ratio of one step of `Times` to the next, and the seconds that count as the ends."""
SECONDS_PER_CHARACTER = 0.12 / 2.5
"""Skimming a Chinese text; a Latin word counts as two characters."""
LOW_SHARE, UNSCORED_SHARE = 0.10, 0.50

FLAT_SD = 0.25
LONGEST_RUN, RUN_SHARE = 12, 0.60
REPEATED_WEIGHT = 0.25
"""Weight of ratings that look careless a second time, after we asked."""

_LATIN_WORD = re.compile(r"[A-Za-z0-9]+")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=4096)
def reading_length(text: str) -> int:
    """Length in Chinese characters; a Latin word or number counts as two."""
    return len(_CHARACTER.findall(text)) + 2 * len(_LATIN_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Times:
    """How long the answers to one item took, counted in steps of a twentieth.

    However many answers there are, it stays small; two of them add up to one.
    """

    counts: Mapping[int, int] = field(default_factory=dict)
    """Number of the step to how many answers took about 1.05 ** number seconds."""

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Times:
        kept = (min(max(each, SHORTEST), LONGEST) for each in seconds)
        return cls(Counter(round(math.log(each) / math.log(STEP)) for each in kept))

    def __add__(self, other: Times) -> Times:
        return Times(Counter(self.counts) + Counter(other.counts))

    def __len__(self) -> int:
        return sum(self.counts.values())

    @property
    def median(self) -> float | None:
        """Seconds, to within a fortieth; None while there are fewer than twenty times."""
        if len(self) < MEDIAN_TIMES:
            return None
        ordered = sorted(self.counts)
        passed = itertools.accumulate(self.counts[step] for step in ordered)
        return next(
            STEP**step for step, n in zip(ordered, passed, strict=True) if 2 * n >= len(self)
        )


def least_seconds(median: float | None, length: int) -> float:
    """Below this many seconds an answer is a rapid guess.

    `median` is that of the item's `Times`; while there is none, the item's `reading_length` counts.
    """
    if median is None:
        return LEAST_SECONDS + SECONDS_PER_CHARACTER * length
    return max(LEAST_SECONDS, MEDIAN_SHARE * median)


def effort_of(rapid: int, answers: int) -> Effort:
    """More than a tenth rapid is low effort; more than half, and the attempt is not scored."""
    share = rapid / answers if answers else 0.0
    if share > UNSCORED_SHARE:
        return "not-scored"
    return "low" if share > LOW_SHARE else "normal"


def is_straight_lining(ratings: Sequence[int]) -> bool:
    """Whether ratings, in the order given, hardly vary or stay the same for very long.

    Fewer than twelve ratings are never called careless.
    """
    if len(ratings) < LONGEST_RUN:
        return False
    longest = run = 1
    for before, rating in itertools.pairwise(ratings):
        run = run + 1 if rating == before else 1
        longest = max(longest, run)
    is_flat = statistics.pstdev(ratings) < FLAT_SD
    return is_flat or longest >= max(LONGEST_RUN, math.ceil(RUN_SHARE * len(ratings)))


def weighed_ratings(ratings: Iterable[Rating], *, is_repeated: bool) -> tuple[Rating, ...]:
    """The ratings to estimate with: a quarter of the weight if careless again after we asked."""
    if not is_repeated:
        return tuple(ratings)
    return tuple(replace(rating, weight=REPEATED_WEIGHT * rating.weight) for rating in ratings)
