"""Records in a folder, for a site on one machine: one TinyDB file a learner.

TinyDB as it ships writes over its file in place and knows no lock. Here each file is replaced
whole, after it reached the disk, and under a lock that holds between threads and between processes.
One file a learner keeps the cost of saving the same however many learners there are.
"""

from __future__ import annotations

import json
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from filelock import FileLock
from tinydb import TinyDB, where
from tinydb.storages import Storage

from academy.records import JSON, Event
from academy.storage.base import (
    DamagedRecord,
    RecordsUnavailable,
    Session,
    as_json,
    checked_document_name,
    checked_learner_id,
    checked_prefix,
    checked_token_hash,
)

_LOCKS = 256
_LOCK_TIMEOUT = 20.0
_CACHED_LEARNERS = 256
_CACHED_SUMMARIES = 20_000

_Signature = tuple[int, int, int]
_Kept = TypeVar("_Kept")


class EmbeddedRecords:
    """Keeps the promises of `Records` in a folder.

    learners/ab/abcd….json      a learner's events and drafts
    summaries/ab/abcd….json     what the events add up to; may be lost
    sessions/12/1234….json      whose session it is, by the hash of its token
    sessions/of/ab/abcd….json   the hashes of a learner's sessions, and of some that ended
    documents/….json            what the site itself keeps, by name
    locks/00 … ff               empty; a learner or session always shares the same one
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._locks = [Lock() for _ in range(_LOCKS)]
        self._records = _Cache(_read_record, _CACHED_LEARNERS)
        self._summaries = _Cache(_read_summary, _CACHED_SUMMARIES)

    def append(self, learner_id: str, event: Event) -> bool:
        plain = event.to_dict()
        as_json(plain)
        with self._writing(self._learner_path(learner_id)) as record:
            events = record.table("events")
            if events.contains(where("id") == event.id):
                return False
            events.insert(plain)
            return True

    def events(self, learner_id: str) -> tuple[Event, ...]:
        return self._read(learner_id).events

    def save_draft(self, learner_id: str, key: str, value: JSON) -> None:
        draft = {"key": key, "value": value}
        as_json(draft)
        with self._writing(self._learner_path(learner_id)) as record:
            record.table("drafts").upsert(draft, where("key") == key)

    def drafts(self, learner_id: str) -> dict[str, JSON]:
        return deepcopy(self._read(learner_id).drafts)

    def drop_draft(self, learner_id: str, key: str) -> None:
        if key not in self._read(learner_id).drafts:
            return
        with self._writing(self._learner_path(learner_id)) as record:
            record.table("drafts").remove(where("key") == key)

    def erase_learner(self, learner_id: str) -> None:
        for session in self.sessions_of(learner_id):
            self.end_session(session.token_hash)
        record, summary = self._learner_path(learner_id), self._summary_path(learner_id)
        with self._locked(record):
            _remove(self._sessions_path(learner_id))
            _remove(summary)
            _remove(record, *record.parent.glob(f"{learner_id}.*.damaged"))
        self._records.drop(record)
        self._summaries.drop(summary)

    def save_summary(self, learner_id: str, value: JSON) -> None:
        path = self._summary_path(learner_id)
        content = as_json(value)
        with self._locked(path):
            _replace(path, content, is_durable=False)

    def summaries(self, learner_ids: Collection[str]) -> dict[str, JSON]:
        paths = {learner_id: self._summary_path(learner_id) for learner_id in learner_ids}
        found = {}
        with _disk_trouble_told(self._folder / "summaries"):
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
            kept = _session(path)
            if kept is None:
                _replace(path, content)
            return (kept or session).learner_id

    def learner_of_session(self, token_hash: str) -> str | None:
        session = self._session(token_hash)
        return session.learner_id if session else None

    def sessions_of(self, learner_id: str) -> tuple[Session, ...]:
        path = self._sessions_path(learner_id)
        self._list_earlier_sessions()
        with _disk_trouble_told(path):
            sessions = [self._session(token_hash) for token_hash in _listed(path)]
        mine = [each for each in sessions if each and each.learner_id == learner_id]
        return tuple(sorted(mine, key=lambda session: session.at))

    def end_session(self, token_hash: str) -> None:
        path = self._session_path(token_hash)
        with self._locked(path):
            _remove(path)

    def document(self, name: str) -> JSON:
        path = self._document_path(name)
        with _disk_trouble_told(path):
            return _document(path)

    def update_document(self, name: str, change: Callable[[JSON], JSON]) -> JSON:
        path = self._document_path(name)
        with self._locked(path):
            changed = change(_document(path))
            _replace(path, as_json({"document": changed}))
            return changed

    def document_names(self, prefix: str) -> tuple[str, ...]:
        documents = self._folder / "documents"
        with _disk_trouble_told(documents):
            return tuple(
                sorted(path.stem for path in documents.glob(f"{checked_prefix(prefix)}*.json"))
            )

    def drop_document(self, name: str) -> None:
        path = self._document_path(name)
        with self._locked(path):
            _remove(path)

    def learner_ids(self) -> tuple[str, ...]:
        learners = self._folder / "learners"
        with _disk_trouble_told(learners):
            try:
                shards = list(learners.iterdir())
            except FileNotFoundError:
                return ()
            return tuple(sorted(path.stem for shard in shards for path in shard.glob("*.json")))

    def check_writable(self) -> None:
        path = self._folder / "writable"
        with self._locked(path):
            _replace(path, b"")

    def _learner_path(self, learner_id: str) -> Path:
        checked_learner_id(learner_id)
        return self._folder / "learners" / learner_id[:2] / f"{learner_id}.json"

    def _summary_path(self, learner_id: str) -> Path:
        checked_learner_id(learner_id)
        return self._folder / "summaries" / learner_id[:2] / f"{learner_id}.json"

    def _sessions_path(self, learner_id: str) -> Path:
        checked_learner_id(learner_id)
        return self._folder / "sessions" / "of" / learner_id[:2] / f"{learner_id}.json"

    def _session_path(self, token_hash: str) -> Path:
        checked_token_hash(token_hash)
        return self._folder / "sessions" / token_hash[:2] / f"{token_hash}.json"

    def _document_path(self, name: str) -> Path:
        return self._folder / "documents" / f"{checked_document_name(name)}.json"

    def _read(self, learner_id: str) -> _Record:
        path = self._learner_path(learner_id)
        with _disk_trouble_told(path):
            try:
                return self._records.read(path)
            except FileNotFoundError:
                return _Record((), {})

    def _session(self, token_hash: str) -> Session | None:
        path = self._session_path(token_hash)
        with _disk_trouble_told(path):
            return _session(path)

    def _list_session(self, session: Session) -> None:
        """Name a session among its learner's, before there is one that nobody could list."""
        path = self._sessions_path(session.learner_id)
        with self._locked(path):
            listed = _listed(path)
            if session.token_hash not in listed:
                going_on = [each for each in listed if self._session_path(each).exists()]
                _replace(path, as_json([*going_on, session.token_hash]))

    def _list_earlier_sessions(self) -> None:
        """Name, once, the sessions that the first release kept without naming them."""
        done = self._folder / "sessions" / "of" / "all"
        if done.exists():
            return
        with _disk_trouble_told(done):
            found = list((self._folder / "sessions").glob("[0-9a-f][0-9a-f]/*.json"))
        for path in found:
            session = self._session(path.stem)
            if session:
                self._list_session(session)
        with self._locked(done):
            _replace(done, b"")

    @contextmanager
    def _writing(self, path: Path) -> Iterator[TinyDB]:
        with self._locked(path), TinyDB(path, storage=_DurableFile) as record:
            yield record

    @contextmanager
    def _locked(self, path: Path) -> Iterator[None]:
        """The right to change a file, for this thread of this process alone."""
        number = sha256(path.name.encode()).digest()[0] % _LOCKS
        with self._locks[number], _disk_trouble_told(path):
            folder = self._folder / "locks"
            _make_folder(folder)
            lock = FileLock(
                folder / f"{number:02x}",
                timeout=_LOCK_TIMEOUT,
                poll_interval=0.002,
                preserve_lock_file=True,
            )
            with lock:
                yield


