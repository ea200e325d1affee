"""Whatever is done, in whatever order and by whichever process, each store says the same."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from academy.records import Event
from academy.storage import open_records

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LEARNERS = ("ada-00000001", "bea-00000002")
SESSIONS = tuple(sha256(token).hexdigest() for token in (b"one", b"two", b"three"))

learners = st.sampled_from(LEARNERS)
sessions = st.sampled_from(SESSIONS)
names = st.sampled_from(("cohort-1", "cohort-2", "item"))
keys = st.sampled_from(("stage", 'a "key"', "答案"))
processes = st.integers(0, 2)
instants = st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from((0.5, 1e22, '},"drafts":{', "")),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2),
    max_leaves=4,
)
events = st.builds(
    Event,
    id=st.sampled_from([f"e{number}" for number in range(8)]),
    kind=st.sampled_from(("response", "rating")),
    at=instants,
    data=st.dictionaries(keys, values, max_size=2),
)


def laws_of(url: str) -> type[RuleBasedStateMachine]:
    """Three processes share a store, one of them new each time; memory tells what is right."""

    class Laws(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.right = open_records("memory:")
            self.shared = [open_records(url), open_records(url)]
            for learner in LEARNERS:
                self.shared[0].erase_learner(learner)
            for name in self.shared[0].document_names(""):
                self.shared[0].drop_document(name)

        def teardown(self) -> None:
            for records in self.shared:
                records.close()

        def does(self, process: int, act: str, *given, **named) -> None:
            right = getattr(self.right, act)(*given, **named)
            if process < len(self.shared):
                assert getattr(self.shared[process], act)(*given, **named) == right
            else:
                with closing(open_records(url)) as newcomer:
                    assert getattr(newcomer, act)(*given, **named) == right

        @rule(process=processes, learner=learners, event=events)
        def append(self, process, learner, event):
            self.does(process, "append", learner, event)

        @rule(process=processes, learner=learners, several=st.lists(events, max_size=4))
        def append_all(self, process, learner, several):
            self.does(process, "append_all", learner, several)

        @rule(process=processes, learner=learners, key=keys, value=values)
        def save_draft(self, process, learner, key, value):
            self.does(process, "save_draft", learner, key, value)

        @rule(process=processes, learner=learners, key=keys)
        def drop_draft(self, process, learner, key):
            self.does(process, "drop_draft", learner, key)

        @rule(process=processes, learner=learners, value=values)
        def save_summary(self, process, learner, value):
            self.does(process, "save_summary", learner, value)

        @rule(process=processes, learner=learners)
        def erase(self, process, learner):
            self.does(process, "erase_learner", learner)

        @rule(process=processes, session=sessions, learner=learners, at=instants)
        def add_session(self, process, session, learner, at):
            self.does(process, "add_session", session, learner, at, note=learner)

        @rule(process=processes, session=sessions)
        def end_session(self, process, session):
            self.does(process, "end_session", session)

        @rule(process=processes, name=names, value=values)
        def update_document(self, process, name, value):
            self.does(process, "update_document", name, lambda kept: [value, kept][:2])

        @rule(process=processes, name=names)
        def drop_document(self, process, name):
            self.does(process, "drop_document", name)

        @rule(process=processes)
        def check(self, process):
            self.does(process, "check_writable")
            assert list(self.shared[0].check()) == []

        @invariant()
        def every_process_sees_the_same(self):
            for process in range(len(self.shared)):
                self.does(process, "learner_ids")
                self.does(process, "sessions")
                self.does(process, "document_names", "cohort-")
                self.does(process, "summaries", LEARNERS)
                for learner in LEARNERS:
                    self.does(process, "events", learner)
                    self.does(process, "drafts", learner)
                    self.does(process, "sessions_of", learner)

    return Laws


@pytest.mark.parametrize("store", ["tinydb", "postgresql"])
def test_each_store_says_what_memory_would_say(request, tmp_path: Path, store):
    url = f"tinydb:{tmp_path / 'data'}"
    if store == "postgresql":
        url = request.getfixturevalue("database")
    run_state_machine_as_test(
        laws_of(url),
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
