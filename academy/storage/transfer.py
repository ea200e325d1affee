"""Records on their way: into a backup, out of it, from one store to another.

A backup is text, one JSON object a line: a heading, what the site keeps, the sessions, the learners
with their events and drafts, and at the end how many there were, with the hash of all lines before.
Whatever names a learner is read before him, so that it never names one who is not there.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from academy.records import JSON, Event
from academy.storage.base import DamagedRecord, Records, as_json
from academy.storage.files import flush_folder

_VERSION = 1
_PACKED = b"\x1f\x8b"


class TransferRefused(Exception):
    """Going on would overwrite records, mix them up, or pass on what is not whole."""


@dataclass
class Transferred:
    """How much there was, and what could not be read and was left out."""

    learners: int = 0
    events: int = 0
    sessions: int = 0
    documents: int = 0
    damaged: list[DamagedRecord] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"learners {self.learners}, events {self.events}, sessions {self.sessions}, "
            f"documents {self.documents}"
        )


def back_up(records: Records, path: Path) -> Transferred:
    """Write everything into a new file, while the site runs; packed if its name ends in .gz.

    What is damaged is left out and named in the answer.
    """
    if path.exists():
        raise TransferRefused(f"{path} is there already. Name a file that is not, or move it away.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    done, digest = Transferred(), hashlib.sha256()
    with open(unfinished, "xb", opener=_for_the_owner_alone) as raw:
        packed = gzip.GzipFile(fileobj=raw, mode="wb") if path.suffix == ".gz" else None
        file = cast(IO[bytes], packed or raw)
        with records.snapshot() as still:
            for entry in _entries(still, done):
                line = as_json(entry) + b"\n"
                digest.update(line)
                file.write(line)
        file.write(as_json({"end": str(done), "sha256": digest.hexdigest()}) + b"\n")
        if packed:
            packed.close()
        raw.flush()
        os.fsync(raw.fileno())
    unfinished.replace(path)
    flush_folder(path.parent)
    return done


def restore(path: Path, records: Records) -> Transferred:
    """Put everything in a backup where nothing is yet."""
    if not is_empty(records):
        raise TransferRefused(
            "There are records already, and none is overwritten. Restore to an empty place, see "
            "that it is as it should be, then let the site use it."
        )
    for _ in _verified(path):
        pass
    done = Transferred()
    for entry in _verified(path):
        _put(entry, records, done)
    return done


def copy(source: Records, target: Records) -> Transferred:
    """Make the target hold what the source holds; begun again, it goes on where it stopped.

    Refused when the target holds what the source does not, and so is no beginning of a copy.
    """
    done = Transferred()
    with source.snapshot() as still:
        names = still.document_names("")
        documents = {name: still.document(name) for name in names}
        sessions = {session.token_hash: session for session in still.sessions()}
        learners = still.learner_ids()
        strangers = {*target.learner_ids()} - {*learners} or {*target.document_names("")} - {*names}
        if strangers:
            raise _mixed_up(min(strangers))
        for learner_id in learners:
            events, drafts = still.events(learner_id), still.drafts(learner_id)
            kept, kept_drafts = target.events(learner_id), target.drafts(learner_id)
            if kept != events[: len(kept)]:
                raise _mixed_up(learner_id)
            if len(kept) < len(events):
                target.append_all(learner_id, events[len(kept) :])
            for key in kept_drafts.keys() - drafts.keys():
                target.drop_draft(learner_id, key)
            for key, value in drafts.items():
                if key not in kept_drafts or kept_drafts[key] != value:
                    target.save_draft(learner_id, key, value)
            done.learners += 1
            done.events += len(events)
    for ended in {session.token_hash for session in target.sessions()} - sessions.keys():
        target.end_session(ended)
    for token_hash, session in sessions.items():
        target.add_session(token_hash, session.learner_id, session.at, note=session.note)
        done.sessions += 1
    for name, document in documents.items():
        _put_document(target, name, document)
        done.documents += 1
    return done


def is_empty(records: Records) -> bool:
    """Whether nothing is kept there."""
    return not (records.learner_ids() or records.document_names("") or records.sessions())


def _mixed_up(what: str) -> TransferRefused:
    return TransferRefused(
        f"The place to copy to holds other records than the one to copy from: '{what}'. "
        "Copy to an empty place, or to one where the same copy was begun."
    )


def _entries(records: Records, done: Transferred) -> Iterator[dict[str, Any]]:
    yield {"academy": "records", "version": _VERSION}
    for name in records.document_names(""):
        try:
            yield {"document": name, "value": records.document(name)}
            done.documents += 1
        except DamagedRecord as damage:
            done.damaged.append(damage)
    for session in records.sessions():
        yield {
            "session": session.token_hash,
            "learner": session.learner_id,
            "at": session.at.isoformat(),
            "note": session.note,
        }
        done.sessions += 1
    for learner_id in records.learner_ids():
        try:
            events, drafts = records.events(learner_id), records.drafts(learner_id)
        except DamagedRecord as damage:
            done.damaged.append(damage)
            continue
        plain = [event.to_dict() for event in events]
        yield {"learner": learner_id, "events": plain, "drafts": drafts}
        done.learners += 1
        done.events += len(events)


def _put(entry: dict[str, Any], records: Records, done: Transferred) -> None:
    match entry:
        case {"document": name, "value": value}:
            _put_document(records, name, value)
            done.documents += 1
        case {"session": token_hash, "learner": learner_id, "at": at, "note": note}:
            records.add_session(token_hash, learner_id, datetime.fromisoformat(at), note=note)
            done.sessions += 1
        case {"learner": learner_id, "events": events, "drafts": drafts}:
            records.append_all(learner_id, [Event.from_dict(plain) for plain in events])
            for key, value in drafts.items():
                records.save_draft(learner_id, key, value)
            done.learners += 1
            done.events += len(events)


def _put_document(records: Records, name: str, value: JSON) -> None:
    records.update_document(name, lambda _: value)


def _verified(path: Path) -> Iterator[dict[str, Any]]:
    """Every entry of a backup; TransferRefused at its end unless all of it was there."""
    digest = hashlib.sha256()
    last: dict[str, Any] = {}
    try:
        with _unpacked(path) as file:
            for number, line in enumerate(file):
                last = json.loads(line)
                if number == 0:
                    _see_that_it_is_a_backup(last, path)
                elif "end" not in last:
                    yield last
                if "end" not in last:
                    digest.update(line)
    except (EOFError, gzip.BadGzipFile, zlib.error, ValueError) as error:
        raise TransferRefused(f"{path} is damaged: {error}. Use another backup.") from error
    if last.get("sha256") != digest.hexdigest():
        raise TransferRefused(f"{path} is cut off or was changed. Use another backup.")


def _see_that_it_is_a_backup(heading: Any, path: Path) -> None:
    if not isinstance(heading, dict) or heading.get("academy") != "records":
        raise TransferRefused(f"{path} is no backup of the academy's records.")
    if heading["version"] > _VERSION:
        raise TransferRefused(f"{path} was written by a later version. Restore it with that one.")


def _unpacked(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        is_packed = file.read(2) == _PACKED
    return cast(IO[bytes], gzip.open(path) if is_packed else path.open("rb"))


def _for_the_owner_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
