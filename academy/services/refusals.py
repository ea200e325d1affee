"""Why an act was refused."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "unknown-attempt",
    "unknown-item",
    "unknown-statement",
    "unknown-lesson",
    "unknown-stage",
    "unknown-skill",
    "no-such-option",
    "no-such-rating",
    "already-submitted",
    "already-answered",
    "nothing-to-ask",
    "unanswered-items",
]


class Refusal(Exception):
    """An act that cannot be done; nothing was saved. Pages put the reason into words."""

    def __init__(self, reason: Reason, what: str) -> None:
        super().__init__(f"{reason}: {what}")
        self.reason = reason
        self.what = what
