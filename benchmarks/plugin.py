"""The project's own measurement behind the contract of the merchant simulator.

`python -m benchmarks.measurement` runs it; nothing here computes, it only translates.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from academy import blueprint, growth
from academy.levels import (
    HALF_LIFE_DAYS,
    STAGE_NORM,
    Evidence,
    Posterior,
    SkillTree,
    estimate,
    scored_parameters,
)
from academy.recommender import ACTIONS, LEAST_INDEX, LEVELS, Links, Situation, choose

NORM = np.array(list(STAGE_NORM.values()))
CHUNK = 10_000
CLOSE_ENOUGH = 5e-3
"""Logits, a tenth of a score point: what many merchants at once are computed to."""


class Plugin:
    """Estimates, growth, adaptive items and recommendations of one framework."""

    def __init__(self, framework: dict) -> None:
        needs = np.zeros((len(framework["prereq"]),) * 2)
        for skill, parents in enumerate(framework["prereq"]):
            needs[skill, parents] = 1.0
        self.tree = SkillTree(
            np.array(framework["ability_of"]), np.array(framework["dim_of_ability"]), needs
        )
        self.rng = random.Random(1)
        self.links = Links(needs, tuple(range(len(needs))))

    # ------------------------------------------------------------------ many merchants at once

    def estimate_batch(self, events, ratings, stage):
        mean, se = np.empty(ratings["n"].shape), np.empty(ratings["n"].shape)
        for start in range(0, len(stage), CHUNK):
            rows = slice(start, start + CHUNK)
            evidence = self._evidence(events, ratings, stage, rows)
            found = estimate(self.tree, evidence, CLOSE_ENOUGH)
            mean[rows], se[rows] = found.mean, found.se
        return mean, se

    def _evidence(self, events, ratings, stage, rows) -> Evidence:
        taken = {k: v[rows] if np.ndim(v) else v for k, v in events.items()}
        slope, difficulty, guessing = scored_parameters(
            taken["a"], taken["b"], taken["c"], taken["calibrated"], taken["seen"]
        )
        return Evidence(
            norm=NORM[stage[rows]],
            units=np.stack([ratings["nb_now"][rows], ratings["na_now"][rows]], axis=2),
            skill=taken["skill"],
            correct=np.maximum(taken["x"], 0.0),
            weight=(taken["x"] >= 0) * 2 ** (-taken["age"] / HALF_LIFE_DAYS),
            a=slope,
            b=difficulty,
            c=guessing,
            units_before=taken["nb"] + taken["na"],
            rated=ratings["mean"][rows] - 3,
            ratings=np.where(np.isnan(ratings["mean"][rows]), 0.0, ratings["n"][rows]),
            units_before_rating=np.zeros(ratings["n"][rows].shape, dtype=np.int64),
        )

    def recommend_batch(self, state):
        choice = choose(
            self.links,
            Situation(
                mean=state["mean"],
                se=state["se"],
                target=state["target"],
                importance=state["weight"],
                units=np.stack([state["nb"], state["na"]], axis=2),
                minutes=state["minutes"],
                recent_answers=state["n_recent"],
                retrievability=state["retr"],
            ),
        )
        return choice.index, choice.level, choice.action

    # ------------------------------------------------------------------------- one merchant

    def estimate(self, responses, context):
        found = self._posterior(responses, context)
        return found.mean[0], found.se[0]

    def _posterior(self, responses, context) -> Posterior:
        return estimate(self.tree, self._merchant(responses, context))

    def _merchant(self, responses, context) -> Evidence:
        answers = [r for r in responses if r["kind"] == "quiz"]
        skills = len(self.tree.ability_of)
        total, count = np.zeros((1, skills)), np.zeros((1, skills))
        for given in responses:
            if given["kind"] == "self" and given["rating"] is not None:
                total[0, given["skill"]] += given["rating"]
                count[0, given["skill"]] += 1
        units = np.array(context["units_done"])[None]

        def table(name):
            return np.array([[answer[name] for answer in answers]], dtype=float)

        before = np.array([[a["units_before"] for a in answers]], dtype=int).reshape(1, -1, 2)
        events = {
            "skill": table("skill").astype(int),
            "a": table("a"),
            "b": table("b"),
            "c": table("c"),
            "x": table("correct"),
            "age": -table("day"),
            "nb": before[:, :, 0],
            "na": before[:, :, 1],
            "seen": table("seen_before") > 0,
            "calibrated": table("calibrated") > 0,
        }
        mean = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
        ratings = {"mean": mean, "n": count, "nb_now": units[..., 0], "na_now": units[..., 1]}
        stage = np.array([context["stage"]])
        return self._evidence(events, ratings, stage, slice(None))

    def recommend(self, state):
        target = [-9.0 if level is None else level for level in state["target"]]
        units = np.array([state["units_done"]])
        many = {
            "mean": np.array([state["mean"]]),
            "se": np.array([state["se"]]),
            "target": np.array([target]),
            "weight": np.array([state["weight"]]),
            "nb": units[:, :, 0],
            "na": units[:, :, 1],
            "minutes": np.array(state["minutes"]),
            "n_recent": np.array([state["n_recent"]]),
            "retr": np.array([state["retr"]]),
        }
        (index,), (level,), (action,) = self.recommend_batch(many)
        words = {"check": "quiz", "review": "review"}
        return [
            (int(skill), words.get(ACTIONS[action[skill]], LEVELS[level[skill]]))
            for skill in np.argsort(-index, kind="stable")
            if index[skill] > LEAST_INDEX
        ]

    def growth(self, first, second, context):
        """Overall and skill by skill; an occasion's own dates do not weigh its answers."""
        answers = [{**r, "day": 0.0} for r in (*first, *second)]
        evidence = self._merchant(answers, context)
        skills = len(self.tree.ability_of)
        belongs = np.vstack([np.ones(skills), np.eye(skills)]).astype(bool)
        is_second = np.arange(len(answers)) >= len(first)
        change, se, _ = growth.score_test(self.tree, evidence, is_second, belongs)
        z = change / se
        return {
            "overall": {"z": z[0], "change": change[0]},
            "skills": [
                float(v) if np.isfinite(s) else None for v, s in zip(z[1:], se[1:], strict=True)
            ],
        }

    def next_item(self, responses, bank, context):
        found = self._posterior(responses, context)
        asked = np.zeros(len(bank), dtype=bool)
        asked[[r["item"] for r in responses]] = True
        skill = np.array([item["skill"] for item in bank])
        count = np.bincount(skill[asked], minlength=len(self.tree.ability_of))
        a, b, c = (np.array([item[name] for item in bank]) for name in "abc")
        drop = blueprint.variance_drop(
            (found.mean[0], found.covariance(0)),
            blueprint.radar(self.tree, np.ones(len(count))),
            skill,
            scored_parameters(a, b, c, False, False),
        )
        drop[asked | (count[skill] >= blueprint.MOST_PER_SKILL)] = -1
        best = np.argsort(-drop, kind="stable")[: blueprint.BEST]
        usable = best[drop[best] >= 0]
        if not len(usable):
            usable = np.flatnonzero(~asked)
        return int(self.rng.choice(list(usable)))
