"""How long a trainer waits for a cohort of a thousand and of five thousand merchants.

`python -m benchmarks.cohorts` fills a store with merchants whose summaries come from simulated
ones, opens the cohort's screen on the real site, and after each time an empty page, and writes
results/cohorts.md. Nothing is asserted: times belong to a machine and to its hour.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from statistics import median

from academy import services
from academy.cohorts import Cohort, Member
from academy.commands.demo import fill
from academy.content import load_content
from academy.content.issues import ContentErrors
from academy.curriculum import Curriculum
from academy.services.accounts import set_role
from academy.services.cohort_records import members_of, put_members
from academy.storage import MemoryRecords, Records, open_records
from academy.web.identity import new_token, session_id
from benchmarks.load import Visitor
from benchmarks.site import EMPTY_PAGE, ROOT, Server, served

RESULT = ROOT / "benchmarks" / "results" / "cohorts.md"
SIZES = (30, 1_000, 5_000)
GOALS = {1_000: 1.0, 5_000: 3.0}
"""Merchants to the seconds within which the screen is to answer, warm."""
MODELS = 40
"""Simulated merchants whose summaries stand for all."""
LESSON = "shop-setup-basic"
"""What was assigned to all, so that the screen has to find who is late."""
TIMES = 12


class Trainer(Visitor):
    """A visitor who is signed in already."""

    def __init__(self, address: str, token: str) -> None:
        super().__init__(address)
        self._token = token

    def _cookie(self) -> str:
        return f"academy={self._token}"


def prepared(records: Records, curriculum: Curriculum, token: str) -> dict[int, Cohort]:
    """A trainer with this session, and for each size a cohort of so many."""
    now = datetime.now(UTC)
    workshop = MemoryRecords()
    (model,) = fill(
        workshop,
        curriculum,
        learners=MODELS,
        cohorts=1,
        seed=1,
        weeks=8,
        password="a long sentence",
        now=now,
    )
    known = list(workshop.summaries(members_of(workshop, model.id)).values())
    trainer_id, _ = services.come_in_from_outside(
        records, "benchmark", "trainer", "Trainer", session_hash=None, now=now
    )
    set_role(records, "Trainer", "trainer", by=None, now=now)
    records.add_session(session_id(token), trainer_id, now)
    trainer = services.find_person(records, trainer_id)
    cohorts = {}
    for size in SIZES:
        cohort = services.create_cohort(records, trainer, f"{size} merchants", now=now)
        ids = [sha256(f"{size} {number}".encode()).hexdigest()[:32] for number in range(size)]
        joined = now - timedelta(weeks=8)
        put_members(
            records, cohort.id, [Member(id_, f"商家{n}", joined) for n, id_ in enumerate(ids)]
        )
        for number, id_ in enumerate(ids):
            records.save_summary(id_, known[number % len(known)])
        services.assign(
            records,
            trainer,
            curriculum,
            cohort.id,
            "lesson",
            LESSON,
            due_on=(now - timedelta(days=2)).date(),
            now=now - timedelta(days=14),
        )
        cohorts[size] = cohort
    return cohorts


async def measured(
    site: Server, empty: Server, token: str, cohorts: dict[int, Cohort]
) -> dict[int, tuple[float, list[float], list[float], list[float]]]:
    """Size to the first opening, the warm ones, a filter chosen, and the empty page beside them."""
    found = {}
    idler = Visitor(empty.address)
    await idler.arrive()
    for size, cohort in cohorts.items():
        trainer = Trainer(site.address, token)
        await trainer.arrive()
        first = await trainer.open("cohort", cohort=cohort.id)
        warm, filtered, beside = [], [], []
        for number in range(TIMES):
            warm.append(await trainer.open("cohort", cohort=cohort.id))
            beside.append(await idler.refresh())
            filtered.append(await trainer.choose("who", number % 3))
            beside.append(await idler.refresh())
        found[size] = (first, warm, filtered, beside)
        await trainer.leave()
    await idler.leave()
    return found


def report(found: dict[int, tuple[float, list[float], list[float], list[float]]]) -> str:
    """The result as Markdown."""
    rows = []
    for size, (first, warm, filtered, beside) in found.items():
        page = median(beside)
        goal = f"{GOALS[size]:.0f} s" if size in GOALS else "–"
        cells = (_ms([first]), _ms(warm), _ms([max(warm)]), _ms(filtered), _ms(beside))
        rows.append(f"| {size:,} | {' | '.join(cells)} | {median(warm) / page:.0f} | {goal} |")
    table = "\n".join(rows)
    return f"""# What a cohort's screen costs

`python -m benchmarks.cohorts`: a trainer opens cohorts on the real site, {TIMES} times each after
the first, and chooses a filter; a lesson is assigned to all and overdue. After each act an empty
Streamlit page is run beside it. Milliseconds of this machine at its hour; the multiple of the empty
page carries over.

| merchants | first | warm, p50 | warm, most | filter, p50 | empty page | warm ÷ empty | goal |
|--:|--:|--:|--:|--:|--:|--:|--:|
{table}
"""


def _ms(seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds):.0f}"


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
        url, token = f"tinydb:{scratch / 'records'}", new_token()
        cohorts = prepared(open_records(url), curriculum, token)
        with (
            served("empty.py", scratch, scratch / "empty.log") as empty,
            served("app.py", ROOT, scratch / "site.log", ACADEMY_RECORDS=url) as site,
        ):
            found = asyncio.run(measured(site, empty, token, cohorts))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(report(found), encoding="utf-8")
    print(report(found), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
