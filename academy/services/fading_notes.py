"""What the site has to remember for a while and no longer, such as a password tried in vain.

Notes on many keys share 256 documents a subject, so that none grows large; those that have faded
are forgotten whenever their document is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from academy.records import JSON
from academy.storage.base import Records


def add_note(
    records: Records, subject: str, key: str, *, lasts: timedelta, at_most: int, now: datetime
) -> datetime | None:
    """Make a note on a key; where there are as many as may be, none, but when the first fades."""
    name, place = _place(subject, key)
    until: datetime | None = None

    def change(kept: JSON) -> JSON:
        nonlocal until
        notes = _unfaded(kept, now)
        on_key = notes.get(place, [])
        until = min(on_key) if len(on_key) >= at_most else None
        if until is None:
            notes[place] = [*on_key, now + lasts]
        return _plain(notes)

    records.update_document(name, change)
    return until


def has_note(records: Records, subject: str, key: str, *, now: datetime) -> bool:
    """Whether there is a note on a key that has not faded."""
    name, place = _place(subject, key)
    return place in _unfaded(records.document(name), now)


def drop_notes(
    records: Records, subject: str, key: str, *, latest_only: bool = False, now: datetime
) -> None:
    """Forget the notes on a key, or the latest of them."""
    name, place = _place(subject, key)

    def change(kept: JSON) -> JSON:
        notes = _unfaded(kept, now)
        notes[place] = sorted(notes.get(place, []))[:-1] if latest_only else []
        return _plain(notes)

    records.update_document(name, change)


def _place(subject: str, key: str) -> tuple[str, str]:
    """The document and the place in it; the key itself is not kept."""
    hashed = sha256(key.encode()).hexdigest()
    return f"{subject}-{hashed[:2]}", hashed[2:34]


def _unfaded(kept: JSON, now: datetime) -> dict[str, list[datetime]]:
    if not isinstance(kept, Mapping):
        return {}
    notes: dict[str, list[datetime]] = {}
    for place, instants in kept.items():
        assert isinstance(instants, list)
        fading = [datetime.fromisoformat(str(each)) for each in instants]
        left = [each for each in fading if each > now]
        if left:
            notes[place] = left
    return notes


def _plain(notes: Mapping[str, list[datetime]]) -> JSON:
    return {place: [each.isoformat() for each in on] for place, on in notes.items() if on}
