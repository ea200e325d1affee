"""The life of a simulated merchant on the site: what he does in his weeks, through the services."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from academy import services
from academy.assignments import Assignment, Task
from academy.attempts import QuizAttempt, QuizPurpose
from academy.cohorts import Cohort, Member
from academy.curriculum import Curriculum
from academy.history import history_of
from academy.occasions import occasion
from academy.recommender import Recommendation
from academy.records import JSON, Event
from academy.services import Refusal
from academy.services.cohort_records import members_of, put_cohort, put_invitation
from academy.services.visitors import begin_record
from academy.simulated_merchants import SimulatedMerchant, merchant
from academy.storage import MemoryRecords, Records
from academy.summaries import Summary, summary_of

ADDRESS = "192.0.2.1"
MOST_IN_A_SITTING = 3


@dataclass(frozen=True)
class Lived:
    """What came of a life: a membership, everything done, and what it added up to at each look."""

    member: Member
    cohort_id: str
    events: tuple[Event, ...]
    looks: tuple[Summary | None, ...]
    """None where he had not joined yet."""


@dataclass(frozen=True)
class Workshop:
    """Where lives are lived, one after the other and each by itself."""

    curriculum: Curriculum
    cohorts: tuple[Cohort, ...]
    assigned: Mapping[str, JSON]
    """Cohort id to what its trainer assigned, as the records keep it."""
    seed: int
    begun_at: datetime
    now: datetime
    looks: tuple[datetime, ...]
    """When the trainers looked at their cohorts."""

    def live(self, number: int) -> Lived:
        """The life of the merchant of this number."""
        rng = random.Random(f"{self.seed} {number}")
        learner_id = sha256(f"demo {self.seed} {number}".encode()).hexdigest()[:32]
        cohort = self.cohorts[self._place(number)]
        records = MemoryRecords()
        put_cohort(records, cohort)
        put_invitation(records, cohort)
        records.update_document(f"assignments-{cohort.id}", lambda _: self.assigned.get(cohort.id))
        who = merchant(self.curriculum.framework, rng)
        Life(records, self.curriculum, learner_id, who, cohort, rng).live(self.begun_at, self.now)
        (member,) = members_of(records, cohort.id).values()
        events = records.events(learner_id)
        looks = tuple(self._summary(events, look) for look in self.looks)
        return Lived(member, cohort.id, events, looks)

    def _place(self, number: int) -> int:
        """Which cohort he is in: each has somebody, and the first ones have most."""
        count = len(self.cohorts)
        if number < count:
            return number
        shares = [(count - place) ** 2 for place in range(count)]
        return random.Random(f"{self.seed} {number} cohort").choices(range(count), shares)[0]

    def _summary(self, events: Sequence[Event], at: datetime) -> Summary | None:
        history = history_of(event for event in events if event.at <= at)
        if not history.memberships:
            return None
        evidence = occasion(history, self.curriculum, until=at)
        return summary_of(self.curriculum, history, evidence, evidence.profile())


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
        """One sitting: what is due, what the trainer asks, then what is recommended.

        It ends with a lesson, or after three things.
        """
        if self.rng.random() < 0.25:
            at = self._take("review", "today", at)
        left = [task for task in self._asked(at) if not task.is_done]
        if left and self.rng.random() < self.who.habits.diligence:
            at = self._do(left[0].assignment, at)
        for _ in range(MOST_IN_A_SITTING):
            history = services.read_history(self.records, self.learner_id)
            plan = services.study_plan(self.curriculum, history, now=at).recommendations(limit=3)
            if not plan:
                return
            chosen = plan[0] if self.rng.random() < 0.75 else self.rng.choice(plan)
            lessons = self._lessons(chosen)
            if chosen.action == "check":
                at = self._take("probe", chosen.skill_id, at)
                continue
            if chosen.action == "lesson" and lessons:
                at = self._lesson(lessons[0], at)
            if chosen.action == "review" or not lessons or self.rng.random() < 0.35:
                self._take("practice", chosen.skill_id, at)
            return

    def _asked(self, at: datetime) -> Sequence[Task]:
        """What his trainers had assigned by then."""
        tasks = services.own_tasks(self.records, self.learner_id)
        return [task for task in tasks if task.assignment.assigned_at <= at]

    def _do(self, assignment: Assignment, at: datetime) -> datetime:
        if assignment.kind == "lesson":
            return self._lesson(assignment.subject, at)
        return self._take("practice", assignment.subject, at)

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
        if purpose == "exam":
            self._certify(attempt.id, at)
        return at

    def _certify(self, exam: str, at: datetime) -> None:
        """Whose exam carries a certificate has it made out to his shop."""
        with suppress(Refusal):
            services.issue_certificate(
                self.records,
                self.learner_id,
                self.curriculum,
                exam,
                name=self.who.name,
                zone="Asia/Shanghai",
                now=at,
            )

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
