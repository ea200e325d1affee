"""Search over what is taught: terms, skills, lessons and the questions on a lesson's way."""

from __future__ import annotations

from academy.search.index import Hit, Index, Kind, words_of
from academy.search.pinyin import spelling

__all__ = ["Hit", "Index", "Kind", "spelling", "words_of"]
