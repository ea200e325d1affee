"""On merchants whose levels are known, measurement finds them and claims no more than it should."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.plugin import Plugin

ABILITY_OF = np.repeat(np.arange(5), (3, 2, 3, 2, 2))
DIMENSION_OF = np.array([0, 0, 1, 1, 2])
SKILLS, PER_SKILL, MERCHANTS = len(ABILITY_OF), 10, 400
NEEDS: list[list[int]] = [[], [0], [1], [], [3], [], [5], [], [5], [8], [], [10]]
NORMS = np.array([-1.1, -0.5, 0.2, 0.8])


class World:
    """Merchants, an item bank with imperfect experts, and what merchants answer and say."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = np.random.default_rng(seed)
        items = SKILLS * PER_SKILL
        self.skill = np.repeat(np.arange(SKILLS), PER_SKILL)
        self.b = np.where(np.arange(items) % 2, 0.7, -0.7) + rng.normal(0, 0.5, items)
        self.expert = np.clip(np.round((self.b + rng.normal(0, 0.6, items)) / 0.75), -2, 2) * 0.75
        self.stage = rng.integers(0, 4, MERCHANTS)
        self.theta = (
            NORMS[self.stage][:, None]
            + rng.normal(0, 0.6, (MERCHANTS, 1))
            + rng.normal(0, 0.4, (MERCHANTS, 3))[:, DIMENSION_OF[ABILITY_OF]]
            + rng.normal(0, 0.4, (MERCHANTS, 5))[:, ABILITY_OF]
            + rng.normal(0, 0.6, (MERCHANTS, SKILLS))
        )
        self.bias = rng.normal(0, 0.7, (MERCHANTS, 1))
        self.plugin = Plugin(
            {
                "ability_of": ABILITY_OF.tolist(),
                "dim_of_ability": DIMENSION_OF.tolist(),
                "prereq": NEEDS,
            }
        )

    def form(self, per_skill: int, start: int = 0) -> np.ndarray:
        """Item numbers: some of every skill, from the same place of each skill's pool."""
        offset = np.arange(SKILLS)[:, None] * PER_SKILL
        return (offset + start + np.arange(per_skill)).ravel()

    def events(self, form: np.ndarray, theta: np.ndarray) -> dict:
        chance = 0.25 + 0.75 / (1 + np.exp(-(theta[:, self.skill[form]] - self.b[form])))
        right = (self.rng.random(chance.shape) < chance).astype(int)
        full = np.ones(right.shape)
        none = np.zeros(right.shape, dtype=int)
        return {
            "skill": self.skill[form] + none,
            "item": form + none,
            "a": full,
            "b": self.expert[form] * full,
            "c": 0.25 * full,
            "x": right,
            "age": 0.0 * full,
            "lessons_since": none,
            "nb": none,
            "na": none,
            "seen": none > 0,
            "calibrated": False,
        }

    def ratings(self) -> dict:
        said = 3.25 + 0.5 * self.theta + self.bias + self.rng.normal(0, 0.8, self.theta.shape)
        none = np.zeros(self.theta.shape, dtype=int)
        mean = np.clip(np.round(said), 1, 5)
        return {"mean": mean, "n": none + 1, "nb_now": none, "na_now": none}

    def responses(self, events: dict, who: int) -> list[dict]:
        return [
            {
                "kind": "quiz",
                "skill": int(events["skill"][who, e]),
                "item": int(events["item"][who, e]),
                "a": 1.0,
                "b": float(events["b"][who, e]),
                "c": 0.25,
                "calibrated": False,
                "correct": int(events["x"][who, e]),
                "day": 0.0,
                "seconds": 30.0,
                "lessons_since": 0,
                "units_before": [0, 0],
                "seen_before": False,
            }
            for e in range(events["x"].shape[1])
        ]

    def context(self, who: int, **more) -> dict:
        units = [[0, 0]] * SKILLS
        return {"stage": int(self.stage[who]), "day": 0.0, "units_done": units} | more


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=12)


def score(theta):
    return 100 / (1 + np.exp(-theta))


