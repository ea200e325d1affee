"""Assignments: work with a due date that a trainer gives to a cohort, a group or one merchant.

What is done is read from the merchant's own history; nobody ticks anything off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from academy.history import History
from academy.records import JSON

Kind = Literal["lesson", "quiz", "assessment", "top-three", "cohort-quiz"]
"""A lesson; practice of a skill; the self-assessment; the three skills that help each one most;
questions of the cohort's own."""

KINDS: tuple[Kind, ...] = ("top-three", "lesson", "quiz", "assessment", "cohort-quiz")
MOST_ASSIGNMENTS = 200
TOP = 3


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work that was given out. It names nobody: who got it, and from whom, has it in his record."""

    id: str
    cohort_id: str
    kind: Kind
    subject: str
    """A lesson's or a skill's id; empty for the others."""
    is_for_all: bool
    """Also for whoever joins later."""
    given_to: int
    """To so many it was given one by one."""
    due_on: date | None
    assigned_at: datetime
    questions: tuple[str, ...] = ()
    """Ids of the questions of a cohort's own quiz."""

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        return {
            "id": self.id,
            "cohort": self.cohort_id,
            "kind": self.kind,
            "subject": self.subject,
            "is_for_all": self.is_for_all,
            "given_to": self.given_to,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "assigned_at": self.assigned_at.isoformat(),
            "questions": list(self.questions),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Assignment:
        """The assignment that `to_dict` described."""
        return cls(
            id=plain["id"],
            cohort_id=plain["cohort"],
            kind=plain["kind"],
            subject=plain["subject"],
            is_for_all=plain["is_for_all"],
            given_to=plain["given_to"],
            due_on=date.fromisoformat(plain["due_on"]) if plain["due_on"] else None,
            assigned_at=datetime.fromisoformat(plain["assigned_at"]),
            questions=tuple(plain["questions"]),
        )


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as it stands for one merchant."""

    assignment: Assignment
    skills: tuple[str, ...]
    """Of "each one's top three", his."""
    done: int
    parts: int
    done_at: datetime | None
    """When the last part was; None while something is left."""

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, today: date) -> bool:
        """Whether its last day has passed and it is not done."""
        due_on = self.assignment.due_on
        return not self.is_done and due_on is not None and due_on < today


def task_of(assignment: Assignment, history: History) -> Task | None:
    """How an assignment stands for a merchant; None if it was not given to him."""
    given = history.assigned.get(assignment.id)
    if given is None and not assignment.is_for_all:
        return None
    skills = given.skills if given else ()
    found = list(_parts(assignment, skills, history))
    done = [at for at in found if at]
    is_done = len(done) == len(found) and bool(found)
    return Task(assignment, skills, len(done), len(found), max(done) if is_done else None)


def _parts(
    assignment: Assignment, skills: tuple[str, ...], history: History
) -> Iterator[datetime | None]:
    """When each part was done. A lesson counts whenever it was, the rest since it was assigned."""
    since = assignment.assigned_at
    match assignment.kind:
        case "lesson":
            visit = history.lessons.get(assignment.subject)
            yield visit.completed_at if visit else None
        case "quiz":
            yield _practised(history, assignment.subject, since)
        case "assessment":
            handed_in = [each.submitted_at for each in history.submitted_assessments()]
            yield _first_since(handed_in, since)
        case "top-three":
            for skill_id in skills:
                studied = [
                    visit.completed_at
                    for visit in history.completed_lessons()
                    if visit.skill_id == skill_id
                ]
                yield _first_since([*studied, _practised(history, skill_id, since)], since)
        case "cohort-quiz":
            for question in assignment.questions:
                answer = history.cohort_answers.get((assignment.id, question))
                yield answer.at if answer else None


def _practised(history: History, skill_id: str, since: datetime) -> datetime | None:
    return _first_since(
        [
            attempt.submitted_at
            for attempt in history.quizzes.values()
            if attempt.purpose in ("practice", "probe") and attempt.subject == skill_id
        ],
        since,
    )


def _first_since(instants: list[datetime | None], since: datetime) -> datetime | None:
    return min((at for at in instants if at and at >= since), default=None)
