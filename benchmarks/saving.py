"""What saving an answer costs through the whole site, beside a page that inserts one row.

`python -m benchmarks.saving` lets visitors without think time choose between two options of an
exam's question, on both stores, in turn with visitors of a bare Streamlit page whose radio inserts
a row into SQLite, durably. Every acknowledged choice is looked for afterwards. It writes
results/saving.md. No time is asserted: times belong to a machine and its hour.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from statistics import median, quantiles

from academy.history import history_of
from academy.records import Event
from academy.storage import open_records
from benchmarks.load import NotAsExpected, Visitor
from benchmarks.printing import print_and_keep
from benchmarks.site import ROOT, Server, served
from tests.postgres_server import postgres_server

RESULT = ROOT / "benchmarks" / "results" / "saving.md"
VISITORS = (1, 10, 50)
SECONDS = 5.0
"""How long one side saves before it is the other's turn; each has two turns."""
WARMING = 1.5
"""Seconds of saving before a turn, which count for nothing but have to be found afterwards."""
STAGE = "exploring"
GOALS = {"TinyDB": 0.6, "PostgreSQL": 0.8}
"""Of the bare page's saves a second, at least."""

BARE_PAGE = """
import sqlite3
import streamlit as st

@st.cache_resource
def rows():
    found = sqlite3.connect("rows.db", check_same_thread=False, isolation_level=None)
    found.execute("pragma journal_mode = wal")
    found.execute("pragma synchronous = full")
    found.execute("create table if not exists rows (number integer primary key, choice text)")
    return found

def save():
    rows().execute("insert into rows (choice) values (?)", [st.session_state["choice"]])

st.radio("Choose one", ["a", "b", "c", "d"], index=None, key="choice", on_change=save)
"""


@dataclass
class Tab:
    """One visitor before a question with several options, of which he takes two in turn."""

    visitor: Visitor
    widget: str = "choice"
    acknowledged: int = 0
    """Choices after which the page was drawn to its end."""

    async def save(self) -> float:
        took = await self.visitor.choose(self.widget, self.acknowledged % 2)
        self.acknowledged += 1
        return took


async def before_bare_page(server: Server) -> Tab:
    visitor = Visitor(server.address)
    await visitor.arrive()
    return Tab(visitor)


async def before_exam(server: Server) -> Tab:
    """A merchant at the first question of his exam that has one answer."""
    visitor = Visitor(server.address)
    await visitor.arrive()
    await visitor.open("quiz", purpose="exam", subject=STAGE)
    while True:
        choices = visitor.widgets("choice:")
        if len(choices) == 1:
            return Tab(visitor, choices[0])
        await visitor.press("next")


@dataclass
class Saves:
    """What one side saved in its turns."""

    took: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    @property
    def times(self) -> str:
        p95 = quantiles(self.took, n=20, method="inclusive")[18]
        return f"{1000 * median(self.took):.1f} | {1000 * p95:.1f}"


async def take_turn(tabs: list[Tab], saves: Saves) -> None:
    """Everybody saves without a pause; what ends within the time counts."""

    async def go_on(tab: Tab, begin: float, end: float) -> None:
        while True:
            took = await tab.save()
            now = time.monotonic()
            if now >= end:
                return
            if now >= begin:
                saves.took.append(took)

    begin = time.monotonic() + WARMING
    await asyncio.gather(*(go_on(tab, begin, begin + SECONDS) for tab in tabs))
    saves.seconds += SECONDS


async def compare(
    site: Server, bare: Server, visitors: int
) -> tuple[Saves, Saves, list[Tab], list[Tab]]:
    """The site and the bare page in turn, with new visitors in each turn."""
    ours, theirs = Saves(), Saves()
    exams: list[Tab] = []
    pages: list[Tab] = []
    for is_ours in (True, False, False, True):
        arrive, server = (before_exam, site) if is_ours else (before_bare_page, bare)
        tabs = [await arrive(server) for _ in range(visitors)]
        await take_turn(tabs, ours if is_ours else theirs)
        for tab in tabs:
            await tab.visitor.leave()
        (exams if is_ours else pages).extend(tabs)
    return ours, theirs, exams, pages


def check_records(url: str, tabs: list[Tab]) -> None:
    """Every acknowledged choice is in the records, and the last one is the answer."""
    kept: dict[str, list[Event]] = {}
    with closing(open_records(url)) as records:
        for learner in records.learner_ids():
            events = records.events(learner)
            for attempt in history_of(events).quizzes:
                kept[attempt] = list(events)
    for tab in tabs:
        _, attempt, item = tab.widget.split(":")
        events = kept.get(attempt, [])
        answers = [each for each in events if each.kind == "item-answered"]
        taken = history_of(events).quizzes[attempt]
        last = taken.option_order[item][(tab.acknowledged - 1) % 2]
        if len(answers) != tab.acknowledged or taken.responses[item].chosen != {last}:
            raise NotAsExpected(f"{tab.acknowledged} saves acknowledged, {len(answers)} kept.")


def check_rows(path: Path, tabs: list[Tab]) -> None:
    with closing(sqlite3.connect(path)) as rows:
        ((kept,),) = rows.execute("select count(*) from rows").fetchall()
    acknowledged = sum(tab.acknowledged for tab in tabs)
    if kept != acknowledged:
        raise NotAsExpected(f"{acknowledged} rows acknowledged, {kept} kept.")


def report(scratch: Path, stores: dict[str, str]) -> Iterator[str]:
    goals = " and ".join(f"{least:g} on {store}" for store, least in GOALS.items())
    yield f"""# What saving an answer costs

`python -m benchmarks.saving`, on {os.cpu_count()} processors that serve the site, the page, the
database and the visitors. Without think time, visitors choose one of two options of an exam's
question in turn; beside them others do the same on a bare Streamlit page whose radio inserts one
row into SQLite (WAL, synchronous full), twice {SECONDS:g} s each, in turn, in the same run.

Goal: at least {goals} of the bare page's saves a second.
All acknowledged saves were looked for in the records, and found.

| records | visitors | saves a second | bare | ratio | p50, ms | p95 | bare p50, ms | p95 |
|:--|--:|--:|--:|--:|--:|--:|--:|--:|"""
    (scratch / "bare.py").write_text(BARE_PAGE)
    pages: list[Tab] = []
    with served("bare.py", scratch, scratch / "bare.log") as bare:
        for store, url in stores.items():
            exams: list[Tab] = []
            log = scratch / f"{store}.log"
            with served("app.py", ROOT, log, ACADEMY_RECORDS=url) as site:
                for visitors in VISITORS:
                    ours, theirs, *tabs = asyncio.run(compare(site, bare, visitors))
                    exams += tabs[0]
                    pages += tabs[1]
                    ratio = ours.rate / theirs.rate
                    under = " (under)" if ratio < GOALS[store] else ""
                    yield (
                        f"| {store} | {visitors} | {ours.rate:.0f} | {theirs.rate:.0f} "
                        f"| {ratio:.2f}{under} | {ours.times} | {theirs.times} |"
                    )
            check_records(url, exams)
    check_rows(scratch / "rows.db", pages)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, postgres_server() as database:
        scratch = Path(folder)
        copytree(ROOT / ".streamlit", scratch / ".streamlit")
        stores = {
            "TinyDB": f"tinydb:{scratch / 'records'}",
            "PostgreSQL": database.empty("saving"),
        }
        print_and_keep(report(scratch, stores), RESULT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
