"""Backups are whole, restoring overwrites nothing, a copy says the same byte for byte."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from threading import Event as Signal
from threading import Thread

import pytest

from academy.storage import open_records
from academy.storage.base import as_json
from academy.storage.embedded import EmbeddedRecords
from academy.storage.transfer import TransferRefused, back_up, copy, is_empty, restore

FIRST_RELEASE = Path(__file__).parent / "first_release" / "folder"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SESSION = sha256(b"a token").hexdigest()


@pytest.fixture
def written(tmp_path):
    """Records that hold what the first release wrote."""
    return EmbeddedRecords(copytree(FIRST_RELEASE, tmp_path / "first release"))


def everything(records):
    """All that is kept, each event as its bytes."""
    learners = records.learner_ids()
    return (
        {id: [as_json(event.to_dict()) for event in records.events(id)] for id in learners},
        {id: repr(records.drafts(id)) for id in learners},
        {name: repr(records.document(name)) for name in records.document_names("")},
        records.sessions(),
    )


@pytest.mark.parametrize("name", ["backup.jsonl", "backup.jsonl.gz"])
def test_what_is_restored_is_what_was_backed_up(written, records, tmp_path, name):
    done = back_up(written, tmp_path / name)
    assert (done.learners, done.events, done.sessions) == (1, 50, 1)
    assert str(restore(tmp_path / name, records)) == str(done)
    assert everything(records) == everything(written)


def test_a_backup_of_each_store_holds_the_same(written, records, tmp_path):
    copy(written, records)
    back_up(written, tmp_path / "one")
    back_up(records, tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_backup_is_for_the_eyes_of_its_owner(written, tmp_path):
    back_up(written, tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600


def test_a_backup_overwrites_no_file(written, tmp_path):
    (tmp_path / "backup").write_text("another")
    with pytest.raises(TransferRefused, match="there already"):
        back_up(written, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "another"


def test_a_backup_made_while_the_site_runs_is_whole(records, tmp_path, some_event):
    """Each document names the last learner who joined, after his first event was stored."""
    enough, stop = Signal(), Signal()

    def join_and_learn():
        number = 0
        while not stop.is_set():
            learner = f"learner-{number:04}"
            records.append(learner, some_event())
            records.update_document("cohort-1", lambda _, learner=learner: {"last": learner})
            records.append(learner, some_event())
            number += 1
            if number == 20:
                enough.set()

    site = Thread(target=join_and_learn)
    site.start()
    enough.wait()
    back_up(records, tmp_path / "backup")
    stop.set()
    site.join()
    with closing(open_records("memory:")) as restored:
        restore(tmp_path / "backup", restored)
        last = restored.document("cohort-1")["last"]
        assert last >= "learner-0019"
        assert last in restored.learner_ids()
        for learner in restored.learner_ids():
            events = restored.events(learner)
            assert events
            assert events == records.events(learner)[: len(events)]


def test_a_backup_leaves_out_what_is_damaged_and_names_it(written, tmp_path, ada, some_event):
    written.append(ada, some_event())
    path = tmp_path / "first release" / "learners" / "ad" / f"{ada}.json"
    path.write_text("damaged")
    done = back_up(written, tmp_path / "backup")
    assert done.learners == 1
    assert [damage.place for damage in done.damaged] == [path]


def test_restoring_overwrites_nothing(written, records, tmp_path, ada, some_event):
    back_up(written, tmp_path / "backup")
    for keep in (
        lambda: records.append(ada, some_event()),
        lambda: records.update_document("cohort-1", lambda _: 1),
        lambda: records.add_session(SESSION, ada, NOON),
    ):
        keep()
        before = everything(records)
        with pytest.raises(TransferRefused, match="none is overwritten"):
            restore(tmp_path / "backup", records)
        assert everything(records) == before
        records.erase_learner(ada)
        records.drop_document("cohort-1")
    assert is_empty(records)


@pytest.mark.parametrize("name", ["backup", "backup.gz"])
@pytest.mark.parametrize("kept", [0, 1, 40, 2000, -2])
def test_a_backup_that_is_cut_off_restores_nothing(written, records, tmp_path, name, kept):
    back_up(written, tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[:kept])
    with pytest.raises(TransferRefused, match=r"another backup|no backup"):
        restore(tmp_path / name, records)
    assert is_empty(records)


def test_a_backup_that_was_changed_restores_nothing(written, records, tmp_path):
    back_up(written, tmp_path / "backup")
    lines = (tmp_path / "backup").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "backup").write_text("".join([*lines[:3], *lines[4:]]), encoding="utf-8")
    with pytest.raises(TransferRefused, match="was changed"):
        restore(tmp_path / "backup", records)
    assert is_empty(records)


def test_only_a_backup_of_this_version_or_an_earlier_one_is_restored(records, tmp_path):
    path = tmp_path / "backup"
    path.write_text('{"academy": "records", "version": 2}\n')
    with pytest.raises(TransferRefused, match="later version"):
        restore(path, records)
    path.write_text('{"something": "else"}\n')
    with pytest.raises(TransferRefused, match="no backup"):
        restore(path, records)


def test_a_copy_says_the_same_byte_for_byte_there_and_back(written, records, tmp_path):
    copy(written, records)
    assert everything(records) == everything(written)
    back = EmbeddedRecords(tmp_path / "back")
    copy(records, back)
    assert everything(back) == everything(written)
    (theirs,) = (tmp_path / "first release").glob("learners/*/*.json")
    (ours,) = (tmp_path / "back").glob("learners/*/*.json")
    assert json.loads(ours.read_bytes())["events"] == json.loads(theirs.read_bytes())["events"]


class Stopped(Exception):
    """Somebody pulled the plug."""


class StoppingAfter:
    """Records that take only so many writes."""

    def __init__(self, records, writes):
        self._records, self._left = records, writes

    def __getattr__(self, name):
        if name in {"append_all", "save_draft", "add_session", "update_document"}:
            if not self._left:
                raise Stopped
            self._left -= 1
        return getattr(self._records, name)


def test_a_copy_that_was_stopped_anywhere_goes_on_when_it_is_begun_again(
    written, records, ada, bea, some_event
):
    for learner in (ada, bea):
        written.append_all(learner, [some_event() for _ in range(3)])
        written.save_draft(learner, "stage", "growing")
    for writes in range(0, 30, 3):
        with pytest.raises(Stopped):
            copy(written, StoppingAfter(records, writes))
            raise Stopped
        written.append(ada, some_event())
        written.save_draft(bea, "stage", f"growing {writes}")
    written.drop_draft(bea, "stage")
    written.end_session(written.sessions()[0].token_hash)
    copy(written, records)
    assert everything(records) == everything(written)


def test_a_copy_to_other_records_is_refused(written, records, ada, some_event):
    records.append(ada, some_event())
    before = everything(records)
    with pytest.raises(TransferRefused, match=f"'{ada}'.*empty place"):
        copy(written, records)
    written.append(ada, some_event())
    with pytest.raises(TransferRefused, match=f"'{ada}'.*empty place"):
        copy(written, records)
    assert before[0][ada] == everything(records)[0][ada]


def test_the_first_releases_backup_is_restored(records):
    restore(FIRST_RELEASE.parent / "backup.jsonl.gz", records)
    assert everything(records) == everything(EmbeddedRecords(FIRST_RELEASE))
