"""What the records hold of one learner: all of it, for himself alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from academy.assignments import Task
from academy.cohort_forms import Question
from academy.cohorts import Onlooker
from academy.history import History
from academy.records import JSON, Event
from academy.services.assigning import own_tasks
from academy.services.classes import answered_questions
from academy.services.cohorts import onlookers
from academy.services.histories import read_history
from academy.storage.base import Records


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is kept of a learner, and since when."""

    since: datetime | None
    events: int
    drafts: int
    sessions: int


def stored(records: Records, learner_id: str | None) -> Stored:
    """How much is kept; nothing of a guest who did nothing yet."""
    if learner_id is None:
        return Stored(None, 0, 0, 0)
    events = records.events(learner_id)
    return Stored(
        min((event.at for event in events), default=None),
        len(events),
        len(records.drafts(learner_id)),
        len(records.sessions_of(learner_id)),
    )


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A learner's record, with what his cohorts keep that it speaks of."""

    history: History
    onlookers: tuple[Onlooker, ...]
    tasks: tuple[Task, ...]
    questions: Mapping[tuple[str, str], Question]
    """By form and question: what he answered with others, as far as it is still kept."""


def own_record(records: Records, learner_id: str | None) -> OwnRecord:
    """The record as a page to read tells it; empty for a guest."""
    history = read_history(records, learner_id)
    return OwnRecord(
        history,
        onlookers(records, learner_id),
        own_tasks(records, learner_id),
        answered_questions(records, history),
    )


def everything(records: Records, learner_id: str, *, now: datetime) -> dict[str, JSON]:
    """All that is kept, as plain JSON.

    Left out are the fingerprints of secrets, and of an exam under way which answers are right.
    """
    history = read_history(records, learner_id)
    return {
        "exported_at": now.isoformat(),
        "learner": learner_id,
        "account": {"name": history.name, "role": history.role} if history.name else None,
        "seen_by": [
            {
                "cohort": onlooker.cohort.title,
                "trainers": sorted(onlooker.cohort.trainers.values()),
                "known_there_as": onlooker.name,
                "since": onlooker.joined_at.isoformat(),
            }
            for onlooker in onlookers(records, learner_id)
        ],
        "sessions": [
            {"since": session.at.isoformat(), "browser": session.note}
            for session in records.sessions_of(learner_id)
        ],
        "drafts": records.drafts(learner_id),
        "events": [_shown(event, history).to_dict() for event in records.events(learner_id)],
    }


def _shown(event: Event, history: History) -> Event:
    attempt = history.quizzes.get(str(event.data.get("attempt")))
    if event.kind != "item-answered" or attempt is None or attempt.shows_feedback:
        return event
    hidden = ("is_correct", "judged_by")
    return replace(event, data={k: v for k, v in event.data.items() if k not in hidden})
