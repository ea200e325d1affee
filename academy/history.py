"""A learner's history: what the events of one record add up to today.

Events of a kind that this release does not know are passed over, so that an older site can read a
newer record; everything it does know is folded in the order in which it was stored.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from academy.accounts import Role
from academy.attempts import (
    AssessmentAttempt,
    GivenRating,
    ItemState,
    Judgement,
    QuizAttempt,
    Response,
)
from academy.certificates import Certificate
from academy.cohort_forms import CohortAnswer
from academy.cohorts import Membership
from academy.faults import as_counted
from academy.framework import Level
from academy.guidance import Guidance, Note
from academy.items import ItemBank
from academy.language import Language
from academy.records import Event


@dataclass(frozen=True, slots=True)
class StageChoice:
    """The stage a merchant is at: what the finder said, by which rule, and what he chose."""

    stage: str
    found: str
    rule: str
    shop_facts: Mapping[str, int]
    chosen_at: datetime

    @property
    def is_overruled(self) -> bool:
        return self.stage != self.found


@dataclass(frozen=True, slots=True)
class LessonVisit:
    """A lesson that was opened, and perhaps completed."""

    lesson_id: str
    skill_id: str
    level: Level
    opened_at: datetime
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """That an assignment was given to the learner himself; of his top three, which skills."""

    cohort_id: str
    skills: tuple[str, ...]
    at: datetime


@dataclass
class History:
    """Everything one learner did, ready to be asked. Built by `history_of`, not changed after."""

    name: str | None = None
    """The name of the account; None for somebody who has none."""
    role: Role = "learner"
    memberships: dict[str, Membership] = field(default_factory=dict)
    """Cohort id to the learner's consent to be seen by its trainers."""
    trains: list[str] = field(default_factory=list)
    """Ids of the cohorts that he was made a trainer of, and still is."""
    language: Language | None = None
    stages: list[StageChoice] = field(default_factory=list)
    assessments: dict[str, AssessmentAttempt] = field(default_factory=dict)
    quizzes: dict[str, QuizAttempt] = field(default_factory=dict)
    lessons: dict[str, LessonVisit] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    """By the id of the exam that each was issued for."""
    notes: dict[str, Note] = field(default_factory=dict)
    """What trainers wrote down about him and did not take back, by its id."""
    guidance: dict[str, Guidance] = field(default_factory=dict)
    """Cohort id to what its trainers put first for him or leave out, while he is in it."""
    assigned: dict[str, Given] = field(default_factory=dict)
    """Assignment id to what was given to him alone, or in a group, while he is in the cohort."""
    cohort_answers: dict[tuple[str, str], CohortAnswer] = field(default_factory=dict)
    """By form and question: what he answered in class, or in a quiz of a cohort's own."""
    conclusions: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out from it, kept as long as it is."""

    @property
    def stage_choice(self) -> StageChoice | None:
        return self.stages[-1] if self.stages else None

    @property
    def stage(self) -> str | None:
        """The stage that holds today; None before the first choice."""
        return self.stages[-1].stage if self.stages else None

    def open_assessment(self) -> AssessmentAttempt | None:
        """The latest assessment that was begun and not handed in."""
        unfinished = [each for each in self.assessments.values() if not each.is_submitted]
        return unfinished[-1] if unfinished else None

    def submitted_assessments(self) -> list[AssessmentAttempt]:
        """Oldest first."""
        done = [each for each in self.assessments.values() if each.submitted_at]
        return sorted(done, key=lambda each: each.submitted_at or each.started_at)

    def responses(self, under_way: str | None = None) -> list[tuple[QuizAttempt, Response]]:
        """What counts as shown, oldest first: responses whose feedback is due.

        Those of the attempt `under_way` are added, for whoever draws its next item.
        """
        due = [
            (attempt, response)
            for attempt in self.quizzes.values()
            if attempt.shows_feedback or attempt.id == under_way
            for response in attempt.responses.values()
        ]
        return sorted(due, key=lambda pair: pair[1].responded_at)

    def seen_items(self) -> dict[str, datetime]:
        """Item id to when it was last on a form of this learner."""
        seen: dict[str, datetime] = {}
        for attempt in self.quizzes.values():
            for item_id in attempt.form:
                response = attempt.responses.get(item_id)
                at = response.responded_at if response else attempt.started_at
                seen[item_id] = max(at, seen.get(item_id, at))
        return seen

    def answered_items(self) -> set[str]:
        """Ids of all items that were ever answered."""
        return {item for attempt in self.quizzes.values() for item in attempt.responses}

    def mistakes(self, bank: ItemBank) -> list[tuple[QuizAttempt, Response]]:
        """Items whose latest response was wrong, as it counts today, latest first: the 错题本."""
        latest = {response.item_id: (attempt, response) for attempt, response in self.responses()}
        counted = [
            (attempt, as_counted(response, bank))
            for attempt, response in latest.values()
            if response.item_id in bank.items
        ]
        wrong = [(attempt, each) for attempt, each in counted if each and not each.is_correct]
        return sorted(wrong, key=lambda pair: pair[1].responded_at, reverse=True)

    def completed_lessons(self) -> list[LessonVisit]:
        """Oldest first."""
        done = [visit for visit in self.lessons.values() if visit.completed_at]
        return sorted(done, key=lambda visit: visit.completed_at or visit.opened_at)

    def units_done(self, skill_id: str, *, before: datetime | None = None) -> tuple[int, int]:
        """How many basic and advanced lessons of the skill were completed (before an instant)."""
        levels = [
            visit.level
            for visit in self.completed_lessons()
            if visit.skill_id == skill_id
            and (before is None or (visit.completed_at and visit.completed_at < before))
        ]
        return levels.count("basic"), levels.count("advanced")

    def followed_by(self, events: Iterable[Event]) -> History:
        """The history that this one becomes by further events; this one stays as it is."""
        tables = {
            each.name: copy(getattr(self, each.name))
            for each in fields(self)
            if each.name != "conclusions"
        }
        return _folded(History(**tables), events)


def history_of(events: Iterable[Event]) -> History:
    """Fold a record's events into a history."""
    return _folded(History(), events)


