"""The self-assessment: statements that a merchant rates by choosing the behaviour that fits him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from academy.framework import UnknownId
from academy.language import Text

Abstention = Literal["not-my-business", "dont-know"]
ABSTENTIONS: tuple[Abstention, ...] = ("not-my-business", "dont-know")


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the self-assessment, with five anchors from 1 (not yet) to 5 (could teach it)."""

    id: str
    skill: str
    text: Text
    anchors: tuple[Text, Text, Text, Text, Text]
    is_short: bool
    """Whether the short form asks it: one statement a skill."""


@dataclass(frozen=True)
class Assessment:
    """All statements, by id, in the framework's order."""

    statements: Mapping[str, Statement]

    def statement(self, statement_id: str) -> Statement:
        try:
            return self.statements[statement_id]
        except KeyError:
            raise UnknownId("statement", statement_id) from None