@dataclass(frozen=True, slots=True)
class _Record:
    events: tuple[Event, ...]
    drafts: dict[str, JSON]


class _Cache(Generic[_Kept]):
    """What was read last, each good for as long as its file is the same one."""

    def __init__(self, load: Callable[[Path], tuple[_Kept, _Signature]], most: int) -> None:
        self._load = load
        self._most = most
        self._kept: OrderedDict[Path, tuple[_Kept, _Signature]] = OrderedDict()
        self._lock = Lock()

    def read(self, path: Path) -> _Kept:
        """What a file holds now; raises FileNotFoundError, and whatever loading it raises."""
        signature = _signature(path.stat())
        with self._lock:
            kept = self._kept.get(path)
            if kept and kept[1] == signature:
                self._kept.move_to_end(path)
                return kept[0]
        loaded = self._load(path)
        with self._lock:
            self._kept[path] = loaded
            self._kept.move_to_end(path)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return loaded[0]

    def drop(self, path: Path) -> None:
        with self._lock:
            self._kept.pop(path, None)


class _DurableFile(Storage):
    """What TinyDB keeps of one learner, from the moment the lock is held until it is let go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: dict[str, Any] | None = None
        if path.exists():
            content, _ = _content(path)
            _record(path, content)
            self._tables = content

    def read(self) -> dict[str, Any] | None:
        return self._tables

    def write(self, data: dict[str, Any]) -> None:
        _replace(self._path, as_json(data))
        self._tables = data


def _content(path: Path) -> tuple[dict[str, Any], _Signature]:
    """What a file holds, and the signature of the very file that was read."""
    raw, signature = _raw(path)
    try:
        content = json.loads(raw)
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(content, dict):
        raise _damaged(path, "it is JSON, but no record")
    return content, signature


def _raw(path: Path) -> tuple[bytes, _Signature]:
    with path.open("rb") as file:
        return file.read(), _signature(os.fstat(file.fileno()))


def _read_record(path: Path) -> tuple[_Record, _Signature]:
    content, signature = _content(path)
    return _record(path, content), signature


def _read_summary(path: Path) -> tuple[JSON, _Signature]:
    raw, signature = _raw(path)
    return json.loads(raw), signature


def _record(path: Path, content: dict[str, Any]) -> _Record:
    try:
        return _Record(
            events=tuple(Event.from_dict(plain) for plain in content.get("events", {}).values()),
            drafts={draft["key"]: draft["value"] for draft in content.get("drafts", {}).values()},
        )
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, f"it is JSON, but no record ({error!r})") from error


def _damaged(path: Path, reason: str) -> DamagedRecord:
    """Set a copy of a damaged file aside, once for each state it was found in, and name it.

    The file itself stays, so that nothing new begins in its place unnoticed.
    """
    copy = path.with_suffix(f".{path.stat().st_mtime_ns}.damaged")
    if not copy.exists():
        with suppress(OSError):
            copy.write_bytes(path.read_bytes())
    return DamagedRecord(path, reason)


def _document(path: Path) -> JSON:
    try:
        content, _ = _content(path)
    except FileNotFoundError:
        return None
    try:
        kept: JSON = content["document"]
    except KeyError as error:
        raise DamagedRecord(path, "it holds no document") from error
    return kept


def _session(path: Path) -> Session | None:
    try:
        content, _ = _content(path)
    except FileNotFoundError:
        return None
    try:
        return Session(
            token_hash=path.stem,
            learner_id=content["learner"],
            at=datetime.fromisoformat(content["at"]),
            note=content.get("note", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedRecord(path, f"it names no learner ({error!r})") from error


def _listed(path: Path) -> list[str]:
    """The token hashes that a file lists; none if there is no such file."""
    try:
        raw, _ = _raw(path)
    except FileNotFoundError:
        return []
    try:
        return [checked_token_hash(each) for each in json.loads(raw)]
    except (TypeError, ValueError) as error:
        raise _damaged(path, f"it lists no sessions ({error!r})") from error


def _replace(path: Path, content: bytes, *, is_durable: bool = True) -> None:
    """Write beside, flush, put in place, flush the folder: the old file or the new, never half.

    The caller holds the file's lock, so what a killed process left beside is simply used again.
    Each version's timestamp is later than the last one's, however coarse the clock, so that
    signatures never repeat. What need not be durable a loss of power may take or cut off.
    """
    _make_folder(path.parent)
    beside = path.with_suffix(".tmp")
    previous = path.stat().st_mtime_ns if path.exists() else 0
    changed = max(time.time_ns(), previous + 1)
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.utime(file.fileno(), ns=(changed, changed))
            if is_durable:
                os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    if is_durable:
        _flush_folder(path.parent)


def _remove(*paths: Path) -> None:
    """Unlink these files of one folder, those that are there, and flush the folder."""
    found = [path for path in paths if path.exists()]
    for path in found:
        path.unlink()
    if found:
        _flush_folder(found[0].parent)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _signature(status: os.stat_result) -> _Signature:
    return status.st_mtime_ns, status.st_ino, status.st_size


@contextmanager
def _disk_trouble_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RecordsUnavailable(path, error.strerror or str(error)) from error
