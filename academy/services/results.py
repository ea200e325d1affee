"""What a learner's history says today: his profile, and what to study next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from academy.curriculum import Curriculum
from academy.framework import Level
from academy.guidance import excluded, pinned
from academy.history import History
from academy.occasions import Occasion, occasion
from academy.proficiency import Profile
from academy.recommender import Ranking, rank
from academy.services.reviews import skill_memories
from academy.standings import Standing, ability_standings, dimension_standings


def profile_of(
    curriculum: Curriculum, history: History, *, now: datetime, evidence: Occasion | None = None
) -> Profile:
    """The profile from everything answered and rated so far, at today's stage.

    It is worked out once for a history and an hour; evidence ages no faster. Whoever has read the
    `evidence` already hands it over.
    """
    kept = ("profile", curriculum.revision, _hour(now))
    if kept not in history.conclusions:
        evidence = evidence or occasion(history, curriculum, until=now)
        history.conclusions[kept] = evidence.profile()
    found: Profile = history.conclusions[kept]
    return found


def standings_of(
    curriculum: Curriculum, history: History, *, now: datetime
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """How the learner stands on each ability and on each dimension, in the framework's order."""
    kept = ("standings", curriculum.revision, _hour(now))
    if kept not in history.conclusions:
        profile = profile_of(curriculum, history, now=now)
        history.conclusions[kept] = ability_standings(profile), dimension_standings(profile)
    found: tuple[tuple[Standing, ...], tuple[Standing, ...]] = history.conclusions[kept]
    return found


def study_plan(curriculum: Curriculum, history: History, *, now: datetime) -> Ranking:
    """Every skill's worth to this learner now; its recommendations are what to study next."""
    kept = ("plan", curriculum.revision, _hour(now))
    if kept not in history.conclusions:
        history.conclusions[kept] = _ranked(curriculum, history, now)
    found: Ranking = history.conclusions[kept]
    return found


def _ranked(curriculum: Curriculum, history: History, now: datetime) -> Ranking:
    done = history.completed_lessons()
    known = {skill.id for skill in curriculum.framework.skills}
    last = {
        visit.skill_id: visit.completed_at
        for visit in done
        if visit.completed_at and visit.skill_id in known
    }
    memories = {
        skill_id: memory
        for skill_id, memory in skill_memories(history, curriculum.bank).items()
        if skill_id in known
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
    lessons = Counter((lesson.skill, lesson.level) for lesson in curriculum.lessons.values())
    taught = {skill_id for skill_id, _ in minutes if skill_id in known}
    return rank(
        curriculum.framework,
        profile_of(curriculum, history, now=now),
        units_done={skill_id: history.units_done(skill_id) for skill_id in last},
        lesson_minutes=minutes,
        lessons=lessons,
        recent_answers=recent,
        last_studied={skill_id: memory.touched_at for skill_id, memory in memories.items()},
        reviews={skill_id: memory.reviews for skill_id, memory in memories.items()},
        lapses={skill_id: memory.lapses for skill_id, memory in memories.items()},
        pins=pinned(history.guidance.values(), taught),
        exclusions=excluded(history.guidance.values(), known),
        now=now,
    )


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
