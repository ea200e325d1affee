"""Classical item analysis: published tables to their last digit, and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from academy.item_analysis import (
    analyse,
    correlation_interval,
    cronbach_alpha,
    empirical_reliability,
)
from tests.lsat6 import NAMES, lsat6
from tests.published import ATTITUDE_NAMES, LSAT7_NAMES, attitude, lsat7

marks = arrays(
    np.float64,
    st.tuples(st.integers(4, 40), st.integers(3, 7)),
    elements=st.sampled_from([0.0, 1.0]),
)


def names_of(scores) -> list[str]:
    return [f"item {number}" for number in range(scores.shape[1])]


@pytest.fixture(scope="module")
def lsat():
    return analyse(lsat6(), NAMES)


def test_lsat6_has_its_published_facilities(lsat):
    assert [round(each.facility, 3) for each in lsat.items] == [0.924, 0.709, 0.553, 0.763, 0.870]


def test_lsat6_has_its_published_point_biserials(lsat):
    included = [0.3620, 0.5668, 0.6184, 0.5344, 0.4354]
    excluded = [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]
    assert [round(each.item_total, 4) for each in lsat.items] == included
    assert [round(each.item_rest, 4) for each in lsat.items] == excluded


def test_lsat6_has_its_published_alphas(lsat):
    assert round(lsat.alpha, 4) == 0.2950
    without = [0.2754, 0.2376, 0.2168, 0.2459, 0.2663]
    assert [round(each.alpha_if_deleted, 4) for each in lsat.items] == without


def rounded(found, what: str, digits: int) -> list[float]:
    return [round(getattr(each, what), digits) for each in found.items]


def test_lsat7_has_its_published_table():
    found = analyse(lsat7(), LSAT7_NAMES)
    assert rounded(found, "facility", 3) == [0.828, 0.658, 0.772, 0.606, 0.843]
    assert rounded(found, "sd", 3) == [0.378, 0.475, 0.420, 0.489, 0.364]
    assert rounded(found, "item_total", 3) == [0.530, 0.600, 0.611, 0.592, 0.461]
    assert rounded(found, "item_rest", 3) == [0.246, 0.247, 0.313, 0.223, 0.175]
    assert rounded(found, "alpha_if_deleted", 3) == [0.396, 0.394, 0.345, 0.415, 0.438]
    assert (round(found.mean, 3), round(found.sd, 3)) == (3.707, 1.199)
    assert (round(found.alpha, 3), round(found.sem, 3)) == (0.453, 0.886)


def test_lsat7_with_five_blanks_has_its_published_table():
    scores = lsat7()
    scores[:5, 0] = np.nan
    found = analyse(scores, LSAT7_NAMES)
    assert (found.n, found.n_complete) == (1000, 995)
    assert rounded(found, "facility", 3) == [0.832, 0.658, 0.772, 0.606, 0.843]
    assert rounded(found, "item_total", 3) == [0.515, 0.600, 0.611, 0.592, 0.461]
    assert rounded(found, "item_rest", 3) == [0.222, 0.247, 0.313, 0.223, 0.175]
    assert rounded(found, "alpha_if_deleted", 3) == [0.396, 0.364, 0.316, 0.384, 0.418]
    assert (round(found.mean, 3), round(found.sd, 3)) == (3.726, 1.172)
    assert (round(found.alpha, 3), round(found.sem, 3)) == (0.426, 0.888)


def test_ratings_have_their_published_table():
    found = analyse(attitude(), ATTITUDE_NAMES)
    assert round(found.alpha, 2) == 0.84
    assert rounded(found, "item_total", 2) == [0.78, 0.84, 0.70, 0.81, 0.85, 0.42, 0.60]
    assert rounded(found, "item_rest", 2) == [0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46]
    assert rounded(found, "facility", 0) == [65, 67, 53, 56, 65, 75, 43]
    assert rounded(found, "sd", 1) == [12.2, 13.3, 12.2, 11.7, 10.4, 9.9, 10.3]
    assert rounded(found, "alpha_if_deleted", 2) == [0.81, 0.80, 0.83, 0.80, 0.80, 0.86, 0.84]


@settings(max_examples=60, deadline=None)
@given(marks)
def test_alpha_without_an_item_is_the_alpha_of_the_others(scores):
    found = analyse(scores, names_of(scores))
    for j, each in enumerate(found.items):
        alone = cronbach_alpha(np.delete(scores, j, axis=1))
        assert each.alpha_if_deleted == pytest.approx(alone, nan_ok=True, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(marks, st.randoms(use_true_random=False))
def test_the_order_of_people_and_items_changes_nothing(scores, random):
    people, items = list(range(scores.shape[0])), list(range(scores.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    names = names_of(scores)
    before = analyse(scores, names)
    after = analyse(scores[people][:, items], [names[j] for j in items])
    assert after.alpha == pytest.approx(before.alpha, nan_ok=True, abs=1e-9)
    for each in before.items:
        twin = after.item(each.item)
        assert twin.facility == pytest.approx(each.facility)
        assert twin.item_rest == pytest.approx(each.item_rest, nan_ok=True, abs=1e-9)


def test_an_item_that_all_got_right_has_no_correlation():
    scores = lsat6()
    scores[:, 2] = 1.0
    found = analyse(scores, NAMES).item("Item 3")
    assert math.isnan(found.item_rest) and math.isnan(found.item_total)
    assert found.flags == ()


def test_blanks_count_neither_for_nor_against_an_item():
    scores = lsat6()
    scores[:100, 0] = np.nan
    found = analyse(scores, NAMES)
    assert found.item("Item 1").n == 900
    assert found.item("Item 1").facility == pytest.approx(np.nanmean(scores[:, 0]))
    assert found.n_complete == 900
    assert found.alpha == pytest.approx(cronbach_alpha(lsat6()[100:]))


def quiz(people: int, *, seed: int = 7):
    """Twenty items answered from one ability; the key is A, and wrong answers fall on B to D."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=(people, 1))
    chance = 1 / (1 + np.exp(-1.5 * (ability - rng.normal(0, 0.7, size=(1, 20)))))
    right = rng.random((people, 20)) < chance
    wrong = rng.choice(np.array(["B", "C", "D"], dtype=object), size=(people, 20))
    return np.where(right, "A", wrong).astype(object)


