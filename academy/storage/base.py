"""What every place that keeps records promises."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from academy.records import JSON, Event


class RecordsUnavailable(Exception):
    """Nothing can be saved or read at the moment; what was saved before is untouched."""

    def __init__(self, place: object, reason: str, remedy: str) -> None:
        super().__init__(
            f"The records at {place} cannot be used: {reason}. What was saved before is safe. "
            f"{remedy}"
        )


class DamagedRecord(Exception):
    """Something in the records cannot be understood, so nothing is written over it."""

    def __init__(self, place: object, reason: str, remedy: str) -> None:
        super().__init__(f"The record {place} is damaged: {reason}. {remedy}")
        self.place = place
        self.reason = reason


class SessionEnded(Exception):
    """The session is not this learner's, or no longer; nothing was stored on its word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the records that is not as it should be, and whether it was set right."""

    place: str
    what: str
    is_mended: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that was let in: for whom, since when, and what it said of itself.

    `token_hash` is the SHA-256 of the token in its cookie; `at` is aware UTC.
    """

    token_hash: str
    learner_id: str
    at: datetime
    note: str = ""

    def __post_init__(self) -> None:
        checked_token_hash(self.token_hash)
        checked_learner_id(self.learner_id)
        if self.at.utcoffset() != timedelta(0):
            raise ValueError(f"A session needs an instant in UTC, not {self.at.isoformat()}.")


class Records(Protocol):
    """Events, drafts and sessions of every learner, and what the site itself keeps.

    Whatever changes something returns only when the change would survive a loss of power, and may
    be called by many threads and processes at once. Every call raises RecordsUnavailable when the
    place cannot be used, DamagedRecord when what it holds makes no sense, and ValueError for an id
    that is none.
    """

    def append(self, learner_id: str, event: Event) -> bool:
        """Store an event; False when the learner already has one of that id, which then stays."""
        ...

    def append_all(self, learner_id: str, events: Iterable[Event]) -> int:
        """Store several events at once, or none of them; how many there were not yet."""
        ...

    def append_and_read(
        self, learner_id: str, event: Event, *, session: str | None = None
    ) -> tuple[bool, tuple[Event, ...]]:
        """Store an event as `append` does, and read what the learner did up to it, in one act.

        Given the hash of a session's token, it does so only while the session is the learner's,
        and otherwise raises SessionEnded.
        """
        ...

    def events(self, learner_id: str) -> tuple[Event, ...]:
        """What the learner did, in the order of storing; empty for a learner not yet known."""
        ...

    def events_seen(self, learner_id: str) -> tuple[Event, ...]:
        """What of it was seen here last, at no cost: the beginning, or nothing, or all."""
        ...

    def save_draft(self, learner_id: str, key: str, value: JSON) -> None:
        """Keep what is not yet handed in; a later draft of the same key takes its place."""
        ...

    def drafts(self, learner_id: str) -> dict[str, JSON]:
        """Every draft of the learner by its key; the dict is the caller's own."""
        ...

    def drop_draft(self, learner_id: str, key: str) -> None:
        """Forget a draft, if there is one."""
        ...

    def erase_learner(self, learner_id: str) -> None:
        """Forget a learner: events, drafts, summary and sessions; nothing remains to be read."""
        ...

    def save_summary(self, learner_id: str, value: JSON) -> None:
        """Keep what a learner's events add up to, small, in the place of the last such summary.

        It is no record: it may be lost with the power, and is then worked out again.
        """
        ...

    def summaries(self, learner_ids: Collection[str]) -> dict[str, JSON]:
        """The summaries of these learners, those who have one, for the caller only to read."""
        ...

    def add_session(self, token_hash: str, learner_id: str, at: datetime, *, note: str = "") -> str:
        """Whose session this is from now on; the note says which browser it is.

        A session belongs to the first learner it was given to: when two requests of one new
        visitor race, both are answered with the same learner's id.
        """
        ...

    def learner_of_session(self, token_hash: str) -> str | None:
        """The learner whose session this is."""
        ...

    def sessions_of(self, learner_id: str) -> tuple[Session, ...]:
        """Every session of a learner that has not ended, the oldest first."""
        ...

    def sessions(self) -> tuple[Session, ...]:
        """Every session that has not ended and can be read, the oldest first."""
        ...

    def end_session(self, token_hash: str) -> None:
        """Forget a session, if there is one."""
        ...

    def document(self, name: str) -> JSON:
        """What the site keeps under a name, such as an item's difficulty; None if nothing."""
        ...

    def documents(self, names: Iterable[str]) -> dict[str, JSON]:
        """Those of some documents that there are, by name, in one act."""
        ...

    def update_document(self, name: str, change: Callable[[JSON], JSON]) -> JSON:
        """Put in the place of a document what `change` makes of it, and return that.

        Nobody else changes the document in between, so `change` must not call the records. When
        two meet it may be called again with what the other one left, so it only computes.
        """
        ...

    def document_names(self, prefix: str) -> tuple[str, ...]:
        """The names, sorted, of every document whose name begins so."""
        ...

    def drop_document(self, name: str) -> None:
        """Forget a document, if there is one."""
        ...

    def learner_ids(self) -> tuple[str, ...]:
        """Every learner who has an event or a draft, sorted."""
        ...

    def check_writable(self) -> None:
        """Raise RecordsUnavailable unless something can be saved now."""
        ...

    def snapshot(self) -> AbstractContextManager[Records]:
        """The records to read from while others go on writing.

        Each learner's record is whole, and whatever names a learner is no younger than his record
        if it is read before it: read documents and sessions first, then learners.
        """
        ...

    def check(self) -> Iterator[Finding]:
        """Look through everything that is kept, and mend what can be mended without a doubt."""
        ...

    def close(self) -> None:
        """Let go of whatever is held open; nothing is asked of the records afterwards."""
        ...


def checked_learner_id(learner_id: str) -> str:
    """The id itself: 8 to 64 of a-z, 0-9 and the hyphen."""
    if not re.fullmatch(r"[a-z0-9-]{8,64}", learner_id):
        raise ValueError(f"{learner_id!r} is no learner's id: use 8 to 64 of a-z, 0-9 and hyphens.")
    return learner_id


def checked_document_name(name: str) -> str:
    """The name itself: 1 to 80 of a-z, 0-9 and the hyphen."""
    if not re.fullmatch(r"[a-z0-9-]{1,80}", name):
        raise ValueError(f"{name!r} is no document's name: use 1 to 80 of a-z, 0-9 and hyphens.")
    return name


def checked_prefix(prefix: str) -> str:
    """The beginning of a document's name: up to 80 of a-z, 0-9 and the hyphen."""
    return prefix and checked_document_name(prefix)


def checked_token_hash(token_hash: str) -> str:
    """The hash itself: a SHA-256 in hexadecimal."""
    if not re.fullmatch(r"[0-9a-f]{64}", token_hash):
        raise ValueError("A session is known by the SHA-256 of its token, 64 hexadecimal digits.")
    return token_hash


def as_json(value: object) -> bytes:
    """The value as JSON in UTF-8; raises ValueError or TypeError for what JSON cannot say."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
