"""Read what one learner did."""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from academy.history import History, history_of
from academy.records import JSON, Event
from academy.services.refusals import Refusal
from academy.storage.base import Records, SessionEnded

_REMEMBERED = 2000
"""Histories kept folded, so that a page need not fold the same events at each click."""

_folded: OrderedDict[tuple[int, str], tuple[tuple[Event, ...], History]] = OrderedDict()
_lock = threading.Lock()


def read_history(records: Records, learner_id: str | None) -> History:
    """The learner's history as stored now; an empty one for somebody who did nothing yet."""
    if learner_id is None:
        return History()
    return _fold(records, learner_id, records.events(learner_id))


def history_seen(records: Records, learner_id: str) -> History:
    """The learner's history as it was when last read or added to here: it may have gone on."""
    return _fold(records, learner_id, records.events_seen(learner_id))


def add_to_history(
    records: Records, learner_id: str, event: Event, *, session: str | None = None
) -> tuple[bool, History]:
    """Store an event; whether it is new, and the history with it.

    Raises Refusal when the session on whose word this is done has ended.
    """
    try:
        is_new, events = records.append_and_read(learner_id, event, session=session)
    except SessionEnded as ended:
        raise Refusal("signed-out", event.id) from ended
    return is_new, _fold(records, learner_id, events)


def _fold(records: Records, learner_id: str, events: tuple[Event, ...]) -> History:
    place = (id(records), learner_id)
    with _lock:
        known = _folded.get(place)
        is_same_record = known and known[0] and known[0][-1:] == events[len(known[0]) - 1 :][:1]
        if known and is_same_record and len(known[0]) == len(events):
            _folded.move_to_end(place)
            return known[1]
    if known and is_same_record:
        history = known[1].followed_by(events[len(known[0]) :])
    else:
        history = history_of(events)
    with _lock:
        _folded[place] = (events, history)
        while len(_folded) > _REMEMBERED:
            _folded.popitem(last=False)
    return history


def happened(
    kind: str, at: datetime, data: Mapping[str, JSON], *, event_id: str | None = None
) -> Event:
    """An event; without an id of its own it is one of a kind, however often it happens."""
    return Event(event_id or f"{kind}:{uuid.uuid4().hex}", kind, at, data)
