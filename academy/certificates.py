"""A certificate of a stage: what one exam alone showed, in figures that anyone can verify.

What it takes to earn one is in `exam_results`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from academy.records import JSON

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified, of whom as he wishes to be called; nothing of it changes afterwards."""

    code: str
    name: str
    stage: str
    exam: str
    """Id of the attempt: the form that was taken."""
    score: float
    low: float
    high: float
    """The 90% band of the score."""
    target: float
    answers: int
    taken_at: datetime
    issued_at: datetime
    revision: str
    """Of the content, and with it of the framework and the questions."""
    zone: str = "UTC"
    """Whose days it is dated in; the same for whoever reads it."""

    @property
    def form(self) -> str:
        """The form that was taken, as it is printed."""
        return self.exam[-8:]

    @property
    def taken_on(self) -> date:
        return self.taken_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def issued_on(self) -> date:
        return self.issued_at.astimezone(ZoneInfo(self.zone)).date()

    def to_dict(self) -> dict[str, JSON]:
        return {
            **asdict(self),
            "taken_at": self.taken_at.isoformat(),
            "issued_at": self.issued_at.isoformat(),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Certificate:
        instants = {name: datetime.fromisoformat(plain[name]) for name in ("taken_at", "issued_at")}
        return cls(**{**plain, **instants})


def usable_zone(name: str) -> str:
    """The zone of this name; UTC where there is none."""
    return name if name in available_timezones() else "UTC"


def new_code() -> str:
    """A code that nobody guesses, of letters and digits that are not mistaken for each other."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """A code as it is printed, in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def typed_code(text: str) -> str | None:
    """The code that somebody typed or followed; None for what can be none."""
    code = re.sub(r"[\s-]", "", text).lower()
    return code if re.fullmatch(f"[{_ALPHABET}]{{{CODE_LENGTH}}}", code) else None
