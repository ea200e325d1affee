"""`python -m academy demo`: fill a store with merchants who study, forget and retake."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from academy import services
from academy.accounts import Person
from academy.assignments import Kind
from academy.cohort_analytics import cohort_table
from academy.cohorts import Cohort, Member
from academy.commands.demo_lives import ADDRESS, Lived, Workshop
from academy.content import ContentErrors, load_content
from academy.curriculum import Curriculum
from academy.records import JSON
from academy.services import Browser, Days, Refusal
from academy.services.accounts import set_role
from academy.services.cohort_records import put_members
from academy.services.item_parameters import calibrate
from academy.services.summaries import keep_summary
from academy.storage import Records, RecordsUnavailable, open_records
from academy.summaries import Summary

DEVICE = "demo"
TITLES = ("春季直播班", "新商家启航班", "短视频带货班", "女装商家班", "产业带商家班", "成长加速班")
COURSE_WEEKS_LEFT = 4
"""The courses end so long after now."""
LOOKS = (timedelta(days=16), timedelta(days=8))
"""So long ago the trainers looked at their cohorts, and talked to some of those who were stuck."""
TALKS = (
    "电话聊了十分钟：上货太忙，没顾上学。约好每天早上先看一课。",
    "线下见面：说题目里的投流名词看不懂，把词汇表发给他了。",
    "微信上聊过：店里换了主播，下周恢复。",
    "聊了考试成绩，先补直播间设备，再回头看数据。",
)
EXPECTED = ("临街小铺", "阿茂果业")
"""Names on each list who have not come yet."""


def add_commands(groups: argparse._SubParsersAction) -> None:
    """Add the command `demo` to the command line."""
    demo = groups.add_parser(
        "demo", help="demo: fill an empty store with merchants who study, forget and retake"
    )
    demo.add_argument("--learners", type=_at_least_one, default=60, help="how many (default: 60)")
    demo.add_argument("--cohorts", type=_at_least_one, default=2, help="how many (default: 2)")
    demo.add_argument("--seed", type=int, default=1, help="the same seed, the same merchants")
    demo.add_argument("--weeks", type=_at_least_one, default=12, help="how long they have studied")
    demo.add_argument("--password", help="of the trainers' accounts; without it one is made up")
    demo.add_argument("--root", type=Path, default=Path("."), help="where curriculum/ lies")
    demo.add_argument(
        "--records",
        default=os.environ.get("ACADEMY_RECORDS", "tinydb:data"),
        help="where to keep them (default: ACADEMY_RECORDS, or tinydb:data)",
    )
    demo.set_defaults(run=_fill)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number of 1 or more")
    return number


def _fill(args: argparse.Namespace) -> int:
    password = args.password or f"{secrets.token_hex(3)}-{secrets.token_hex(3)}"
    try:
        curriculum = load_content(args.root)
        with closing(open_records(args.records)) as records:
            if records.learner_ids():
                print(
                    f"There are learners at {args.records} already, and the demo would mix with "
                    "them. Name an empty place: --records tinydb:demo",
                    file=sys.stderr,
                )
                return 1
            begun = time.monotonic()
            cohorts = fill(
                records,
                curriculum,
                learners=args.learners,
                cohorts=args.cohorts,
                seed=args.seed,
                weeks=args.weeks,
                password=password,
                now=datetime.now(UTC),
                processes=_processes(),
            )
    except (ContentErrors, RecordsUnavailable, Refusal, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{args.learners} merchants in {time.monotonic() - begun:.0f} s at {args.records}.")
    for cohort in cohorts:
        (trainer,) = cohort.trainers.values()
        print(f"{cohort.title}: sign in as {trainer}, password {password}")
    return 0


@dataclass
class Led:
    """A cohort with its trainer, and what came of the lives of its members."""

    cohort: Cohort
    trainer: Person
    members: list[Member] = field(default_factory=list)
    looks: list[dict[str, Summary]] = field(default_factory=lambda: [{} for _ in LOOKS])
    """What was known of each member at each look."""


def fill(
    records: Records,
    curriculum: Curriculum,
    *,
    learners: int,
    cohorts: int,
    seed: int,
    weeks: int,
    password: str,
    now: datetime,
    processes: int = 1,
) -> tuple[Cohort, ...]:
    """Fill an empty store; the cohorts, each with a trainer of its own who has this password.

    Each merchant lives his weeks through the real services in a workshop in memory, where nothing
    waits for a disk, and then moves into the store in one piece. Then the trainers do what trainers
    do, and in the end the items learn from all answers, as they do each night. More than one
    process share the merchants among them.
    """
    begun_at = now - timedelta(weeks=weeks)
    opened = [_open_cohort(records, number, password, begun_at, now) for number in range(cohorts)]
    led = {each.cohort.id: each for each in opened}
    workshop = Workshop(
        curriculum,
        tuple(each.cohort for each in opened),
        {each.cohort.id: _assigned(records, curriculum, each, seed, now) for each in opened},
        seed,
        begun_at,
        now,
        tuple(now - ago for ago in LOOKS),
    )
    for number, lived in enumerate(_lives(workshop, learners, processes)):
        learner_id, here = lived.member.learner_id, led[lived.cohort_id]
        records.append_all(learner_id, lived.events)
        here.members.append(lived.member)
        for known, summary in zip(here.looks, lived.looks, strict=True):
            if summary:
                known[learner_id] = summary
        _publish_certificates(records, curriculum, learner_id, now)
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {learners}", end="", file=sys.stderr, flush=True)
    for each in opened:
        each.members.sort(key=lambda member: member.joined_at)
        put_members(records, each.cohort.id, each.members)
        _lead(records, curriculum, each, random.Random(f"{seed} {each.cohort.title}"), now)
        for member in each.members:
            keep_summary(records, curriculum, member.learner_id, now=now)
    calibrate(records, curriculum, now=now)
    return tuple(each.cohort for each in opened)


def _processes() -> int:
    """As many as there are cores, where a process can be split in two."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return (os.cpu_count() or 1) if can_fork else 1


