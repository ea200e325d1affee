"""The list that says the radar's numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from academy.charts.interval import interval_list
from academy.charts.theme import Mode
from academy.language import LANGUAGES, Language
from tests.charts.specs import assert_colours_of, assert_valid, tables_with, texts

POINT = ("row", "id", "score", "colour")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_vega_lite_in_the_colours_of_the_theme(axes, mode: Mode, language: Language):
    spec = interval_list(axes, mode=mode, language=language)
    assert_valid(spec)
    assert_colours_of(spec, mode)


def test_the_rows_keep_the_order_they_came_in(axes):
    axes.reverse()
    spec = interval_list(axes, mode="light", language="zh")
    assert texts(spec, "wide") == [each.label for each in axes]
    assert texts(spec, "word") == [f"{each.shown:.0f}" for each in axes]


def test_the_numbers_shown_are_the_numbers_passed_in(axes):
    spec = interval_list(axes, mode="light", language="zh")
    target, own, shown = tables_with(spec, *POINT)
    assert [point["score"] for point in shown] == [each.shown for each in axes]
    assert [point["score"] for point in own] == [each.own for each in axes]
    assert [point["score"] for point in target] == [each.target for each in axes]
    [bands] = tables_with(spec, "row", "low", "high", "colour")
    assert [(band["low"], band["high"]) for band in bands] == [
        (each.low, each.high) for each in axes
    ]


def test_what_is_not_known_has_no_mark_and_says_so(axes):
    axes[3] = replace(axes[3], own=None, shown=None, low=None, high=None)
    spec = interval_list(axes, mode="light", language="en")
    _, own, shown = tables_with(spec, *POINT)
    assert 3 not in {point["row"] for point in (*own, *shown)}
    assert texts(spec, "word")[3] == "not tested"


def test_the_same_profile_gives_the_same_list(axes):
    first = interval_list(axes, mode="light", language="en")
    assert interval_list(axes, mode="light", language="en") == first
