"""Words of strangers on a Streamlit page: names, titles, what was written elsewhere."""

from __future__ import annotations

import re

from academy.content.markup import escape

_WIDTHLESS = "\u2060"


def as_text(words: str) -> str:
    """Markdown that shows the words letter by letter, whoever wrote them.

    Streamlit makes icons and emoji of names between colons, even where these are escaped; a
    character of no width after the colon keeps it from that.
    """
    return re.sub(r"(\\:)(?=\w)", rf"\1{_WIDTHLESS}", escape(words))
