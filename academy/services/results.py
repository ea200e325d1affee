"""What a learner's history says today: his profile, and what to study next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from academy.curriculum import Curriculum
from academy.history import History
from academy.occasions import occasion
from academy.proficiency import Profile
from academy.recommender import Recommendation, recommend


def profile_of(curriculum: Curriculum, history: History, *, now: datetime) -> Profile:
    """The profile from everything answered and rated so far, at today's stage."""
    return occasion(history, curriculum.framework, until=now).profile(curriculum.framework)


def next_skills(
    curriculum: Curriculum,
    history: History,
    profile: Profile,
    *,
    pins: Iterable[str] = (),
    exclusions: Iterable[str] = (),
    limit: int = 5,
    now: datetime,
) -> tuple[Recommendation, ...]:
    """The skills to study next, best first, each with the terms of its rank."""
    done = history.completed_lessons()
    units = {visit.skill_id: history.units_done(visit.skill_id) for visit in done}
    last = {visit.skill_id: visit.completed_at for visit in done if visit.completed_at}
    recent = Counter(
        response.judgement.skill_id
        for _, response in history.responses()
        if response.responded_at > last.get(response.judgement.skill_id, response.responded_at)
        or response.judgement.skill_id not in last
    )
    minutes: dict = {}
    for lesson in curriculum.lessons.values():
        minutes.setdefault((lesson.skill, lesson.level), lesson.minutes)
    return recommend(
        curriculum.framework,
        profile,
        stage=profile.stage,
        units_done=units,
        lesson_minutes=minutes,
        recent_answers=recent,
        last_studied=last,
        pins=tuple(pins),
        exclusions=tuple(exclusions),
        now=now,
        limit=limit,
    )
