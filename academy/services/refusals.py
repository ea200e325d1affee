"""Why an act was refused."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

Reason = Literal[
    "unknown-attempt",
    "unknown-item",
    "unknown-statement",
    "unknown-lesson",
    "unknown-stage",
    "unknown-skill",
    "nothing-chosen",
    "no-such-option",
    "no-such-rating",
    "already-submitted",
    "already-answered",
    "nothing-to-ask",
    "unanswered-items",
    "not-allowed",
    "signed-out",
    "name-unusable",
    "name-taken",
    "password-short",
    "password-long",
    "password-common",
    "password-like-name",
    "wrong-name-or-password",
    "wrong-password",
    "wrong-code",
    "too-many-tries",
    "unknown-account",
    "no-account",
    "not-sure",
    "title-missing",
    "dates-reversed",
    "unknown-cohort",
    "unknown-invitation",
    "cohort-archived",
    "last-trainer",
    "note-missing",
    "list-too-long",
    "nobody-chosen",
    "nothing-new",
    "too-many-items",
    "no-class",
    "class-moved-on",
    "not-assigned",
    "not-certified",
    "name-missing",
]


class Refusal(Exception):
    """An act that cannot be done; nothing was saved. Pages put the reason into words."""

    def __init__(self, reason: Reason, what: str) -> None:
        super().__init__(f"{reason}: {what}")
        self.reason = reason
        self.what = what


class TooManyTries(Refusal):
    """Too many failed in too short a time; at `again_at` one may try again."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__("too-many-tries", f"until {again_at.isoformat()}")
        self.again_at = again_at
