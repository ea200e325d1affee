"""The mark, and what English needs besides the site's own stylesheet; read once for everybody."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent

MARK = "data:image/svg+xml;base64," + b64encode((_FOLDER / "mark.svg").read_bytes()).decode()
"""The site's mark as a browser takes it; a path would be read and encoded anew in each run."""


@cache
def english_style() -> str:
    """The rules of style for pages in English, as one element."""
    return f"<style>{(_FOLDER / 'style.en.css').read_text(encoding='utf-8')}</style>"
