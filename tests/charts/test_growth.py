"""Before and after, and the score over time."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from academy.charts.growth import (
    VERDICTS,
    ChangeRow,
    TimelinePoint,
    growth_dumbbells,
    score_timeline,
)
from academy.charts.theme import Mode
from academy.growth import Verdict
from academy.language import LANGUAGES, Language
from tests.charts.specs import assert_colours_of, assert_valid, tables_with, texts

CHANGES = [
    ChangeRow("base", "强阵地", "base", 40.0, 15.0, 6.0, 24.0, "real-growth"),
    ChangeRow("traffic", "汇流量", "traffic", 50.0, 6.0, -1.0, 13.0, "likely"),
    ChangeRow("conversion", "促转化", "conversion", 60.0, 0.2, -8.0, 9.0, "unclear"),
    ChangeRow("retention", "聚沉淀", "retention", 70.0, -12.0, -20.0, -4.0, "real-drop"),
    ChangeRow("data", "数据运营", "retention", None, None, None, None, "not-enough"),
]
POINTS = [
    TimelinePoint(date(2026, 11, 1), "阶段考试", 30.0, 22.0, 39.0),
    TimelinePoint(date(2026, 12, 1), "阶段考试", None, None, None),
    TimelinePoint(date(2027, 1, 15), "阶段考试", 45.0, 37.0, 53.0),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_are_vega_lite_in_the_colours_of_the_theme(mode: Mode, language: Language):
    for spec in (
        growth_dumbbells(CHANGES, mode=mode, language=language),
        score_timeline(POINTS, target=58.0, mode=mode, language=language),
    ):
        assert_valid(spec)
        assert_colours_of(spec, mode)


def test_every_verdict_has_a_symbol_of_its_own():
    assert set(VERDICTS) == set(get_args(Verdict))
    looks = {(series.shape, series.is_hollow) for series in VERDICTS.values()}
    assert len(looks) == len(VERDICTS)


def test_before_and_after_stand_where_they_were_measured():
    spec = growth_dumbbells(CHANGES, mode="light", language="zh")
    [before] = tables_with(spec, "row", "id", "score")
    [after] = tables_with(spec, "row", "id", "score", "colour")
    assert [point["score"] for point in before] == [40, 50, 60, 70]
    assert [point["score"] for point in after] == [55, 56, 60.2, 58]
    [bands] = tables_with(spec, "row", "low", "high", "colour")
    assert [(band["low"], band["high"]) for band in bands] == [
        (46, 64), (49, 63), (52, 69), (50, 66)
    ]  # fmt: skip


def test_rows_keep_their_order_and_say_their_change():
    spec = growth_dumbbells(CHANGES, mode="light", language="zh")
    assert texts(spec, "wide") == [change.label for change in CHANGES]
    assert texts(spec, "word") == ["+15", "+6", "0", "−12", "–"]


def test_only_verdicts_that_occur_are_explained():
    spec = growth_dumbbells(CHANGES[:1], mode="light", language="en")
    assert texts(spec, "text") == ["Before", "After", "90% band of the change", "Real growth"]


def test_the_description_gives_the_verdict_in_words():
    spec = growth_dumbbells(CHANGES, mode="light", language="en")
    assert "强阵地 40 +15 (+6 … +24) Real growth" in spec["description"]


def test_a_timeline_breaks_where_there_is_no_score():
    spec = score_timeline(POINTS, mode="light", language="zh")
    [path] = tables_with(spec, "share", "score", "stretch")
    assert [(point["score"], point["stretch"]) for point in path] == [(30, 0), (45, 1)]


def test_a_timeline_spaces_attempts_by_their_days_and_names_each_year_once():
    spec = score_timeline(POINTS, mode="light", language="zh")
    points = texts(spec, "share")
    assert points[0] == 0
    assert max(points) == 1
    assert "11-01\n2026" in texts(spec, "wide")
    assert "12-01" in texts(spec, "wide")
    assert "01-15\n2027" in texts(spec, "wide")


def test_a_single_attempt_has_a_timeline():
    assert_valid(score_timeline(POINTS[:1], mode="dark", language="en"))


def test_the_same_attempts_give_the_same_pictures():
    for draw, values in ((growth_dumbbells, CHANGES), (score_timeline, POINTS)):
        assert draw(values, mode="dark", language="zh") == draw(values, mode="dark", language="zh")
