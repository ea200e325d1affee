"""What keeping a record costs, beside what the disk and the database cost in the same run.

`python -m benchmarks.storage` saves answers on both stores, with few learners and with many, by one
writer and by several, opens cohorts, watches the memory and kills a thousand writers of each
store. It writes results/storage.md. Nothing is asserted: times belong to a machine and its hour.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing import Queue, get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import psycopg

from academy.records import JSON, Event
from academy.storage import Records, open_records
from academy.storage.base import as_json
from benchmarks.printing import print_and_keep
from tests.postgres_server import PostgresServer, postgres_server

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "storage.md"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

LENGTHS = (30, 100, 300, 1000)
"""Events in a record that is added to; a merchant who took part for a month has some 300."""
RECORDS, EACH = 12, 12
"""Records of each length, and answers added to each; four times as many where they cost less."""
WRITERS = (1, 2, 4, 8)
WRITING_SECONDS = 2.0
FEW, MANY = 10, 10_000
COHORTS = (10, 100, 1_000, 10_000)
MOST_TIMES_DISK, MOST_TIMES_INSERT, MOST_GROWTH, MOST_SECONDS = 3.0, 2.0, 1.3, 1.0
"""The goals: TinyDB's append against the disk's own, PostgreSQL's against a bare insert, an append
with many learners against one with few, and the opening of the largest cohort."""
ACTS = 10_000
KILLS = 1_000

_numbers = count(1)


def answer() -> Event:
    """An event as the site writes it for each answer, some 400 bytes."""
    number = next(_numbers)
    return Event(
        f"item-answered:0123456789abcdef:item-{number}",
        "item-answered",
        NOON + timedelta(seconds=number),
        {
            "attempt": "0123456789abcdef",
            "item": f"item-{number}",
            "chosen": ["b", "c"],
            "is_correct": False,
            "judged_by": {
                "key": ["a"],
                "skill": "assortment-pricing",
                "guessing": 0.25,
                "state": {"difficulty": 0.35, "discrimination": 1.0, "is_calibrated": False},
                "least_seconds": 4.2,
            },
            "seconds": 12.3,
        },
    )


def summary(number: int) -> JSON:
    """What a cohort's page needs of one learner: a score and a status of each of 42 skills."""
    skills = {f"skill-{skill}": [(number * skill) % 101, "verified"] for skill in range(42)}
    return {"stage": "growing", "last": NOON.isoformat(), "answers": number, "skills": skills}


def learner(number: int) -> str:
    return f"{number * 7919 % 65536:04x}-learner-{number:05}"


def seconds(act: Callable[..., object], *given: object) -> float:
    """How long an act takes."""
    start = perf_counter()
    act(*given)
    return perf_counter() - start


