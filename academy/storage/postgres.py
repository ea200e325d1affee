"""Records in PostgreSQL, for a site on more than one machine.

Every act is one statement, so there is nothing half done to go back on. Two writers of one learner
want the same position; the second is refused, and takes the next one.
"""

from __future__ import annotations

import json
import select
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import UniqueViolation
from psycopg_pool import ConnectionPool

from academy.records import JSON, Event
from academy.storage.base import (
    DamagedRecord,
    Finding,
    RecordsUnavailable,
    Session,
    SessionEnded,
    as_json,
    checked_document_name,
    checked_learner_id,
    checked_prefix,
    checked_token_hash,
)
from academy.storage.recent import Recent

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 20261121
_CONNECTIONS = 10
_PATIENCE = 3.0
"""Seconds that a visitor waits for a connection before he is told."""
_IN_TROUBLE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""So that a server that is gone is noticed; whatever the address says goes before these."""
_CACHED_LEARNERS = 256
_CACHED_SUMMARIES = 20_000

_APPEND = """
insert into events (learner_id, position, id, event)
select %(learner)s, coalesce(max(position), 0) + 1, %(id)s, %(event)s::json
from events where learner_id = %(learner)s
on conflict (learner_id, id) do nothing
"""
_APPEND_ALL = """
insert into events (learner_id, position, id, event)
select
    %(learner)s,
    (select coalesce(max(position), 0) from events where learner_id = %(learner)s)
        + row_number() over (order by number),
    id,
    event::json
