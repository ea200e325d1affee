"""Facts: the numbers and rules of a platform, each with its market, source, dates and confidence.

Prose and items never carry a platform's number themselves; they refer to a fact, so that one that
ages or changes is mended in one place and everything that depends on it can be found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from academy.language import Text

Market = Literal["douyin", "tiktok-shop", "both"]
Confidence = Literal["high", "medium", "low"]
Advice = Literal["rule", "method", "lore"]
"""What a piece of advice is: official rule, common method, street lore."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read, and when somebody last looked."""

    title: Text
    url: str | None
    verified_on: date


@dataclass(frozen=True, slots=True)
class Fact:
    """One number or rule of a platform."""

    id: str
    market: Market
    value: Text
    """What stands in the running text in place of the reference, such as "21 天" / "21 days"."""
    statement: Text
    """The whole fact in one sentence."""
    source: Source
    review_by: date
    confidence: Confidence
    effective_on: date | None = None

    def is_stale(self, today: date) -> bool:
        """Somebody should look again: the day of review has passed."""
        return today > self.review_by
