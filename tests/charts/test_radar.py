"""The capability radar."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from math import atan2, hypot, pi

import pytest

from academy.charts.radar import RadarAxis, capability_radar, radar_description
from academy.charts.radar_layers import HUB
from academy.charts.theme import Mode
from academy.language import LANGUAGES, Language
from tests.charts.profile import axis
from tests.charts.specs import assert_colours_of, assert_valid, layers, tables_with, texts

POINT = ("x", "y", "id", "score", "colour")
STRETCH = ("x", "y", "stretch", "order")


def score_at(point: dict[str, float]) -> float:
    return (hypot(point["x"], point["y"]) - HUB) / (1 - HUB) * 100


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_vega_lite_in_the_colours_of_the_theme(axes, inner, mode: Mode, language: Language):
    spec = capability_radar(axes, inner, mode=mode, language=language)
    assert_valid(spec)
    assert_colours_of(spec, mode)


@pytest.mark.parametrize(
    "values",
    [
        {"own": 100, "shown": 100, "low": 100, "high": 100, "target": 100},
        {"own": 0, "shown": 0, "low": 0, "high": 0, "target": 0},
        {"shown": None, "low": None, "high": None},
        {"own": None, "shown": None, "low": None, "high": None},
        {"own": None, "shown": None, "low": None, "high": None, "target": None},
    ],
)
def test_it_can_be_drawn_whatever_is_known(inner, values):
    everyone = [axis(number, **values) for number in range(13)]
    assert_valid(capability_radar(everyone, inner, mode="light", language="zh"))


def test_the_numbers_shown_are_the_numbers_passed_in(axes, inner):
    spec = capability_radar(axes, inner, mode="light", language="zh")
    target, own, shown = tables_with(spec, *POINT)
    assert [point["score"] for point in shown] == [each.shown for each in axes]
    assert [point["score"] for point in own] == [each.own for each in axes]
    assert [point["score"] for point in target] == [each.target for each in axes]
    assert [score_at(point) for point in shown] == pytest.approx(
        [each.shown for each in axes], abs=0.02
    )


def test_the_abilities_stand_clockwise_from_noon_in_their_order(axes, inner):
    spec = capability_radar(axes, inner, mode="light", language="zh")
    shown = tables_with(spec, *POINT)[-1]
    assert [point["id"] for point in shown] == [each.id for each in axes]
    angles = [atan2(point["x"], point["y"]) % (2 * pi) for point in shown]
    assert angles == sorted(angles)


def test_a_line_returns_to_its_start_when_all_is_known(axes, inner):
    spec = capability_radar(axes, inner, mode="light", language="zh")
    for stretch in tables_with(spec, *STRETCH):
        assert len(stretch) == 14
        assert {point["stretch"] for point in stretch} == {0}


def test_a_missing_score_breaks_the_line_and_is_never_a_zero(axes, inner):
    axes[5] = replace(axes[5], shown=None, low=None, high=None)
    axes[8] = replace(axes[8], shown=None, low=None, high=None)
    spec = capability_radar(axes, inner, mode="light", language="zh")
    shown = tables_with(spec, *POINT)[-1]
    assert [point["id"] for point in shown] == [each.id for each in axes if each.shown is not None]
    line = tables_with(spec, *STRETCH)[-1]
    assert [point["stretch"] for point in line] == [0, 0] + [1] * 9
    assert min(score_at(point) for point in line) > 20
    assert texts(spec, "score").count("自评 55") == 1


def test_a_band_on_its_own_is_a_bar(axes, inner):
    alone = [
        each if number == 6 else replace(each, shown=None, low=None, high=None)
        for number, each in enumerate(axes)
    ]
    spec = capability_radar(alone, inner, mode="light", language="zh")
    [[bar]] = tables_with(spec, "x", "y", "x2", "y2", "colour")
    assert score_at(bar) == pytest.approx(axes[6].high, abs=0.02)
    assert score_at({"x": bar["x2"], "y": bar["y2"]}) == pytest.approx(axes[6].low, abs=0.02)


def test_what_was_not_tested_is_called_so(axes, inner):
    axes[0] = replace(axes[0], own=None, shown=None, low=None, high=None)
    for language, words in (("zh", "未测"), ("en", "not tested")):
        spec = capability_radar(axes, inner, mode="light", language=language)
        assert words in texts(spec, "score")
        assert words in spec["description"]


def test_the_last_attempt_is_drawn_only_if_there_was_one(axes, inner):
    without = capability_radar(axes, inner, mode="light", language="en")
    with_last = capability_radar(
        [replace(each, previous=40.0) for each in axes], inner, mode="light", language="en"
    )
    assert "Last time" not in texts(without, "text")
    assert "Last time" in texts(with_last, "text")


def test_the_legend_names_the_dimensions_with_their_scores(axes, inner):
    spec = capability_radar(axes, inner, mode="light", language="zh")
    assert texts(spec, "text")[:4] == ["强阵地 45", "汇流量 45", "促转化 45", "聚沉淀 45"]


def test_the_description_says_what_the_picture_shows(axes, inner):
    described = radar_description(axes, inner, "en")
    for each in (*inner, *axes):
        assert each.label in described
    assert "Shown in quizzes 45, 90% band 38–52, Own rating 50, Stage target 60" in described


def test_the_same_profile_gives_the_same_specification_and_nobody_else_can_change_it(axes, inner):
    first = capability_radar(axes, inner, mode="dark", language="zh")
    second = capability_radar(axes, inner, mode="dark", language="zh")
    assert first == second
    first["layer"].clear()
    assert capability_radar(axes, inner, mode="dark", language="zh") == second


def test_streamlit_can_pass_it_on_without_pandas(axes, inner):
    spec = capability_radar(axes, inner, mode="light", language="zh")
    assert "data" not in spec
    assert "datasets" not in spec
    assert all(isinstance(layer["data"]["values"], list) for layer in layers(spec))


def test_altair_is_not_imported_before_a_radar_is_drawn():
    asked = "import sys, academy.charts.radar; print('altair' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_one_dimension_alone_needs_no_gaps():
    one = [RadarAxis(str(number), "数据", "base", shown=50.0) for number in range(4)]
    assert_valid(capability_radar(one, [], mode="light", language="zh"))
