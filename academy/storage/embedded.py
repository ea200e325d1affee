"""Records in a folder, for a site on one machine: one TinyDB file a learner.

TinyDB as it ships writes over its file in place and knows no lock. Here each file is replaced
whole, after it reached the disk, and under a lock that holds between threads and between processes.
One file a learner keeps the cost of saving the same however many learners there are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where
from tinydb.storages import Storage

from academy.records import JSON, Event
from academy.storage import files
from academy.storage.base import (
    DamagedRecord,
    Finding,
    RecordsUnavailable,
    Session,
    SessionEnded,
    as_json,
    checked_document_name,
    checked_learner_id,
    checked_prefix,
    checked_token_hash,
)

_KINDS = ("learners", "documents", "sessions", "sessions-of", "summaries")
_CACHED_LEARNERS = 256
_CACHED_SUMMARIES = 20_000


class EmbeddedRecords:
    """Keeps the promises of `Records` in a folder.

    learners/ab/abcd….json        a learner's events and drafts
    summaries/ab/abcd….json       what the events add up to; may be lost
    sessions/12/1234….json        whose session it is, by the hash of its token
    sessions-of/ab/abcd….json     the hashes of a learner's sessions, and of some that ended
    sessions-listed.json          empty; there is no session that is not listed
    documents/….json              what the site itself keeps, by name
    locks/00 … ff                 empty; a learner or session always shares the same one
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._locks = files.Locks(self._folder / "locks")
        self._records = files.Cache(_load_record, _CACHED_LEARNERS)
        self._sessions = files.Cache(_load_session, _CACHED_LEARNERS)
        self._summaries = files.Cache(_load_summary, _CACHED_SUMMARIES)

    def append(self, learner_id: str, event: Event) -> bool:
        return self.append_all(learner_id, [event]) == 1

    def append_all(self, learner_id: str, events: Iterable[Event]) -> int:
        return self._added(learner_id, events)[0]

    def append_and_read(
        self, learner_id: str, event: Event, *, session: str | None = None
    ) -> tuple[bool, tuple[Event, ...]]:
        if session is not None and self.learner_of_session(session) != learner_id:
            raise SessionEnded
        added, record = self._added(learner_id, [event])
        return added == 1, record.events

    def events(self, learner_id: str) -> tuple[Event, ...]:
        return self._read(learner_id).events

    def events_seen(self, learner_id: str) -> tuple[Event, ...]:
        return self.events(learner_id)

    def save_draft(self, learner_id: str, key: str, value: JSON) -> None:
        draft = json.loads(as_json({"key": key, "value": value}))
        with self._writing(self._learner_path(learner_id)) as (record, tables):
            if key in record.drafts:
                tables.table("drafts").update(draft, where("key") == key)
            else:
                tables.table("drafts").insert(draft)

    def drafts(self, learner_id: str) -> dict[str, JSON]:
        return deepcopy(dict(self._read(learner_id).drafts))

    def drop_draft(self, learner_id: str, key: str) -> None:
        if key not in self._read(learner_id).drafts:
            return
        path = self._learner_path(learner_id)
        with self._writing(path) as (record, tables):
            if record.events or record.drafts.keys() - {key}:
                tables.table("drafts").remove(where("key") == key)
            else:
                files.remove(path)

    def erase_learner(self, learner_id: str) -> None:
        self._end_sessions_of(learner_id)
        record, summary = self._learner_path(learner_id), self._summary_path(learner_id)
        with self._locked(record):
            for path in (self._list_path(learner_id), summary, record):
                files.remove(*path.parent.glob(f"{learner_id}.*"))
        self._records.drop(record)
        self._summaries.drop(summary)

    def save_summary(self, learner_id: str, value: JSON) -> None:
        path = self._summary_path(learner_id)
        content = as_json(value)
        with self._locked(path):
            files.replace(path, content, is_durable=False)

    def summaries(self, learner_ids: Collection[str]) -> dict[str, JSON]:
        paths = {learner_id: self._summary_path(learner_id) for learner_id in learner_ids}
        found = {}
        with _disk_trouble_told(self._folder):
            for learner_id, path in paths.items():
                with suppress(FileNotFoundError, ValueError):
                    found[learner_id] = self._summaries.read(path)
        return found

    def add_session(self, token_hash: str, learner_id: str, at: datetime, *, note: str = "") -> str:
        session = Session(token_hash, learner_id, at, note)
        content = as_json({"learner": learner_id, "at": at.isoformat(), "note": note})
        path = self._session_path(token_hash)
        self._list_session(session)
        with self._locked(path):
            with suppress(FileNotFoundError):
                return self._sessions.read(path).learner_id
            files.replace(path, content)
            return learner_id

    def learner_of_session(self, token_hash: str) -> str | None:
        session = self._session(token_hash)
        return session.learner_id if session else None

    def sessions_of(self, learner_id: str) -> tuple[Session, ...]:
        self._list_earlier_sessions()
        path = self._list_path(learner_id)
        with _disk_trouble_told(path):
            listed = self._readable(_listed(path))
        return _in_order(session for session in listed if session.learner_id == learner_id)

    def sessions(self) -> tuple[Session, ...]:
        return _in_order(self._readable(path.stem for path in self._files("sessions")))

    def end_session(self, token_hash: str) -> None:
        path = self._session_path(token_hash)
        self._removed(path, path)

    def document(self, name: str) -> JSON:
        path = self._document_path(name)
        with _disk_trouble_told(path):
            return _document(path)

    def documents(self, names: Iterable[str]) -> dict[str, JSON]:
        found = ((name, self.document(name)) for name in names)
        return {name: kept for name, kept in found if kept is not None}

    def update_document(self, name: str, change: Callable[[JSON], JSON]) -> JSON:
        path = self._document_path(name)
        with self._locked(path):
            changed = change(_document(path))
            files.replace(path, as_json({"document": changed}))
            return changed

    def document_names(self, prefix: str) -> tuple[str, ...]:
        checked_prefix(prefix)
        names = [path.stem for path in self._files("documents")]
        return tuple(sorted(name for name in names if name.startswith(prefix)))

    def drop_document(self, name: str) -> None:
        path = self._document_path(name)
        self._removed(path, path)

    def learner_ids(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self._files("learners")))

    def check_writable(self) -> None:
        path = self._folder / "writable.json"
        with self._locked(path):
            files.replace(path, b"")

    @contextmanager
    def snapshot(self) -> Iterator[EmbeddedRecords]:
        yield self

    def check(self) -> Iterator[Finding]:
        for kind in _KINDS:
            for path in self._files(kind, ".tmp"):
                if self._removed(path.with_suffix(".json"), path):
                    yield Finding(str(path), "a writer was stopped before it had finished", True)
        for path in self._files("learners"):
            yield from _found_in(path, self._learner_path, _checked_record)
        for path in self._files("documents"):
            yield from _found_in(path, self._document_path, _document)
        for path in self._files("sessions"):
            yield from _found_in(path, self._session_path, _load_session)
        for path in self._files("sessions-of"):
            for finding in _found_in(path, self._list_path, _listed):
                self._removed(path, path)
                self._removed(path, self._listing_done())
                yield replace(finding, is_mended=True)
        self._list_earlier_sessions()
        for path in self._files("summaries"):
            for finding in _found_in(path, self._summary_path, _load_summary):
                self._removed(path, path)
                yield replace(finding, is_mended=True)

    def close(self) -> None:
        """Nothing is held open between two calls."""

    def _learner_path(self, learner_id: str) -> Path:
        return self._path("learners", checked_learner_id(learner_id))

    def _summary_path(self, learner_id: str) -> Path:
        return self._path("summaries", checked_learner_id(learner_id))

    def _session_path(self, token_hash: str) -> Path:
        return self._path("sessions", checked_token_hash(token_hash))

    def _list_path(self, learner_id: str) -> Path:
        return self._path("sessions-of", checked_learner_id(learner_id))

    def _document_path(self, name: str) -> Path:
        return self._folder / "documents" / f"{checked_document_name(name)}.json"

    def _listing_done(self) -> Path:
        return self._folder / "sessions-listed.json"

    def _path(self, kind: str, name: str) -> Path:
        return self._folder / kind / name[:2] / f"{name}.json"

    def _files(self, kind: str, suffix: str = ".json") -> list[Path]:
        folder = self._folder / kind
        with _disk_trouble_told(folder):
            shards = [folder]
            if kind != "documents":
                shards = [entry for entry in _entries(folder) if entry.is_dir()]
            return [path for shard in shards for path in _entries(shard) if path.suffix == suffix]

    def _read(self, learner_id: str) -> _Record:
        path = self._learner_path(learner_id)
        with _disk_trouble_told(path):
            return self._record(path)

    def _added(self, learner_id: str, events: Iterable[Event]) -> tuple[int, _Record]:
        """How many events were not there yet, and the record with them.

        They are handed to the file as TinyDB's table would hand them, numbered on from the last
        one; the table itself would number all of them anew each time.
        """
        path = self._learner_path(learner_id)
        given: dict[str, Any] = {}
        for event in events:
            given.setdefault(event.id, json.loads(as_json(event.to_dict())))
        with self._locked(path):
            record = self._record(path)
            for event in record.events:
                given.pop(event.id, None)
            if given:
                table = dict(record.tables.get("events", {}))
                last = int(next(reversed(table), 0))
                table.update((str(n), new) for n, new in enumerate(given.values(), last + 1))
                file = _DurableFile(path, record, self._records)
                file.write({**record.tables, "events": table})
                record = file.record
        return len(given), record

    def _record(self, path: Path) -> _Record:
        try:
            return self._records.read(path)
        except FileNotFoundError:
            return _Record()

    @contextmanager
    def _writing(self, path: Path) -> Iterator[tuple[_Record, TinyDB]]:
        """A learner's record as it is, and the tables in which it may be changed, once."""
        with self._locked(path):
            record = self._record(path)
            with TinyDB(path, record, self._records, storage=_DurableFile) as tables:
                yield record, tables

    @contextmanager
    def _locked(self, path: Path) -> Iterator[None]:
        with _disk_trouble_told(path), self._locks.held(path):
            yield

    def _session(self, token_hash: str) -> Session | None:
        path = self._session_path(token_hash)
        with _disk_trouble_told(path), suppress(FileNotFoundError):
            return self._sessions.read(path)
        return None

    def _readable(self, token_hashes: Iterable[str]) -> Iterator[Session]:
        """These sessions, without those that ended or are damaged."""
        for token_hash in token_hashes:
            with suppress(DamagedRecord):
                session = self._session(token_hash)
                if session:
                    yield session

    def _end_sessions_of(self, learner_id: str) -> None:
        """End a learner's sessions, and those of which nobody knows any more whose they are."""
        self._list_earlier_sessions()
        path = self._list_path(learner_id)
        with self._locked(path):
            listed = _listed(path)
        others = {
            each.token_hash for each in self._readable(listed) if each.learner_id != learner_id
        }
        for token_hash in listed:
            if token_hash not in others:
                self.end_session(token_hash)

    def _removed(self, locked: Path, *paths: Path) -> bool:
        with self._locked(locked):
            return files.remove(*paths)

    def _list_session(self, session: Session) -> None:
        """Name a session among its learner's, before there is one that nobody could list."""
        path = self._list_path(session.learner_id)
        with self._locked(path):
            listed = _listed(path)
            if session.token_hash not in listed:
                going_on = [each for each in listed if self._session_path(each).exists()]
                files.replace(path, as_json({"sessions": [*going_on, session.token_hash]}))

    def _list_earlier_sessions(self) -> None:
        """Name, once, the sessions that the first release kept without naming them."""
        done = self._listing_done()
        if done.exists():
            return
        for session in self.sessions():
            self._list_session(session)
        with self._locked(done):
            files.replace(done, b"")