def _folded(history: History, events: Iterable[Event]) -> History:
    for event in events:
        fold = _FOLDS.get(event.kind)
        if fold:
            fold(history, event.at, event.data)
    return history


def _account_opened(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.name = data["name"]


def _role_given(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.role = data["role"]


def _cohort_joined(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.memberships[data["cohort"]] = Membership(
        data["cohort"], data["title"], data["name"], at
    )


def _cohort_left(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.memberships.pop(data["cohort"], None)
    history.guidance.pop(data["cohort"], None)
    for assignment, given in list(history.assigned.items()):
        if given.cohort_id == data["cohort"]:
            del history.assigned[assignment]


def _trainer_added(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    if data["cohort"] not in history.trains:
        history.trains.append(data["cohort"])


def _trainer_removed(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    if data["cohort"] in history.trains:
        history.trains.remove(data["cohort"])


def _trainer_noted(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.notes[data["note"]] = Note(
        data["note"],
        data["cohort"],
        data["by"],
        data["name"],
        data["text"],
        at,
        is_talk=data.get("talk", False),
    )


def _trainer_note_taken_back(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.notes.pop(data["note"], None)


def _trainer_guided(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    pins, exclusions = tuple(data["pins"]), tuple(data["exclusions"])
    history.guidance[data["cohort"]] = Guidance(
        data["cohort"], data["by"], data["name"], pins, exclusions, at
    )


def _assigned(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.assigned[data["assignment"]] = Given(data["cohort"], tuple(data["skills"]), at)


def _cohort_answered(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    answer = CohortAnswer(
        data["cohort"],
        data["form"],
        data["question"],
        frozenset(data["chosen"]),
        data["is_correct"],
        at,
    )
    history.cohort_answers.setdefault((answer.form_id, answer.question_id), answer)


def _language_chosen(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.language = data["language"]


def _stage_chosen(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.stages.append(
        StageChoice(data["stage"], data["found"], data["rule"], dict(data["shop_facts"]), at)
    )


def _assessment_started(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.assessments[data["attempt"]] = AssessmentAttempt(
        id=data["attempt"],
        form=data["form"],
        stage=data["stage"],
        statements=tuple(data["statements"]),
        content_revision=data["content_revision"],
        started_at=at,
        ratings={},
    )


def _statement_rated(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    attempt = history.assessments.get(data["attempt"])
    if attempt is None or attempt.is_submitted:
        return
    rating = GivenRating(data["statement"], data["skill"], data["value"], at)
    history.assessments[attempt.id] = replace(
        attempt, ratings={**attempt.ratings, rating.statement_id: rating}
    )


def _assessment_submitted(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    attempt = history.assessments.get(data["attempt"])
    if attempt and not attempt.is_submitted:
        history.assessments[attempt.id] = replace(attempt, submitted_at=at)


def _quiz_started(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.quizzes[data["attempt"]] = QuizAttempt(
        id=data["attempt"],
        purpose=data["purpose"],
        subject=data["subject"],
        form=tuple(data["form"]),
        option_order={item: tuple(order) for item, order in data["option_order"].items()},
        item_states={item: ItemState(**state) for item, state in data["item_states"].items()},
        values=data["values"],
        content_revision=data["content_revision"],
        started_at=at,
        responses={},
    )


def _item_drawn(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    attempt = history.quizzes.get(data["attempt"])
    if attempt and not attempt.is_submitted and data["item"] not in attempt.form:
        history.quizzes[attempt.id] = replace(
            attempt,
            form=(*attempt.form, data["item"]),
            option_order={**attempt.option_order, data["item"]: tuple(data["option_order"])},
            item_states={**attempt.item_states, data["item"]: ItemState(**data["item_state"])},
            values={**attempt.values, data["item"]: data["values"]},
        )


def _item_answered(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    attempt = history.quizzes.get(data["attempt"])
    if attempt is None or attempt.is_submitted:
        return
    judged = data["judged_by"]
    response = Response(
        item_id=data["item"],
        chosen=frozenset(data["chosen"]),
        is_correct=data["is_correct"],
        judgement=Judgement(
            key=frozenset(judged["key"]),
            skill_id=judged["skill"],
            guessing=judged["guessing"],
            state=ItemState(**judged["state"]),
            least_seconds=judged["least_seconds"],
        ),
        responded_at=at,
        seconds=data["seconds"],
    )
    history.quizzes[attempt.id] = replace(
        attempt, responses={**attempt.responses, response.item_id: response}
    )


def _quiz_submitted(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    attempt = history.quizzes.get(data["attempt"])
    if attempt and not attempt.is_submitted:
        history.quizzes[attempt.id] = replace(attempt, submitted_at=at)


def _lesson_opened(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    if data["lesson"] not in history.lessons:
        history.lessons[data["lesson"]] = LessonVisit(
            data["lesson"], data["skill"], data["level"], at
        )


def _lesson_completed(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    visit = history.lessons.get(data["lesson"])
    if visit and visit.completed_at is None:
        history.lessons[visit.lesson_id] = replace(visit, completed_at=at)


def _certificate_issued(history: History, at: datetime, data: Mapping[str, Any]) -> None:
    history.certificates.setdefault(data["exam"], Certificate.from_dict(data))


_FOLDS = {
    "certificate-issued": _certificate_issued,
    "account-opened": _account_opened,
    "role-given": _role_given,
    "cohort-joined": _cohort_joined,
    "cohort-left": _cohort_left,
    "trainer-added": _trainer_added,
    "trainer-removed": _trainer_removed,
    "trainer-noted": _trainer_noted,
    "trainer-note-taken-back": _trainer_note_taken_back,
    "trainer-guided": _trainer_guided,
    "assigned": _assigned,
    "cohort-answered": _cohort_answered,
    "language-chosen": _language_chosen,
    "stage-chosen": _stage_chosen,
    "assessment-started": _assessment_started,
    "statement-rated": _statement_rated,
    "assessment-submitted": _assessment_submitted,
    "quiz-started": _quiz_started,
    "item-drawn": _item_drawn,
    "item-answered": _item_answered,
    "quiz-submitted": _quiz_submitted,
    "lesson-opened": _lesson_opened,
    "lesson-completed": _lesson_completed,
}
