"""Bring what a guest did into an account that exists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from academy.records import JSON, Event
from academy.services.cohort_records import move_membership
from academy.services.histories import read_history
from academy.services.sessions import end_sessions
from academy.services.summaries import outdate_summary
from academy.storage.base import Records

_SETTINGS = ("language-chosen", "stage-chosen")
"""Of these the latest holds, whichever browser it was said in."""


def bring_along(records: Records, guest: str, learner_id: str, *, now: datetime) -> None:
    """Add a guest's record to a learner's and leave nothing under the guest's id.

    Each event keeps its id, so that one that both have, such as a lesson completed, counts once;
    doing it again after an interruption goes on where that one stopped.
    """
    end_sessions(records, guest, now=now)
    latest = {event.kind: event.at for event in records.events(learner_id)}
    brought = 0
    while brought < len(done := records.events(guest)):
        new = (event for event in done[brought:] if not _is_superseded(event, latest))
        records.append_all(learner_id, new)
        brought = len(done)
    own = records.drafts(learner_id)
    for key, draft in records.drafts(guest).items():
        records.save_draft(learner_id, key, _joined(own[key], draft) if key in own else draft)
    for membership in read_history(records, guest).memberships.values():
        move_membership(records, membership.cohort_id, guest, learner_id)
    outdate_summary(records, learner_id)
    records.erase_learner(guest)


def work_done(records: Records, learner_id: str | None) -> Mapping[str, int]:
    """How much there is to bring along, by what it is."""
    history = read_history(records, learner_id)
    return {
        "lessons": len(history.lessons),
        "answers": len(history.responses()),
        "ratings": sum(len(attempt.ratings) for attempt in history.assessments.values()),
        "stages": len(history.stages),
        "cohorts": len(history.memberships),
    }


def _is_superseded(event: Event, latest: Mapping[str, datetime]) -> bool:
    return event.kind in _SETTINGS and event.kind in latest and event.at < latest[event.kind]


def _joined(own: JSON, brought: JSON) -> JSON:
    """Ticks of both; of anything else the learner's own."""
    if isinstance(own, list) and isinstance(brought, list):
        return [*own, *(each for each in brought if each not in own)]
    return own
