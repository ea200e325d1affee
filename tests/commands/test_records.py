"""`python -m academy records …`, as whoever runs the site uses it."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from academy.__main__ import main
from academy.storage import open_records

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SESSION = sha256(b"a token").hexdigest()


@pytest.fixture
def url(tmp_path, ada, some_event):
    """The address of records that hold something."""
    url = f"tinydb:{tmp_path / 'data'}"
    records = open_records(url)
    records.append(ada, some_event())
    records.append(ada, some_event())
    records.save_draft(ada, "stage", "growing")
    records.save_summary(ada, {"answers": 2})
    records.add_session(SESSION, ada, NOON)
    records.update_document("cohort-1", lambda _: {"name": "十月班"})
    return url


def test_records_in_order_are_said_to_be(url, capsys):
    assert main(["records", "check", "--records", url]) == 0
    assert capsys.readouterr().out == "In order: learners 1.\n"


def test_what_is_damaged_is_named_and_left_as_it_is(url, tmp_path, ada, bea, capsys):
    data = tmp_path / "data"
    damaged = [
        data / "learners" / "ad" / f"{ada}.json",
        data / "documents" / "cohort-1.json",
        data / "sessions" / SESSION[:2] / f"{SESSION}.json",
    ]
    for path in damaged:
        path.write_text("{")
    strayed = data / "learners" / "xx" / f"{bea}.json"
    strayed.parent.mkdir()
    strayed.write_text("{}")
    assert main(["records", "check", "--records", url]) == 1
    out = capsys.readouterr().out
    for path in [*damaged, strayed]:
        assert f"DAMAGED: {path}: " in out
    assert out.endswith(
        "4 damaged. Put them back from a backup; until then nothing overwrites them.\n"
    )
    assert [path.read_text() for path in damaged] == ["{", "{", "{"]


def test_events_that_are_there_twice_are_named(url, tmp_path, ada, capsys):
    path = tmp_path / "data" / "learners" / "ad" / f"{ada}.json"
    path.write_text(path.read_text().replace('"event-2"', '"event-1"'))
    assert main(["records", "check", "--records", url]) == 1
    assert "it holds these events twice: event-1" in capsys.readouterr().out


def test_what_is_safe_to_mend_is_mended(url, tmp_path, ada, capsys):
    data = tmp_path / "data"
    left = data / "learners" / "ad" / f"{ada}.tmp"
    left.write_text('{"events"')
    (data / "summaries" / "ad" / f"{ada}.json").write_text('{"answ')
    (data / "sessions-of" / "ad" / f"{ada}.json").write_text("")
    before = open_records(url).events(ada)
    assert main(["records", "check", "--records", url]) == 0
    assert capsys.readouterr().out.count("mended: ") == 3
    assert not left.exists()
    records = open_records(url)
    assert records.events(ada) == before
    assert records.summaries([ada]) == {}
    assert [session.token_hash for session in records.sessions_of(ada)] == [SESSION]
    assert main(["records", "check", "--records", url]) == 0
    assert "mended" not in capsys.readouterr().out


def test_a_backup_is_restored_elsewhere(url, tmp_path, ada, capsys):
    file, elsewhere = str(tmp_path / "backup.gz"), f"tinydb:{tmp_path / 'elsewhere'}"
    assert main(["records", "backup", file, "--records", url]) == 0
    assert main(["records", "restore", file, "--records", elsewhere]) == 0
    told = "learners 1, events 2, sessions 1, documents 1"
    assert capsys.readouterr().out == f"Wrote to {file}: {told}.\nRestored: {told}.\n"
    assert open_records(elsewhere).events(ada) == open_records(url).events(ada)


def test_restoring_over_records_is_refused(url, tmp_path, capsys):
    file = str(tmp_path / "backup")
    main(["records", "backup", file, "--records", url])
    assert main(["records", "restore", file, "--records", url]) == 1
    assert "none is overwritten" in capsys.readouterr().err


def test_a_backup_of_what_is_damaged_says_what_is_missing_from_it(url, tmp_path, bea, capsys):
    path = tmp_path / "data" / "learners" / "be" / f"{bea}.json"
    path.parent.mkdir()
    path.write_text("{")
    assert main(["records", "backup", str(tmp_path / "backup"), "--records", url]) == 1
    told = capsys.readouterr()
    assert ": learners 1, events 2" in told.out
    assert f"LEFT OUT: The record {path} is damaged" in told.err


def test_records_are_copied(url, tmp_path, ada, capsys):
    target = f"tinydb:{tmp_path / 'elsewhere'}"
    assert main(["records", "copy", url, target]) == 0
    assert "Now let ACADEMY_RECORDS name the new place." in capsys.readouterr().out
    assert open_records(target).drafts(ada) == {"stage": "growing"}


def test_a_mistyped_place_is_noticed(tmp_path, capsys):
    nothing = f"tinydb:{tmp_path / 'nothing'}"
    for command in (
        ["backup", str(tmp_path / "backup"), "--records", nothing],
        ["copy", nothing, f"tinydb:{tmp_path / 'elsewhere'}"],
        ["restore", str(tmp_path / "nothing"), "--records", nothing],
        ["check", "--records", "mysql:x"],
    ):
        assert main(["records", *command]) == 1
        assert capsys.readouterr().err
    assert not (tmp_path / "backup").exists()