from unnest(%(ids)s::text[], %(events)s::text[]) with ordinality as given (id, event, number)
where not exists (select from events as e where e.learner_id = %(learner)s and e.id = given.id)
"""
_APPEND_AND_READ = """
with let_in as (
    select %(session)s::text is null or exists (
        select from sessions where token_hash = %(session)s and learner_id = %(learner)s
    ) as is_so
), new as (
    insert into events (learner_id, position, id, event)
    select
        %(learner)s,
        (select coalesce(max(position), 0) + 1 from events where learner_id = %(learner)s),
        %(id)s,
        %(event)s::json
    from let_in where is_so
    on conflict (learner_id, id) do nothing
    returning position, event
)
select 0 as position, to_json(is_so), false as is_new from let_in
union all
select position, event, false from events
where learner_id = %(learner)s and position >= %(since)s
union all
select position, event, true from new
order by position
"""
_EVENTS = """
select event from events where learner_id = %s and position >= %s order by position
"""
_MIGRATIONS_TABLE = """
create table if not exists migrations (
    number integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
)
"""
_LEARNERS = """
select learner_id from events where position = 1 union select learner_id from drafts order by 1
"""
_SAVE_DRAFT = """
insert into drafts (learner_id, key, value) values (%s, %s, %s::json)
on conflict (learner_id, key) do update set value = excluded.value
"""
_SAVE_SUMMARY = """
insert into summaries (learner_id, version, value) values (%s, gen_random_uuid(), %s::json)
on conflict (learner_id) do update set version = excluded.version, value = excluded.value
"""
_ADD_SESSION = """
insert into sessions (token_hash, learner_id, at, note) values (%s, %s, %s, %s)
on conflict (token_hash) do update set token_hash = excluded.token_hash
returning learner_id
"""
_SESSIONS = "select token_hash, learner_id, at, note from sessions"
_REPLACE_DOCUMENT = """
update documents set value = %s::json where name = %s and value::text = %s
"""
_ADD_DOCUMENT = """
insert into documents (name, value) values (%s, %s::json) on conflict (name) do nothing
"""


class PostgresRecords:
    """Keeps the promises of `Records` in a PostgreSQL database, which it brings up to date.

    See migrations/ for the tables. The server need not be there yet, and may come and go.
    """

    def __init__(self, url: str) -> None:
        try:
            options = conninfo_to_dict(url)
        except psycopg.ProgrammingError as error:
            raise ValueError(f"This is no address of a database: {error}".rstrip()) from error
        self._place = f"postgresql://{options.get('host', '')}/{options.get('dbname', '')}"
        self._events: Recent[str, tuple[Event, ...]] = Recent(_CACHED_LEARNERS)
        self._summaries: Recent[str, tuple[UUID, JSON]] = Recent(_CACHED_SUMMARIES)
        self._is_up_to_date = False
        self._pool = ConnectionPool(
            make_conninfo("", **{**_IN_TROUBLE, **options}),
            kwargs={"autocommit": True},
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=_PATIENCE,
            # Attempts to connect grow rarer; after these seconds the next visitor begins anew.
            reconnect_timeout=_PATIENCE,
            configure=_insist_on_durability,
            check=_check_if_spoken_to,
            open=True,
        )

    def append(self, learner_id: str, event: Event) -> bool:
        checked_learner_id(learner_id)
        new = {"learner": learner_id, "id": event.id, "event": _text(event.to_dict())}
        return self._insert(_APPEND, new).rowcount == 1

    def append_all(self, learner_id: str, events: Iterable[Event]) -> int:
        checked_learner_id(learner_id)
        given: dict[str, str] = {}
        for event in events:
            given.setdefault(event.id, _text(event.to_dict()))
        new = {"learner": learner_id, "ids": list(given), "events": list(given.values())}
        return self._insert(_APPEND_ALL, new).rowcount

    def append_and_read(
        self, learner_id: str, event: Event, *, session: str | None = None
    ) -> tuple[bool, tuple[Event, ...]]:
        known = self.events_seen(learner_id)
        new = {
            "learner": learner_id,
            "id": event.id,
            "event": _text(event.to_dict()),
            "session": None if session is None else checked_token_hash(session),
            "since": max(1, len(known)),
        }
        (_, is_let_in, _), *rows = self._insert(_APPEND_AND_READ, new).fetchall()
        if not is_let_in:
            raise SessionEnded
        since = self._events_in(learner_id, ([plain] for _, plain, _ in rows))
        is_new = any(is_new for _, _, is_new in rows)
        if known and since[:1] != known[-1:]:  # He was erased, and may have begun anew.
            return is_new, self.events(learner_id)
        events = known[:-1] + since
        self._events.put(learner_id, events)
        return is_new, events

    def events(self, learner_id: str) -> tuple[Event, ...]:
        known = self._events.get(checked_learner_id(learner_id)) or ()
        since = self._events_since(learner_id, max(1, len(known)))
        if known and since[:1] != known[-1:]:  # He was erased, and may have begun anew.
            known, since = (), self._events_since(learner_id, 1)
        events = known[:-1] + since
        self._events.put(learner_id, events)
        return events

    def events_seen(self, learner_id: str) -> tuple[Event, ...]:
        return self._events.get(checked_learner_id(learner_id)) or ()

    def save_draft(self, learner_id: str, key: str, value: JSON) -> None:
        self._do(_SAVE_DRAFT, [checked_learner_id(learner_id), key, _text(value)])

    def drafts(self, learner_id: str) -> dict[str, JSON]:
        query = "select key, value from drafts where learner_id = %s"
        return dict(self._rows(query, [checked_learner_id(learner_id)]))

    def drop_draft(self, learner_id: str, key: str) -> None:
        query = "delete from drafts where learner_id = %s and key = %s"
        self._do(query, [checked_learner_id(learner_id), key])

    def erase_learner(self, learner_id: str) -> None:
        checked_learner_id(learner_id)
        with self._connection() as connection, connection.transaction():
            for table in ("sessions", "summaries", "drafts", "events"):
                connection.execute(f"delete from {table} where learner_id = %s", [learner_id])
        self._events.drop(learner_id)
        self._summaries.drop(learner_id)

    def save_summary(self, learner_id: str, value: JSON) -> None:
        self._do(_SAVE_SUMMARY, [checked_learner_id(learner_id), _text(value)])

    def summaries(self, learner_ids: Collection[str]) -> dict[str, JSON]:
        asked = [checked_learner_id(learner_id) for learner_id in learner_ids]
        versions = "select learner_id, version from summaries where learner_id = any(%s)"
        news = "select learner_id, version, value from summaries where learner_id = any(%s)"
        found: dict[str, JSON] = {}
        unknown = []
        for learner_id, version in self._rows(versions, [asked]):
            known = self._summaries.get(learner_id)
            if known and known[0] == version:
                found[learner_id] = known[1]
            else:
                unknown.append(learner_id)
        for learner_id, version, value in self._rows(news, [unknown]) if unknown else ():
            self._summaries.put(learner_id, (version, value))
            found[learner_id] = value
        return found

    def add_session(self, token_hash: str, learner_id: str, at: datetime, *, note: str = "") -> str:
        Session(token_hash, learner_id, at, note)
        ((owner,),) = self._rows(_ADD_SESSION, [token_hash, learner_id, at, note])
        return owner

    def learner_of_session(self, token_hash: str) -> str | None:
        query = "select learner_id from sessions where token_hash = %s"
        return next(
            (owner for (owner,) in self._rows(query, [checked_token_hash(token_hash)])), None
        )

    def sessions_of(self, learner_id: str) -> tuple[Session, ...]:
        query = f"{_SESSIONS} where learner_id = %s order by at, token_hash"
        return _in_utc(self._rows(query, [checked_learner_id(learner_id)]))

    def sessions(self) -> tuple[Session, ...]:
        return _in_utc(self._rows(f"{_SESSIONS} order by at, token_hash"))

    def end_session(self, token_hash: str) -> None:
        query = "delete from sessions where token_hash = %s"
        self._do(query, [checked_token_hash(token_hash)])

    def document(self, name: str) -> JSON:
        query = "select value from documents where name = %s"
        return next((value for (value,) in self._rows(query, [checked_document_name(name)])), None)

    def documents(self, names: Iterable[str]) -> dict[str, JSON]:
        query = "select name, value from documents where name = any(%s)"
        found = self._rows(query, [[checked_document_name(name) for name in names]])
        return {name: kept for name, kept in found if kept is not None}

    def update_document(self, name: str, change: Callable[[JSON], JSON]) -> JSON:
        checked_document_name(name)
        with self._connection() as connection:
            while True:
                query = "select value::text from documents where name = %s"
                row = connection.execute(query, [name]).fetchone()
                changed = change(json.loads(row[0]) if row else None)
                done = (
                    connection.execute(_REPLACE_DOCUMENT, [_text(changed), name, row[0]])
                    if row
                    else connection.execute(_ADD_DOCUMENT, [name, _text(changed)])
                )
                if done.rowcount:
                    return changed

    def document_names(self, prefix: str) -> tuple[str, ...]:
        query = "select name from documents where starts_with(name, %s) order by name"
        return tuple(name for (name,) in self._rows(query, [checked_prefix(prefix)]))

    def drop_document(self, name: str) -> None:
        self._do("delete from documents where name = %s", [checked_document_name(name)])

    def learner_ids(self) -> tuple[str, ...]:
        return tuple(learner_id for (learner_id,) in self._rows(_LEARNERS))

    def check_writable(self) -> None:
        self._do("update written set at = now()")

    @contextmanager
    def snapshot(self) -> Iterator[PostgresRecords]:
        with self._connection() as connection, connection.transaction():
            connection.execute("set transaction isolation level repeatable read, read only")
            yield _Snapshot(self._place, connection)

    def check(self) -> Iterator[Finding]:
        with self.snapshot() as still:
            for (learner_id,) in still._rows("select distinct learner_id from events order by 1"):
                for what in still._wrong_with(learner_id):
                    yield Finding(f"{self._place}, learner {learner_id}", what, False)

    def close(self) -> None:
        self._pool.close()

    def _wrong_with(self, learner_id: str) -> Iterator[str]:
        query = "select position, id, event from events where learner_id = %s order by position"
        rows = self._rows(query, [learner_id])
        if [position for position, _, _ in rows] != list(range(1, len(rows) + 1)):
            yield "events are missing from it"
        try:
            checked_learner_id(learner_id)
            if [event.id for event in self._events_in(learner_id, (row[2:] for row in rows))] != [
                id for _, id, _ in rows
            ]:
                yield "an event lies under the id of another"
        except DamagedRecord as damage:
            yield damage.reason
        except ValueError as error:
            yield str(error)

    def _do(self, statement: str, values: Sequence[object] = ()) -> None:
        with self._connection() as connection:
            connection.execute(statement, values)

    def _insert(self, statement: str, new: Mapping[str, object]) -> psycopg.Cursor:
        with self._connection() as connection:
            while True:
                try:
                    return connection.execute(statement, new)
                except UniqueViolation:
                    continue  # Somebody else took the position meanwhile.

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._connection() as connection:
            return connection.execute(query, values).fetchall()

    def _events_since(self, learner_id: str, position: int) -> tuple[Event, ...]:
        return self._events_in(learner_id, self._rows(_EVENTS, [learner_id, position]))

    def _events_in(self, learner_id: str, rows: Iterable[Sequence[Any]]) -> tuple[Event, ...]:
        try:
            return tuple(Event.from_dict(plain) for (plain,) in rows)
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedRecord(
                f"{self._place}, learner {learner_id}",
                f"it holds what is no event ({error})",
                "It is left as it is. Put the learner's events back from a backup.",
            ) from error

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection]:
        with self._trouble_told(), self._pool.connection() as connection:
            if not self._is_up_to_date:
                self._bring_up_to_date(connection)
                self._is_up_to_date = True
            yield connection

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.DataError as error:
            raise ValueError(f"PostgreSQL does not take this: {error}") from error
        except psycopg.Error as error:
            raise RecordsUnavailable(
                self._place,
                str(error).strip(),
                "See that PostgreSQL runs there and lets the site in, then try again.",
            ) from error

    def _bring_up_to_date(self, connection: psycopg.Connection) -> None:
        """Apply the migrations that are not yet, one process at a time."""
        steps = sorted(_MIGRATIONS.glob("*.sql"))
        if _applied(connection) == len(steps):
            return
        with connection.transaction():
            connection.execute("select pg_advisory_xact_lock(%s)", [_MIGRATION_LOCK])
            connection.execute(_MIGRATIONS_TABLE)
            applied = _applied(connection)
            if applied > len(steps):
                raise RecordsUnavailable(
                    self._place,
                    f"a later version of the academy brought them to step {applied}",
                    f"Run that version; this one knows {len(steps)} steps.",
                )
            for number, step in enumerate(steps[applied:], start=applied + 1):
                connection.execute(step.read_text(encoding="utf-8"))
                connection.execute(
                    "insert into migrations (number, name) values (%s, %s)", [number, step.stem]
                )


class _Snapshot(PostgresRecords):
    """The records as one transaction sees them."""

    def __init__(self, place: str, connection: psycopg.Connection) -> None:
        self._place = place
        self._events, self._summaries = Recent(_CACHED_LEARNERS), Recent(_CACHED_SUMMARIES)
        self._transaction = connection

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection]:
        with self._trouble_told():
            yield self._transaction


def _insist_on_durability(connection: psycopg.Connection) -> None:
    connection.execute(
        "select set_config('synchronous_commit', 'on', false) "
        "where current_setting('synchronous_commit') = 'off'"
    )


def _check_if_spoken_to(connection: psycopg.Connection) -> None:
    """A server that ends a connection says so: then, and only then, is there something to read."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)


def _applied(connection: psycopg.Connection) -> int:
    """How many migrations were applied so far."""
    exists = connection.execute("select to_regclass('migrations') is not null").fetchone()
    if exists != (True,):
        return 0
    ((number,),) = connection.execute("select coalesce(max(number), 0) from migrations").fetchall()
    return int(number)


def _in_utc(rows: Iterable[tuple[str, str, datetime, str]]) -> tuple[Session, ...]:
    return tuple(
        Session(token_hash, learner_id, at.astimezone(UTC), note)
        for token_hash, learner_id, at, note in rows
    )


def _text(value: object) -> str:
    return as_json(value).decode()
