"""How Chinese sounds, in letters: what an input method is fed with."""

from __future__ import annotations

import os
import re
from itertools import islice, product

from academy.search.grams import CHINESE, plain

# The dictionary of phrases takes forty megabytes to choose between readings; every reading is
# taken instead.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, load_single_dict, pinyin

load_single_dict({ord("曝"): "bào,pù"})  # 曝光 is the one word of the trade that has it.
MOST_READINGS = 16
_LETTERS = re.compile("[^a-z0-9]")


def sounds(text: str) -> frozenset[str]:
    """Pinyin and its initials in one word each: 体验分 is tiyanfen and tyf.

    Where a character is read in several ways there is a word for each; text without Chinese has
    none.
    """
    if not re.search(f"[{CHINESE}]", text):
        return frozenset()
    found: set[str] = set()
    for style in (Style.NORMAL, Style.FIRST_LETTER):
        readings = pinyin(plain(text), style=style, heteronym=True)
        for reading in islice(product(*readings), MOST_READINGS):
            found.add(_LETTERS.sub("", "".join(reading)))
    return frozenset(found)


def spelling(text: str) -> str:
    """How a name is spelt in letters, to file it by; its own letters where it has them."""
    syllables = pinyin(plain(text), style=Style.NORMAL)
    return _LETTERS.sub("", "".join(syllable for (syllable, *_) in syllables))
