"""Records that last as long as the process: for tests and for trying the site out."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from academy.records import JSON, Event
from academy.storage.base import (
    Finding,
    Session,
    SessionEnded,
    as_json,
    checked_document_name,
    checked_learner_id,
    checked_prefix,
    checked_token_hash,
)


@dataclass
class _Record:
    events: dict[str, Event] = field(default_factory=dict)
    drafts: dict[str, bytes] = field(default_factory=dict)


class MemoryRecords:
    """Keeps the promises of `Records`, except that of outliving the process."""

    def __init__(self) -> None:
        self._records: dict[str, _Record] = {}
        self._summaries: dict[str, bytes] = {}
        self._sessions: dict[str, Session] = {}
        self._documents: dict[str, bytes] = {}
        self._lock = Lock()

    def append(self, learner_id: str, event: Event) -> bool:
        return self.append_all(learner_id, [event]) == 1

    def append_all(self, learner_id: str, events: Iterable[Event]) -> int:
        checked_learner_id(learner_id)
        given = [Event.from_dict(json.loads(as_json(event.to_dict()))) for event in events]
        if not given:
            return 0
        with self._lock:
            kept = self._record(learner_id).events
            before = len(kept)
            for event in given:
                kept.setdefault(event.id, event)
            return len(kept) - before

    def append_and_read(
        self, learner_id: str, event: Event, *, session: str | None = None
    ) -> tuple[bool, tuple[Event, ...]]:
        if session is not None and self.learner_of_session(session) != learner_id:
            raise SessionEnded
        return self.append(learner_id, event), self.events(learner_id)

    def events(self, learner_id: str) -> tuple[Event, ...]:
        with self._lock:
            record = self._records.get(checked_learner_id(learner_id), _Record())
            return tuple(record.events.values())

    def events_seen(self, learner_id: str) -> tuple[Event, ...]:
        return self.events(learner_id)

    def save_draft(self, learner_id: str, key: str, value: JSON) -> None:
        stored = as_json(value)
        with self._lock:
            self._record(learner_id).drafts[key] = stored

    def drafts(self, learner_id: str) -> dict[str, JSON]:
        with self._lock:
            record = self._records.get(checked_learner_id(learner_id), _Record())
            return {key: json.loads(value) for key, value in record.drafts.items()}

    def drop_draft(self, learner_id: str, key: str) -> None:
        with self._lock:
            record = self._records.get(checked_learner_id(learner_id), _Record())
            record.drafts.pop(key, None)
            if not (record.events or record.drafts):
                self._records.pop(learner_id, None)

    def erase_learner(self, learner_id: str) -> None:
        checked_learner_id(learner_id)
        with self._lock:
            self._records.pop(learner_id, None)
            self._summaries.pop(learner_id, None)
            for session in self._of(learner_id):
                del self._sessions[session.token_hash]

    def save_summary(self, learner_id: str, value: JSON) -> None:
        stored = as_json(value)
        with self._lock:
            self._summaries[checked_learner_id(learner_id)] = stored

    def summaries(self, learner_ids: Collection[str]) -> dict[str, JSON]:
        with self._lock:
            wanted = [id for id in map(checked_learner_id, learner_ids) if id in self._summaries]
            return {learner_id: json.loads(self._summaries[learner_id]) for learner_id in wanted}

    def add_session(self, token_hash: str, learner_id: str, at: datetime, *, note: str = "") -> str:
        session = Session(token_hash, learner_id, at, note)
        with self._lock:
            return self._sessions.setdefault(token_hash, session).learner_id

    def learner_of_session(self, token_hash: str) -> str | None:
        session = self._sessions.get(checked_token_hash(token_hash))
        return session.learner_id if session else None

    def sessions_of(self, learner_id: str) -> tuple[Session, ...]:
        checked_learner_id(learner_id)
        with self._lock:
            return self._of(learner_id)

    def sessions(self) -> tuple[Session, ...]:
        with self._lock:
            return _in_order(self._sessions.values())

    def end_session(self, token_hash: str) -> None:
        with self._lock:
            self._sessions.pop(checked_token_hash(token_hash), None)

    def document(self, name: str) -> JSON:
        kept: JSON = json.loads(self._documents.get(checked_document_name(name), b"null"))
        return kept

    def documents(self, names: Iterable[str]) -> dict[str, JSON]:
        with self._lock:
            found = [(name, self.document(name)) for name in names]
        return {name: kept for name, kept in found if kept is not None}

    def update_document(self, name: str, change: Callable[[JSON], JSON]) -> JSON:
        with self._lock:
            changed = change(json.loads(self._documents.get(checked_document_name(name), b"null")))
            self._documents[name] = as_json(changed)
            return changed

    def document_names(self, prefix: str) -> tuple[str, ...]:
        checked_prefix(prefix)
        with self._lock:
            return tuple(sorted(name for name in self._documents if name.startswith(prefix)))

    def drop_document(self, name: str) -> None:
        with self._lock:
            self._documents.pop(checked_document_name(name), None)

    def learner_ids(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(sorted(self._records))

    def check_writable(self) -> None:
        """Memory always takes more."""

    @contextmanager
    def snapshot(self) -> Iterator[MemoryRecords]:
        yield self

    def check(self) -> Iterator[Finding]:
        """Memory is never damaged."""
        return iter(())

    def close(self) -> None:
        """Nothing is held open."""

    def _record(self, learner_id: str) -> _Record:
        return self._records.setdefault(checked_learner_id(learner_id), _Record())

    def _of(self, learner_id: str) -> tuple[Session, ...]:
        return _in_order(each for each in self._sessions.values() if each.learner_id == learner_id)


def _in_order(sessions: Iterable[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda session: (session.at, session.token_hash)))
