"""Visitors: a guest becomes a learner with the first thing he does."""

from __future__ import annotations

import uuid
from datetime import datetime

from academy.language import LANGUAGES, Language
from academy.services.histories import happened, read_history
from academy.storage.base import Records


def learner_of(records: Records, session_hash: str | None) -> str | None:
    """Whose session this is; None for a guest who did nothing yet."""
    return records.learner_of_session(session_hash) if session_hash else None


def join(records: Records, session_hash: str, *, now: datetime) -> str:
    """Make a learner of the guest behind a session; whoever is one already stays who he is."""
    known = records.learner_of_session(session_hash)
    if known:
        return known
    newcomer = uuid.uuid4().hex
    owner = records.add_session(session_hash, newcomer, now)
    if owner == newcomer:
        records.append(owner, happened("learner-joined", now, {}, event_id="learner-joined"))
    return owner


def choose_language(
    records: Records, learner_id: str, language: Language, *, now: datetime
) -> None:
    """Remember in which language the learner reads."""
    if language not in LANGUAGES:
        raise ValueError(f"'{language}' is no language of the academy. Use one of {LANGUAGES}.")
    if read_history(records, learner_id).language != language:
        records.append(learner_id, happened("language-chosen", now, {"language": language}))
