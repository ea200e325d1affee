"""Kills writers at random moments and sees what they leave: nothing acknowledged may be missing.

python tests/storage/kills.py URL KILLS SEED

Two processes at a time write for one learner, and say after each act that it is safe. Both are
killed; then every act that was said to be safe is looked for, everything must be readable, and
somebody else must be able to write at once.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from academy.records import Event
from academy.storage import open_records

AT_ONCE = 2
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Writer:
    """A process that writes for a learner until it is killed."""

    def __init__(self, url: str, learner: str, name: str) -> None:
        self.learner, self.name = learner, name
        reading, writing = os.pipe()
        self._process = os.fork()
        if not self._process:
            try:
                write(url, learner, name, writing)
            finally:
                os._exit(1)
        os.close(writing)
        self._said = os.fdopen(reading, "r")
        self.acknowledged: list[str] = []

    def hear(self, acts: int) -> None:
        for _ in range(acts):
            self.acknowledged.append(self._said.readline().strip())

    def kill(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        _, status = os.waitpid(self._process, 0)
        assert os.WIFSIGNALED(status), f"{self.name} did not write until it was killed"
        with self._said:
            self.acknowledged += self._said.read().split("\n")[:-1]


def write(url: str, learner: str, name: str, said: int) -> None:
    records = open_records(url)
    for number in count(1):
        records.append(learner, Event(f"{name}/{number}", "response", NOON, {"number": number}))
        os.write(said, f"event {number}\n".encode())
        records.save_draft(learner, name, number)
        os.write(said, f"draft {number}\n".encode())
        records.update_document(name, lambda _, number=number: number)
        os.write(said, f"document {number}\n".encode())


def look_for_everything(url: str, writers: list[Writer]) -> int:
    """How many acts had been acknowledged; all of them are there."""
    with closing(open_records(url)) as records:
        for writer in writers:
            events = [event.id for event in records.events(writer.learner)]
            assert len(events) == len(set(events)), f"{writer.learner} has an event twice"
            last = {"event": 0, "draft": 0, "document": 0}
            for act in writer.acknowledged:
                kind, _, number = act.partition(" ")
                last[kind] = int(number)
            mine = [id for id in events if id.startswith(f"{writer.name}/")]
            assert mine == [f"{writer.name}/{number}" for number in range(1, len(mine) + 1)]
            assert len(mine) >= last["event"], f"{writer.name} lost an event"
            draft = records.drafts(writer.learner).get(writer.name) or 0
            assert draft >= last["draft"], f"{writer.name} lost a draft"
            assert (records.document(writer.name) or 0) >= last["document"], "a document is lost"
            after = Event(f"{writer.name}/after", "response", NOON, {})
            assert records.append(writer.learner, after), "what was killed is in the way"
    return sum(len(writer.acknowledged) for writer in writers)


def see_that_all_is_in_order(url: str) -> int:
    """How many traces of killed writers there were; nothing is damaged."""
    with closing(open_records(url)) as records:
        findings = list(records.check())
    damaged = [found for found in findings if not found.is_mended]
    assert not damaged, damaged
    return len(findings)


def main(url: str, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    acts = 0
    for run in range(kills // AT_ONCE):
        learner = f"learner-{run // 5:04}"
        writers = [Writer(url, learner, f"run-{run}-{number}") for number in range(AT_ONCE)]
        for writer in writers:
            writer.hear(chance.randrange(4))
        for writer in writers:
            moment = perf_counter() + chance.random() * 0.005
            while perf_counter() < moment:
                pass
            writer.kill()
        acts += look_for_everything(url, writers)
    mended = see_that_all_is_in_order(url)
    print(f"kills {kills}, acts acknowledged and found {acts}, traces cleared {mended}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
