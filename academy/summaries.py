"""What a history adds up to, small enough that a trainer's page reads five thousand at once.

A summary is no record: it is worked out from one, and again whenever the rule that it was made by
is no longer the one that holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from academy.answer_sheets import answer_sheet
from academy.assignments import deeds_of
from academy.attempts import QuizAttempt
from academy.checkpoints import checkpoints, growth_between
from academy.curriculum import Curriculum
from academy.framework import Framework
from academy.growth import LEAST_DAYS, Change, Growth
from academy.history import History
from academy.occasions import Occasion
from academy.proficiency import Estimate, Profile, Status
from academy.records import JSON

RULE = 4
"""The version of what follows; a change of its meaning raises it by one."""

CODES: Mapping[Status, str] = {
    "no-evidence": "n",
    "declared": "d",
    "provisional": "p",
    "verified": "v",
}
"""The letter of each status in the plain form."""

PACE_KEPT = timedelta(days=56)
"""Lessons completed longer ago than this, when the summary is made, tell nothing of the pace."""
DAYS_KEPT = timedelta(days=56)
"""Days longer before the last activity than this are not told one by one."""
TALKS_KEPT = 20
FAILED_SHARE, FAILED_RESPONSES = 0.5, 3
"""A check is failed when less than this share of at least so many answers is right."""
CHECKS_LOOKED_AT = 3
"""So many attempts handed in last are looked at for rapid guesses."""
RAPID_GUESSES = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """A change between two occasions, in points of the score, and nine in ten bounds of it."""

    points: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """One merchant in a cohort's tables.

    `levels`, `errors` and `statuses` hold the abilities, then the dimensions, then the whole, each
    in the framework's order: logits, standard errors in logits, one letter of `CODES` each.
    """

    rule: str
    stage: str
    has_stage: bool
    """Whether he chose a stage; until then it is only supposed."""
    levels: tuple[float, ...]
    errors: tuple[float, ...]
    statuses: str
    active_at: datetime | None
    """When he last studied, answered or rated; None before he did any of it."""
    active_on: tuple[date, ...]
    """The days of late on which he did so, by UTC, oldest first."""
    talked_on: tuple[tuple[str, date], ...]
    """Of late: a cohort's id, and the day on which a trainer of it noted that they talked."""
    lessons: int
    answers: int
    ratings: int
    studied: tuple[tuple[datetime, float], ...]
    """When each lesson of late was completed, and its minutes."""
    minutes_left: float
    """Of the lessons on what his stage asks and he has not shown yet."""
    failed_skills: tuple[str, ...]
    """Skills whose last two checks were failed."""
    has_guessed: bool
    """Whether one of the attempts handed in last holds rapid guesses."""
    overrates: bool
    """Whether he rates himself above what he shows, where that is below what is asked."""
    dropped: tuple[str, ...]
    """Ids of the dimensions, and "overall", that really fell between the last two occasions."""
    measured_at: tuple[datetime, datetime] | None
    """The first and the last occasion that measured; None with less than two weeks between."""
    differences: Mapping[str, Difference]
    """Between these two, by dimension id and "overall"; only what was asked on both."""
    deeds: str
    """What of it assignments ask about, as text: few who read a summary look into it."""
    sheet: str
    """What he answered and rated, as text, for the same reason."""

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        return {
            "rule": self.rule,
            "stage": self.stage,
            "has_stage": self.has_stage,
            "levels": [round(each, 3) for each in self.levels],
            "errors": [round(each, 3) for each in self.errors],
            "statuses": self.statuses,
            "active_at": self.active_at.isoformat() if self.active_at else None,
            "active_on": [day.isoformat() for day in self.active_on],
            "talked_on": [[cohort, day.isoformat()] for cohort, day in self.talked_on],
            "lessons": self.lessons,
            "answers": self.answers,
            "ratings": self.ratings,
            "studied": [[at.isoformat(), minutes] for at, minutes in self.studied],
            "minutes_left": self.minutes_left,
            "failed_skills": list(self.failed_skills),
            "has_guessed": self.has_guessed,
            "overrates": self.overrates,
            "dropped": list(self.dropped),
            "measured_at": [at.isoformat() for at in self.measured_at or ()],
            "differences": {
                name: [round(each, 1) for each in (d.points, d.low, d.high)]
                for name, d in self.differences.items()
            },
            "deeds": self.deeds,
            "sheet": self.sheet,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Summary:
        """The summary that `to_dict` described. Raises KeyError or TypeError when it is none."""
        instant = datetime.fromisoformat
        measured = [instant(at) for at in plain["measured_at"]]
        return cls(
            rule=plain["rule"],
            stage=plain["stage"],
            has_stage=plain["has_stage"],
            levels=tuple(plain["levels"]),
            errors=tuple(plain["errors"]),
            statuses=plain["statuses"],
            active_at=instant(plain["active_at"]) if plain["active_at"] else None,
            active_on=tuple(map(date.fromisoformat, plain["active_on"])),
            talked_on=tuple(
                (cohort, date.fromisoformat(day)) for cohort, day in plain["talked_on"]
            ),
            lessons=plain["lessons"],
            answers=plain["answers"],
            ratings=plain["ratings"],
            studied=tuple((instant(at), minutes) for at, minutes in plain["studied"]),
            minutes_left=plain["minutes_left"],
            failed_skills=tuple(plain["failed_skills"]),
            has_guessed=plain["has_guessed"],
            overrates=plain["overrates"],
            dropped=tuple(plain["dropped"]),
            measured_at=(measured[0], measured[1]) if measured else None,
            differences={name: Difference(*each) for name, each in plain["differences"].items()},
            deeds=plain["deeds"],
            sheet=plain["sheet"],
        )


def rule_in_force(curriculum: Curriculum) -> str:
    """By which rule a summary is made today: our own, the framework's shape, the faulty items.

    Wording changes no estimate, and so none of this.
    """
    framework = curriculum.framework
    shape = [
        [dimension.id, ability.id, skill.id, dict(skill.importance), dict(skill.target)]
        for dimension in framework.dimensions
        for ability in dimension.abilities
        for skill in ability.skills
    ]
    faulty = sorted(
        (item.id, str(item.fault.found_on))
        for item in curriculum.bank.items.values()
        if item.fault is not None
    )
    digest = sha256(json.dumps([shape, faulty], sort_keys=True).encode()).hexdigest()
    return f"{RULE}-{digest[:12]}"


def parts_of(framework: Framework) -> tuple[str, ...]:
    """What the levels of a summary belong to, in their order: ids, the whole last."""
    abilities = [ability.id for ability in framework.abilities]
    return (*abilities, *(dimension.id for dimension in framework.dimensions), "overall")


def summary_of(
    curriculum: Curriculum, history: History, today: Occasion, profile: Profile
) -> Summary:
    """What a history adds up to, given all of it as evidence, and the profile that this makes."""
    estimates = tuple(_estimates(profile))
    instants = activity(history)
    measured = [each for each in checkpoints(history) if each.has_answers]
    ever = lately = None
    if len(measured) > 1 and measured[-1].begun_at - measured[0].at >= timedelta(days=LEAST_DAYS):
        ever = lately = growth_between(history, curriculum, measured[0], measured[-1])
    if len(measured) > 2:
        lately = growth_between(history, curriculum, measured[-2], measured[-1])
    return Summary(
        rule=rule_in_force(curriculum),
        stage=profile.stage,
        has_stage=history.stage is not None,
        levels=tuple(each.theta for each in estimates),
        errors=tuple(each.se for each in estimates),
        statuses="".join(CODES[each.status] for each in estimates),
        active_at=max(instants, default=None),
        active_on=_days_of_late(instants),
        talked_on=talks(history),
        lessons=len(history.completed_lessons()),
        answers=estimates[-1].n_answers,
        ratings=estimates[-1].n_ratings,
        studied=tuple(_studied(curriculum, history, max(instants))) if instants else (),
        minutes_left=_minutes_left(curriculum, history, profile),
        failed_skills=failed_skills(curriculum, history),
        has_guessed=has_guessed(history),
        overrates=_overrates(profile),
        dropped=_dropped(lately) if lately else (),
        measured_at=(measured[0].at, measured[-1].at) if ever else None,
        differences=_differences(ever) if ever else {},
        deeds=deeds_of(history).to_text(),
        sheet=answer_sheet(curriculum.framework, history, today).to_text(),
    )


def talks(history: History) -> tuple[tuple[str, date], ...]:
    """A cohort's id, and the day on which a trainer of it noted that they talked; the last few."""
    found = [(note.cohort_id, note.at.date()) for note in history.notes.values() if note.is_talk]
    return tuple(found[-TALKS_KEPT:])


def activity(history: History) -> list[datetime]:
    """When the learner did something by which he learns or shows something, in no order."""
    instants = [choice.chosen_at for choice in history.stages]
    for assessment in history.assessments.values():
        instants += [assessment.started_at]
        instants += [each.rated_at for each in assessment.ratings.values()]
    for quiz in history.quizzes.values():
        instants += [quiz.started_at, *(each.responded_at for each in quiz.responses.values())]
    for visit in history.lessons.values():
        instants += [visit.opened_at, *filter(None, [visit.completed_at])]
    return instants


def _days_of_late(instants: Sequence[datetime]) -> tuple[date, ...]:
    since = max(instants) - DAYS_KEPT if instants else None
    return tuple(sorted({at.date() for at in instants if since and at >= since}))


def failed_skills(curriculum: Curriculum, history: History) -> tuple[str, ...]:
    """Skills whose last two checks were failed: practice, or the questions of a lesson."""
    checks: dict[str, list[bool]] = {}
    for attempt in sorted(history.quizzes.values(), key=lambda each: each.started_at):
        skill_id = _checked_skill(curriculum, attempt)
        if skill_id and len(attempt.responses) >= FAILED_RESPONSES and not attempt.unanswered:
            failed = attempt.points < FAILED_SHARE * len(attempt.responses)
            checks.setdefault(skill_id, []).append(failed)
    return tuple(skill_id for skill_id, failed in checks.items() if failed[-2:] == [True, True])


def has_guessed(history: History) -> bool:
    """Whether one of the attempts handed in last holds more rapid guesses than slips explain."""
    done = [attempt for attempt in history.quizzes.values() if attempt.submitted_at]
    done.sort(key=lambda each: each.submitted_at or each.started_at)
    return any(
        attempt.effort != "normal" and attempt.rapid >= RAPID_GUESSES
        for attempt in done[-CHECKS_LOOKED_AT:]
    )


def _checked_skill(curriculum: Curriculum, attempt: QuizAttempt) -> str | None:
    if attempt.purpose in ("practice", "probe"):
        return attempt.subject
    lesson = curriculum.lessons.get(attempt.subject) if attempt.purpose == "lesson" else None
    return lesson.skill if lesson else None


def _estimates(profile: Profile) -> Iterator[Estimate]:
    for ability in profile.framework.abilities:
        yield profile.ability(ability.id)
    for dimension in profile.framework.dimensions:
        yield profile.dimension(dimension.id)
    yield profile.overall


def _differences(growth: Growth) -> dict[str, Difference]:
    changes: Sequence[tuple[str, Change]] = (
        *growth.dimensions.items(),
        ("overall", growth.overall),
    )
    return {
        name: Difference(change.points, change.low, change.high)
        for name, change in changes
        if change.high > change.low
    }


def _dropped(growth: Growth) -> tuple[str, ...]:
    changes = (*growth.dimensions.items(), ("overall", growth.overall))
    return tuple(name for name, change in changes if change.verdict == "real-drop")


def _studied(
    curriculum: Curriculum, history: History, active_at: datetime
) -> Iterator[tuple[datetime, float]]:
    for visit in history.completed_lessons():
        lesson = curriculum.lessons.get(visit.lesson_id)
        if lesson and visit.completed_at and visit.completed_at >= active_at - PACE_KEPT:
            yield visit.completed_at, float(lesson.minutes)


def _minutes_left(curriculum: Curriculum, history: History, profile: Profile) -> float:
    stage = profile.stage
    missing = {
        skill.id
        for skill in curriculum.framework.skills
        if skill.importance.get(stage, 0) and not profile.is_target_met(skill.id)
    }
    done = {visit.lesson_id for visit in history.completed_lessons()}
    return float(
        sum(
            lesson.minutes
            for lesson in curriculum.lessons.values()
            if lesson.skill in missing and lesson.id not in done
        )
    )


def _overrates(profile: Profile) -> bool:
    target = profile.overall_target
    if target is None or profile.self_view.verdict != "higher":
        return False
    return profile.overall.chance_of(target) <= 0.2
