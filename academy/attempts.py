"""Attempts: one go at a self-assessment or a quiz, kept for ever as it was judged.

"Not answered" and "wrong" are different facts: an item without a response is absent, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from academy.assessment import Abstention
from academy.effort import Effort, effort_of

AssessmentForm = Literal["full", "short"]
QuizPurpose = Literal["lesson", "practice", "probe", "exam", "check", "review"]
"""What a quiz is for.

lesson: the items on its way; practice: one skill; probe: three items on one skill; exam: a fixed
form for a stage; check: a stage, item by item, each where it tells most; review: what is due again.
"""

FEEDBACK_AT_ONCE: frozenset[QuizPurpose] = frozenset({"lesson", "practice", "probe", "review"})
"""The others measure, and explain at their end."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """What was known of an item when it was drawn; an attempt keeps it to its end."""

    difficulty: float
    """Logits: the expert's step, or what answers say."""
    slope: float = 1.0
    is_calibrated: bool = False
    """Whether the difficulty comes from answers."""
    version: str = "expert"
    """Such as "expert" or "fit 3, 12 answers"."""
    median_seconds: float | None = None
    """What answering it usually takes; None while too few answers were timed to say."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The rule a response was judged by, kept with it so that no later edit rewrites history."""

    key: frozenset[str]
    skill_id: str
    guessing: float
    state: ItemState
    least_seconds: float = 0.0
    """Given faster than this, a response is a rapid guess and weighs nothing.

    It follows from the state's median or, where that is None, from the length of the text.
    """


@dataclass(frozen=True, slots=True)
class Response:
    """What was given for one item."""

    item_id: str
    chosen: frozenset[str]
    is_correct: bool
    judgement: Judgement
    responded_at: datetime
    seconds: float | None
    """From showing the item to the response; None where it was not measured."""

    @property
    def is_rapid(self) -> bool:
        """Given faster than anyone could have read the item."""
        return self.seconds is not None and self.seconds < self.judgement.least_seconds


@dataclass(frozen=True)
class QuizAttempt:
    """One form of a quiz: its items, the order their options were shown in, what was answered."""

    id: str
    purpose: QuizPurpose
    subject: str
    """What it is about: a skill id, a stage id or a lesson id, by purpose."""
    form: tuple[str, ...]
    option_order: Mapping[str, tuple[str, ...]]
    """Item id to the option ids in the order shown."""
    item_states: Mapping[str, ItemState]
    """Item id to what was known of it when it was drawn."""
    values: Mapping[str, Mapping[str, float]]
    """Item id to the numbers drawn for it, where they change from attempt to attempt."""
    content_revision: str
    started_at: datetime
    responses: Mapping[str, Response]
    submitted_at: datetime | None = None

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def shows_feedback(self) -> bool:
        """Practice explains at once; what measures, at its end."""
        return self.is_submitted or self.purpose in FEEDBACK_AT_ONCE

    @property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(item_id for item_id in self.form if item_id not in self.responses)

    @cached_property
    def rapid(self) -> int:
        """How many responses were rapid guesses."""
        return sum(response.is_rapid for response in self.responses.values())

    @cached_property
    def effort(self) -> Effort:
        """Whether enough of the attempt was read for it to say anything."""
        return effort_of(self.rapid, len(self.responses))

    @property
    def points(self) -> int:
        return sum(response.is_correct for response in self.responses.values())


@dataclass(frozen=True, slots=True)
class GivenRating:
    """What was chosen for one statement: an anchor from 1 to 5, or why none was."""

    statement_id: str
    skill_id: str
    value: int | Abstention
    rated_at: datetime


@dataclass(frozen=True)
class AssessmentAttempt:
    """One go at the self-assessment."""

    id: str
    form: AssessmentForm
    stage: str
    """The stage of the business when it was begun."""
    statements: tuple[str, ...]
    content_revision: str
    started_at: datetime
    ratings: Mapping[str, GivenRating]
    submitted_at: datetime | None = None

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(
            statement_id for statement_id in self.statements if statement_id not in self.ratings
        )
