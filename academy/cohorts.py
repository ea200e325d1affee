"""Cohorts: merchants who learn together, and the trainers who see how they get on."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from academy.one_line import one_line
from academy.records import JSON

LONGEST_TITLE = 60
LONGEST_NAME = 40

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""None that is taken for another one when it is read from a poster: no 0 and o, no 1, i and l."""
_CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Cohort:
    """Merchants who learn together.

    `trainers` are the names of its trainers by their learner ids, `code` is what one joins with.
    The days are those of the course and may be open; an archived cohort takes nobody in.
    """

    id: str
    title: str
    code: str
    trainers: Mapping[str, str]
    created_at: datetime
    starts_on: date | None = None
    ends_on: date | None = None
    archived_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody can join."""
        return self.archived_at is None

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "code": self.code,
            "trainers": dict(self.trainers),
            "created_at": self.created_at.isoformat(),
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "archived_at": self.archived_at.isoformat() if self.archived_at else None,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Cohort:
        """The cohort that `to_dict` described."""
        day, instant = date.fromisoformat, datetime.fromisoformat
        return cls(
            id=plain["id"],
            title=plain["title"],
            code=plain["code"],
            trainers=dict(plain["trainers"]),
            created_at=instant(plain["created_at"]),
            starts_on=day(plain["starts_on"]) if plain["starts_on"] else None,
            ends_on=day(plain["ends_on"]) if plain["ends_on"] else None,
            archived_at=instant(plain["archived_at"]) if plain["archived_at"] else None,
        )


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who joined a cohort, under the name by which its trainers know him.

    The name is empty when he gave none; `tag` then tells him apart.
    """

    learner_id: str
    name: str
    joined_at: datetime

    @property
    def tag(self) -> str:
        return self.learner_id[:4]


@dataclass(frozen=True, slots=True)
class Membership:
    """That a learner agreed to be seen by a cohort's trainers, as his own record has it."""

    cohort_id: str
    title: str
    name: str
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Onlooker:
    """A cohort whose trainers see a learner's work, as they stand today."""

    cohort: Cohort
    name: str
    joined_at: datetime


def usable_title(title: str) -> str | None:
    """The title as it will be shown; None if nothing is left of it."""
    return one_line(title, LONGEST_TITLE) or None


def new_cohort_id() -> str:
    return secrets.token_hex(6)


def new_code(length: int = _CODE_LENGTH) -> str:
    """A code that nobody guesses and everybody can read out."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def typed_code(code: str) -> str:
    """A code as it was typed or read out: capitals, width, spaces and hyphens do not count."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", code).lower())[:40]


def shown_code(code: str) -> str:
    """A code in groups of four, as it is read best."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
