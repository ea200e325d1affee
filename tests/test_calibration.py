"""Answers tell how difficult an item is, and learning does not make items easier."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.calibration import (
    EXPERT_VARIANCE,
    Observation,
    expert_calibration,
    expert_parameters,
    fit,
    nightly_fit,
    recentred,
    updated,
)
from academy.framework import UnknownId
from academy.levels import response_curve
from tests.small_framework import NOW, bank_of, framework_of

laws = settings(max_examples=50, deadline=None)
FRAMEWORK = framework_of(((2,), (1,)))
BANK = bank_of(FRAMEWORK, per_skill=5)
HARD, EASY = BANK.item("s0-i4"), BANK.item("s0-i0")


def simulated(difficulties, *, answers: int, slope=1.0, seed=1):
    """Answers of merchants of level N(0, 1) to items with four options."""
    rng = np.random.default_rng(seed)
    which = np.repeat(np.arange(len(difficulties)), answers)
    theta = rng.normal(size=len(which))
    b = np.asarray(difficulties)[which]
    chance, _ = response_curve(theta, np.full(len(b), slope), b, np.full(len(b), 0.25))
    return which, theta, (rng.random(len(b)) < chance).astype(float)


def fitted(difficulties, prior=None, **how):
    count = len(difficulties)
    prior = np.zeros(count) if prior is None else np.asarray(prior)
    return fit(*simulated(difficulties, **how), prior=prior, guessing=np.full(count, 0.25))


def test_an_item_starts_where_its_expert_puts_it_drawn_to_the_middle():
    known = expert_parameters(HARD)
    assert known.b == pytest.approx(0.8 * 1.5)
    assert known.variance == EXPERT_VARIANCE
    assert not known.is_calibrated


@laws
@given(st.floats(-3, 3), st.booleans())
def test_a_right_answer_makes_an_item_easier_a_wrong_one_harder_and_both_surer(theta, is_correct):
    known = expert_parameters(EASY)
    after = updated(known, Observation(EASY.id, theta, is_correct), EASY.guessing)
    assert (after.b < known.b) == is_correct
    assert after.variance < known.variance
    assert after.n_answers == 1
    assert after.is_calibrated


def test_the_update_comes_close_to_the_fit_of_all_answers_at_once():
    truth = np.random.default_rng(8).normal(0, 0.5, 40)
    which, theta, correct = simulated(truth, answers=100)
    _, batch, _ = fit(which, theta, correct, prior=np.zeros(40), guessing=np.full(40, 0.25))
    single = []
    for item in range(40):
        known = expert_parameters(BANK.item("s0-i2"))  # its expert says 0
        for n in np.flatnonzero(which == item):
            known = updated(known, Observation("s0-i2", theta[n], bool(correct[n])), 0.25)
        single.append(known.b)
    assert np.abs(np.array(single) - batch).mean() < 0.1


def test_more_answers_bring_the_difficulty_closer_to_the_truth():
    truth = np.random.default_rng(9).normal(0, 0.6, 60)
    errors = [
        float(np.sqrt(((fitted(truth, answers=n)[1] - truth) ** 2).mean())) for n in (10, 50, 190)
    ]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.25


def test_a_slope_moves_only_with_two_hundred_answers():
    few, _, _ = fitted([0.0] * 5, answers=199, slope=2.0)
    many, _, variance = fitted([0.0] * 5, answers=2000, slope=2.0)
    assert few == pytest.approx(1.0)
    assert many == pytest.approx(2.0, abs=0.35)
    assert (variance < EXPERT_VARIANCE).all()


def test_all_right_or_all_wrong_stays_finite():
    which, theta = np.repeat([0, 1], 300), np.zeros(600)
    correct = np.repeat([1.0, 0.0], 300)
    slope, b, variance = fit(which, theta, correct, prior=np.zeros(2), guessing=np.full(2, 0.25))
    assert -4 < b[0] < 0 < b[1] < 4
    assert np.isfinite([*slope, *variance]).all()


@laws
@given(st.lists(st.floats(-2, 2), min_size=4, max_size=4))
def test_recentring_leaves_the_mean_of_an_ability_where_it_was(moved):
    before, abilities = np.array([0.1, 0.2, 0.3, 0.4]), ["a", "a", "b", "b"]
    answered = np.array([True, True, True, False])
    after = recentred(np.array(moved), before, abilities, answered)
    assert after[:2].mean() == pytest.approx(before[:2].mean())
    assert after[2] == pytest.approx(before[2])
    assert after[3] == moved[3]


def observations(seed=3, n=400):
    rng = np.random.default_rng(seed)
    ids = [f"s{skill}-i{number}" for skill in (0, 1) for number in range(5)]
    return [
        Observation(str(rng.choice(ids)), float(rng.normal()), bool(rng.random() < 0.6))
        for _ in range(n)
    ]


def nightly(seen, previous=None):
    previous = previous or expert_calibration(BANK)
    return nightly_fit(BANK, FRAMEWORK, seen, previous=previous, now=NOW)


def test_each_night_makes_a_new_version_and_leaves_the_old_one_alone():
    experts = expert_calibration(BANK)
    first = nightly(observations(), experts)
    second = nightly_fit(
        BANK, FRAMEWORK, observations(), previous=first, now=NOW + timedelta(days=1)
    )
    assert [experts.version, first.version, second.version] == [0, 1, 2]
    assert experts == expert_calibration(BANK)
    assert first.items["s0-i0"].n_answers > 0
    assert first.items["s2-i0"] == experts.items["s2-i0"]


def test_the_order_of_answers_does_not_matter_and_the_same_night_is_the_same_fit():
    seen = observations()
    here, there = nightly(seen), nightly(seen[::-1])
    for item_id, known in here.items.items():
        assert there.items[item_id].b == pytest.approx(known.b, abs=1e-9)


def test_a_night_without_answers_changes_no_item():
    assert nightly([]).items == expert_calibration(BANK).items


def test_an_answer_to_an_unknown_item_is_named():
    with pytest.raises(UnknownId, match="no item 'lost'"):
        nightly([Observation("lost", 0.0, True)])
