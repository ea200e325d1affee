"""What a merchant can learn: dimensions, abilities, skills and outcomes, and what each stage asks.

Four levels: a dimension (强阵地) holds abilities (平台认知), an ability holds skills, a skill holds
outcomes ("can do" sentences). Ids are permanent; what is no longer taught is retired, not renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from academy.language import Text

Level = Literal["basic", "advanced"]
STAGE_IDS = ("preparing", "exploring", "growing", "mature")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the merchant's business is."""

    id: str
    name: Text
    summary: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something a merchant can do."""

    id: str
    can_do: Text
    level: Level
    stages: tuple[str, ...]
    """The stages at which it matters, most important first."""
    seeds: tuple[int, ...]
    """The founding documents that name it: 1 the capability guide, 2 the daily routine."""
    traces: tuple[str, ...]
    """Rows of the competency tree it comes from, such as "1.1.3a"."""


@dataclass(frozen=True, slots=True)
class Skill:
    """What a lesson teaches and a quiz measures."""

    id: str
    name: Text
    summary: Text
    outcomes: tuple[Outcome, ...]
    prerequisites: tuple[str, ...]
    importance: Mapping[str, int]
    """Stage id to weight, 0 (not asked at this stage) to 3 (decides it)."""
    target: Mapping[str, int]
    """Stage id to the score, 1 to 99, that the stage asks; stages of importance 0 are absent."""

    def levels(self) -> tuple[Level, ...]:
        """The levels that have outcomes, basic first."""
        present = {outcome.level for outcome in self.outcomes}
        return tuple(level for level in ("basic", "advanced") if level in present)


@dataclass(frozen=True, slots=True)
class Ability:
    """One of the thirteen axes of the radar."""

    id: str
    name: Text
    short: Text
    """The name as an axis label: a few characters."""
    summary: Text
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the four dimensions."""

    id: str
    name: Text
    summary: Text
    emphasis: Mapping[str, int]
    """Stage id to the share, in percent, that the stage gives this dimension."""
    abilities: tuple[Ability, ...]


class UnknownId(KeyError):
    """An id that the framework does not have."""

    def __init__(self, kind: str, unknown: str) -> None:
        super().__init__(f"There is no {kind} '{unknown}' in the framework.")
        self.kind = kind
        self.unknown = unknown

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Framework:
    """Everything that can be learned, in teaching order, with look-ups by id.

    Look-ups raise `UnknownId`, which names what was asked for.
    """

    revision: str
    stages: tuple[Stage, ...]
    dimensions: tuple[Dimension, ...]

    @cached_property
    def abilities(self) -> tuple[Ability, ...]:
        return tuple(ability for dimension in self.dimensions for ability in dimension.abilities)

    @cached_property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(skill for ability in self.abilities for skill in ability.skills)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(outcome for skill in self.skills for outcome in skill.outcomes)

    def stage(self, stage_id: str) -> Stage:
        return _found("stage", stage_id, self._by_id["stage"])

    def dimension(self, dimension_id: str) -> Dimension:
        return _found("dimension", dimension_id, self._by_id["dimension"])

    def ability(self, ability_id: str) -> Ability:
        return _found("ability", ability_id, self._by_id["ability"])

    def skill(self, skill_id: str) -> Skill:
        return _found("skill", skill_id, self._by_id["skill"])

    def outcome(self, outcome_id: str) -> Outcome:
        return _found("outcome", outcome_id, self._by_id["outcome"])

    def ability_of(self, skill_id: str) -> Ability:
        return _found("skill", skill_id, self._parents["ability"])

    def dimension_of(self, skill_id: str) -> Dimension:
        return _found("skill", skill_id, self._parents["dimension"])

    def skill_of(self, outcome_id: str) -> Skill:
        return _found("outcome", outcome_id, self._parents["skill"])

    def unlocked_by(self, skill_id: str) -> tuple[Skill, ...]:
        """The skills that name this one as a prerequisite."""
        return tuple(skill for skill in self.skills if skill_id in skill.prerequisites)

    @cached_property
    def _by_id(self) -> dict[str, dict]:
        levels: dict[str, Iterable] = {
            "stage": self.stages,
            "dimension": self.dimensions,
            "ability": self.abilities,
            "skill": self.skills,
            "outcome": self.outcomes,
        }
        return {kind: {thing.id: thing for thing in things} for kind, things in levels.items()}

    @cached_property
    def _parents(self) -> dict[str, dict]:
        parents: dict[str, dict] = {"dimension": {}, "ability": {}, "skill": {}}
        for dimension in self.dimensions:
            for ability in dimension.abilities:
                for skill in ability.skills:
                    parents["dimension"][skill.id] = dimension
                    parents["ability"][skill.id] = ability
                    for outcome in skill.outcomes:
                        parents["skill"][outcome.id] = skill
        return parents


def _found(kind: str, wanted: str, things: Mapping):
    try:
        return things[wanted]
    except KeyError:
        raise UnknownId(kind, wanted) from None
