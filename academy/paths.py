"""Paths: the order in which a stage leads through the dimensions and their skills.

The dimension that weighs most at the stage comes first. Within it a skill that decides the stage
comes before one that only helps, but never before what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from academy.curriculum import Curriculum
from academy.framework import Dimension, Skill
from academy.history import History
from academy.lessons import Lesson


@dataclass(frozen=True, slots=True)
class Step:
    """One skill on the way, with the lessons that teach it."""

    skill: Skill
    importance: int
    lessons: tuple[Lesson, ...]
    done: int
    """How many of the lessons are completed."""

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def is_done(self) -> bool:
        return bool(self.lessons) and self.done == len(self.lessons)


@dataclass(frozen=True, slots=True)
class Leg:
    """One dimension on the way."""

    dimension: Dimension
    emphasis: int
    """Percent of the stage's weight."""
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def progress(self) -> float:
        """Share of the lessons that are completed, 0.0 to 1.0."""
        lessons = sum(len(step.lessons) for step in self.steps)
        return sum(step.done for step in self.steps) / lessons if lessons else 0.0


def stage_path(curriculum: Curriculum, stage: str, history: History) -> tuple[Leg, ...]:
    """The way through a stage: what it asks, weightiest dimension first.

    Raises `UnknownId` for a stage that the framework does not have.
    """
    framework = curriculum.framework
    framework.stage(stage)
    completed = {visit.lesson_id for visit in history.completed_lessons()}
    legs = []
    for dimension in framework.dimensions:
        asked = [
            skill
            for ability in dimension.abilities
            for skill in ability.skills
            if skill.importance.get(stage, 0)
        ]
        steps = []
        for skill in _in_order(asked, stage):
            lessons = curriculum.lessons_of(skill.id)
            done = sum(lesson.id in completed for lesson in lessons)
            steps.append(Step(skill, skill.importance[stage], lessons, done))
        legs.append(Leg(dimension, dimension.emphasis[stage], tuple(steps)))
    return tuple(sorted(legs, key=lambda leg: -leg.emphasis))


def next_step(path: tuple[Leg, ...]) -> Step | None:
    """The first skill on the way that has a lesson left to study."""
    for leg in path:
        for step in leg.steps:
            if step.lessons and not step.is_done:
                return step
    return None


def _in_order(skills: list[Skill], stage: str) -> list[Skill]:
    """Most important first, each after those of its prerequisites that are among them."""
    ordered: list[Skill] = []
    waiting = sorted(skills, key=lambda skill: -skill.importance[stage])
    while waiting:
        open_ids = {skill.id for skill in waiting}
        ready = next(s for s in waiting if not open_ids & set(s.prerequisites))
        ordered.append(ready)
        waiting.remove(ready)
    return ordered
