"""What to teach a cohort next: the skills on which an hour closes most of the members' gaps.

What a lesson is expected to close of a member's gap to the target of his stage, readiness counted,
is the same number by which he is told what to study; here it is added up over all members, per
hour of teaching. Beside it stand the wrong answers most given, each of which has its reason.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from academy.cohort_analytics import LEAST_PEOPLE
from academy.cohort_work import ItemFigures, MemberWork
from academy.cohorts import Member
from academy.curriculum import Curriculum
from academy.framework import Framework, Level
from academy.levels import Numbers, Posterior, score_of, theta_of
from academy.recommender import (
    CHECK_MINUTES,
    LEVELS,
    Links,
    Situation,
    Values,
    normal_cdf,
    units_taught,
    values,
)

HELPED_POINTS = 2.0
"""Whom a lesson is expected to bring so many points towards the target, it helps."""
MOST_GAPS = 3
"""So many of the skills that would help a member most decide which group he belongs to."""


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong option that five members or more chose, as the first answer each gave."""

    item_id: str
    option: str
    chosen_by: int
    answered_by: int


@dataclass(frozen=True, slots=True)
class Missed:
    """An item that five members or more got wrong when they first met it."""

    item_id: str
    wrong: int
    answered_by: int
    misconceptions: tuple[Misconception, ...]
    """The wrong options that five or more chose, the most chosen first; there may be none."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One skill as a subject to teach, and what speaks for it."""

    skill_id: str
    level: Level
    lesson_id: str
    worth: float
    """Expected gap closed in an hour, over all members, by importance; only a rank."""
    helped: tuple[Member, ...]
    """Whom it brings nearer to their target by two points or more; five at least."""
    points: float
    """The mean of what it brings them."""
    readiness: float
    """The share of it that they are ready for, 0 to 1, on average."""
    missed: tuple[Missed, ...]
    """Its items that most got wrong, to speak about."""


@dataclass(frozen=True, slots=True)
class Group:
    """Members, five at least, to whom a lesson on this skill is among the three of most help."""

    skill_id: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class TeachingPlan:
    """Topics, the most worth first; groups, the largest first; and who fits into none."""

    topics: tuple[Topic, ...]
    groups: tuple[Group, ...]
    others: tuple[Member, ...]
    unknown: int
    """Members of whom nothing is known yet; none of this speaks of them."""


def teaching_plan(
    curriculum: Curriculum,
    works: Sequence[MemberWork],
    posterior: Posterior,
    figures: Collection[ItemFigures],
    *,
    limit: int = 8,
) -> TeachingPlan:
    """What to teach these members, given their levels today and how the items worked.

    It is empty while something is known of fewer than five.
    """
    places = [place for place, work in enumerate(works) if not work.sheet.is_blank]
    known = [works[place] for place in places]
    unknown = len(works) - len(known)
    if len(known) < LEAST_PEOPLE:
        return TeachingPlan((), (), (), unknown)
    framework = curriculum.framework
    links = Links.of(framework)
    situation = _situation(curriculum, known, posterior.mean[places], posterior.se[places])
    found = values(links, situation)
    hour = 60 / (np.moveaxis(situation.minutes, -1, 0) + CHECK_MINUTES)
    an_hour = found.direct * hour[:, None, :]
    best = an_hour.sum(axis=1).argmax(axis=0)
    points = _points(situation, found)
    topics = []
    for place, skill in enumerate(framework.skills):
        level = LEVELS[best[place]]
        lessons = curriculum.lessons_of(skill.id, level)
        helped = points[best[place], :, place] >= HELPED_POINTS
        if not lessons or helped.sum() < LEAST_PEOPLE:
            continue
        topics.append(
            Topic(
                skill.id,
                level,
                lessons[0].id,
                float(an_hour[best[place], :, place].sum()),
                tuple(known[each].member for each in np.flatnonzero(helped).tolist()),
                float(points[best[place], helped, place].mean()),
                float(found.readiness[helped, place].mean()),
                missed_items(curriculum, figures, skill.id),
            )
        )
    topics.sort(key=lambda topic: -topic.worth)
    worth = an_hour[best, :, np.arange(len(best))].T
    helps = points[best, :, np.arange(len(best))].T >= HELPED_POINTS
    groups, others = _groups(framework, known, np.where(helps, worth, 0.0))
    return TeachingPlan(tuple(topics[:limit]), groups, others, unknown)