@dataclass(frozen=True, slots=True)
class _Record:
    """One learner's file: what it says, and how.

    `tables` are TinyDB's; `written` is the text of the table of events, so that adding to it costs
    no more than what is added.
    """

    events: tuple[Event, ...] = ()
    drafts: Mapping[str, JSON] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    written: bytes | None = None


class _DurableFile(Storage):
    """What TinyDB keeps of one learner, while the lock is held.

    An event is never changed, so its text is made once; whatever else there is, is small.
    """

    def __init__(self, path: Path, record: _Record, cache: files.Cache[_Record]) -> None:
        self._path = path
        self.record = record
        self._cache = cache

    def read(self) -> dict[str, Any] | None:
        tables = dict(self.record.tables)
        if "drafts" in tables:
            tables["drafts"] = deepcopy(tables["drafts"])
        return tables or None

    def write(self, data: dict[str, Any]) -> None:
        known = self.record
        new = dict(islice(data.get("events", {}).items(), len(known.events), None))
        written = b",".join(filter(None, (self._written(), _members(new))))
        content = _BEFORE_EVENTS + written + _after_events(data)
        signature = files.replace(self._path, content)
        self.record = _Record(
            events=known.events + tuple(Event.from_dict(plain) for plain in new.values()),
            drafts=_drafts(data),
            tables=data,
            written=written,
        )
        self._cache.put(self._path, self.record, signature)

    def _written(self) -> bytes:
        """The text of the events so far, from the file itself if this module wrote it."""
        known = self.record
        if known.written is not None:
            return known.written
        after = _after_events(known.tables)
        raw = files.read(self._path)[0] if known.events else b""
        if raw.startswith(_BEFORE_EVENTS) and raw.endswith(after):
            return raw[len(_BEFORE_EVENTS) : -len(after)]
        return _members(known.tables.get("events", {}))


