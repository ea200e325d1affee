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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock
from tinydb import TinyDB, where
from tinydb.storages import Storage

from academy.records import JSON, Event
from academy.storage.base import (
    DamagedRecord,
    RecordsUnavailable,
    as_json,
    checked_document_name,
    checked_learner_id,
    checked_token_hash,
)

_LOCKS = 256
_LOCK_TIMEOUT = 20.0
_CACHED_LEARNERS = 256

_Signature = tuple[int, int, int]


class EmbeddedRecords:
    """Keeps the promises of `Records` in a folder.

    learners/ab/abcd….json   a learner's events and drafts
    sessions/12/1234….json   whose session it is, by the hash of its token
    documents/….json         what the site itself keeps, by name
    locks/00 … ff            empty; a learner or session always shares the same one
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._locks = [Lock() for _ in range(_LOCKS)]
        self._cache = _Cache()

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

    def add_session(self, token_hash: str, learner_id: str, at: datetime) -> str:
        checked_learner_id(learner_id)
        path = self._session_path(token_hash)
        with self._locked(path):
            owner = _session_owner(path)
            if owner is None:
                _replace(path, as_json({"learner": learner_id, "at": at.isoformat()}))
            return owner or learner_id

    def learner_of_session(self, token_hash: str) -> str | None:
        path = self._session_path(token_hash)
        with _disk_trouble_told(path):
            return _session_owner(path)

    def end_session(self, token_hash: str) -> None:
        path = self._session_path(token_hash)
        with self._locked(path):
            if path.exists():
                path.unlink()
                _flush_folder(path.parent)

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

    def _session_path(self, token_hash: str) -> Path:
        checked_token_hash(token_hash)
        return self._folder / "sessions" / token_hash[:2] / f"{token_hash}.json"

    def _document_path(self, name: str) -> Path:
        return self._folder / "documents" / f"{checked_document_name(name)}.json"

    def _read(self, learner_id: str) -> _Record:
        path = self._learner_path(learner_id)
        with _disk_trouble_told(path):
            try:
                signature = _signature(path.stat())
            except FileNotFoundError:
                return _Record((), {})
            record = self._cache.get(path, signature)
            if record is None:
                content, signature = _content(path)
                record = _record(path, content)
                self._cache.put(path, signature, record)
            return record

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


class _Cache:
    """The records read last, each good for as long as its file is the same one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Path, tuple[_Signature, _Record]] = OrderedDict()
        self._lock = Lock()

    def get(self, path: Path, signature: _Signature) -> _Record | None:
        with self._lock:
            kept = self._kept.get(path)
            if kept is None or kept[0] != signature:
                return None
            self._kept.move_to_end(path)
            return kept[1]

    def put(self, path: Path, signature: _Signature, record: _Record) -> None:
        with self._lock:
            self._kept[path] = (signature, record)
            self._kept.move_to_end(path)
            if len(self._kept) > _CACHED_LEARNERS:
                self._kept.popitem(last=False)


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
    with path.open("rb") as file:
        signature = _signature(os.fstat(file.fileno()))
        raw = file.read()
    try:
        content = json.loads(raw)
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(content, dict):
        raise _damaged(path, "it is JSON, but no record")
    return content, signature


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


def _session_owner(path: Path) -> str | None:
    try:
        content, _ = _content(path)
    except FileNotFoundError:
        return None
    try:
        return checked_learner_id(content["learner"])
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedRecord(path, f"it names no learner ({error!r})") from error


def _replace(path: Path, content: bytes) -> None:
    """Write beside, flush, put in place, flush the folder: the old file or the new, never half.

    The caller holds the file's lock, so what a killed process left beside is simply used again.
    Each version's timestamp is later than the last one's, however coarse the clock, so that
    signatures never repeat.
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
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


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
