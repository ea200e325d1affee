"""What strangers write into one line: names and titles."""

from __future__ import annotations

import unicodedata

_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
"""Categories of characters that nobody sees, among them those that turn the direction of text."""


def one_line(text: str, limit: int) -> str:
    """The text on one line, cut to a number of characters, without any that nobody sees.

    What is left is still a stranger's: whoever shows it shows it as text.
    """
    spaced = "".join(" " if each.isspace() else each for each in unicodedata.normalize("NFC", text))
    seen = "".join(each for each in spaced if unicodedata.category(each) not in _DROPPED)
    return " ".join(seen.split())[:limit].rstrip()
