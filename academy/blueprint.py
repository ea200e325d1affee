"""Which items a quiz asks: fixed forms drawn by a blueprint, and adaptive ones item by item.

Two forms of one blueprint differ in their items and not in what they cover: each skill gives the
same number of items, spread over the same bands of level and difficulty, over as many outcomes as
there are. What a merchant has not seen comes first, because an item whose solution was shown no
longer measures anything.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from academy.framework import Framework
from academy.items import EXPERT_LOGITS, Item, ItemBank, Option
from academy.levels import EXPERT_SHRINKAGE, PRIOR_SD, Numbers, SkillTree, Whole, response_curve
from academy.proficiency import Profile

LONGEST_ADAPTIVE = 36
MOST_PER_SKILL = 6
BEST = 5
"""An adaptive item is drawn from this many best ones, so that no item wears out."""
SURE_SE = 0.45
"""Standard error of every dimension at which an adaptive quiz may stop."""
LEAST_DROP = 0.005
"""Share of the radar's variance that the best remaining item must take away."""


class NotEnoughItems(LookupError):
    """The bank cannot fill the form; the message says which skill lacks items."""


def quotas(bank: ItemBank, skills: Sequence[str], length: int) -> dict[str, int]:
    """How many items each skill gives to a form of `length` items: as evenly as the bank allows.

    The odd ones go to skills spread over the list. Raises `NotEnoughItems` when the bank has fewer.
    """
    available = {skill: len(bank.of_skill(skill)) for skill in dict.fromkeys(skills)}
    if sum(available.values()) < length:
        raise NotEnoughItems(
            f"A form of {length} items is asked for, and the bank has {sum(available.values())} "
            f"active ones for {', '.join(available) or 'no skill'}. Shorten it or write more items."
        )
    given = dict.fromkeys(available, 0)
    missing = length
    while missing:
        open_skills = [skill for skill in available if given[skill] < available[skill]]
        share, odd = divmod(missing, len(open_skills))
        for position, skill in enumerate(open_skills):
            is_odd = (position + 1) * odd // len(open_skills) > position * odd // len(open_skills)
            given[skill] += min(share + is_odd, available[skill] - given[skill])
        missing = length - sum(given.values())
    return given


def draw_form(
    bank: ItemBank,
    framework: Framework,
    *,
    skills: Sequence[str],
    per_skill: int | None = None,
    length: int | None = None,
    seen: Mapping[str, datetime] | None = None,
    rng: random.Random,
) -> tuple[str, ...]:
    """Ids of the items of one form, skill by skill, easier ones first.

    Give `per_skill` (a skill with fewer items gives all it has) or the whole `length`. `seen` maps
    items the merchant has met to when he last did: unseen ones are drawn first, then those seen
    longest ago. The draw depends on nothing but the arguments and `rng`.
    """
    if (per_skill is None) == (length is None):
        raise ValueError("A form has items per skill or a length. Give one of the two.")
    for skill in skills:
        framework.skill(skill)
    if per_skill is not None:
        wanted = {skill: min(per_skill, len(bank.of_skill(skill))) for skill in skills}
    else:
        wanted = quotas(bank, skills, length or 0)
    return tuple(
        item.id
        for skill, quota in wanted.items()
        for item in _draw(bank.of_skill(skill), quota, seen or {}, rng)
    )


def _draw(
    pool: Sequence[Item], quota: int, seen: Mapping[str, datetime], rng: random.Random
) -> list[Item]:
    """`quota` items of one skill, one from each equal band of the pool ordered by difficulty."""
    ordered = sorted(pool, key=lambda item: (item.level == "advanced", item.difficulty, item.id))
    luck = {item.id: rng.random() for item in ordered}
    taken: list[int] = []

    def rank(position: int, start: float, end: float, outcomes: set[str]) -> tuple:
        item, middle = ordered[position], position + 0.5
        last = seen.get(item.id)
        return (
            last is not None,
            last.timestamp() if last else 0.0,
            max(0.0, start - middle, middle - end),
            item.outcome in outcomes,
            luck[item.id],
        )

    for slot in range(quota):
        start, end = slot * len(ordered) / quota, (slot + 1) * len(ordered) / quota
        outcomes = {ordered[position].outcome for position in taken}
        free = [position for position in range(len(ordered)) if position not in taken]
        ranks = {position: rank(position, start, end, outcomes) for position in free}
        taken.append(min(free, key=ranks.__getitem__))
    return [ordered[position] for position in sorted(taken)]


