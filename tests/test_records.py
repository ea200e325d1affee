from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.records import Event

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    id=st.text(min_size=1),
    kind=st.text(min_size=1),
    at=st.datetimes(timezones=st.just(timezone(timedelta(0)))),
    data=st.dictionaries(st.text(), json_values),
)
def test_an_event_comes_back_from_its_plain_form_as_it_was(id, kind, at, data):
    event = Event(id, kind, at, data)
    assert Event.from_dict(json.loads(json.dumps(event.to_dict()))) == event


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 11, 21), datetime(2026, 11, 21, tzinfo=timezone(timedelta(hours=8)))],
    ids=["naive", "Beijing"],
)
def test_an_event_happens_at_an_instant_in_utc(at):
    with pytest.raises(ValueError, match="UTC"):
        Event("e1", "response", at, {})


@pytest.mark.parametrize(("id", "kind"), [("", "response"), ("e1", "")])
def test_an_event_has_an_id_and_a_kind(id, kind, some_event):
    with pytest.raises(ValueError, match="an id and a kind"):
        some_event(id=id, kind=kind)


def test_an_event_of_a_later_version_is_refused_rather_than_misread(some_event):
    plain = some_event().to_dict() | {"schema": 99}
    with pytest.raises(ValueError, match="later version"):
        Event.from_dict(plain)
