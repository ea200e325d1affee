"""What records in PostgreSQL promise besides: to be found fast, and to come back by themselves."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Event, Thread

import psycopg
import pytest

from academy.records import Event as Happening
from academy.storage import DamagedRecord, RecordsUnavailable, open_records
from academy.storage.postgres import PostgresRecords

ROOT = Path(__file__).parents[2]
SESSION = sha256(b"a token").hexdigest()
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def records(database) -> Iterator[PostgresRecords]:
    with closing(PostgresRecords(database)) as records:
        yield records


@pytest.fixture
def other(database) -> Iterator[PostgresRecords]:
    """The same records as another process of the site has them."""
    with closing(PostgresRecords(database)) as records:
        yield records


def run(database: str, statement: str) -> list:
    with psycopg.connect(database, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_what_another_process_stores_is_seen_at_once(records, other, ada, some_event):
    here, there = some_event(), some_event()
    records.append(ada, here)
    assert other.events(ada) == (here,)
    other.append(ada, there)
    assert records.events(ada) == (here, there)
    further, last = some_event(), some_event()
    other.append(ada, further)
    assert records.append_and_read(ada, last) == (True, (here, there, further, last))


def test_who_was_erased_by_another_process_is_gone_here_too(records, other, ada, some_event):
    for _ in range(3):
        records.append(ada, some_event())
    assert len(records.events(ada)) == 3
    other.erase_learner(ada)
    assert records.events(ada) == ()
    records.append(ada, some_event())
    records.events(ada)
    other.erase_learner(ada)
    anew = tuple(some_event() for _ in range(5))
    other.append_all(ada, anew)
    assert records.events(ada) == anew
    other.erase_learner(ada)
    other.append_all(ada, anew)
    last = some_event()
    assert records.append_and_read(ada, last) == (True, (*anew, last))


def test_sites_started_at_once_make_the_tables_once(database, ada, some_event):
    sites = [PostgresRecords(database) for _ in range(4)]
    barrier = Barrier(len(sites))

    def start(site):
        barrier.wait()
        return site.append(ada, some_event(id="e1"))

    with ThreadPoolExecutor(len(sites)) as threads:
        assert Counter(threads.map(start, sites)) == {True: 1, False: 3}
    for site in sites:
        site.close()
    assert run(database, "select number, name from migrations") == [(1, "0001_records")]


def test_records_of_a_later_version_are_left_alone(records, database, ada, some_event):
    records.append(ada, some_event())
    run(database, "insert into migrations (number, name) values (999, 'a later one')")
    with closing(PostgresRecords(database)) as older:
        for act in (lambda: older.append(ada, some_event()), lambda: older.events(ada)):
            with pytest.raises(RecordsUnavailable, match="later version"):
                act()


@contextmanager
def explained(server, database: str) -> Iterator[tuple[PostgresRecords, list[dict]]]:
    """Records to ask, and afterwards every plan that the server made, as it noted in its log."""
    plans: list[dict] = []
    start = len(server.log())
    settings = {
        "session_preload_libraries": "auto_explain",
        "auto_explain.log_min_duration": "0",
        "auto_explain.log_format": "json",
    }
    options = "".join(f"%20-c{name}%3D{value}" for name, value in settings.items())
    with closing(PostgresRecords(database + options)) as records:
        yield records, plans
    for part in server.log()[start:].split("plan:\n")[1:]:
        plans.append(json.JSONDecoder().raw_decode(part.lstrip())[0])


def test_no_query_reads_all_events(server, database, records, ada, some_event):
    records.append(ada, some_event())
    run(
        database,
        """
        insert into events (learner_id, position, id, event)
        select 'learner-' || learner, position, 'e' || position, json_build_object('schema', 1,
            'id', 'e' || position, 'kind', 'k', 'at', '2026-11-21T12:00:00+00:00', 'data', '{}')
        from generate_series(1, 2000) as learner, generate_series(1, 20) as position;
        analyze;
        """,
    )
    learner = "learner-77"
    with explained(server, database) as (site, plans):
        for number in range(8):  # So often that the server settles on plans for any learner.
            site.append(learner, some_event())
            site.append_all(learner, [some_event() for _ in range(number)])
            site.append_and_read(learner, some_event())
            site.events(learner)
            site.save_draft(learner, "key", number)
            site.drafts(learner)
            site.drop_draft(learner, "key")
            site.save_summary(learner, number)
            site.summaries([learner])
            site.add_session(SESSION, learner, NOON)
            site.sessions_of(learner)
            site.end_session(SESSION)
            assert len(site.learner_ids()) == 2001 - number
            site.erase_learner(f"learner-{1000 + number}")
    read = [(node, plan["Query Text"]) for plan in plans for node in nodes(plan["Plan"])]
    on_events = [(node, text) for node, text in read if node.get("Relation Name") == "events"]
    assert len(on_events) > 30
    assert [text for node, text in on_events if node["Node Type"] == "Seq Scan"] == []


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


@contextmanager
def stopped(server) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


def test_while_the_server_is_away_everyone_is_told_and_then_all_goes_on(
    server, database, ada, some_event
):
    with closing(PostgresRecords(database.replace("academy@", "academy:secret@"))) as records:
        records.append(ada, some_event(id="e1"))
        with stopped(server), pytest.raises(RecordsUnavailable) as told:
            records.append(ada, some_event(id="e2"))
        assert "See that PostgreSQL runs there" in str(told.value)
        assert "secret" not in str(told.value)
        assert records.append(ada, some_event(id="e2"))
        assert [event.id for event in records.events(ada)] == ["e1", "e2"]


def test_a_site_that_starts_before_its_database_waits_for_it(server, database, ada):
    with stopped(server):
        records = PostgresRecords(database)
    assert records.events(ada) == ()
    records.close()


def test_a_restart_under_load_loses_nothing(server, records, ada, bea):
    """Each writer repeats an event until it is acknowledged; doing so twice is harmless."""
    told, restarted, learners = Counter(), Event(), (ada, bea, "cyrus-0000003")
    written = {learner: [] for learner in learners}

    def write(learner):
        while not restarted.is_set():
            event = Happening(f"e{len(written[learner])}", "response", NOON, {})
            while True:
                try:
                    records.append(learner, event)
                    break
                except RecordsUnavailable:
                    told[learner] += 1
            written[learner].append(event)

    writers = [Thread(target=write, args=(learner,)) for learner in learners]
    for writer in writers:
        writer.start()
    try:
        for _ in range(2):
            before = {learner: len(written[learner]) for learner in learners}
            server.stop(at_once=True)
            server.start()
            while any(len(written[learner]) < before[learner] + 5 for learner in learners):
                assert all(writer.is_alive() for writer in writers)
    finally:
        restarted.set()
        for writer in writers:
            writer.join()
    for learner in learners:
        assert list(records.events(learner)) == written[learner]


def test_a_database_that_may_not_be_written_to_can_still_be_read(
    records, database, ada, some_event
):
    records.append(ada, some_event())
    with closing(PostgresRecords(f"{database}%20-cdefault_transaction_read_only%3Don")) as replica:
        assert len(replica.events(ada)) == 1
        for act in (
            lambda: replica.append(ada, some_event()),
            lambda: replica.check_writable(),
            lambda: replica.update_document("cohort-1", lambda _: 1),
        ):
            with pytest.raises(RecordsUnavailable, match="read-only"):
                act()


def test_a_full_disk_leaves_what_was_saved_before(records, database, ada, some_event):
    event = some_event()
    records.append(ada, event)
    run(
        database,
        """
        create function refuse() returns trigger language plpgsql as
        $$ begin raise disk_full using message = 'no space left on device'; end $$;
        create trigger full_disk before insert on events execute function refuse();
        """,
    )
    with pytest.raises(RecordsUnavailable, match="no space left"):
        records.append(ada, some_event())
    run(database, "drop trigger full_disk on events")
    assert records.events(ada) == (event,)
    assert records.append(ada, some_event())


def test_nothing_is_acknowledged_before_it_is_on_the_disk(database, ada, some_event):
    """Even where the database was set up to be quicker than that."""
    hasty = f"{database}%20-csynchronous_commit%3Doff"
    with closing(PostgresRecords(hasty)) as records, records.snapshot() as still:
        assert still._rows("show synchronous_commit") == [("on",)]


def test_a_snapshot_shows_one_moment(records, other, ada, bea, some_event):
    first = some_event()
    records.append(ada, first)
    with records.snapshot() as still:
        assert still.learner_ids() == (ada,)
        other.append(ada, some_event())
        other.append(bea, some_event())
        other.update_document("cohort-1", lambda _: {})
        assert still.events(ada) == (first,)
        assert still.learner_ids() == (ada,)
        assert still.document_names("") == ()


@pytest.mark.parametrize(
    "damage, told",
    [
        ("delete from events where position = 2", "missing"),
        ("update events set id = 'x' where position = 2", "under the id of another"),
        ("update events set event = '{}' where position = 2", "no event"),
        ("update events set event = '[1]' where position = 2", "no event"),
        ("update events set learner_id = 'X'", "no learner's id"),
    ],
)
def test_a_check_names_the_learner_whose_events_are_damaged(
    records, database, ada, some_event, damage, told
):
    records.append_all(ada, [some_event() for _ in range(3)])
    run(database, damage)
    (found,) = records.check()
    assert told in found.what
    assert "learner" in found.place
    assert not found.is_mended


def test_events_that_make_no_sense_are_named_and_nothing_is_written_over_them(
    records, database, ada, some_event
):
    records.append(ada, some_event())
    later = """update events set event = replace(event::text, '"schema":1', '"schema":2')::json"""
    run(database, later)
    with pytest.raises(DamagedRecord, match=f"{ada}.*later version.*backup"):
        records.events(ada)


def test_without_its_driver_postgresql_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "academy.storage.postgres")
    with pytest.raises(ValueError, match=r"pip install -r requirements-postgres\.txt"):
        open_records("postgresql://localhost/academy")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no address of a database"):
        open_records("postgresql://localhost/academy?no-such-option=1")


def test_events_cut_by_learner_as_the_guide_has_it_keep_every_promise(
    server, database, ada, bea, some_event
):
    guide = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    (statements,) = re.findall(r"```sql\n(.*?partition by hash.*?)```", guide, re.DOTALL)
    before = tuple(some_event() for _ in range(3))
    with closing(PostgresRecords(database)) as whole:
        whole.append_all(ada, before)
    run(database, statements)
    parts = "select count(*) from pg_inherits where inhparent = 'events'::regclass"
    assert run(database, parts) == [(4,)]
    with explained(server, database) as (records, plans):
        later = some_event(id="e1")
        assert records.append(ada, later)
        assert not records.append(ada, some_event(id="e1"))
        assert records.append_all(ada, [some_event(id="e1"), some_event(id="e2")]) == 1
        assert records.append(bea, some_event(id="e1"))
        assert records.events(ada)[:4] == (*before, later)
        assert records.learner_ids() == (ada, bea)
        with ThreadPoolExecutor(4) as threads:
            new = list(threads.map(lambda _: records.append(bea, some_event()), range(40)))
        assert len(records.events(bea)) == 1 + sum(new)
        assert list(records.check()) == []
        records.erase_learner(ada)
        assert records.learner_ids() == (bea,)
    appends = [plan["Plan"] for plan in plans if "insert into events" in plan["Query Text"]]
    read = [{node.get("Relation Name") for node in nodes(plan)} for plan in appends]
    assert read
    assert all(len({name for name in names if name and name[-1].isdigit()}) == 1 for names in read)
