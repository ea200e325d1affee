"""Visitors: a guest becomes a learner with the first thing he does."""

from __future__ import annotations

import uuid
from datetime import datetime

from academy.language import LANGUAGES, Language
from academy.services.histories import happened, read_history
from academy.services.refusals import Refusal
from academy.services.sessions import has_ended
from academy.storage.base import Records


def learner_of(records: Records, session_hash: str | None) -> str | None:
    """Whose session this is; None for a guest who did nothing yet."""
    return records.learner_of_session(session_hash) if session_hash else None


def join(records: Records, session_hash: str, *, now: datetime, device: str = "") -> str:
    """Make a learner of the guest behind a session; whoever is one already stays who he is.

    Raises Refusal for a session that has ended: its tab is still open, but its browser has another
    one by now, and what was kept under this one could never be found again.
    """
    known = records.learner_of_session(session_hash)
    if known:
        return known
    if has_ended(records, session_hash, now=now):
        raise Refusal("signed-out", session_hash[:8])
    newcomer = new_learner_id()
    owner = records.add_session(session_hash, newcomer, now, note=device)
    if owner == newcomer:
        begin_record(records, owner, now=now)
    return owner


def new_learner_id() -> str:
    return uuid.uuid4().hex


def begin_record(records: Records, learner_id: str, *, now: datetime) -> None:
    records.append(learner_id, happened("learner-joined", now, {}, event_id="learner-joined"))


def choose_language(
    records: Records, learner_id: str, language: Language, *, now: datetime
) -> None:
    """Remember in which language the learner reads."""
    if language not in LANGUAGES:
        raise ValueError(f"'{language}' is no language of the academy. Use one of {LANGUAGES}.")
    if read_history(records, learner_id).language != language:
        records.append(learner_id, happened("language-chosen", now, {"language": language}))
