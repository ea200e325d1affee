"""A class: a fixed form that a cohort takes together, question by question, led by its trainer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from academy.cohort_forms import Question
from academy.records import JSON

MOST_QUESTIONS = 30


@dataclass(frozen=True, slots=True)
class Class:
    """Where a class is: at which question, and whether its answer is shown."""

    id: str
    cohort_id: str
    questions: tuple[Question, ...]
    place: int
    """From 0."""
    is_shown: bool
    """Whether the right answer is on the screens; then nothing more is taken."""
    started_at: datetime
    ended_at: datetime | None = None

    @property
    def question(self) -> Question:
        return self.questions[self.place]

    @property
    def is_last(self) -> bool:
        return self.place == len(self.questions) - 1

    @property
    def is_going(self) -> bool:
        return self.ended_at is None

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        return {
            "id": self.id,
            "cohort": self.cohort_id,
            "questions": [question.to_dict() for question in self.questions],
            "place": self.place,
            "is_shown": self.is_shown,
            "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Class:
        """The class that `to_dict` described."""
        instant = datetime.fromisoformat
        return cls(
            id=plain["id"],
            cohort_id=plain["cohort"],
            questions=tuple(Question.from_dict(each) for each in plain["questions"]),
            place=plain["place"],
            is_shown=plain["is_shown"],
            started_at=instant(plain["started_at"]),
            ended_at=instant(plain["ended_at"]) if plain["ended_at"] else None,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How often the options of a question were chosen, by how many people."""

    people: int
    counts: Mapping[str, int]