def missed_items(
    curriculum: Curriculum, figures: Collection[ItemFigures], skill_id: str, *, limit: int = 3
) -> tuple[Missed, ...]:
    """The items of a skill that led most members astray in the same way; then by wrong answers."""
    found = []
    for each in figures:
        wrong = each.n - round(each.n * each.statistics.facility)
        if curriculum.bank.item(each.item_id).skill == skill_id and wrong >= LEAST_PEOPLE:
            options = [
                Misconception(each.item_id, option.option, option.count, each.n)
                for option in each.options
                if not option.is_key and option.count is not None and option.count >= LEAST_PEOPLE
            ]
            options.sort(key=lambda option: -option.chosen_by)
            found.append(Missed(each.item_id, wrong, each.n, tuple(options)))
    found.sort(key=lambda each: (-_led_astray(each), -each.wrong, each.item_id))
    return tuple(found[:limit])


def _led_astray(missed: Missed) -> int:
    return missed.misconceptions[0].chosen_by if missed.misconceptions else 0


def _situation(
    curriculum: Curriculum, works: Sequence[MemberWork], mean: Numbers, se: Numbers
) -> Situation:
    framework = curriculum.framework
    asked: Mapping[str, tuple[list[float], list[float]]] = {
        stage: (
            [float(theta_of(skill.target.get(stage, 50))) for skill in framework.skills],
            [float(skill.importance.get(stage, 0)) for skill in framework.skills],
        )
        for stage in {work.sheet.stage for work in works}
    }
    minutes = np.full((len(framework.skills), len(LEVELS)), math.inf)
    there = np.zeros_like(minutes, dtype=np.int64)
    for place, skill in enumerate(framework.skills):
        for column, level in enumerate(LEVELS):
            lessons = curriculum.lessons_of(skill.id, level)
            there[place, column] = len(lessons)
            for lesson in lessons[:1]:
                minutes[place, column] = lesson.minutes
    recent = np.stack([work.sheet.recent for work in works])
    return Situation(
        mean=mean,
        se=se,
        target=np.array([asked[work.sheet.stage][0] for work in works]),
        importance=np.array([asked[work.sheet.stage][1] for work in works]),
        units=units_taught(
            np.concatenate([work.sheet.evidence.units for work in works]), there, recent
        ),
        minutes=minutes,
        recent_answers=recent.astype(float),
        retrievability=np.ones_like(mean),
    )


def _points(situation: Situation, found: Values) -> Numbers:
    """Points of the score that one lesson brings each member nearer to his target, (2, N, S)."""
    after = np.minimum(situation.mean + found.gain, situation.target)
    nearer = score_of(after) - score_of(np.minimum(situation.mean, situation.target))
    below = normal_cdf((situation.mean - situation.target) / situation.se) < 0.5
    return np.where(below & (situation.importance > 0), np.maximum(nearer, 0.0), 0.0)


def _groups(
    framework: Framework, works: Sequence[MemberWork], worth: Numbers
) -> tuple[tuple[Group, ...], tuple[Member, ...]]:
    """Put each member to the largest group among those of the skills that would help him most."""
    order = np.argsort(-worth, axis=1, kind="stable")[:, :MOST_GAPS]
    wants = np.zeros(worth.shape, dtype=bool)
    np.put_along_axis(wants, order, True, axis=1)
    wants &= worth > 0
    is_left = np.ones(len(works), dtype=bool)
    groups = []
    while is_left.any():
        size = (wants & is_left[:, None]).sum(axis=0)
        place = int(size.argmax())
        if size[place] < LEAST_PEOPLE:
            break
        who = wants[:, place] & is_left
        is_left &= ~who
        members = tuple(works[each].member for each in np.flatnonzero(who).tolist())
        groups.append(Group(framework.skills[place].id, members))
    others = tuple(works[each].member for each in np.flatnonzero(is_left).tolist())
    return tuple(groups), others
