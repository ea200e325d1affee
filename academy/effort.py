"""Careless answering: guesses too fast to have been read, and ratings given without reading.

Nothing is deleted silently. A rapid guess weighs nothing; a rating pattern that looks careless is
asked about, because someone may honestly agree with everything.
"""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from academy.proficiency import Answer, Rating

Effort = Literal["normal", "low", "not-scored"]

LEAST_SECONDS = 2.0
MEDIAN_SHARE = 0.10
"""An answer faster than this share of the item's median time was not read."""
MEDIAN_TIMES = 20
"""Fewer known times than this make no median; the length of the text is used instead."""
SECONDS_PER_CHARACTER = 0.12 / 2.5
"""Skimming a Chinese text; a Latin word counts as two characters."""
LOW_SHARE, UNSCORED_SHARE = 0.10, 0.50

FLAT_SD = 0.25
LONGEST_RUN, RUN_SHARE = 12, 0.60
REPEATED_WEIGHT = 0.25
"""Weight of ratings that look careless a second time, after we asked."""

_LATIN_WORD = re.compile(r"[A-Za-z0-9]+")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")


def reading_length(text: str) -> int:
    """Length in Chinese characters; a Latin word or number counts as two."""
    return len(_CHARACTER.findall(text)) + 2 * len(_LATIN_WORD.findall(text))


def least_seconds(times: Sequence[float], length: int) -> float:
    """Below this many seconds an answer is a rapid guess.

    `times` are the seconds other answers to the item took; `length` is the item's
    `reading_length`, used while there are fewer than 20 of them.
    """
    if len(times) >= MEDIAN_TIMES:
        return max(LEAST_SECONDS, MEDIAN_SHARE * statistics.median(times))
    return LEAST_SECONDS + SECONDS_PER_CHARACTER * length


def is_rapid(answer: Answer, thresholds: Mapping[str, float]) -> bool:
    """Whether an answer was faster than its item's threshold; one without a time is not."""
    if answer.seconds is None:
        return False
    return answer.seconds < thresholds.get(answer.item_id, LEAST_SECONDS)


def effort_of(rapid: int, answers: int) -> Effort:
    """More than a tenth rapid is low effort; more than half, and the attempt is not scored."""
    share = rapid / answers if answers else 0.0
    if share > UNSCORED_SHARE:
        return "not-scored"
    return "low" if share > LOW_SHARE else "normal"


@dataclass(frozen=True, slots=True)
class AttemptEffort:
    """The answers of one attempt, rapid guesses weighing nothing, and what to make of them."""

    answers: tuple[Answer, ...]
    rapid_share: float
    effort: Effort


def attempt_effort(answers: Iterable[Answer], thresholds: Mapping[str, float]) -> AttemptEffort:
    """Weighs one attempt's answers; `thresholds` maps item ids to `least_seconds`."""
    answers = tuple(answers)
    rapid = [is_rapid(answer, thresholds) for answer in answers]
    share = sum(rapid) / len(rapid) if rapid else 0.0
    effort = effort_of(sum(rapid), len(rapid))
    weighed = tuple(
        replace(answer, weight=0.0) if fast or effort == "not-scored" else answer
        for answer, fast in zip(answers, rapid, strict=True)
    )
    return AttemptEffort(weighed, share, effort)


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
