"""What a learner's history says today: his profile, and what to study next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from academy.curriculum import Curriculum
from academy.framework import Level
from academy.history import History
from academy.occasions import occasion
from academy.proficiency import Profile
from academy.recommender import Ranking, rank


def profile_of(curriculum: Curriculum, history: History, *, now: datetime) -> Profile:
    """The profile from everything answered and rated so far, at today's stage."""
    return occasion(history, curriculum.framework, until=now).profile(curriculum.framework)


def study_plan(
    curriculum: Curriculum, history: History, profile: Profile, *, now: datetime
) -> Ranking:
    """Every skill's worth to this learner now; its recommendations are what to study next."""
    done = history.completed_lessons()
    known = {skill.id for skill in curriculum.framework.skills}
    last = {
        visit.skill_id: visit.completed_at
        for visit in done
        if visit.completed_at and visit.skill_id in known
    }
    recent = Counter(
        response.judgement.skill_id
        for _, response in history.responses()
        if response.judgement.skill_id in known
        and not (
            response.judgement.skill_id in last
            and response.responded_at <= last[response.judgement.skill_id]
        )
    )
    minutes: dict[tuple[str, Level], float] = {}
    for lesson in curriculum.lessons.values():
        minutes.setdefault((lesson.skill, lesson.level), float(lesson.minutes))
    return rank(
        curriculum.framework,
        profile,
        units_done={skill_id: history.units_done(skill_id) for skill_id in last},
        lesson_minutes=minutes,
        recent_answers=recent,
        last_studied=last,
        now=now,
    )