_BEFORE_EVENTS = b'{"events":{'


def _after_events(tables: Mapping[str, Any]) -> bytes:
    others = {name: table for name, table in tables.items() if name != "events"}
    return b"}," + as_json(others)[1:] if others else b"}}"


def _members(table: Mapping[str, JSON]) -> bytes:
    """A table's text without its braces."""
    return as_json(table)[1:-1]


def _load_record(path: Path) -> tuple[_Record, files.Signature]:
    content, signature = _content(path)
    try:
        return _Record(
            events=tuple(Event.from_dict(plain) for plain in content.get("events", {}).values()),
            drafts=_drafts(content),
            tables=content,
        ), signature
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, f"it is JSON, but no record ({error!r})") from error


def _drafts(tables: Mapping[str, Any]) -> dict[str, JSON]:
    return {draft["key"]: draft["value"] for draft in tables.get("drafts", {}).values()}


def _load_summary(path: Path) -> tuple[JSON, files.Signature]:
    raw, signature = files.read(path)
    return json.loads(raw), signature


def _document(path: Path) -> JSON:
    try:
        content, _ = _content(path)
    except FileNotFoundError:
        return None
    try:
        kept: JSON = content["document"]
    except KeyError as error:
        raise _damaged(path, "it holds no document") from error
    return kept


