"""How a profile stands against its stage: each ability and dimension in one line.

What the radar draws and what the list beside it says come from here, so they cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from academy.language import Text
from academy.proficiency import MASTERY_PROBABILITY, Band, Estimate, Profile

Remark = Literal["strength", "gap", "blind-spot", "hidden-strength"]

LEAST_ANSWERS = 3
"""Fewer answers than this on an ability, and rating and answers are not compared."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One ability or dimension: what is said, shown, estimated and asked, in points 0 to 100."""

    id: str
    name: Text
    short: Text
    dimension: str
    own: float | None
    """What the learner's ratings mean, taken at their word."""
    shown: Band | None
    """What his quiz answers show, ratings left aside."""
    estimate: Estimate
    """Both together."""
    target: float | None
    remarks: frozenset[Remark]

    @property
    def missing(self) -> float:
        """Points from the estimate up to the target; 0 where nothing is asked or all is there."""
        return max(0.0, (self.target or 0.0) - self.estimate.score)


def ability_standings(profile: Profile) -> tuple[Standing, ...]:
    """The thirteen abilities, in the framework's order."""
    return tuple(
        _standing(
            ability.id,
            ability.name,
            ability.short,
            dimension.id,
            profile.ability_rated(ability.id),
            profile.ability_shown(ability.id),
            profile.ability(ability.id),
            profile.ability_target(ability.id),
        )
        for dimension in profile.framework.dimensions
        for ability in dimension.abilities
    )


def dimension_standings(profile: Profile) -> tuple[Standing, ...]:
    """The four dimensions, in the framework's order."""
    return tuple(
        _standing(
            dimension.id,
            dimension.name,
            dimension.name,
            dimension.id,
            profile.dimension_rated(dimension.id),
            profile.dimension_shown(dimension.id),
            profile.dimension(dimension.id),
            profile.dimension_target(dimension.id),
        )
        for dimension in profile.framework.dimensions
    )


def scores_shown(profile: Profile) -> dict[str, float]:
    """What answers show of each ability and dimension that they were given on: id to points."""
    framework = profile.framework
    shown = {each.id: profile.ability_shown(each.id) for each in framework.abilities}
    shown |= {each.id: profile.dimension_shown(each.id) for each in framework.dimensions}
    return {id_: band.score for id_, band in shown.items() if band}


def neediest_first(standings: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """By the points that are missing, most first; equal ones in the framework's order."""
    return tuple(sorted(standings, key=lambda standing: -standing.missing))


def _standing(
    id_: str,
    name: Text,
    short: Text,
    dimension: str,
    own: float | None,
    shown: Band | None,
    estimate: Estimate,
    target: float | None,
) -> Standing:
    remarks: set[Remark] = set()
    if target is not None and estimate.status != "no-evidence":
        chance = estimate.chance_of(target)
        if chance >= MASTERY_PROBABILITY and estimate.n_answers >= LEAST_ANSWERS:
            remarks.add("strength")
        elif chance <= 1 - MASTERY_PROBABILITY:
            remarks.add("gap")
    if own is not None and shown is not None and estimate.n_answers >= LEAST_ANSWERS:
        if own > shown.high:
            remarks.add("blind-spot")
        elif own < shown.low:
            remarks.add("hidden-strength")
    return Standing(id_, name, short, dimension, own, shown, estimate, target, frozenset(remarks))
