"""Records that last as long as the process: for tests and for trying the site out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from academy.records import JSON, Event
from academy.storage.base import (
    as_json,
    checked_document_name,
    checked_learner_id,
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
        self._sessions: dict[str, str] = {}
        self._documents: dict[str, bytes] = {}
        self._lock = Lock()

    def append(self, learner_id: str, event: Event) -> bool:
        stored = Event.from_dict(json.loads(as_json(event.to_dict())))
        with self._lock:
            events = self._record(learner_id).events
            if event.id in events:
                return False
            events[event.id] = stored
            return True

    def events(self, learner_id: str) -> tuple[Event, ...]:
        with self._lock:
            record = self._records.get(checked_learner_id(learner_id), _Record())
            return tuple(record.events.values())

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

    def add_session(self, token_hash: str, learner_id: str, at: datetime) -> str:
        checked_learner_id(learner_id)
        with self._lock:
            return self._sessions.setdefault(checked_token_hash(token_hash), learner_id)

    def learner_of_session(self, token_hash: str) -> str | None:
        return self._sessions.get(checked_token_hash(token_hash))

    def end_session(self, token_hash: str) -> None:
        with self._lock:
            self._sessions.pop(checked_token_hash(token_hash), None)

    def document(self, name: str) -> JSON:
        kept: JSON = json.loads(self._documents.get(checked_document_name(name), b"null"))
        return kept

    def update_document(self, name: str, change: Callable[[JSON], JSON]) -> JSON:
        with self._lock:
            changed = change(json.loads(self._documents.get(checked_document_name(name), b"null")))
            self._documents[name] = as_json(changed)
            return changed

    def learner_ids(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(sorted(self._records))

    def check_writable(self) -> None:
        """Memory always takes more."""

    def _record(self, learner_id: str) -> _Record:
        return self._records.setdefault(checked_learner_id(learner_id), _Record())
