"""What a text is cut into, to be found again: pairs of Chinese characters, and Latin words."""

from __future__ import annotations

import re
import unicodedata

CHINESE = "\u3400-\u9fff"
_RUN = re.compile(f"[{CHINESE}]+|[a-z0-9]+")
_NOT_IN_NAMES = re.compile(f"[^a-z0-9+{CHINESE}]")
_ASKING = re.compile(
    "为什么|怎么样|怎么办|怎么|怎样|什么|多少|如何|可以|能不能|是不是|是啥|哪些|哪里|吗|呢|请问"
)
_STOP_WORDS = frozenset(
    {"a", "an", "and", "are", "be", "can", "do", "does", "for", "from", "get", "how", "i", "in"}
    | {"is", "it", "me", "my", "of", "on", "or", "should", "so", "that", "the", "this", "to"}
    | {"what", "when", "where", "which", "why", "with", "you", "your"}
)


def plain(text: str) -> str:
    """The text in small letters of half width."""
    return unicodedata.normalize("NFKC", text).lower()


def name_form(text: str) -> str:
    """A name without what people leave out or write differently: case, spaces, signs but +."""
    return _NOT_IN_NAMES.sub("", plain(text))


def is_chinese(run: str) -> bool:
    return run > "\u3400"


def grams(text: str) -> list[str]:
    """Everything under which a text is kept: each character, each pair, each word."""
    found: list[str] = []
    for run in _RUN.findall(plain(text)):
        if is_chinese(run):
            found += run
            found += pairs(run)
        else:
            found.append(run)
    return found


def asked_grams(query: str) -> list[str]:
    """What a query looks for, each once: pairs, words, and a character that stands alone.

    Words that only ask (怎么, how) look for nothing, unless there are no others.
    """
    text = plain(query)
    telling = [run for run in _RUN.findall(_ASKING.sub(" ", text)) if run not in _STOP_WORDS]
    found: list[str] = []
    for run in telling or _RUN.findall(text):
        found += pairs(run) or [run] if is_chinese(run) else [run]
    return list(dict.fromkeys(found))


def pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]
