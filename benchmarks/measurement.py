"""How fast measurement is, and how good on simulated merchants.

    python -m benchmarks.measurement [--simulator PATH] [arguments of the simulator]

Speed is given in seconds and as a multiple of a plain Python loop timed in the same run, because
seconds belong to a machine. With the path of the merchant simulator, as an argument or in the
environment variable MERCHANT_SIM, the simulator's suites follow.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import numpy as np  # noqa: E402

from academy.framework import STAGE_IDS, Ability, Dimension, Framework, Skill, Stage  # noqa: E402
from academy.language import Text  # noqa: E402
from academy.levels import STAGE_NORM, Evidence, SkillTree, estimate  # noqa: E402
from academy.proficiency import Answer, Rating, estimate_profile  # noqa: E402
from academy.recommender import Links, Situation, choose  # noqa: E402

PLUGIN = Path(__file__).with_name("plugin.py")
ABILITIES = ((3, 3, 3), (3, 2, 3), (3, 3, 2, 3), (3, 2, 3))
SKILLS, ANSWERS = 36, 72
CHUNK, CLOSE_ENOUGH = 5_000, 5e-3
NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOTHING = Text("", "")


def framework() -> Framework:
    """36 skills in 13 abilities in 4 dimensions, each but the first of an ability needing one."""
    numbers, dimensions = iter(range(SKILLS)), []
    for row in ABILITIES:
        abilities = []
        for size in row:
            ids = [next(numbers) for _ in range(size)]
            skills = tuple(
                Skill(
                    id=f"s{n}",
                    name=NOTHING,
                    summary=NOTHING,
                    outcomes=(),
                    prerequisites=() if n == ids[0] else (f"s{n - 1}",),
                    importance=dict.fromkeys(STAGE_IDS, 2),
                    target=dict.fromkeys(STAGE_IDS, 65),
                )
                for n in ids
            )
            abilities.append(
                Ability(
                    id=f"a{ids[0]}", name=NOTHING, short=NOTHING, summary=NOTHING, skills=skills
                )
            )
        dimensions.append(
            Dimension(
                id=f"d{len(dimensions)}",
                name=NOTHING,
                summary=NOTHING,
                emphasis=dict.fromkeys(STAGE_IDS, 25),
                abilities=tuple(abilities),
            )
        )
    stages = tuple(Stage(id=stage, name=NOTHING, summary=NOTHING) for stage in STAGE_IDS)
    return Framework(revision="1", stages=stages, dimensions=tuple(dimensions))


def many(n: int, rng: np.random.Generator) -> Evidence:
    """Two answers and one rating per skill of n merchants."""
    shape = (n, ANSWERS)
    return Evidence(
        norm=rng.choice(list(STAGE_NORM.values()), n),
        units=np.zeros((n, SKILLS, 2), dtype=np.int64),
        skill=np.broadcast_to(np.arange(ANSWERS) % SKILLS, shape),
        correct=rng.integers(0, 2, shape).astype(float),
        weight=np.ones(shape),
        a=np.ones(shape),
        b=rng.choice([-1.2, -0.6, 0.0, 0.6, 1.2], shape),
        c=np.full(shape, 0.25),
        units_before=np.zeros(shape, dtype=np.int64),
        rated=rng.integers(-2, 3, (n, SKILLS)).astype(float),
        ratings=np.ones((n, SKILLS)),
        units_before_rating=np.zeros((n, SKILLS), dtype=np.int64),
    )


def chunks(total: int, rng: np.random.Generator) -> Iterator[Evidence]:
    for _ in range(total // CHUNK):
        yield many(CHUNK, rng)


def seconds(act: Callable[[], object], repeats: int = 5) -> float:
    """The best of some runs: what the machine can do when nobody else uses it."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - start)
    return best


def plain_loop() -> float:
    """The yardstick: a million additions and multiplications in plain Python."""
    total = 0.0
    for number in range(1_000_000):
        total += number * 0.5
    return total


def speed() -> None:
    """Print one line per act: seconds, and multiples of the plain loop."""
    rng = np.random.default_rng(1)
    whole = framework()
    tree, links = SkillTree.of(whole), Links.of(whole)
    answers = [
        Answer(f"s{n % SKILLS}", f"i{n}", bool(rng.random() < 0.6), NOW, 0.0, 0.25)
        for n in range(ANSWERS)
    ]
    ratings = [Rating(f"s{n}", f"t{n}", int(rng.integers(1, 6)), NOW) for n in range(SKILLS)]
    one, thousand = many(1, rng), many(1_000, rng)
    singles = [many(1, rng) for _ in range(1_000)]
    situation = Situation(
        mean=rng.normal(size=(10_000, SKILLS)),
        se=rng.uniform(0.4, 0.9, (10_000, SKILLS)),
        target=np.full((10_000, SKILLS), 0.6),
        importance=np.full((10_000, SKILLS), 2.0),
        units=np.zeros((10_000, SKILLS, 2), dtype=np.int64),
        minutes=np.full((SKILLS, 2), 10.0),
        recent_answers=np.zeros((10_000, SKILLS)),
        retrievability=np.ones((10_000, SKILLS)),
    )

    def profile() -> object:
        return estimate_profile(
            whole, answers, ratings, stage="growing", units_done={}, now=NOW
        ).overall

    def hundred_thousand() -> None:
        for evidence in chunks(100_000, rng):
            estimate(tree, evidence, CLOSE_ENOUGH)

    yardstick = seconds(plain_loop)
    print(f"plain loop of a million steps: {yardstick * 1e3:.0f} ms, the yardstick")
    for name, act, repeats in (
        ("levels of one merchant", lambda: estimate(tree, one), 50),
        ("the same from answers to the overall score", profile, 50),
        ("1,000 merchants one after the other", lambda: [estimate(tree, e) for e in singles], 2),
        ("1,000 merchants at once", lambda: estimate(tree, thousand), 5),
        ("100,000 merchants, 36 skills, 72 answers each", hundred_thousand, 1),
        ("what to study next, 10,000 merchants", lambda: choose(links, situation), 3),
    ):
        taken = seconds(act, repeats)
        print(f"{name}: {taken:.4f} s, {taken / yardstick:.3f} plain loops")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory used by all of this: {peak:.0f} MB")


def main(arguments: list[str] | None = None) -> int:
    """Command line entry; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--simulator", default=os.environ.get("MERCHANT_SIM"))
    options, more = parser.parse_known_args(arguments)
    speed()
    if not options.simulator:
        print("No simulated merchants: give --simulator PATH or set MERCHANT_SIM to its path.")
        return 0
    command = [sys.executable, options.simulator, "--plugin", str(PLUGIN), *more]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
