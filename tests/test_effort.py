"""Careless answers weigh little, and nobody's words are deleted in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.effort import (
    Times,
    effort_of,
    is_straight_lining,
    least_seconds,
    reading_length,
    weighed_ratings,
)
from tests.small_framework import rating

SECONDS = st.floats(0.5, 3600)


def test_twenty_times_make_a_median_and_nineteen_do_not():
    assert Times.of([40.0] * 19).median is None
    assert Times.of([40.0] * 20).median == pytest.approx(40, rel=0.025)


def test_an_item_that_many_answered_is_judged_by_its_median_time():
    assert least_seconds(40.0, length=500) == 4.0
    assert least_seconds(10.0, length=500) == 2.0


def test_an_item_that_few_answered_is_judged_by_its_length():
    assert least_seconds(None, length=0) == 2.0
    assert least_seconds(None, length=100) == pytest.approx(6.8)


@given(st.lists(SECONDS, min_size=20, max_size=60))
def test_the_median_lies_among_the_times_whatever_they_are(seconds):
    middle = sorted(seconds)[(len(seconds) - 1) // 2]
    assert Times.of(seconds).median == pytest.approx(middle, rel=0.025)


@given(st.lists(SECONDS, max_size=40), st.lists(SECONDS, max_size=40))
def test_times_counted_apart_and_added_are_times_counted_together(some, others):
    assert Times.of(some) + Times.of(others) == Times.of(some + others)


@given(st.lists(st.floats(0, 1e9), max_size=300))
def test_however_many_times_there_are_what_is_kept_stays_small(seconds):
    times = Times.of(seconds)
    assert len(times) == len(seconds)
    assert len(times.counts) <= 184


def test_a_latin_word_takes_as_long_to_read_as_two_characters():
    assert reading_length("主图点击率") == 5
    assert reading_length("看 ROI 和 GMV,30%。") == 2 + 2 * 3


@pytest.mark.parametrize(
    ("rapid", "effort"), [(0, "normal"), (1, "normal"), (2, "low"), (5, "low"), (6, "not-scored")]
)
def test_some_rapid_answers_are_low_effort_and_most_are_not_scored(rapid, effort):
    assert effort_of(rapid, 10) == effort


def test_an_empty_attempt_is_no_low_effort():
    assert effort_of(0, 0) == "normal"


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
