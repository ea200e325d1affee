"""Accepted items as files for authors: the pages' way to the content room."""

from academy.content.drafts import draft_entry

__all__ = ["draft_entry"]
