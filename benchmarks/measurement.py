"""How fast measurement is, and how good on simulated merchants; writes results/measurement.md.

    python -m benchmarks.measurement [--simulator PATH] [--worlds 1 2 3]

Speed is given in seconds and as a multiple of a plain Python loop timed in the same run, because
seconds belong to a machine; what is computed for many at once stands beside a loop over them. With
the path of the merchant simulator, as an argument or in the environment variable MERCHANT_SIM, the
figures on simulated merchants are made anew; without it they stay as they are. One world takes
eight minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
RESULT = Path(__file__).parent / "results" / "measurement.md"
SUITES: Mapping[int, Mapping[str, Sequence[str]]] = {
    1: {suite: () for suite in ("profile", "growth", "adaptive", "policy", "exact")},
    2: {
        "profile": ("--seed", "17"),
        "growth": ("--seed", "22", "--n", "500"),
        "adaptive": ("--seed", "32"),
        "policy": ("--seed", "202", "--n", "150"),
        "exact": ("--seed", "61"),
    },
    3: {
        "profile": ("--seed", "18"),
        "growth": ("--seed", "23", "--n", "500"),
        "adaptive": ("--seed", "33"),
        "policy": ("--seed", "303", "--n", "150"),
    },
}
"""World to its suites, with what differs from the simulator's own seeds and sizes."""
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


def rivals(rng: np.random.Generator) -> dict[str, tuple[Callable[[], object], int]]:
    """What is timed, and how often: by name."""
    whole = framework()
    tree, links = SkillTree.of(whole), Links.of(whole)
    answers = [
        Answer(f"s{n % SKILLS}", f"i{n}", bool(rng.random() < 0.6), NOW, 0.0, 0.25)
        for n in range(ANSWERS)
    ]
    ratings = [Rating(f"s{n}", f"t{n}", int(rng.integers(1, 6)), NOW) for n in range(SKILLS)]
    one, thousand = many(1, rng), many(1_000, rng)
    singles = [many(1, rng) for _ in range(1_000)]
    situation = situations(10_000, rng)
    situation_each = [situations(1, rng) for _ in range(1_000)]

    def profile() -> object:
        return estimate_profile(
            whole, answers, ratings, stage="growing", units_done={}, now=NOW
        ).overall

    def hundred_thousand() -> None:
        for evidence in chunks(100_000, rng):
            estimate(tree, evidence, CLOSE_ENOUGH)

    return {
        "levels of one merchant, 72 answers and 36 ratings": (lambda: estimate(tree, one), 50),
        "the same from answers to the overall score": (profile, 50),
        "levels of 1,000 merchants, one after the other": (
            lambda: [estimate(tree, each) for each in singles],
            2,
        ),
        "levels of 1,000 merchants at once": (lambda: estimate(tree, thousand), 5),
        "levels of 100,000 merchants, 36 skills, 7.2 million answers": (hundred_thousand, 1),
        "what to study next, 1,000 merchants one after the other": (
            lambda: [choose(links, each) for each in situation_each],
            2,
        ),
        "what to study next, 10,000 merchants at once": (lambda: choose(links, situation), 3),
    }


def situations(n: int, rng: np.random.Generator) -> Situation:
    shape = (n, SKILLS)
    return Situation(
        mean=rng.normal(size=shape),
        se=rng.uniform(0.4, 0.9, shape),
        target=np.full(shape, 0.6),
        importance=np.full(shape, 2.0),
        units=np.zeros((*shape, 2), dtype=np.int64),
        minutes=np.full((SKILLS, 2), 10.0),
        recent_answers=np.zeros(shape),
        retrievability=np.ones(shape),
    )