def _lives(workshop: Workshop, learners: int, processes: int) -> Iterator[Lived]:
    if processes == 1:
        yield from map(workshop.live, range(learners))
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, context, _open_workshop, (workshop,)) as pool:
        yield from pool.map(_live, range(learners), chunksize=5)


_workshop: Workshop | None = None
"""The one of this process, where several share the work."""


def _open_workshop(workshop: Workshop) -> None:
    global _workshop
    _workshop = workshop


def _live(number: int) -> Lived:
    assert _workshop
    return _workshop.live(number)


def _open_cohort(
    records: Records, number: int, password: str, begun_at: datetime, now: datetime
) -> Led:
    name = f"trainer{number + 1}"
    browser = Browser(None, sha256(secrets.token_bytes(32)).hexdigest(), ADDRESS, DEVICE)
    services.open_account(records, name, password, browser=browser, now=begun_at)
    trainer = set_role(records, name, "trainer", by=None, now=begun_at)
    title = TITLES[number % len(TITLES)]
    if number >= len(TITLES):
        title += f" {number // len(TITLES) + 1}"
    days = Days(begun_at.date(), (now + timedelta(weeks=COURSE_WEEKS_LEFT)).date())
    cohort = services.create_cohort(records, trainer, title, days, now=begun_at)
    services.expect_members(records, trainer, cohort.id, EXPECTED)
    return Led(cohort, trainer)


def _assigned(records: Records, curriculum: Curriculum, led: Led, seed: int, now: datetime) -> JSON:
    """What a trainer assigned, as the records keep it: long ago, lately, and just now."""
    rng = random.Random(f"{seed} {led.cohort.title} assigned")
    skills = [skill for skill in curriculum.framework.skills if min(skill.importance.values()) > 0]
    first, second, third = rng.sample(skills, 3)
    pieces: tuple[tuple[Kind, str, int, int], ...] = (
        ("lesson", curriculum.lessons_of(first.id, "basic")[0].id, -35, -21),
        ("quiz", second.id, -12, -4),
        ("lesson", curriculum.lessons_of(third.id, "basic")[0].id, -3, 4),
    )
    for kind, subject, since, until in pieces:
        at = now + timedelta(days=since)
        if at > led.cohort.created_at:
            services.assign(
                records,
                led.trainer,
                curriculum,
                led.cohort.id,
                kind,
                subject,
                due_on=(now + timedelta(days=until)).date(),
                now=at,
            )
    return records.document(f"assignments-{led.cohort.id}")


def _lead(
    records: Records, curriculum: Curriculum, led: Led, rng: random.Random, now: datetime
) -> None:
    """What a trainer does on looking at the screen: some talks, and a skill put first."""
    talked: dict[str, tuple[tuple[str, date], ...]] = {}
    for ago, summaries in zip(LOOKS, led.looks, strict=True):
        look, days_later = now - ago, now - ago + timedelta(days=2)
        known = _with_talks(summaries, talked)
        table = cohort_table(
            curriculum.framework, led.members, known, ends_on=led.cohort.ends_on, now=look
        )
        if not table.merchants:
            continue
        services.note_flags(records, led.trainer, led.cohort.id, table, now=look)
        for merchant in table.merchants:
            learner_id = merchant.member.learner_id
            if not merchant.is_stuck or rng.random() < 0.5:
                continue
            services.note_on(
                records,
                led.trainer,
                led.cohort.id,
                learner_id,
                rng.choice(TALKS),
                is_talk=True,
                now=days_later,
            )
            talked[learner_id] = ((led.cohort.id, days_later.date()),)
            if merchant.summary.failed_skills:
                services.guide(
                    records,
                    led.trainer,
                    curriculum,
                    led.cohort.id,
                    learner_id,
                    pins=merchant.summary.failed_skills[:1],
                    exclusions=(),
                    now=days_later,
                )


def _with_talks(
    summaries: Mapping[str, Summary], talked: Mapping[str, tuple[tuple[str, date], ...]]
) -> dict[str, Summary]:
    return {
        learner_id: replace(summary, talked_on=talked.get(learner_id, ()))
        for learner_id, summary in summaries.items()
    }


def _publish_certificates(
    records: Records, curriculum: Curriculum, learner_id: str, now: datetime
) -> None:
    """Let everybody verify, here too, what was issued in the workshop."""
    history = services.read_history(records, learner_id)
    for exam, certificate in history.certificates.items():
        services.issue_certificate(
            records, learner_id, curriculum, exam, name=certificate.name, now=now
        )
