"""What the site's pages cost, in multiples of an empty Streamlit page served in the same run.

`python -m benchmarks.site` walks merchants through the real site on empty records, one at a time
and twenty at once, beside visitors of the empty page, and writes results/site.md. Nothing is
asserted: times belong to a machine and to its hour, so only ratios are kept.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import mean, median, quantiles
from urllib.error import URLError
from urllib.request import urlopen

from academy.content import load_content
from academy.content.issues import ContentErrors
from academy.curriculum import Curriculum
from academy.framework import Ability
from benchmarks.load import Visitor

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "site.md"

VISITORS = 20
PACES = {"hurried": (0.4, 1.2), "reading": (1.0, 3.0)}
"""Seconds between two acts of one of twenty visitors: the least and the most.

A merchant takes some six for one statement of the self-assessment.
"""
WALKS = {"hurried": 5, "reading": 5}
"""How many merchants each of the twenty is in turn; a p95 of few runs says little."""
ALONE_SECONDS = 22
"""How long single visitors come, one after the other, before and after the twenty."""
RATINGS = 6
"""Statements rated in one walk; the others are skipped."""
EMPTY_ACTS = 15
"""Runs of the empty page by each of its twenty visitors."""
EMPTY_PAGE = "import streamlit as st\n\nst.title('Empty')\n"

Act = tuple[str, str]
"""A page, and what was done on it."""
ARRIVE = ("the site", "arrive")
EMPTY_ARRIVE, EMPTY = ("the empty page", "arrive"), ("the empty page", "open")
MOST_TIMES_EMPTY, MOST_GROWTH = 3.0, 2.0
"""The goals: of a page's median against the empty page's, and of its p95 from one to twenty."""


@dataclass(frozen=True)
class Server:
    address: str
    process: int

    def cpu(self) -> float:
        """Seconds of processor time so far; see clock_getcpuclockid(3). Not known off Linux."""
        if sys.platform != "linux":
            return float("nan")
        return time.clock_gettime(((~self.process) << 3) | 2)


@contextmanager
def served(script: str, folder: Path, log: Path, **environment: str) -> Iterator[Server]:
    """A site of its own process, on a free port, with the settings below `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.serve", script, str(port)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=out,
            stderr=out,
        )
    try:
        server = Server(f"127.0.0.1:{port}", process.pid)
        while not _answers(server):
            if process.poll() is not None:
                raise SystemExit(f"{script} did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait()


def _answers(server: Server) -> bool:
    try:
        urlopen(f"http://{server.address}/_stcore/health", timeout=1).close()
    except (URLError, OSError):
        return False
    return True


async def walk(visitor: Visitor, curriculum: Curriculum) -> AsyncIterator[tuple[Act, float]]:
    """A merchant's first day: each act, and the seconds that it took."""
    yield ARRIVE, await visitor.arrive()
    yield ("home of a guest", "open"), await visitor.open("")
    async for step in _find_stage(visitor):
        yield step
    shorts = [each for each in curriculum.assessment.statements.values() if each.is_short]
    if shorts:
        async for step in _assess(visitor):
            yield step
    yield ("results", "open"), await visitor.open("results")
    yield ("results", "unfold the workings"), await visitor.choose("workings")
    yield ("results", "take a number apart"), await visitor.choose("taken-apart", 1)
    async for step in _study(visitor, curriculum):
        yield step
    yield ("mistakes", "open"), await visitor.open("mistakes")
    if shorts:
        last = curriculum.framework.ability_of(shorts[-1].skill)
        async for step in _assess_once_more(visitor, last):
            yield step
    yield ("progress", "open"), await visitor.open("progress")
    yield ("stages", "open"), await visitor.open("stages")
    yield ("stages", "choose a stage"), await visitor.choose("stage-shown", 2)
    yield ("skills", "open"), await visitor.open("skills")
    yield ("skills", "choose a dimension"), await visitor.choose("dimension", 1)
    yield ("home of a learner", "open"), await visitor.open("")


async def _find_stage(visitor: Visitor) -> AsyncIterator[tuple[Act, float]]:
    yield ("stage", "open"), await visitor.open("stage")
    for question in visitor.widgets("shop-"):
        yield ("stage", "choose a band"), await visitor.choose(question, 2)
    yield ("stage", "find"), await visitor.press("show-stage")


async def _assess(visitor: Visitor) -> AsyncIterator[tuple[Act, float]]:
    yield ("assessment", "open"), await visitor.open("assessment")
    yield ("assessment", "begin"), await visitor.press("begin-short")
    left = RATINGS
    while True:
        for statement in visitor.widgets("rating:")[:left]:
            yield ("assessment", "rate"), await visitor.choose(statement, left % 5)
            left -= 1
        if "next" not in visitor.widgets():
            break
        yield ("assessment", "next"), await visitor.press("next")
    yield ("assessment", "hand in"), await visitor.press("hand-in")


async def _assess_once_more(visitor: Visitor, last: Ability) -> AsyncIterator[tuple[Act, float]]:
    """Rate one thing and hand in, so that there are two dates to compare."""
    yield ("assessment", "open"), await visitor.open("assessment")
    yield ("assessment", "begin"), await visitor.press("begin-short")
    yield ("assessment", "open"), await visitor.open("assessment", ability=last.id)
    yield ("assessment", "rate"), await visitor.choose(visitor.widgets("rating:")[0], 3)
    yield ("assessment", "hand in"), await visitor.press("hand-in")


async def _study(visitor: Visitor, curriculum: Curriculum) -> AsyncIterator[tuple[Act, float]]:
    lesson = next((each for each in curriculum.lessons.values() if each.items), None)
    if lesson is None:
        return
    yield ("skill", "open"), await visitor.open("skill", skill=lesson.skill)
    yield ("lesson", "open"), await visitor.open("lesson", lesson=lesson.id)
    async for step in _answer_all(visitor, "lesson", onward="next-part"):
        yield step
    yield ("quiz", "open"), await visitor.open("quiz", purpose="practice", subject=lesson.skill)
    async for step in _answer_all(visitor, "quiz", onward="next"):
        yield step
    yield ("quiz", "hand in"), await visitor.press("hand-in")


async def _answer_all(
    visitor: Visitor, page: str, *, onward: str
) -> AsyncIterator[tuple[Act, float]]:
    """Answer what one screen asks, and turn on to the next with the button of this key."""
    while True:
        for check in visitor.widgets("check:"):
            choice = visitor.widgets(check.replace("check:", "choice:"))[0]
            await visitor.choose(choice)
            yield (page, "answer"), await visitor.press(check)
        if onward not in visitor.widgets():
            return
        yield (page, "turn on"), await visitor.press(onward)


class Bench:
    """The two servers, and what each act took: seconds by act, alone and at each pace of twenty."""

    def __init__(self, site: Server, empty: Server, curriculum: Curriculum) -> None:
        self.site, self.empty, self.curriculum = site, empty, curriculum
        self.alone: dict[Act, list[float]] = defaultdict(list)
        self.crowds: dict[str, dict[Act, list[float]]] = {pace: defaultdict(list) for pace in PACES}
        self.cpu: dict[Act, list[float]] = defaultdict(list)
        self.beside: dict[Act, list[float]] = defaultdict(list)
        """What the empty page took right after each act of `alone`, whatever else the hour held."""
        self.runs: dict[Act, int] = {}
        """How often the site's script ran for an act: twice where one page leads to another."""
        self.medians: list[float] = []

    async def run(self) -> None:
        await self._one_after_the_other(0)
        for took in (self.alone, self.beside, self.cpu):
            took.clear()
        self.medians.clear()
        await self._one_after_the_other(ALONE_SECONDS)
        for pace in PACES:
            await self._all_at_once(self._merchant, pace)
            await self._all_at_once(self._idler, pace)
            await self._one_after_the_other(ALONE_SECONDS)

    async def _one_after_the_other(self, seconds: float) -> None:
        """Single merchants until the time is over; after each act the empty page runs once."""
        end, first = time.monotonic() + seconds, len(self.alone[EMPTY])
        idler = Visitor(self.empty.address)
        await idler.arrive()
        while True:
            merchant, newcomer = Visitor(self.site.address), Visitor(self.empty.address)
            self.alone[EMPTY_ARRIVE].append(await newcomer.arrive())
            await newcomer.leave()
            before, runs = self.site.cpu(), 0
            async for act, took in walk(merchant, self.curriculum):
                self.alone[act].append(took)
                self.runs[act], runs = merchant.runs - runs, merchant.runs
                middle = self.empty.cpu()
                refreshed = await idler.refresh()
                self.alone[EMPTY].append(refreshed)
                self.beside[act].append(
                    self.alone[EMPTY_ARRIVE][-1] if act == ARRIVE else refreshed
                )
                self.cpu[EMPTY].append(self.empty.cpu() - middle)
                self.cpu[act].append(self.site.cpu() - before)
                before = self.site.cpu()
            await merchant.leave()
            if time.monotonic() >= end:
                break
        await idler.leave()
        self.medians.append(median(self.alone[EMPTY][first:]))

    async def _all_at_once(self, live, pace: str) -> None:
        rng = random.Random(VISITORS)
        await asyncio.gather(*(live(random.Random(rng.random()), pace) for _ in range(VISITORS)))

    async def _merchant(self, rng: random.Random, pace: str) -> None:
        await asyncio.sleep(rng.uniform(0, 5))
        for _ in range(WALKS[pace]):
            visitor = Visitor(self.site.address)
            async for act, took in walk(visitor, self.curriculum):
                self.crowds[pace][act].append(took)
                await asyncio.sleep(rng.uniform(*PACES[pace]))
            await visitor.leave()

    async def _idler(self, rng: random.Random, pace: str) -> None:
        visitor = Visitor(self.empty.address)
        await asyncio.sleep(rng.uniform(0, 5))
        self.crowds[pace][EMPTY_ARRIVE].append(await visitor.arrive())
        for _ in range(EMPTY_ACTS):
            await asyncio.sleep(rng.uniform(*PACES[pace]))
            self.crowds[pace][EMPTY].append(await visitor.refresh())
        await visitor.leave()


HEAD = (
    "act",
    f"times, one + {VISITORS} + {VISITORS}",
    "page runs",
    "p50, one",
    "p95, one",
    *(f"{part}, {pace}" for pace in PACES for part in ("p50", "p95", "p95 ÷ one")),
    "processor",
)


def report(bench: Bench) -> str:
    """The result as Markdown: every act of the walk in multiples of the empty page."""
    alone, crowds, cpu = bench.alone, bench.crowds, bench.cpu
    rows, slow = [], []
    grown: dict[str, list[str]] = {pace: [] for pace in PACES}
    for act in (act for act in alone if act not in (EMPTY, EMPTY_ARRIVE)):
        base = EMPTY_ARRIVE if act == ARRIVE else EMPTY
        times = median(alone[act]) / median(bench.beside[act])
        each = times / bench.runs[act]
        name = " · ".join(act)
        if each > MOST_TIMES_EMPTY:
            slow.append(f"{name} ({each:.1f} a run)")
        ratios = [times, _p95(alone[act]) / _p95(alone[base])]
        for pace, crowd in crowds.items():
            growth = _p95(crowd[act]) / _p95(alone[act])
            if growth > MOST_GROWTH:
                grown[pace].append(f"{name} ({growth:.1f})")
            ratios += [
                median(crowd[act]) / median(crowd[base]),
                _p95(crowd[act]) / _p95(crowd[base]),
                growth,
            ]
        ratios.append(mean(cpu[act]) / mean(cpu[EMPTY]))
        often = " + ".join(str(len(took[act])) for took in (alone, *crowds.values()))
        rows.append((name, often, str(bench.runs[act]), *(f"{ratio:.1f}" for ratio in ratios)))
    drift = max(bench.medians) / min(bench.medians) - 1
    paces = " or ".join(f"{least} to {most} s ({pace})" for pace, (least, most) in PACES.items())
    together = ", ".join(f"{_ms(crowd[EMPTY])} {pace}" for pace, crowd in crowds.items())
    own = ", ".join(
        f"{_p95(crowd[EMPTY]) / _p95(alone[EMPTY]):.1f} {pace}" for pace, crowd in crowds.items()
    )
    by_page = {pace: _growth_by_page(alone, crowd) for pace, crowd in crowds.items()}
    too_slow = "\n".join(
        f"- Pages too much slower in company, {pace}: {_over(growth)}."
        f" Single acts, of fewer runs each: {', '.join(grown[pace]) or 'none'}."
        for pace, growth in by_page.items()
    )
    pages = [
        (page, *(f"{growth[page]:.1f}" for growth in by_page.values()))
        for page in by_page[next(iter(PACES))]
    ]
    return f"""# What the pages cost

`python -m benchmarks.site`: a merchant's first day on the real site with empty records, {VISITORS}
visitors thinking {paces} between two acts and single ones without a pause, in multiples of an
empty Streamlit page with the same settings, run in turn with it.

The empty page itself: {_ms(alone[EMPTY])} for one visitor; for {VISITORS} {together};
{1000 * mean(cpu[EMPTY]):.1f} ms of processor time a run. Between the parts of this run its median
moved by {drift:.0%}{": a noisy hour, run it again" if drift > 0.25 else ""}.

Goals: no page over {MOST_TIMES_EMPTY:g} times the empty page's p50 for one visitor, where an act
that leads to another page is two runs of the script and so two pages; none whose p95 at
{VISITORS} visitors is over {MOST_GROWTH:g} times that at one (the empty page's: {own}).

- Too dear: {", ".join(slow) or "none"}.
{too_slow}

{_table(HEAD, *rows)}

Page by page, all that is done on one together: p95 at {VISITORS} visitors ÷ p95 at one.

{_table(("page", *PACES), *pages)}
"""


def _growth_by_page(
    alone: Mapping[Act, list[float]], crowd: Mapping[Act, list[float]]
) -> dict[str, float]:
    """How many times a page's p95 is with twenty what it is with one, over all its acts."""
    pages = dict.fromkeys(page for page, _ in alone if page != EMPTY[0])
    return {
        page: _p95([took for act in alone if act[0] == page for took in crowd[act]])
        / _p95([took for act in alone if act[0] == page for took in alone[act]])
        for page in pages
    }


def _over(growth: Mapping[str, float]) -> str:
    found = [f"{page} ({times:.1f})" for page, times in growth.items() if times > MOST_GROWTH]
    return ", ".join(found) or "none"


def _table(*rows: Sequence[str]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join((lines[0], "|:--" + "|--:" * (len(rows[0]) - 1) + "|", *lines[1:]))


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[18]


def _ms(seconds: list[float]) -> str:
    return f"{1000 * median(seconds):.1f} ms (p95 {1000 * _p95(seconds):.1f})"


def main() -> int:
    try:
        curriculum = load_content(ROOT)
    except ContentErrors as errors:
        print(f"The site cannot start: {errors}\nMend it: python -m academy content check")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        copytree(ROOT / ".streamlit", scratch / ".streamlit")
        (scratch / "empty.py").write_text(EMPTY_PAGE)
        records = f"tinydb:{scratch / 'records'}"
        with (
            served("empty.py", scratch, scratch / "empty.log") as empty,
            served("app.py", ROOT, scratch / "site.log", ACADEMY_RECORDS=records) as site,
        ):
            bench = Bench(site, empty, curriculum)
            asyncio.run(bench.run())
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(report(bench), encoding="utf-8")
    print(report(bench), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
