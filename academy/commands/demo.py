"""`python -m academy demo`: fill a store with merchants who study, forget and retake."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from academy import services
from academy.attempts import QuizAttempt, QuizPurpose
from academy.cohorts import Cohort, Member
from academy.content import ContentErrors, load_content
from academy.curriculum import Curriculum
from academy.recommender import Recommendation
from academy.records import Event
from academy.services import Browser, Days, Refusal
from academy.services.accounts import set_role
from academy.services.cohort_records import members_of, put_cohort, put_invitation, put_members
from academy.services.item_parameters import calibrate
from academy.services.summaries import keep_summary
from academy.services.visitors import begin_record
from academy.simulated_merchants import SimulatedMerchant, merchant
from academy.storage import MemoryRecords, Records, RecordsUnavailable, open_records

ADDRESS, DEVICE = "192.0.2.1", "demo"
TITLES = ("春季直播班", "新商家启航班", "短视频带货班", "女装商家班", "产业带商家班", "成长加速班")
COURSE_WEEKS_LEFT = 4
"""The courses end so long after now."""

Lived = tuple[Member, str, tuple[Event, ...]]
"""A membership, the cohort's id, and everything the member did."""


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
    waits for a disk, and then moves into the store in one piece. In the end the items learn from
    all answers, as they do each night. More than one process share the merchants among them.
    """
    begun_at = now - timedelta(weeks=weeks)
    opened = tuple(
        _open_cohort(records, number, password, begun_at, now) for number in range(cohorts)
    )
    workshop = Workshop(curriculum, opened, seed, begun_at, now)
    joined: dict[str, list[Member]] = {cohort.id: [] for cohort in opened}
    for number, (member, cohort_id, events) in enumerate(_lives(workshop, learners, processes)):
        records.append_all(member.learner_id, events)
        joined[cohort_id].append(member)
        keep_summary(records, curriculum, member.learner_id, now=now)
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {learners}", end="", file=sys.stderr, flush=True)
    for cohort_id, members in joined.items():
        put_members(records, cohort_id, sorted(members, key=lambda member: member.joined_at))
    calibrate(records, curriculum, now=now)
    return opened


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


@dataclass(frozen=True)
class Workshop:
    """Where lives are lived, one after the other and each by itself."""

    curriculum: Curriculum
    cohorts: tuple[Cohort, ...]
    seed: int
    begun_at: datetime
    now: datetime

    def live(self, number: int) -> Lived:
        """The life of the merchant of this number: his membership and everything he did."""
        rng = random.Random(f"{self.seed} {number}")
        learner_id = sha256(f"demo {self.seed} {number}".encode()).hexdigest()[:32]
        cohort = self.cohorts[number % len(self.cohorts)]
        records = MemoryRecords()
        put_cohort(records, cohort)
        put_invitation(records, cohort)
        who = merchant(self.curriculum.framework, rng)
        Life(records, self.curriculum, learner_id, who, cohort, rng).live(self.begun_at, self.now)
        (member,) = members_of(records, cohort.id).values()
        return member, cohort.id, records.events(learner_id)


def _open_cohort(
    records: Records, number: int, password: str, begun_at: datetime, now: datetime
) -> Cohort:
    name = f"trainer{number + 1}"
    browser = Browser(None, sha256(secrets.token_bytes(32)).hexdigest(), ADDRESS, DEVICE)
    services.open_account(records, name, password, browser=browser, now=begun_at)
    trainer = set_role(records, name, "trainer", by=None, now=begun_at)
    title = TITLES[number % len(TITLES)]
    if number >= len(TITLES):
        title += f" {number // len(TITLES) + 1}"
    days = Days(begun_at.date(), (now + timedelta(weeks=COURSE_WEEKS_LEFT)).date())
    return services.create_cohort(records, trainer, title, days, now=begun_at)


@dataclass
class Life:
    """The weeks of one merchant on the site, act by act."""

    records: Records
    curriculum: Curriculum
    learner_id: str
    who: SimulatedMerchant
    cohort: Cohort
    rng: random.Random

    def live(self, begun_at: datetime, now: datetime) -> None:
        """Join, find the stage, assess, then study week by week until now or until he leaves."""
        rng = self.rng
        at = begun_at + timedelta(days=rng.triangular(0, 14, 1), hours=rng.uniform(1, 12))
        begin_record(self.records, self.learner_id, now=at)
        services.join_cohort(
            self.records,
            self.learner_id,
            self.cohort.code,
            name=self.who.name,
            address=ADDRESS,
            now=at,
        )
        if rng.random() < 0.07:
            return
        at += timedelta(minutes=rng.uniform(1, 5))
        services.find_and_choose_stage(self.records, self.learner_id, self.who.shop_facts, now=at)
        at = self._assess(at) if rng.random() < 0.9 else at
        if rng.random() < 0.75:
            at = self._measure(at + timedelta(days=rng.expovariate(1)), now)
        weeks = max(0, (now - at).days // 7 + 1)
        last = min(weeks, self.who.habits.weeks_before_leaving)
        retakes = {week for week in (5, 9, 13) if week < last and rng.random() < 0.5}
        for week in range(weeks):
            if week >= last:
                return
            self._one_week(at + timedelta(weeks=week), now, is_retake=week in retakes)

    def _one_week(self, monday: datetime, now: datetime, *, is_retake: bool) -> None:
        sessions = self._times_a_week()
        for day in sorted(self.rng.sample(range(7), min(7, sessions))):
            at = monday + timedelta(days=day, hours=self.rng.uniform(0, 10))
            if at + timedelta(hours=1) < now:
                self._study(at)
        if is_retake:
            self._measure(monday + timedelta(days=6, hours=12), now)

    def _times_a_week(self) -> int:
        """Of a Poisson distribution (Knuth)."""
        times, left = 0, self.rng.random()
        least = 2.718281828459045**-self.who.habits.sessions_a_week
        while left > least:
            times += 1
            left *= self.rng.random()
        return times

    def _assess(self, at: datetime) -> datetime:
        history = services.read_history(self.records, self.learner_id)
        attempt = services.open_assessment(
            self.records,
            self.learner_id,
            self.curriculum,
            form="full" if self.rng.random() < 0.15 else "short",
            stage=history.stage or self.who.stage,
            now=at,
        )
        is_straight = self.rng.random() < 0.04
        gives_up = self.rng.random() < 0.06
        for number, statement in enumerate(attempt.statements):
            at += timedelta(seconds=self.rng.uniform(4, 20))
            if gives_up and number > len(attempt.statements) / 3:
                return at
            skill = self.curriculum.assessment.statement(statement).skill
            value = 4 if is_straight else self.who.rate(skill, at)
            services.rate_statement(
                self.records,
                self.learner_id,
                self.curriculum,
                attempt.id,
                statement,
                value,
                now=at,
            )
        services.submit_assessment(self.records, self.learner_id, attempt.id, now=at)
        return at

    def _measure(self, at: datetime, now: datetime) -> datetime:
        """A stage exam, and for the eager ones a quick check two days later."""
        stage = services.read_history(self.records, self.learner_id).stage or self.who.stage
        if at + timedelta(hours=2) < now:
            at = self._take("exam", stage, at)
        later = at + timedelta(days=2)
        if self.rng.random() < 0.2 and later + timedelta(hours=2) < now:
            at = self._take("check", stage, later)
        return at

    def _study(self, at: datetime) -> None:
        """One sitting: what is due, then one of the things recommended, perhaps some practice."""
        if self.rng.random() < 0.25:
            at = self._take("review", "today", at)
        history = services.read_history(self.records, self.learner_id)
        plan = services.study_plan(self.curriculum, history, now=at).recommendations(limit=3)
        if not plan:
            return
        chosen = plan[0] if self.rng.random() < 0.75 else self.rng.choice(plan)
        lessons = self._lessons(chosen)
        if chosen.action == "lesson" and lessons:
            at = self._lesson(lessons[0], at)
        if chosen.action == "check":
            at = self._take("probe", chosen.skill_id, at)
        if chosen.action == "review" or not lessons or self.rng.random() < 0.35:
            self._take("practice", chosen.skill_id, at)

    def _lessons(self, chosen: Recommendation) -> Sequence[str]:
        done = services.read_history(self.records, self.learner_id).lessons
        all_ = [each.id for each in self.curriculum.lessons_of(chosen.skill_id, chosen.level)]
        return [each for each in all_ if each not in done or not done[each].completed_at] or all_

    def _lesson(self, lesson_id: str, at: datetime) -> datetime:
        lesson = self.curriculum.lesson(lesson_id)
        services.open_lesson(self.records, self.learner_id, self.curriculum, lesson_id, now=at)
        at += timedelta(minutes=self.rng.uniform(0.5, 1.1) * lesson.minutes)
        if self.rng.random() < 0.08:
            return at
        self.who.study(lesson, self.curriculum.framework.skill(lesson.skill), at)
        at = self._take("lesson", lesson_id, at)
        services.complete_lesson(self.records, self.learner_id, self.curriculum, lesson_id, now=at)
        return at

    def _take(self, purpose: QuizPurpose, subject: str, at: datetime) -> datetime:
        """Answer a quiz to its end and hand it in; now and then something is skipped or left."""
        try:
            attempt = services.open_quiz(
                self.records,
                self.learner_id,
                self.curriculum,
                purpose=purpose,
                subject=subject,
                now=at,
            )
        except Refusal:
            return at
        is_left = purpose in ("practice", "exam") and self.rng.random() < 0.04
        while open_items := self._to_answer(attempt, purpose):
            for number, item_id in enumerate(open_items):
                if is_left and number > len(open_items) / 2:
                    return at
                if purpose == "exam" and self.rng.random() < 0.003:
                    continue
                at = self._respond(attempt, item_id, at)
            if purpose != "check":
                break
            attempt = services.draw_next(
                self.records, self.learner_id, self.curriculum, attempt.id, now=at
            )
        at += timedelta(seconds=5)
        services.submit_quiz(self.records, self.learner_id, self.curriculum, attempt.id, now=at)
        return at

    def _to_answer(self, attempt: QuizAttempt, purpose: QuizPurpose) -> Sequence[str]:
        kept = services.find_quiz(self.records, self.learner_id, attempt.id)
        return [] if purpose == "lesson" and kept.is_submitted else list(kept.unanswered)

    def _respond(self, attempt: QuizAttempt, item_id: str, at: datetime) -> datetime:
        chosen, seconds = self.who.answer(self.curriculum.bank.item(item_id), at)
        at += timedelta(seconds=seconds + 2)
        services.record_response(
            self.records,
            self.learner_id,
            self.curriculum,
            attempt.id,
            item_id,
            chosen,
            seconds=seconds,
            now=at,
        )
        return at