def shuffled_options(item: Item, rng: random.Random) -> tuple[Option, ...]:
    """The options in a random order; keep `rng`'s seed with the attempt to show the same again."""
    return tuple(rng.sample(item.options, len(item.options)))


# ------------------------------------------------------------------------------------- adaptive


def radar(tree: SkillTree, importance: Numbers) -> Numbers:
    """What a quiz is to make sure: the whole, its dimensions and its abilities, (R, S).

    Each row averages skills, weighted by importance (S,), equally where it is 0 throughout. Rows
    are scaled so that whole, dimensions and abilities matter the same.
    """
    rows = []
    for group in (0 * tree.ability_of, tree.dimension_of[tree.ability_of], tree.ability_of):
        members = np.arange(group.max() + 1)[:, None] == group
        weights = members * importance
        weights = np.where(weights.any(axis=1, keepdims=True), weights, members)
        rows.append(weights / weights.sum(axis=1, keepdims=True) / np.sqrt(len(weights)))
    return np.vstack(rows)


def variance_drop(
    levels: tuple[Numbers, Numbers],
    rows: Numbers,
    skill: Whole,
    parameters: tuple[Numbers, Numbers, Numbers],
) -> Numbers:
    """Expected drop of the summed variance of some averages of skills by asking each of I items.

    levels: mean (S,) and covariance (S, S); rows (R, S), as of `radar`; skill (I,) of each item;
    parameters: slope, difficulty and guessing as scored, (I,) each.
    """
    mean, covariance = levels
    _, information = response_curve(mean[skill], *parameters)
    reach = ((rows @ covariance) ** 2).sum(axis=0)
    return reach[skill] * information / (1 + information * np.diagonal(covariance)[skill])


def next_item(
    bank: ItemBank,
    framework: Framework,
    profile: Profile,
    *,
    asked: Sequence[str],
    seen: Mapping[str, datetime] | None = None,
    rng: random.Random,
) -> str | None:
    """Id of the item to ask next, given the profile so far; None when the quiz is finished.

    One of the five that tell most about the skills the stage asks for, at most six a skill, none
    that the merchant has met.
    """
    if len(asked) >= LONGEST_ADAPTIVE or is_sure(framework, profile):
        return None
    met = {*asked, *(seen or {})}
    per_skill: dict[str, int] = {}
    for item_id in asked:
        skill_id = bank.item(item_id).skill
        per_skill[skill_id] = per_skill.get(skill_id, 0) + 1
    left = [
        (number, item)
        for number, skill in enumerate(framework.skills)
        if per_skill.get(skill.id, 0) < MOST_PER_SKILL
        for item in bank.of_skill(skill.id)
        if item.id not in met
    ]
    if not left:
        return None
    covariance = profile.covariance
    rows = radar(profile.posterior.tree, profile.weights)
    drop = variance_drop(
        (profile.posterior.mean[0], covariance),
        rows,
        np.array([number for number, _ in left]),
        (
            np.ones(len(left)),
            np.array([EXPERT_SHRINKAGE * EXPERT_LOGITS[item.difficulty] for _, item in left]),
            np.array([item.guessing for _, item in left]),
        ),
    )
    best = np.argsort(-drop, kind="stable")[:BEST]
    if drop[best[0]] < LEAST_DROP * np.trace(rows @ covariance @ rows.T):
        return None
    return left[int(rng.choice(best))][1].id


def is_sure(framework: Framework, profile: Profile) -> bool:
    """Whether every dimension is known well enough to stop asking."""
    errors = [profile.dimension(dimension.id).se for dimension in framework.dimensions]
    return max(errors, default=PRIOR_SD) <= SURE_SE


def is_finished(
    bank: ItemBank,
    framework: Framework,
    profile: Profile,
    *,
    asked: Sequence[str],
    seen: Mapping[str, datetime] | None = None,
) -> bool:
    """Whether an adaptive quiz has nothing more to ask: long enough, sure enough, or used up."""
    chosen = next_item(bank, framework, profile, asked=asked, seen=seen, rng=random.Random(0))
    return chosen is None
