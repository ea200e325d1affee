"""Careless answers weigh little, and nobody's words are deleted in silence."""

from __future__ import annotations

import pytest

from academy.effort import (
    attempt_effort,
    is_rapid,
    is_straight_lining,
    least_seconds,
    reading_length,
    weighed_ratings,
)
from tests.small_framework import answer, rating


def test_an_item_that_many_answered_is_judged_by_its_median_time():
    assert least_seconds([40.0] * 20, length=500) == 4.0
    assert least_seconds([10.0] * 20, length=500) == 2.0


def test_an_item_that_few_answered_is_judged_by_its_length():
    assert least_seconds([40.0] * 19, length=0) == 2.0
    assert least_seconds([], length=100) == pytest.approx(6.8)


def test_a_latin_word_takes_as_long_to_read_as_two_characters():
    assert reading_length("主图点击率") == 5
    assert reading_length("看 ROI 和 GMV,30%。") == 2 + 2 * 3


def test_an_answer_faster_than_reading_is_rapid_and_one_without_a_time_is_not():
    limits = {"i0": 4.0}
    assert is_rapid(answer(seconds=3.9), limits)
    assert not is_rapid(answer(seconds=4.0), limits)
    assert not is_rapid(answer(seconds=None), limits)
    assert is_rapid(answer(item_id="other", seconds=1.9), limits)


@pytest.mark.parametrize(
    ("rapid", "effort"),
    [(0, "normal"), (1, "normal"), (2, "low"), (5, "low"), (6, "not-scored")],
)
def test_an_attempt_is_judged_by_its_share_of_rapid_answers(rapid, effort):
    answers = [answer(item_id=f"i{n}", seconds=1.0 if n < rapid else 30.0) for n in range(10)]
    found = attempt_effort(answers, {})
    assert found.effort == effort
    assert found.rapid_share == rapid / 10
    weights = [a.weight for a in found.answers]
    assert weights == (
        [0.0] * 10 if effort == "not-scored" else [0.0] * rapid + [1.0] * (10 - rapid)
    )


def test_an_empty_attempt_is_no_low_effort():
    assert attempt_effort([], {}).effort == "normal"


@pytest.mark.parametrize(
    ("ratings", "is_careless"),
    [
        ([], False),
        ([3] * 11, False),
        ([3] * 12, True),
        ([3] * 23 + [4], True),
        ([1, 5] * 12, False),
        ([4] * 12 + [1, 2, 3, 5, 4, 2, 1, 3], True),
        ([4] * 12 + [1, 2, 3, 5, 4, 2, 1, 3, 2], False),
    ],
)
def test_straight_lining_is_a_long_run_or_no_variation(ratings, is_careless):
    assert is_straight_lining(ratings) == is_careless


def test_careless_ratings_are_kept_and_weigh_a_quarter_only_when_repeated():
    ratings = [rating(value=4)]
    assert weighed_ratings(ratings, is_repeated=False) == tuple(ratings)
    (light,) = weighed_ratings(ratings, is_repeated=True)
    assert (light.rating, light.weight) == (4, 0.25)
