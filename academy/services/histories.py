"""Read what one learner did."""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from academy.history import History, history_of
from academy.records import JSON, Event
from academy.storage.base import Records

_REMEMBERED = 2000
"""Histories kept folded, so that a page need not fold the same events at each click."""

_folded: OrderedDict[tuple[int, str], tuple[tuple[Event, ...], History]] = OrderedDict()
_lock = threading.Lock()


def read_history(records: Records, learner_id: str | None) -> History:
    """The learner's history as stored now; an empty one for somebody who did nothing yet."""
    if learner_id is None:
        return History()
    events = records.events(learner_id)
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
