"""What a stage asks of the skills of a framework, as tables in the framework's order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from academy.framework import Framework
from academy.levels import Numbers, score_of, theta_of
from academy.remembered import of_framework


@dataclass(frozen=True)
class Demand:
    """Importance, targets and weights of S skills at one stage."""

    numbers: dict[str, int]
    """The place of each skill."""
    importance: Numbers
    """(S,) 0 where the stage does not ask for the skill."""
    is_asked: Numbers
    """(S,) 1 where the stage asks for the skill and sets a target, otherwise 0."""
    targets: Numbers
    """(S,) the level in logits that is asked, 0 where none is."""
    weights: dict[str, Numbers]
    """(S,) by ability and by dimension: the importance of its skills, summing to 1."""

    @cached_property
    def table(self) -> Numbers:
        """(G, S) the same of all G abilities and dimensions, in the order of `weights`."""
        return np.stack([*self.weights.values()])

    @cached_property
    def asked(self) -> dict[str, float | None]:
        """Score by ability and by dimension; None where the stage asks nothing."""
        return {id_: self.asked_of(weights) for id_, weights in self.weights.items()}

    def asked_of(self, weights: Numbers) -> float | None:
        """Score that is asked of skills of these weights (S,); None if nothing is."""
        counted = weights * self.is_asked
        if not counted.any():
            return None
        return float(score_of(counted @ self.targets / counted.sum()))

    def weights_of(self, skill_ids: Iterable[str]) -> Numbers:
        """(S,) the importance of some skills, summing to 1; equal if the stage asks for none."""
        members = [self.numbers[skill_id] for skill_id in skill_ids]
        weights = np.zeros(len(self.numbers))
        weights[members] = self.importance[members]
        if not weights.any():
            weights[members] = 1.0
        return weights / weights.sum()


@of_framework
def demand_of(framework: Framework, stage: str) -> Demand:
    """What a stage asks; a stage that the framework does not have asks nothing."""
    skills = framework.skills
    importance = np.array([each.importance.get(stage, 0) for each in skills], dtype=float)
    targets = [each.target.get(stage) if each.importance.get(stage, 0) else None for each in skills]
    demand = Demand(
        numbers={skill.id: number for number, skill in enumerate(skills)},
        importance=importance,
        is_asked=np.array([target is not None for target in targets], dtype=float),
        targets=np.array([0.0 if t is None else float(theta_of(t)) for t in targets]),
        weights={},
    )
    for dimension in framework.dimensions:
        for ability in dimension.abilities:
            demand.weights[ability.id] = demand.weights_of(each.id for each in ability.skills)
        demand.weights[dimension.id] = demand.weights_of(
            skill.id for ability in dimension.abilities for skill in ability.skills
        )
    return demand
