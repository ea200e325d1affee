"""Sessions: the browsers in which somebody is known again."""

from __future__ import annotations

from datetime import datetime, timedelta

from academy.services.fading_notes import add_note, has_note
from academy.storage.base import Records, Session

_SUBJECT = "ended-sessions"
_REMEMBERED = timedelta(days=30)
"""Longer than a tab stays connected to the site."""


def sessions_of(records: Records, learner_id: str) -> tuple[Session, ...]:
    """Where the learner is signed in, the oldest first."""
    return records.sessions_of(learner_id)


def begin_session(
    records: Records,
    learner_id: str,
    new_hash: str,
    *,
    old_hash: str | None,
    device: str,
    now: datetime,
) -> None:
    """Let a browser in under a new token, and end what it was known by before."""
    records.add_session(new_hash, learner_id, now, note=device)
    if old_hash:
        end_session(records, old_hash, now=now)


def end_session(records: Records, session_hash: str, *, now: datetime) -> None:
    """Sign a browser out; a tab of it that is still open becomes nobody's, and makes nobody."""
    add_note(records, _SUBJECT, session_hash, lasts=_REMEMBERED, at_most=1, now=now)
    records.end_session(session_hash)


def end_sessions(
    records: Records, learner_id: str, *, but: str | None = None, now: datetime
) -> int:
    """Sign the learner out everywhere, or everywhere but here; how many sessions that ended."""
    ended = [each for each in records.sessions_of(learner_id) if each.token_hash != but]
    for session in ended:
        end_session(records, session.token_hash, now=now)
    return len(ended)


def has_ended(records: Records, session_hash: str, *, now: datetime) -> bool:
    """Whether this was a session and is one no more."""
    return has_note(records, _SUBJECT, session_hash, now=now)