def analysed(choices, key):
    names = [f"q{number}" for number in range(choices.shape[1])]
    by_name = dict(zip(names, key, strict=True))
    scores = (choices == np.array(key, dtype=object)).astype(float)
    offered = {name: "ABCD" for name in names}
    return analyse(scores, names, choices=choices, key=by_name, offered=offered)


def test_an_item_that_nobody_answered_has_no_figures():
    choices = quiz(120)
    choices[:, 0] = None
    scores = np.where(choices == None, np.nan, (choices == "A").astype(float))  # noqa: E711
    names = [f"q{n}" for n in range(20)]
    found = analyse(scores, names, choices=choices, key=dict.fromkeys(names, "A")).item("q0")
    assert (found.n, found.flags) == (0, ())
    assert math.isnan(found.facility)


def test_what_was_chosen_and_is_no_option_is_wrong_and_no_dead_option():
    choices = quiz(300)
    choices[:3, 0] = "8"
    found = analysed(choices, ["A"] * 20).item("q0")
    assert "dead_distractor" not in found.flags
    assert [each.option for each in found.options if not each.is_offered] == ["8"]


def test_a_wrong_key_is_suspected_and_the_others_are_not():
    choices = quiz(300)
    found = analysed(choices, ["B"] + ["A"] * 19)
    suspected = [each.item for each in found.items if "wrong_key_suspected" in each.flags]
    assert suspected == ["q0"]
    assert "harmful" in found.item("q0").flags


def test_an_option_that_draws_nobody_is_dead():
    choices = quiz(300)
    choices[choices[:, 3] == "D", 3] = "C"
    found = analysed(choices, ["A"] * 20)
    assert [e.item for e in found.items if "dead_distractor" in e.flags] == ["q3"]


@pytest.mark.parametrize(
    ("people", "may_judge", "may_doubt"),
    [(49, False, False), (60, True, False), (120, True, True)],
)
def test_verdicts_wait_for_people_enough(people, may_judge, may_doubt):
    found = analysed(quiz(people), ["B"] + ["A"] * 19).item("q0")
    assert ("harmful" in found.flags) is may_judge
    assert ("wrong_key_suspected" in found.flags) is may_doubt


def test_other_names_for_the_options_change_nothing():
    choices = quiz(200)
    renamed = np.vectorize({"A": "甲", "B": "乙", "C": "丙", "D": "丁"}.get, otypes=[object])(
        choices
    )
    first = analysed(choices, ["A"] * 20)
    names = [f"q{n}" for n in range(20)]
    second = analyse(
        (renamed == "甲").astype(float), names, choices=renamed, key=dict.fromkeys(names, "甲")
    )
    assert [e.item_rest for e in first.items] == [e.item_rest for e in second.items]


def test_the_interval_of_a_correlation_holds_it_and_narrows_with_people():
    wide, narrow = correlation_interval(0.3, 30), correlation_interval(0.3, 300)
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]


def test_reliability_of_adaptive_scores_falls_with_their_errors():
    levels = np.array([-1.0, 0.0, 1.0])
    assert empirical_reliability(levels, np.zeros(3)) == 1.0
    assert empirical_reliability(levels, np.ones(3)) == pytest.approx(0.5)


def test_levels_from_the_other_items_take_the_place_of_the_rest_score():
    scores = lsat6()
    rest = np.broadcast_to(scores[:, [4]], scores.shape)
    found = analyse(scores, NAMES, rest=rest)
    assert found.item("Item 5").item_rest == pytest.approx(1.0)


def test_names_must_fit_the_columns():
    with pytest.raises(ValueError, match="Give one for each"):
        analyse(lsat6(), NAMES[:3])