def replace_file(path: Path, content: bytes) -> None:
    """What any program must do to replace a file for good: nothing else, no lock, no JSON."""
    beside = path.with_suffix(".tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


Pair = tuple[list[float], list[float]]
"""Seconds of each of our acts, and of what it is compared with, done in turn."""


def appends_on_disk(folder: Path) -> Iterator[tuple[str, Pair]]:
    """TinyDB beside the disk: the first answer after a record was read, and those that follow."""
    folder.mkdir()
    url = f"tinydb:{folder / 'data'}"
    for length in LENGTHS:
        first: Pair = ([], [])
        later: Pair = ([], [])
        for id in records_of(open_records(url), length):
            (path,) = (folder / "data" / "learners").glob(f"*/{id}.json")
            records = open_records(url)
            records.events(id)
            for number in range(EACH):
                ours, disk = later if number else first
                content = path.read_bytes()
                ours.append(seconds(records.append, id, answer()))
                disk.append(seconds(replace_file, folder / "bare.json", content))
        yield f"{length} events", later
        yield f"{length} events, and was just read", first


def appends_in_database(server: PostgresServer) -> Iterator[tuple[str, Pair]]:
    """PostgreSQL beside a bare table, which gets the same text with nothing to look up."""
    url = server.empty("appends")
    insert = "insert into bare (event) values (%s)"
    with closing(open_records(url)) as records, psycopg.connect(url, autocommit=True) as bare:
        bare.execute("create table bare (number bigint generated always as identity, event json)")
        for length in LENGTHS:
            ours: list[float] = []
            inserts: list[float] = []
            for id in records_of(records, length):
                for event in [answer() for _ in range(4 * EACH)]:
                    ours.append(seconds(records.append, id, event))
                    text = as_json(event.to_dict()).decode()
                    inserts.append(seconds(bare.execute, insert, [text]))
            yield f"{length} events", (ours, inserts)


def records_of(records: Records, length: int) -> Iterator[str]:
    """Learners whose records have so many events each."""
    for number in range(RECORDS):
        id = learner(100 * length + number)
        records.append_all(id, [answer() for _ in range(length)])
        yield id


def _write(url: str, number: int, barrier: Barrier, done: Queue[int]) -> None:
    with closing(open_records(url)) as records:
        records.append(learner(number), answer())
        barrier.wait()
        end = perf_counter() + WRITING_SECONDS
        written = 0
        while perf_counter() < end:
            records.append(learner(number), answer())
            written += 1
        done.put(written)


def appends_a_second(url: str, writers: int) -> float:
    """Processes that write as fast as they can, each for a learner of its own."""
    spawn = get_context("spawn")
    barrier, done = spawn.Barrier(writers), spawn.Queue()
    processes = [
        spawn.Process(target=_write, args=(url, 1000 * writers + number, barrier, done))
        for number in range(writers)
    ]
    for process in processes:
        process.start()
    written = sum(done.get() for _ in processes)
    for process in processes:
        process.join()
    return written / WRITING_SECONDS


def filled_folder(folder: Path, learners: int) -> str:
    """Records of so many learners, the same 30 events for each."""
    first = open_records(f"tinydb:{folder}")
    first.append_all(learner(0), [answer() for _ in range(30)])
    (path,) = (folder / "learners").glob("*/*.json")
    for number in range(1, learners):
        copy = folder / "learners" / learner(number)[:2] / f"{learner(number)}.json"
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
    return f"tinydb:{folder}"


def filled_database(server: PostgresServer, learners: int) -> str:
    url = server.empty(f"learners_{learners}")
    with closing(open_records(url)) as records:
        records.append_all(learner(0), [answer() for _ in range(30)])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into events select learner, position, e.id, event "
            "from events as e, unnest(%s::text[]) as learner",
            [[learner(number) for number in range(1, learners)]],
        )
        connection.execute("vacuum analyze events")
    return url


def growth(few: str, many: str) -> Pair:
    """Appends with many learners, in turn with appends with few; each to a record unread so far."""
    chance = random.Random(20261121)
    pair: Pair = ([], [])
    with closing(open_records(few)) as small, closing(open_records(many)) as large:
        for _ in range(2 * RECORDS * EACH):
            for into, records, url, learners in (
                (pair[0], large, many, MANY),
                (pair[1], small, few, FEW),
            ):
                if url.startswith("tinydb:"):
                    records = open_records(url)
                id = learner(chance.randrange(learners))
                into.append(seconds(records.append, id, answer()))
    return pair


def cohorts(url: str) -> Iterator[tuple[int, float, list[float]]]:
    """Seconds to open a cohort for the first time in a process, and then again."""
    with closing(open_records(url)) as records:
        for number in range(max(COHORTS)):
            records.save_summary(learner(number), summary(number))
    for size in COHORTS:
        ids = [learner(number) for number in range(size)]
        with closing(open_records(url)) as records:
            records.check_writable()
            first = seconds(records.summaries, ids)
            yield size, first, [seconds(records.summaries, ids) for _ in range(7)]


