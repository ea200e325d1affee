"""Who somebody is: a name that he chose, and what he is here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeAlias

from academy.one_line import one_line

Role: TypeAlias = Literal["learner", "trainer", "administrator"]
ROLES: tuple[Role, ...] = ("learner", "trainer", "administrator")

SHORTEST_NAME = 2
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks for something: without id while he did nothing yet, without name while a guest."""

    learner_id: str | None = None
    name: str | None = None
    role: Role = "learner"

    @property
    def has_account(self) -> bool:
        return self.name is not None


def usable_name(name: str) -> str | None:
    """The name as it will be shown; None if too little is left of it, or if it is too long."""
    shown = one_line(name, LONGEST_NAME + 1)
    return shown if SHORTEST_NAME <= len(shown) <= LONGEST_NAME else None


def name_key(name: str) -> str:
    """The SHA-256 under which a name is known, in hexadecimal.

    Names that differ only in case, in width (ＡＢＣ, ABC) or in spacing are one name.
    """
    plain = one_line(unicodedata.normalize("NFKC", name), LONGEST_NAME + 1).casefold()
    return sha256(plain.encode()).hexdigest()
