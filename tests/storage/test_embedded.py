"""What records in a folder promise besides: to outlive kills, damage and a full disk."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest

from academy.storage import DamagedRecord, RecordsUnavailable, Session
from academy.storage.embedded import EmbeddedRecords
from tests.postgres_server import NOBODY

WRITER = Path(__file__).with_name("writer.py")
SESSION = sha256(b"a token").hexdigest()
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def records(folder):
    return EmbeddedRecords(folder)


@pytest.fixture
def adas_file(folder, ada):
    return folder / "learners" / "ad" / f"{ada}.json"


def writer(folder, learner_id, prefix, count, **options):
    command = [sys.executable, WRITER, folder, learner_id, prefix, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)


def ids(events):
    return [event.id for event in events]


def test_a_record_outlives_the_process(folder, records, ada, some_event):
    event = some_event()
    records.append(ada, event)
    records.save_draft(ada, "stage", "growing")
    records.add_session(SESSION, ada, NOON)
    again = EmbeddedRecords(folder)
    assert again.events(ada) == (event,)
    assert again.drafts(ada) == {"stage": "growing"}
    assert again.learner_of_session(SESSION) == ada


def test_what_another_process_stores_is_seen_at_once(folder, records, ada, some_event):
    here, there = some_event(), some_event()
    other = EmbeddedRecords(folder)
    for number in range(20):
        records.save_draft(ada, "answer", number)
        assert other.drafts(ada) == {"answer": number}
    records.append(ada, here)
    assert other.events(ada) == (here,)
    other.append(ada, there)
    assert records.events(ada) == (here, there)
    further, last = some_event(), some_event()
    other.append(ada, further)
    assert records.append_and_read(ada, last) == (True, (here, there, further, last))


def test_processes_writing_at_once_lose_nothing(folder, records, ada):
    writers = [writer(folder, ada, prefix, 60) for prefix in ("one", "two")]
    acknowledged = [process.communicate()[0].split() for process in writers]
    assert [len(each) for each in acknowledged] == [60, 60]
    stored = ids(records.events(ada))
    assert len(stored) == 120
    for each in acknowledged:
        assert [id for id in stored if id in each] == each


def test_what_a_killed_writer_left_beside_is_ignored_and_then_cleared(
    records, adas_file, ada, some_event
):
    records.append(ada, some_event())
    beside = adas_file.with_suffix(".tmp")
    beside.write_text('{"events": {"1": {"id": "half')
    assert len(records.events(ada)) == 1
    assert records.learner_ids() == (ada,)
    records.append(ada, some_event())
    assert len(records.events(ada)) == 2
    assert not beside.exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b'{"events": {"1": {"id": "half',
        b"\xff\xfe\x00",
        b"[]",
        b'{"events": [1]}',
        b'{"events": {"1": {"id": "e1"}}}',
        b'{"drafts": {"1": {"name": "no key"}}}',
    ],
)
def test_a_damaged_file_is_named_and_nothing_is_written_over_it(
    records, adas_file, ada, bea, some_event, damage
):
    records.append(ada, some_event())
    records.events(ada)
    adas_file.write_bytes(damage)
    for act in (
        lambda: records.events(ada),
        lambda: records.append(ada, some_event()),
        lambda: records.drafts(ada),
        lambda: records.save_draft(ada, "key", 1),
        lambda: records.drop_draft(ada, "key"),
    ):
        with pytest.raises(DamagedRecord) as told:
            act()
        assert str(adas_file) in str(told.value)
        assert "from a backup" in str(told.value)
    assert adas_file.read_bytes() == damage
    (aside,) = adas_file.parent.glob("*.damaged")
    assert aside.read_bytes() == damage
    assert records.learner_ids() == (ada,)
    assert records.append(bea, some_event())


def test_a_mended_file_is_taken_up_again(records, adas_file, ada, some_event):
    event = some_event()
    records.append(ada, event)
    backup = adas_file.read_bytes()
    adas_file.write_bytes(b"damaged")
    with pytest.raises(DamagedRecord):
        records.events(ada)
    adas_file.write_bytes(backup)
    assert records.events(ada) == (event,)


def test_a_record_of_a_later_version_is_not_written_over(records, adas_file, ada, some_event):
    records.append(ada, some_event())
    newer = adas_file.read_bytes().replace(b'"schema":1', b'"schema":2')
    adas_file.write_bytes(newer)
    with pytest.raises(DamagedRecord, match="later version"):
        records.append(ada, some_event())
    assert adas_file.read_bytes() == newer


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"learner": "../x"}', b"[]"])
def test_a_damaged_session_is_named_rather_than_given_to_somebody_else(
    records, folder, ada, bea, damage
):
    records.add_session(SESSION, ada, NOON)
    path = folder / "sessions" / SESSION[:2] / f"{SESSION}.json"
    path.write_bytes(damage)
    with pytest.raises(DamagedRecord, match=SESSION):
        records.learner_of_session(SESSION)
    with pytest.raises(DamagedRecord, match=SESSION):
        records.add_session(SESSION, bea, NOON)


def test_sessions_that_the_first_release_kept_are_listed_too(records, folder, ada):
    path = folder / "sessions" / SESSION[:2] / f"{SESSION}.json"
    path.parent.mkdir(parents=True)
    path.write_text(f'{{"learner":"{ada}","at":"{NOON.isoformat()}"}}')
    assert records.sessions_of(ada) == (Session(SESSION, ada, NOON),)
    assert EmbeddedRecords(folder).sessions_of(ada) == (Session(SESSION, ada, NOON),)


def test_no_file_of_an_erased_learner_remains(records, folder, adas_file, ada, some_event):
    records.append(ada, some_event())
    good = adas_file.read_bytes()
    adas_file.write_bytes(b"damaged")
    with pytest.raises(DamagedRecord):
        records.events(ada)
    adas_file.write_bytes(good)
    adas_file.with_suffix(".tmp").write_bytes(good)
    records.save_summary(ada, {"answers": 1})
    records.add_session(SESSION, ada, NOON)
    records.erase_learner(ada)
    left = [path for path in folder.rglob("*") if ada in path.name or SESSION in path.name]
    assert left == []


@pytest.mark.parametrize("damage", [b"", b'{"answers": ', b"\xff"])
def test_a_damaged_summary_is_lost_and_written_anew(records, folder, ada, damage):
    records.save_summary(ada, {"answers": 1})
    (folder / "summaries" / "ad" / f"{ada}.json").write_bytes(damage)
    assert records.summaries([ada]) == {}
    records.save_summary(ada, {"answers": 2})
    assert records.summaries([ada]) == {ada: {"answers": 2}}


def test_a_session_file_does_not_hold_the_token(records, folder, ada):
    records.add_session(SESSION, ada, NOON)
    held = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    assert "a token" not in held


def test_records_that_cannot_be_used_say_so_with_the_next_step(tmp_path, ada, some_event):
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file where the folder should be")
    records = EmbeddedRecords(in_the_way)
    for act in (
        lambda: records.append(ada, some_event()),
        lambda: records.events(ada),
        lambda: records.save_draft(ada, "key", 1),
        lambda: records.add_session(SESSION, ada, NOON),
        lambda: records.learner_of_session(SESSION),
        lambda: records.end_session(SESSION),
        lambda: records.learner_ids(),
        lambda: records.check_writable(),
    ):
        with pytest.raises(RecordsUnavailable, match="try again"):
            act()


def test_a_full_disk_leaves_what_was_saved_before(records, adas_file, ada, some_event):
    records.append(ada, some_event(data={"answer": "a"}))
    before = records.events(ada)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with pytest.raises(RecordsUnavailable, match="room"):
            records.append(ada, some_event(data={"answer": "a" * 5000}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert records.events(ada) == before
    assert not adas_file.with_suffix(".tmp").exists()
    assert records.append(ada, some_event())


@contextmanager
def as_an_ordinary_user():
    """Root may write anywhere, so root becomes nobody for a while."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_folder_that_may_only_be_read_is_read(tmp_path, monkeypatch, ada, some_event):
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    event = some_event()
    EmbeddedRecords("data").append(ada, event)
    folders = [Path("data"), *(path for path in Path("data").rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    with as_an_ordinary_user():
        records = EmbeddedRecords("data")
        assert records.events(ada) == (event,)
        for act in (
            lambda: records.append(ada, some_event()),
            lambda: records.check_writable(),
            lambda: records.update_document("cohort-1", lambda _: 1),
        ):
            with pytest.raises(RecordsUnavailable, match="may be written to, then try again"):
                act()
    for path in folders:
        path.chmod(0o755)
    assert records.append(ada, some_event())


def test_what_is_saved_after_the_clock_was_set_back_is_seen_at_once(
    folder, records, adas_file, ada, some_event
):
    first, second = some_event(at=NOON), some_event(at=NOON - timedelta(days=1))
    records.append(ada, first)
    tomorrow = time.time_ns() + 86_400 * 10**9
    os.utime(adas_file, ns=(tomorrow, tomorrow))
    other = EmbeddedRecords(folder)
    assert other.events(ada) == (first,)
    records.append(ada, second)
    assert other.events(ada) == records.events(ada) == (first, second)


def test_every_process_adds_to_what_the_last_one_left(folder, ada, some_event):
    """Each act in a process of its own, in every order of two."""

    def append(records):
        events.append(some_event())
        records.append(ada, events[-1])

    def save(records):
        drafts[f"draft-{len(drafts)}"] = len(drafts)
        records.save_draft(ada, f"draft-{len(drafts) - 1}", len(drafts) - 1)

    def drop(records):
        key = next(iter(drafts), "none")
        drafts.pop(key, None)
        records.drop_draft(ada, key)

    for first, second in product((append, save, drop), repeat=2):
        for acts in ([first, second], [append, first, second], [save, first, second]):
            events, drafts = [], {}
            EmbeddedRecords(folder).erase_learner(ada)
            for act in acts:
                act(EmbeddedRecords(folder))
                again = EmbeddedRecords(folder)
                assert again.events(ada) == tuple(events)
                assert again.drafts(ada) == drafts
                assert list(again.check()) == []


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("tables", [["drafts", "events"], ["events", "drafts"], ["events"]])
def test_a_file_that_somebody_mended_by_hand_is_added_to(
    folder, adas_file, ada, some_event, tables, indent
):
    events = [some_event(data={"drafts": {"}": '},"drafts":{}}'}}) for _ in range(3)]
    drafts = {"1": {"key": "stage", "value": "growing"}}
    plain = {str(number): event.to_dict() for number, event in enumerate(events, start=4)}
    content = {"events": plain, "drafts": drafts}
    adas_file.parent.mkdir(parents=True)
    adas_file.write_text(json.dumps({name: content[name] for name in tables}, indent=indent))
    later = [some_event(), some_event()]
    for event in later:
        assert EmbeddedRecords(folder).append(ada, event)
    again = EmbeddedRecords(folder)
    assert list(again.events(ada)) == events + later
    assert again.drafts(ada) == ({"stage": "growing"} if "drafts" in tables else {})


def test_texts_are_readable_in_the_file(records, adas_file, ada, some_event):
    records.append(ada, some_event(data={"answer": "主图五张"}))
    assert "主图五张" in adas_file.read_text(encoding="utf-8")
