"""The site on more than one process: whoever was on the one that died goes on in the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from urllib.error import URLError

import pytest
from websockets.exceptions import WebSocketException

from academy.content import load_content
from academy.history import history_of
from academy.storage import open_records
from benchmarks.load import Visitor
from tests.cluster import ROOT, Cluster, cluster

pytestmark = pytest.mark.cluster

LEARNERS = 50
RATED = 4
"""Statements that each learner rates."""
BROKEN = (WebSocketException, OSError, URLError, EOFError)


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    with cluster() as everything:
        yield everything


@pytest.fixture(scope="module")
def lesson():
    return next(each for each in load_content(ROOT).lessons.values() if each.items)


class Merchant:
    """Somebody who studies, and comes back whenever his connection breaks."""

    def __init__(self, address: str) -> None:
        self.visitor = Visitor(address)
        self.returns = 0
        self.acknowledged = 0
        """Acts after which the page was drawn to its end."""

    async def study(self, lesson_id: str) -> None:
        await self._persist(self.visitor.arrive)
        await self._persist(self._find_stage)
        await self._persist(self._rate)
        await self._persist(lambda: self._answer(lesson_id))

    async def _persist(self, act: Callable[[], Awaitable[object]]) -> None:
        for _attempt in range(200):
            try:
                await act()
                return
            except BROKEN:
                self.returns += 1
                await asyncio.sleep(0.1)
                await self._return()
        raise AssertionError("the site did not come back")

    async def _return(self) -> None:
        try:
            await self.visitor.arrive()
        except BROKEN:
            return

    async def _find_stage(self) -> None:
        await self.visitor.open("stage")
        for question in self.visitor.widgets("shop-"):
            await self.visitor.choose(question, 2)
            self.acknowledged += 1
        await self.visitor.press("show-stage")

    async def _rate(self) -> None:
        await self.visitor.open("assessment")
        if "begin-short" in self.visitor.widgets():
            await self.visitor.press("begin-short")
        left = RATED
        while left:
            for statement in self.visitor.widgets("rating:")[:left]:
                await self.visitor.choose(statement, left % 5)
                self.acknowledged += 1
                left -= 1
            if left:
                await self.visitor.press("next")

    async def _answer(self, lesson_id: str) -> None:
        await self.visitor.open("lesson", lesson=lesson_id, part="whole")
        for check in self.visitor.widgets("check:"):
            await self.visitor.choose(self.visitor.widgets(check.replace("check:", "choice:"))[0])
            await self.visitor.press(check)
            self.acknowledged += 1


async def study_while(happens: Callable[[], object], running: Cluster, lesson_id: str):
    """Everybody studies; when about half of it is done, something happens."""
    merchants = [Merchant(running.address) for _ in range(LEARNERS)]
    studying = [asyncio.create_task(each.study(lesson_id)) for each in merchants]
    half = LEARNERS * (7 + RATED) // 2
    while sum(each.acknowledged for each in merchants) < half:
        done = [task for task in studying if task.done()]
        for task in done:
            task.result()
        await asyncio.sleep(0.05)
    await asyncio.to_thread(happens)
    await asyncio.gather(*studying)
    for each in merchants:
        await each.visitor.leave()
    return merchants


def test_fifty_learners_go_on_in_the_other_process_and_nothing_is_lost(running, lesson):
    merchants = asyncio.run(study_while(lambda: running.kill(0), running, lesson.id))
    assert any(each.returns for each in merchants), "nobody noticed that a process died"
    records = open_records(running.records)
    learners = records.learner_ids()
    assert len(learners) == LEARNERS
    for learner in learners:
        history = history_of(records.events(learner))
        assert history.stage
        (attempt,) = (each for each in history.quizzes.values() if each.purpose == "lesson")
        assert set(attempt.responses) == set(attempt.form), "an answer is missing"
        (assessment,) = history.assessments.values()
        assert len(assessment.ratings) == RATED
        answered = [e for e in records.events(learner) if e.kind == "item-answered"]
        assert len(answered) == len(attempt.form), "an answer was counted twice"


def test_a_process_that_is_asked_to_stop_goes_without_an_error(running):
    assert running.stop(1) in (0, -15)
