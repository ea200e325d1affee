"""How difficult items really are, learned from answers.

An item starts at its expert's difficulty, drawn towards the middle. Each first, unhurried answer
moves it by as much as is still unknown (the variance-gain update); every night a fit to all answers
replaces what has accumulated. A fit is a new version of the bank: a score names the version it was
computed with, so that no later fit rewrites it. The same answers tell how long an item usually
takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from academy.effort import Times
from academy.framework import Framework
from academy.items import EXPERT_LOGITS, Item, ItemBank
from academy.levels import EXPERT_SHRINKAGE, Numbers, Whole, response_curve, response_gradient

EXPERT_VARIANCE = 0.30
"""Squared error of an expert's difficulty after it is drawn towards the middle."""
SLOPE_ANSWERS = 200
"""Fewer answers than this say nothing about an item's slope; it stays 1."""
LOG_SLOPE_MEAN, LOG_SLOPE_VARIANCE = 0.10, 0.09
ROUNDS, LARGEST_MOVE = 30, 1.0


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """What is known of one item."""

    item_id: str
    b: float
    """Difficulty, logits."""
    variance: float
    """How far `b` may be off, squared."""
    a: float = 1.0
    n_answers: int = 0
    times: Times = field(default_factory=Times)
    """What the answers took, where it was measured."""

    @property
    def is_calibrated(self) -> bool:
        """Whether answers have been counted, so that `b` needs no more caution."""
        return self.n_answers > 0


@dataclass(frozen=True, slots=True)
class Observation:
    """A first, unhurried answer to an item by a merchant of an estimated level."""

    item_id: str
    theta: float
    is_correct: bool
    seconds: float | None = None
    """From showing the item to the answer; None where it was not measured."""

    @property
    def times(self) -> Times:
        return Times.of([] if self.seconds is None else [self.seconds])


@dataclass(frozen=True)
class Calibration:
    """One version of all item parameters."""

    version: int
    fitted_at: datetime | None
    """None for version 0, the experts'."""
    items: Mapping[str, ItemParameters]


def expert_parameters(item: Item) -> ItemParameters:
    """An item before any answer."""
    b = EXPERT_SHRINKAGE * EXPERT_LOGITS[item.difficulty]
    return ItemParameters(item.id, b, EXPERT_VARIANCE)


def expert_calibration(bank: ItemBank) -> Calibration:
    """Version 0: every item as its expert sees it."""
    items = {item.id: expert_parameters(item) for item in bank.items.values()}
    return Calibration(0, None, items)


def updated(known: ItemParameters, answer: Observation, guessing: float) -> ItemParameters:
    """The item after one more answer: moved by its surprise times what is still unknown."""
    curve = (np.array(known.a), np.array(known.b), np.array(guessing))
    theta = np.array(answer.theta)
    p, information = response_curve(theta, *curve)
    surprise = response_gradient(p, np.array(float(answer.is_correct)), curve[0], curve[2])
    variance = 1 / (1 / known.variance + float(information))
    return replace(
        known,
        b=known.b - variance * float(surprise),
        variance=variance,
        n_answers=known.n_answers + 1,
        times=known.times + answer.times,
    )


def nightly_fit(
    bank: ItemBank,
    framework: Framework,
    observations: Iterable[Observation],
    *,
    previous: Calibration,
    now: datetime,
) -> Calibration:
    """The next version: all observations so far fitted anew, starting from the experts.

    Difficulties are then shifted so that within an ability they have not moved on average since
    `previous`: otherwise everybody's learning would slowly make every item "easier". Items without
    answers keep the expert's difficulty. An observation of an unknown item raises `UnknownId`.
    """
    seen = list(observations)
    for observation in seen:
        bank.item(observation.item_id)
    start = expert_calibration(bank).items
    ids = list(start)
    number = {item_id: position for position, item_id in enumerate(ids)}
    which = np.array([number[observation.item_id] for observation in seen], dtype=np.int64)
    slope, difficulty, variance = fit(
        which,
        np.array([observation.theta for observation in seen], dtype=float),
        np.array([observation.is_correct for observation in seen], dtype=float),
        prior=np.array([start[item_id].b for item_id in ids], dtype=float),
        guessing=np.array([bank.item(item_id).guessing for item_id in ids], dtype=float),
    )
    count = np.bincount(which, minlength=len(ids))
    before = [previous.items.get(item_id, start[item_id]).b for item_id in ids]
    abilities = [framework.ability_of(bank.item(item_id).skill).id for item_id in ids]
    difficulty = recentred(difficulty, np.array(before), abilities, count > 0)
    seconds: dict[str, list[float]] = {item_id: [] for item_id in ids}
    for observation in seen:
        if observation.seconds is not None:
            seconds[observation.item_id].append(observation.seconds)
    items = {
        item_id: ItemParameters(
            item_id, float(b), float(v), float(a), int(n), Times.of(seconds[item_id])
        )
        for item_id, b, v, a, n in zip(ids, difficulty, variance, slope, count, strict=True)
    }
    return Calibration(previous.version + 1, now, items)


def fit(
    which: Whole, theta: Numbers, correct: Numbers, *, prior: Numbers, guessing: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Most likely slope, difficulty and the difficulty's variance of I items from R answers, (I,).

    which (R,) item number of each answer; theta (R,) level of who answered; correct (R,) 1 or 0;
    prior and guessing (I,). Slopes move only for items with 200 answers.
    """
    items = len(prior)
    b, log_a = np.array(prior, dtype=float), np.zeros(items)
    count = np.bincount(which, minlength=items)
    has_slope = count >= SLOPE_ANSWERS
    log_a[has_slope] = LOG_SLOPE_MEAN

    def total(values: Numbers) -> Numbers:
        return np.asarray(np.bincount(which, values, items), dtype=float)

    for _ in range(ROUNDS):
        a = np.exp(log_a)
        curve = (a[which], b[which], guessing[which])
        p, information = response_curve(theta, *curve)
        pull = response_gradient(p, correct, curve[0], curve[2])
        arm = theta - b[which]  # theta moves the curve by a, log a by a * (theta - b)
        pull_b = -total(pull) - (b - prior) / EXPERT_VARIANCE
        pull_a = total(pull * arm) - (log_a - LOG_SLOPE_MEAN) / LOG_SLOPE_VARIANCE
        known_b = total(information) + 1 / EXPERT_VARIANCE
        known_a = total(information * arm**2) + 1 / LOG_SLOPE_VARIANCE
        shared = np.where(has_slope, -total(information * arm), 0.0)
        pull_a = np.where(has_slope, pull_a, 0.0)
        area = known_a * known_b - shared**2
        move_b = np.clip((known_a * pull_b - shared * pull_a) / area, -LARGEST_MOVE, LARGEST_MOVE)
        move_a = np.clip((known_b * pull_a - shared * pull_b) / area, -LARGEST_MOVE, LARGEST_MOVE)
        b, log_a = b + move_b, log_a + np.where(has_slope, move_a, 0.0)
        if max(np.abs(move_b).max(initial=0), np.abs(move_a[has_slope]).max(initial=0)) < 1e-6:
            break
    return np.exp(log_a), b, known_a / area


def recentred(
    difficulty: Numbers, before: Numbers, abilities: Sequence[str], is_answered: NDArray[np.bool_]
) -> Numbers:
    """Difficulties shifted so that the answered items of an ability have not moved on average."""
    shifted = np.array(difficulty, dtype=float)
    for ability in dict.fromkeys(abilities):
        members = np.array([name == ability for name in abilities]) & is_answered
        if members.any():
            shifted[members] -= (shifted - before)[members].mean()
    return shifted
