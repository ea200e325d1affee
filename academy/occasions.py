"""Occasions: what of a history counts as evidence, up to an instant or between two.

Two profiles of one learner differ only in the stretch of his history that they look at. Answers
count as they were judged, except where the key is known to have been wrong; see `faults`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from academy.attempts import AssessmentAttempt, QuizAttempt
from academy.curriculum import Curriculum
from academy.effort import is_straight_lining, weighed_ratings
from academy.faults import as_counted
from academy.history import History
from academy.items import ItemBank
from academy.proficiency import Answer, Profile, Rating, estimate_profile


@dataclass(frozen=True)
class Occasion:
    """The evidence of one stretch of a history, as one revision of the content reads it."""

    curriculum: Curriculum
    answers: tuple[Answer, ...]
    ratings: tuple[Rating, ...]
    units_done: dict[str, tuple[int, int]]
    stage: str
    until: datetime

    def profile(self) -> Profile:
        return estimate_profile(
            self.curriculum.framework,
            self.answers,
            self.ratings,
            stage=self.stage,
            units_done=self.units_done,
            now=self.until,
            revision=self.curriculum.revision,
        )


def occasion(
    history: History,
    curriculum: Curriculum,
    *,
    until: datetime,
    since: datetime | None = None,
    under_way: str | None = None,
    default_stage: str = "preparing",
) -> Occasion:
    """What was answered and rated after `since` (or ever) and not after `until`.

    Attempts that are not handed in count only if they are practice, or the one `under_way`. Skills
    that the framework no longer has are left out. The stage is the one that held at `until`.
    """
    known = {skill.id for skill in curriculum.framework.skills}
    answers = [
        answer
        for _, answer in _counted(history, curriculum.bank, under_way)
        if answer.skill_id in known and _within(answer.answered_at, since, until)
    ]
    ratings = [
        rating
        for rating in _given_ratings(history)
        if rating.skill_id in known and _within(rating.rated_at, since, until)
    ]
    units = {
        visit.skill_id: history.units_done(visit.skill_id, before=until)
        for visit in history.completed_lessons()
        if visit.skill_id in known
    }
    stages = [choice.stage for choice in history.stages if choice.chosen_at <= until]
    return Occasion(
        curriculum,
        tuple(answers),
        tuple(ratings),
        {skill: done for skill, done in units.items() if any(done)},
        stages[-1] if stages else default_stage,
        until,
    )


def sitting(history: History, curriculum: Curriculum, attempt_id: str) -> tuple[Answer, ...]:
    """The answers of one attempt alone; empty for an attempt that shows nothing yet."""
    known = {skill.id for skill in curriculum.framework.skills}
    return tuple(
        answer
        for attempt, answer in _counted(history, curriculum.bank)
        if attempt.id == attempt_id and answer.skill_id in known
    )


def looks_careless(attempt: AssessmentAttempt) -> bool:
    """Whether the ratings hardly vary, in the order of the statements."""
    values = [attempt.ratings[each].value for each in attempt.statements if each in attempt.ratings]
    return is_straight_lining([value for value in values if isinstance(value, int)])


def _given_ratings(history: History) -> Iterator[Rating]:
    """Every rating; those that look careless again, after we asked once, weigh less."""
    was_careless = False
    for attempt in history.assessments.values():
        is_careless = attempt.is_submitted and looks_careless(attempt)
        given = [
            Rating(
                each.skill_id,
                each.statement_id,
                each.value,
                each.rated_at,
                units_before=history.units_done(each.skill_id, before=each.rated_at),
            )
            for each in attempt.ratings.values()
            if isinstance(each.value, int)
        ]
        yield from weighed_ratings(given, is_repeated=is_careless and was_careless)
        was_careless = was_careless or is_careless


def _counted(
    history: History, bank: ItemBank, under_way: str | None = None
) -> Iterator[tuple[QuizAttempt, Answer]]:
    """Every response that counts, as evidence, oldest first; rapid guesses weigh nothing."""
    seen: set[str] = set()
    for attempt, given in history.responses(under_way):
        response = as_counted(given, bank)
        if response is None:
            continue
        judged = response.judgement
        was_seen = response.item_id in seen
        seen.add(response.item_id)
        yield (
            attempt,
            Answer(
                skill_id=judged.skill_id,
                item_id=response.item_id,
                is_correct=response.is_correct,
                answered_at=response.responded_at,
                b=judged.state.difficulty,
                guessing=judged.guessing,
                a=judged.state.slope,
                is_calibrated=judged.state.is_calibrated,
                seconds=response.seconds,
                was_seen=was_seen,
                units_before=history.units_done(judged.skill_id, before=response.responded_at),
                weight=0.0 if response.is_rapid or attempt.effort == "not-scored" else 1.0,
            ),
        )


def _within(at: datetime, since: datetime | None, until: datetime) -> bool:
    return at <= until and (since is None or at > since)
