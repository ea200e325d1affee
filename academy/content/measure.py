"""Measures of text: how long it is, what it is written in, how alike two texts are."""

from __future__ import annotations

import re

from academy.content.markup import FACT, SHOP, plain_text
from academy.language import Language
from academy.variants import PLACE

CHINESE = "\u3400-\u9fff"
"""The range of Chinese characters, for a character class."""

_CHARACTER = re.compile(f"[{CHINESE}]")
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,%+'’-]*")
_STOP_WORDS = frozenset(
    {"about", "after", "also", "before", "from", "have", "into", "less", "more", "most", "must"}
    | {"only", "order", "orders", "over", "platform", "same", "shop", "shops", "than", "that"}
    | {"their", "them", "then", "there", "these", "they", "this", "under", "until", "when"}
    | {"where", "which", "with", "without", "your", "merchant", "merchants"}
)


def length(text: str, language: Language) -> int:
    """Chinese characters, each Latin word or number counting as one; or English words.

    A place for a changing number counts as the number that it shows.
    """
    text = PLACE.sub("1", text)
    runs = len(_RUN.findall(text))
    return runs + len(_CHARACTER.findall(text)) if language == "zh" else runs


def substance(markdown: str, language: Language) -> int:
    """How much a Markdown text gives to read: its words, each reference counting as one, without
    what stands on the way, marks and link targets."""
    return length(plain_text(SHOP.sub("1", FACT.sub("1", markdown))), language)


def has_chinese(text: str) -> bool:
    return _CHARACTER.search(text) is not None


def traits(text: str, language: Language) -> frozenset[str]:
    """What two texts about the same thing share: pairs of characters, or words that tell."""
    if language == "zh":
        stretches = re.findall(f"[{CHINESE}]+", text)
        return frozenset(
            stretch[start : start + 2] for stretch in stretches for start in range(len(stretch) - 1)
        )
    words = re.findall(r"[a-z]{4,}", text.lower())
    return frozenset(word.rstrip("s") for word in words if word not in _STOP_WORDS)


def likeness(one: str, other: str, language: Language) -> float:
    """From 0, nothing shared, to 1, the same pairs of characters or the same words."""
    left, right = traits(one, language), traits(other, language)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