def memory(url: str) -> list[float]:
    """Mebibytes that a process holds after each fifth of many acts for a thousand learners."""
    program = "from benchmarks.storage import act_often; import sys; act_often(sys.argv[1])"
    told = subprocess.run(
        [sys.executable, "-c", program, url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [float(line) for line in told.stdout.split()]


def act_often(url: str) -> None:
    """Answer, read, keep a draft, sum up; five times, say how much memory this process holds.

    An answer given before is stored once, so that after a while the records grow no more.
    """
    chance = random.Random(20261121)
    answers = [answer() for _ in range(3)]
    with closing(open_records(url)) as records:
        for act in range(1, ACTS + 1):
            id = learner(chance.randrange(1000))
            records.append(id, answers[act % len(answers)])
            records.events(id)
            records.save_draft(id, "answer", act)
            records.drafts(id)
            records.save_summary(id, summary(act))
            records.summaries([id])
            if act % (ACTS // 5) == 0:
                pages = int(Path("/proc/self/statm").read_text().split()[1])
                print(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, flush=True)


def kills(url: str) -> str:
    """What became of writers killed at random; the program says what is looked for."""
    program = ROOT / "tests" / "storage" / "kills.py"
    done = subprocess.run(
        [sys.executable, program, url, str(KILLS), "20261121"], capture_output=True, text=True
    )
    return done.stdout.strip() if done.returncode == 0 else f"LOST: {done.stderr.strip()}"


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[18]


def ms(times: Sequence[float]) -> str:
    return f"{1000 * median(times):.2f} | {1000 * p95(times):.2f}"


def ratio(pair: Pair) -> float:
    return median(pair[0]) / median(pair[1])


def compared(rows: Iterable[tuple[str, Pair]], most: float) -> Iterator[str]:
    for name, pair in rows:
        over = " (over)" if ratio(pair) > most else ""
        yield f"| {name} | {ms(pair[0])} | {ms(pair[1])} | {ratio(pair):.2f}{over} |"


def report(folder: Path, server: PostgresServer) -> Iterator[str]:
    yield f"""# What keeping a record costs

`python -m benchmarks.storage`, on {os.cpu_count()} processors; milliseconds.
What is compared was done in turn, so that the ratios hold however busy the machine was.

## A durable append

An answer of 400 bytes is added to a record, beside what the disk takes to replace a file of the
same bytes: write beside, flush, put in place, flush the folder.
Goal: {MOST_TIMES_DISK:g} times at most.

| TinyDB: the record has | p50 | p95 | disk p50 | disk p95 | ratio |
|:--|--:|--:|--:|--:|--:|"""
    yield from compared(appends_on_disk(folder / "appends"), MOST_TIMES_DISK)
    yield f"""
The same beside an insert of the same text into a bare table, and its commit.
Goal: {MOST_TIMES_INSERT:g} times at most.

| PostgreSQL: the record has | p50 | p95 | insert p50 | insert p95 | ratio |
|:--|--:|--:|--:|--:|--:|"""
    yield from compared(appends_in_database(server), MOST_TIMES_INSERT)
    yield f"""
## Appends a second

By processes without a pause, each for a learner of its own.

| writers | {" | ".join(map(str, WRITERS))} |
|:--|{"--:|" * len(WRITERS)}"""
    for name, url in (
        ("TinyDB", f"tinydb:{folder / 'rates'}"),
        ("PostgreSQL", server.empty("rates")),
    ):
        found = [f"{appends_a_second(url, writers):.0f}" for writers in WRITERS]
        yield f"| {name} | {' | '.join(found)} |"
    stores = {
        "TinyDB": (filled_folder(folder / "few", FEW), filled_folder(folder / "many", MANY)),
        "PostgreSQL": (filled_database(server, FEW), filled_database(server, MANY)),
    }
    yield f"""
## From {FEW} learners to {MANY:,}

An append to a record of some 30 events, of a learner chosen at random.
Goal: a ratio of {MOST_GROWTH:g} at most.

| | {MANY:,}: p50 | p95 | {FEW}: p50 | p95 | ratio |
|:--|--:|--:|--:|--:|--:|"""
    yield from compared(((name, growth(*urls)) for name, urls in stores.items()), MOST_GROWTH)
    size = len(as_json(summary(9999)))
    yield f"""
## Opening a cohort

From summaries of {size} bytes; the first time in a process, then again.
Goal: {MOST_SECONDS:g} s at most for {max(COHORTS):,}, warm.

| learners | {" | ".join(f"{name}, first | again" for name in stores)} |
|:--|{"--:|--:|" * len(stores)}"""
    for rows in zip(*(cohorts(many) for _, many in stores.values()), strict=True):
        cells = [f"{1000 * first:.1f} | {1000 * median(again):.1f}" for _, first, again in rows]
        yield f"| {rows[0][0]:,} | {' | '.join(cells)} |"
    yield f"""
## Memory

Mebibytes held by a process after each fifth of {ACTS:,} rounds of acts for a thousand learners.

| | {" | ".join(f"{ACTS * fifth // 5:,}" for fifth in range(1, 6))} |
|:--|{"--:|" * 5}"""
    for name, (_, many) in stores.items():
        yield f"| {name} | {' | '.join(f'{held:.0f}' for held in memory(many))} |"
    yield f"""
## Killed writers

{KILLS:,} processes of each store were killed at random moments, two at a time on one learner.
Everything that had been acknowledged was looked for, all had to be readable, and somebody else
had to be able to write at once.

- TinyDB: {kills(f"tinydb:{folder / 'kills'}")}
- PostgreSQL: {kills(server.empty("kills"))}"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        print_and_keep(report(Path(folder), server), RESULT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
