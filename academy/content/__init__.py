"""Content: what is taught, as files that authors write and a validator reads."""

from __future__ import annotations

from academy.content.issues import ContentErrors, Issue, Place
from academy.content.loader import check_content, load_content
from academy.content.watch import ContentWatch

__all__ = [
    "ContentErrors",
    "ContentWatch",
    "Issue",
    "Place",
    "check_content",
    "load_content",
]
