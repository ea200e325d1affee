"""A change is called growth only when it exceeds what measurement alone would produce."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.growth import CommonChange, compare, judge
from academy.proficiency import Answer
from tests.small_framework import NOW, answer, answers_on, framework_of

FRAMEWORK = framework_of(((2, 1), (3,)))
IDS = [skill.id for skill in FRAMEWORK.skills]
ANSWERS = answers_on(FRAMEWORK, most=40)
MONTH = timedelta(days=30)


def sitting(chance: float, *, seed: int, n: int = 72, later: timedelta = MONTH) -> list[Answer]:
    """`n` answers over all skills, right with a chance, to items of their own."""
    rng = random.Random(seed)
    return [
        answer(IDS[k % 6], f"{seed}-{k}", rng.random() < chance, answered_at=NOW + later)
        for k in range(n)
    ]


def growth_of(first, second, studied=(), framework=FRAMEWORK):
    return compare(framework, first, second, stage="growing", studied=studied)


@settings(max_examples=30, deadline=None)
@given(ANSWERS, ANSWERS)
def test_swapping_the_occasions_swaps_the_sign(first, second):
    forward, back = growth_of(first, second).overall, growth_of(second, first).overall
    assert forward.z == pytest.approx(-back.z, abs=1e-6)
    assert forward.points == pytest.approx(-back.points, abs=1e-4)
    assert (forward.low, forward.high) == pytest.approx((-back.high, -back.low), abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(ANSWERS)
def test_identical_occasions_show_no_change(first):
    second = [replace(a, answered_at=a.answered_at + timedelta(days=500)) for a in first]
    growth = growth_of(first, second)
    for change in (growth.overall, *growth.dimensions.values(), *growth.abilities.values()):
        assert change.z == pytest.approx(0, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(ANSWERS, ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(first, second, rng):
    shuffled = growth_of(rng.sample(first, len(first)), rng.sample(second, len(second)))
    assert shuffled.overall.z == pytest.approx(growth_of(first, second).overall.z, abs=1e-6)


def test_much_better_answers_are_real_growth_and_much_worse_a_real_drop():
    weak, strong = sitting(0.45, seed=1, later=-MONTH), sitting(0.85, seed=2)
    rise = growth_of(weak, strong, studied=["s0", "s1", "s2"])
    assert rise.overall.verdict == "real-growth"
    assert rise.studied.verdict == "real-growth"
    assert 0 < rise.overall.low < rise.overall.points < rise.overall.high
    assert set(rise.skills) == {"s0", "s1", "s2"}
    drop = growth_of(
        [replace(a, answered_at=NOW - MONTH) for a in strong],
        [replace(a, answered_at=NOW) for a in weak],
    )
    assert drop.overall.verdict == "real-drop"


def test_without_growth_few_are_told_that_they_grew():
    rng = np.random.default_rng(4)
    claims = 0
    for round_ in range(150):
        chance = float(rng.uniform(0.4, 0.8))
        first = sitting(chance, seed=2 * round_ + 100, later=-MONTH)
        second = sitting(chance, seed=2 * round_ + 101)
        claims += growth_of(first, second).overall.verdict == "real-growth"
    assert claims / 150 < 0.10


def test_re_asking_items_whose_solution_was_shown_is_no_growth():
    claims = 0
    for round_ in range(100):
        first = sitting(0.6, seed=round_, n=36, later=-MONTH)
        rng = random.Random(1000 + round_)
        second = [
            replace(
                a,
                is_correct=rng.random() < 0.35 + 0.65 * 0.6,
                was_seen=True,
                answered_at=NOW,
            )
            for a in first
        ]
        claims += growth_of(first, second).overall.z > 1.645
    assert claims / 100 < 0.10


@pytest.mark.parametrize(
    ("n", "days", "part", "whole"),
    [
        (0, 30, "few-answers", "few-answers"),
        (35, 30, "few-answers", "few-answers"),
        (36, 30, None, "few-answers"),
        (71, 30, None, "few-answers"),
        (72, 13, "too-soon", "too-soon"),
        (72, 14, None, None),
    ],
)
def test_too_little_or_too_soon_makes_no_claim_and_says_why(n, days, part, whole):
    first = sitting(0.2, seed=1, n=72, later=timedelta(0))
    second = sitting(0.95, seed=2, n=n, later=timedelta(days=days))
    growth = growth_of(first, second, studied=["s0"])
    assert growth.answers == (72, n)
    for change, shortage in (
        (growth.overall, whole),
        *((change, part) for change in (growth.studied, *growth.dimensions.values())),
    ):
        assert change.shortage == shortage
        assert (change.verdict == "not-enough") == (shortage is not None)


def test_rapid_guesses_do_not_make_enough_answers():
    first = sitting(0.2, seed=1, n=72, later=timedelta(0))
    second = sitting(0.95, seed=2, n=72, later=MONTH)
    second[0] = replace(second[0], weight=0.0)
    growth = growth_of(first, second)
    assert growth.answers == (72, 71)
    assert growth.overall.shortage == "few-answers"


def test_occasions_that_overlap_are_too_close_whichever_is_called_the_first():
    first = sitting(0.2, seed=1, n=72, later=timedelta(0))
    first[-1] = replace(first[-1], answered_at=NOW + timedelta(days=40))
    second = sitting(0.95, seed=2, n=72, later=timedelta(days=20))
    for pair in ((first, second), (second, first)):
        assert growth_of(*pair).overall.shortage == "too-soon"


def test_an_ability_that_was_not_asked_about_twice_makes_no_claim():
    first = sitting(0.4, seed=1, later=-MONTH)
    second = [a for a in sitting(0.9, seed=2, n=120) if a.skill_id != "s2"]
    change = growth_of(first, second).abilities["a1"]
    assert (change.verdict, change.shortage) == ("not-enough", "no-answers")


def test_lessons_between_the_occasions_are_no_evidence_of_growth():
    first, second = sitting(0.6, seed=1, later=-MONTH), sitting(0.6, seed=2)
    studied = [replace(a, units_before=(2, 2)) for a in second]
    assert growth_of(first, studied).overall == growth_of(first, second).overall


def test_of_many_changes_only_discoveries_survive():
    def changes(*scores):
        return [CommonChange(level=0.0, change=z, se=1.0) for z in scores]

    alone = [change.verdict for change in judge(changes(1.7), None)]
    among_many = [change.verdict for change in judge(changes(1.7, *[0.0] * 12), None)]
    assert alone == ["real-growth"]
    assert among_many == ["likely"] + ["unclear"] * 12
    clear = [change.verdict for change in judge(changes(4.0, -4.0, 1.2, 0.1), None)]
    assert clear == ["real-growth", "real-drop", "likely", "unclear"]


def test_an_unknown_studied_skill_is_named():
    with pytest.raises(KeyError, match="no skill 's99'"):
        growth_of([], [], studied=["s99"])
