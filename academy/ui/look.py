"""What the theme cannot say: the mark and the few rules of style, read once for all visitors."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

from academy.language import Language

_FOLDER = Path(__file__).parent

MARK = "data:image/svg+xml;base64," + b64encode((_FOLDER / "mark.svg").read_bytes()).decode()
"""The site's mark as a browser takes it; a path would be read and encoded anew in each run."""


@cache
def style(of: Language) -> str:
    """The rules of style for a language, as one element."""
    sheets = ["style.css", *(["style.en.css"] if of == "en" else [])]
    rules = "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in sheets)
    return f"<style>{rules}</style>"
