"""Questions that a cohort answers together or as a quiz of its own; they count in no profile.

A form keeps its questions as they were when it was made, whatever becomes of where they came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from academy.items import Item
from academy.language import Text
from academy.records import JSON


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question, and what to say of it."""

    id: str
    text: Text
    feedback: Text
    is_key: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One item as a cohort answers it. `stem` is Markdown if the bank wrote it."""

    id: str
    stem: Text
    choices: tuple[Choice, ...]
    is_multiple: bool
    is_own: bool
    """Whether the trainer wrote it; then its words are shown letter by letter."""
    explanation: Text

    @property
    def key(self) -> frozenset[str]:
        return frozenset(choice.id for choice in self.choices if choice.is_key)

    def allows(self, chosen: frozenset[str]) -> bool:
        """Whether something like this can be answered."""
        known = frozenset(choice.id for choice in self.choices)
        return bool(chosen) and chosen <= known and (self.is_multiple or len(chosen) == 1)

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        return {
            "id": self.id,
            "stem": _pair(self.stem),
            "choices": [
                {
                    "id": choice.id,
                    "text": _pair(choice.text),
                    "feedback": _pair(choice.feedback),
                    "is_key": choice.is_key,
                }
                for choice in self.choices
            ],
            "is_multiple": self.is_multiple,
            "is_own": self.is_own,
            "explanation": _pair(self.explanation),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Question:
        """The question that `to_dict` described."""
        return cls(
            id=plain["id"],
            stem=Text(*plain["stem"]),
            choices=tuple(
                Choice(each["id"], Text(*each["text"]), Text(*each["feedback"]), each["is_key"])
                for each in plain["choices"]
            ),
            is_multiple=plain["is_multiple"],
            is_own=plain["is_own"],
            explanation=Text(*plain["explanation"]),
        )


@dataclass(frozen=True, slots=True)
class CohortAnswer:
    """What a member gave to a question of a form; the first answer stays."""

    cohort_id: str
    form_id: str
    question_id: str
    chosen: frozenset[str]
    is_correct: bool
    at: datetime


def question_of(item: Item) -> Question:
    """An item of the bank as a question to answer together."""
    return Question(
        item.id,
        item.stem,
        tuple(
            Choice(option.id, option.text, option.feedback, option.is_key)
            for option in item.options
        ),
        is_multiple=item.type == "multiple",
        is_own=False,
        explanation=Text("", ""),
    )


def _pair(text: Text) -> JSON:
    return [text.zh, text.en]