def _load_session(path: Path) -> tuple[Session, files.Signature]:
    content, signature = _content(path)
    try:
        return Session(
            token_hash=path.stem,
            learner_id=content["learner"],
            at=datetime.fromisoformat(content["at"]),
            note=content.get("note", ""),
        ), signature
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path, f"it names no learner ({error!r})") from error


def _listed(path: Path) -> list[str]:
    """The token hashes that a file lists; none if there is no such file."""
    try:
        content, _ = _content(path)
    except FileNotFoundError:
        return []
    try:
        return [checked_token_hash(each) for each in content["sessions"]]
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path, f"it lists no sessions ({error!r})") from error


def _in_order(sessions: Iterable[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda session: (session.at, session.token_hash)))


def _content(path: Path) -> tuple[dict[str, Any], files.Signature]:
    """The JSON object that a file holds, and the signature of the very file that was read."""
    raw, signature = files.read(path)
    try:
        content = json.loads(raw)
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(content, dict):
        raise _damaged(path, "it is JSON, but no record")
    return content, signature


def _damaged(path: Path, reason: str) -> DamagedRecord:
    """Set a copy of a damaged file aside, once for each state it was found in, and name it.

    The file itself stays, so that nothing new begins in its place unnoticed.
    """
    copy = path.with_suffix(f".{path.stat().st_mtime_ns}.damaged")
    if not copy.exists():
        with suppress(OSError):
            copy.write_bytes(path.read_bytes())
    return DamagedRecord(
        path,
        reason,
        "It is left as it is, and a copy lies beside it for whoever mends it. Put the file back "
        "from a backup, or move it out of the folder to begin an empty record in its place.",
    )


def _checked_record(path: Path) -> None:
    record, _ = _load_record(path)
    twice = Counter(event.id for event in record.events) - Counter({e.id for e in record.events})
    if twice:
        raise ValueError(f"it holds these events twice: {', '.join(sorted(twice))}")


def _found_in(
    path: Path, place: Callable[[str], Path], load: Callable[[Path], object]
) -> Iterator[Finding]:
    """What is wrong with a file: whether it lies in its place, whether it can be read."""
    try:
        if place(path.stem) != path:
            raise ValueError("it lies where nobody looks for it")
        load(path)
    except FileNotFoundError:
        return  # Somebody removed it meanwhile.
    except DamagedRecord as damage:
        yield Finding(str(path), damage.reason, False)
    except (OSError, ValueError) as error:
        yield Finding(str(path), str(error), False)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []


@contextmanager
def _disk_trouble_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RecordsUnavailable(
            path,
            error.strerror or str(error),
            "See that the disk has room and that the folder may be written to, then try again.",
        ) from error