def test_levels_are_found_better_than_by_percent_correct_and_the_bands_hold(world):
    events, ratings = world.events(world.form(2), world.theta), world.ratings()
    mean, se = world.plugin.estimate_batch(events, ratings, world.stage)
    share = events["x"].reshape(MERCHANTS, SKILLS, 2).mean(2)

    def error(scores):
        return np.sqrt(((scores - score(world.theta)) ** 2).mean())

    assert error(score(mean)) < 0.55 * error(100 * share)
    assert 0.85 < (np.abs(mean - world.theta) < 1.645 * se).mean() < 0.95


def test_one_merchant_is_estimated_as_among_many(world):
    events, ratings = world.events(world.form(2), world.theta), world.ratings()
    many, many_se = world.plugin.estimate_batch(events, ratings, world.stage)
    for who in (0, 7, 200):
        said = [
            {"kind": "self", "skill": s, "statement": 0, "rating": int(value), "day": 0.0}
            for s, value in enumerate(ratings["mean"][who])
        ]
        responses = [*said, *world.responses(events, who)]
        one, one_se = world.plugin.estimate(responses, world.context(who))
        assert one == pytest.approx(many[who], abs=0.01)
        assert one_se == pytest.approx(many_se[who], abs=0.01)


def growth_scores(world: World, rise: float) -> np.ndarray:
    first = world.events(world.form(3), world.theta)
    second = world.events(world.form(3, start=3), world.theta + rise)
    found = [
        world.plugin.growth(
            world.responses(first, who), world.responses(second, who), world.context(who)
        )
        for who in range(150)
    ]
    return np.array([growth["overall"]["z"] for growth in found])


def test_growth_is_claimed_of_those_who_grew_and_seldom_of_others(world):
    assert (growth_scores(world, 0.0) > 1.645).mean() < 0.12
    assert (growth_scores(world, 1.5) > 1.645).mean() > 0.45


def quiz_error(world: World, pick: Callable[[list[dict], int], int], length: int) -> float:
    """Standard error of the overall level that a quiz leaves, over some merchants."""
    left = []
    for who in range(20):
        responses: list[dict] = []
        for _ in range(length):
            item = pick(responses, who)
            asked = world.events(np.array([item]), world.theta)
            responses.append(world.responses(asked, who)[0])
        left.append(world.plugin.estimate(responses, world.context(who))[1].mean())
    return float(np.mean(left))


def test_adaptive_items_leave_less_in_doubt_than_random_ones(world):
    bank = [
        {"item": n, "skill": int(world.skill[n]), "a": 1.0, "b": float(world.expert[n]), "c": 0.25}
        for n in range(len(world.skill))
    ]
    order = np.random.default_rng(1).permutation(len(bank))

    def adaptive(responses, who):
        return world.plugin.next_item(responses, bank, world.context(who))

    def at_random(responses, who):
        return int(order[len(responses)])

    assert quiz_error(world, adaptive, 12) < quiz_error(world, at_random, 12)


def test_one_merchant_is_sent_to_the_best_move_among_many(world):
    rng = np.random.default_rng(3)
    shape = (20, SKILLS)
    many = {
        "mean": rng.normal(0, 1, shape),
        "se": rng.uniform(0.3, 0.9, shape),
        "target": np.full(shape, 0.6),
        "weight": rng.integers(1, 4, shape).astype(float),
        "nb": np.zeros(shape, dtype=int),
        "na": np.zeros(shape, dtype=int),
        "minutes": rng.uniform(5, 15, (SKILLS, 2)),
        "n_recent": np.zeros(shape),
        "retr": np.ones(shape),
    }
    index, level, action = world.plugin.recommend_batch(many)
    for who in range(20):
        state = {name: table[who].tolist() for name, table in many.items() if name != "minutes"}
        state |= {"units_done": [[0, 0]] * SKILLS, "minutes": many["minutes"].tolist()}
        skill, move = world.plugin.recommend(state)[0]
        assert skill == index[who].argmax()
        words = "quiz" if action[who, skill] == 1 else ("basic", "advanced")[level[who, skill]]
        assert move == words
