"""Assignments: work with a due date that a trainer gives to a cohort, a group or one merchant.

What is done is read from the merchant's own history; nobody ticks anything off.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Answered:
    """When a question of a form was answered, and how."""

    at: datetime
    chosen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What of a merchant's history decides how assignments stand for him."""

    given: Mapping[str, tuple[str, ...]]
    """Assignment id to his skills, of what was given to him one by one."""
    lessons: Mapping[str, datetime]
    """Lesson id to when it was completed."""
    practised: Mapping[str, tuple[datetime, ...]]
    """Skill id to when practice of it was handed in."""
    studied: Mapping[str, tuple[datetime, ...]]
    """Skill id to when lessons on it were completed."""
    assessed: tuple[datetime, ...]
    """When self-assessments were handed in."""
    answered: Mapping[str, Mapping[str, Answered]]
    """Form id to the answers to its questions."""

    def to_text(self) -> str:
        """The deeds in a line of text."""
        plain = {
            "given": {each: list(skills) for each, skills in self.given.items()},
            "lessons": {each: at.isoformat() for each, at in self.lessons.items()},
            "practised": {each: _plain(instants) for each, instants in self.practised.items()},
            "studied": {each: _plain(instants) for each, instants in self.studied.items()},
            "assessed": _plain(self.assessed),
            "answered": {
                form: {
                    question: [answer.at.isoformat(), *sorted(answer.chosen)]
                    for question, answer in answers.items()
                }
                for form, answers in self.answered.items()
            },
        }
        return json.dumps(plain, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Deeds:
        """The deeds that `to_text` wrote."""
        plain: Mapping[str, Any] = json.loads(text)
        instant = datetime.fromisoformat
        return cls(
            {each: tuple(skills) for each, skills in plain["given"].items()},
            {each: instant(at) for each, at in plain["lessons"].items()},
            {each: tuple(map(instant, ats)) for each, ats in plain["practised"].items()},
            {each: tuple(map(instant, ats)) for each, ats in plain["studied"].items()},
            tuple(map(instant, plain["assessed"])),
            {
                form: {
                    question: Answered(instant(at), frozenset(chosen))
                    for question, (at, *chosen) in answers.items()
                }
                for form, answers in plain["answered"].items()
            },
        )


def deeds_of(history: History) -> Deeds:
    """What of a history assignments ask about."""
    practised: dict[str, list[datetime]] = {}
    for attempt in history.quizzes.values():
        if attempt.purpose in ("practice", "probe") and attempt.submitted_at:
            practised.setdefault(attempt.subject, []).append(attempt.submitted_at)
    lessons: dict[str, datetime] = {}
    studied: dict[str, list[datetime]] = {}
    for visit in history.completed_lessons():
        if visit.completed_at:
            lessons[visit.lesson_id] = visit.completed_at
            studied.setdefault(visit.skill_id, []).append(visit.completed_at)
    answered: dict[str, dict[str, Answered]] = {}
    for (form, question), answer in history.cohort_answers.items():
        answered.setdefault(form, {})[question] = Answered(answer.at, answer.chosen)
    return Deeds(
        given={each: given.skills for each, given in history.assigned.items()},
        lessons=lessons,
        practised={skill: tuple(instants) for skill, instants in practised.items()},
        studied={skill: tuple(instants) for skill, instants in studied.items()},
        assessed=tuple(
            each.submitted_at for each in history.submitted_assessments() if each.submitted_at
        ),
        answered=answered,
    )


def task_of(assignment: Assignment, deeds: Deeds, *, joined_on: date) -> Task | None:
    """How an assignment stands for a merchant; None if it was not given to him.

    What is for all is not asked of whoever joined after its last day.
    """
    skills = deeds.given.get(assignment.id)
    is_too_late = assignment.due_on is not None and assignment.due_on < joined_on
    if skills is None and (is_too_late or not assignment.is_for_all):
        return None
    found = list(_parts(assignment, skills or (), deeds))
    done = [at for at in found if at]
    is_done = len(done) == len(found) and bool(found)
    return Task(assignment, skills or (), len(done), len(found), max(done) if is_done else None)


def _parts(
    assignment: Assignment, skills: tuple[str, ...], deeds: Deeds
) -> Iterator[datetime | None]:
    """When each part was done. A lesson counts whenever it was, the rest since it was assigned."""
    since, subject = assignment.assigned_at, assignment.subject
    match assignment.kind:
        case "lesson":
            yield deeds.lessons.get(subject)
        case "quiz":
            yield _first_since(deeds.practised.get(subject, ()), since)
        case "assessment":
            yield _first_since(deeds.assessed, since)
        case "top-three":
            for skill in skills:
                both = (*deeds.studied.get(skill, ()), *deeds.practised.get(skill, ()))
                yield _first_since(both, since)
        case "cohort-quiz":
            answered = deeds.answered.get(assignment.id, {})
            for question in assignment.questions:
                yield answered[question].at if question in answered else None


def _first_since(instants: Sequence[datetime], since: datetime) -> datetime | None:
    return min((at for at in instants if at >= since), default=None)


def _plain(instants: Sequence[datetime]) -> list[str]:
    return [at.isoformat() for at in instants]