def speed() -> str:
    """The section on speed: each act in seconds and in plain loops."""
    yardstick = seconds(plain_loop)
    rows = []
    for name, (act, repeats) in rivals(np.random.default_rng(1)).items():
        taken = seconds(act, repeats)
        rows.append((name, f"{taken:.4f}", f"{taken / yardstick:.3f}"))
        print(*rows[-1], sep="  ", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"""`python -m benchmarks.measurement`, one thread of a shared machine, best of
some runs. The yardstick is a plain Python loop of a million steps in the same run,
{yardstick * 1e3:.0f} ms.

{_table(("", "seconds", "plain loops"), rows)}

Most memory used by all of this: {peak:.0f} MB.
"""


Rows = Mapping[str, Mapping[str, float]]
Found = Mapping[int, Mapping[str, Rows]]
"""World and suite to the simulator's rows."""

PLUG, ORACLE, BLEND = " 72 items | plugin", " 72 items | oracle", " 72 items | naive blend"
FRESH, AGAIN = " 72 items | no growth, fresh forms", " 72 items | no growth, same items again"
RISEN = " 72 items | +1.0 logit, fresh forms"
ADAPTIVE = " 36 items | plugin, adaptive"
FIXED = " 72 items | fixed form, scored by plugin"
LOWEST, NAIVE = "lowest-score-first | plugin scores", "lowest-score-first | naive scores"
COURSE = "course order, skip if met | plugin scores"
FRINGE = "fringe + value per minute | plugin scores"
KNOWN = "plugin policy | perfect information"

FIGURES = (
    ("error of the profile at 72 items, points", "12.8", "12.84", "profile", PLUG, "rmse", ""),
    ("the oracle's error", "", "", "profile", ORACLE, "rmse", ""),
    ("as a share of the naive blend's", "0.55", "0.547", "profile", PLUG, "rmse", BLEND),
    ("true level inside the 90% band", "0.88 to 0.93", "0.906", "profile", PLUG, "cover90", ""),
    ("false growth, fresh forms", "0.03 to 0.065", "0.047", "growth", FRESH, "plugin", ""),
    ("the same items asked again", "", "0.62", "growth", AGAIN, "plugin", ""),
    ("power at one logit, 72 items", "0.64", "0.642", "growth", RISEN, "plugin", ""),
    ("36 adaptive items over 72 fixed, overall error", "1.00", "0.98",
     "adaptive", ADAPTIVE, "overall", FIXED),
    ("the same by dimension", "", "", "adaptive", ADAPTIVE, "dimension", FIXED),
    ("minutes to 75% of the gap over the oracle's", "1.85", "1.89",
     "policy", "plugin", "t75", "oracle"),
    ("over lowest score first", "0.54", "0.55", "policy", "plugin", "t75", LOWEST),
    ("over course order skipping what is met", "0.83", "0.84", "policy", "plugin", "t75", COURSE),
    ("with known levels, over the oracle's", "", "1.03", "policy", KNOWN, "t75", "oracle"),
    ("small graphs, over the exact optimum", "1.07", "1.069", "exact", "plugin", "total_ratio", ""),
)  # fmt: skip
"""Name, goal, the reference's figure; suite, row and column, and the row it is divided by."""

POLICIES = {
    "this project": "plugin",
    "course order, skipping what is met": COURSE,
    "lowest score first": LOWEST,
    "ready skills by value per minute": FRINGE,
    "lowest score first, percent and rating averaged": NAIVE,
    "this project, levels known": KNOWN,
    "oracle, levels known": "oracle",
}


def simulated(simulator: str, worlds: Sequence[int]) -> str:
    """The section on simulated merchants: one column a world."""
    found: dict[int, dict[str, Rows]] = {}
    for world in worlds:
        found[world] = {}
        for suite, arguments in SUITES[world].items():
            with tempfile.NamedTemporaryFile(suffix=".json") as kept:
                subprocess.run(
                    [sys.executable, simulator, "--plugin", str(PLUGIN), "--world", str(world),
                     "--suite", suite, "--json", kept.name, *arguments],
                    check=True,
                )  # fmt: skip
                found[world][suite] = json.load(kept)["suites"][suite]["rows"]
    return simulated_report(found)


def simulated_report(found: Found) -> str:
    """The simulator's figures beside their goals and those of the reference."""
    figures = [
        (
            name,
            goal,
            reference,
            *(_figure(suites.get(suite, {}), *where) for suites in found.values()),
        )
        for name, goal, reference, suite, *where in FIGURES
    ]
    first = min(found)
    minutes = [
        (name, *(f"{each[t]:.0f}" for t in ("t50", "t75", "t90")), f"{each['capped']:.0%}")
        for name, row in POLICIES.items()
        for each in [found[first]["policy"][row]]
    ]
    seeds = ""
    for world, suites in SUITES.items():
        if world in found and any(suites.values()):
            given = ", ".join(" ".join((suite, *more)) for suite, more in suites.items())
            seeds += f"\n- World {world}: {given}."
    return f"""The simulator makes merchants whose levels it knows; its generator is not our model.
"Oracle" knows the true item parameters and the generator's constants, or the true levels. The
worlds differ in skills' links, items, targets and minutes. Reference: a first implementation of the
same measurement.

- World 1: the simulator's own seeds and sizes.{seeds}

{_table(("", "Goal", "Reference", *(f"World {world}" for world in found)), figures)}

Where a goal is missed, and why: docs/decisions/0003-measurement.md.

What a merchant gains: minutes until 50, 75 and 90% of the importance-weighted gap are closed,
world {first}.

{_table(("", "50%", "75%", "90%", "never reach 90%"), minutes)}
"""


def _figure(rows: Rows, row: str, column: str, over: str) -> str:
    if row not in rows:
        return ""
    value = rows[row][column] / (rows[over][column] if over else 1)
    return f"{value:.2f}" if value > 2 else f"{value:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (head, *rows)]
    lines.insert(1, "|:--|" + "--:|" * (len(head) - 1))
    return "\n".join(lines)


def write(sections: Mapping[str, str]) -> None:
    """Put sections of the result in the place of those that stood there; the others stay."""
    section = re.compile(r"^## (.+?)\n\n(.*?)\n*(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    kept = dict(section.findall(RESULT.read_text(encoding="utf-8")))
    kept |= {title: text.rstrip("\n") for title, text in sections.items()}
    parts = [f"## {title}\n\n{text}\n" for title, text in kept.items()]
    RESULT.write_text(
        "\n".join(["# How good and how fast measurement is\n", *parts]), encoding="utf-8"
    )


def main(arguments: list[str] | None = None) -> int:
    """Command line entry; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--simulator", default=os.environ.get("MERCHANT_SIM"))
    parser.add_argument("--worlds", type=int, nargs="+", choices=SUITES, default=[1, 2, 3])
    options = parser.parse_args(arguments)
    sections = {"Speed": speed()}
    if options.simulator:
        sections["On simulated merchants"] = simulated(options.simulator, options.worlds)
    else:
        print("No simulated merchants: give --simulator PATH or set MERCHANT_SIM to its path.")
    write(sections)
    return 0


if __name__ == "__main__":
    sys.exit(main())
