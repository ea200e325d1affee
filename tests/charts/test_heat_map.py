"""Many merchants at once, each cell as sure as it looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from academy.charts import theme
from academy.charts.heat_map import (
    PICKED,
    Cell,
    Column,
    MerchantRow,
    contrast,
    heat_map,
    shade_of,
)
from academy.charts.shares import Share, shares
from academy.charts.theme import DIMENSIONS, Mode
from academy.language import LANGUAGES, Language
from tests.charts.specs import assert_valid, tables_with, texts

COLUMNS = [Column(f"能力{number}", dimension) for number, dimension in enumerate(DIMENSIONS)]
SURE = Cell(72.0, 0.2, "verified")
ROWS = [
    MerchantRow("小满茶铺", (SURE, Cell(30.0, 0.9, "provisional"), SURE, SURE)),
    MerchantRow("山谷果园旗舰店总店", (SURE, SURE, Cell(55.0, 0.7, "declared"), SURE)),
    MerchantRow("没做过", (Cell(40.0, 1.0, "no-evidence"),) * 4),
]


def cells(spec) -> list[dict]:
    [found] = tables_with(
        spec, "row", "column", "fill", "ink", "text", "score", "merchant", "ability", "basis"
    )[:1]
    return found


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_vega_lite(mode: Mode, language: Language):
    assert_valid(heat_map(COLUMNS, ROWS, mode=mode, language=language))


def test_any_mark_of_a_row_chooses_its_merchant():
    spec = heat_map(COLUMNS, ROWS, mode="light", language="zh")
    (picked,) = [each for each in spec["params"] if each["name"] == PICKED]
    assert picked["select"]["fields"] == ["row"]
    assert picked["views"] == [layer["name"] for layer in spec["layer"] if "name" in layer]
    assert [name["row"] for name in tables_with(spec, "row", "wide", "narrow")[0]] == [0, 1, 2]


def test_every_cell_says_its_score():
    found = cells(heat_map(COLUMNS, ROWS, mode="light", language="zh"))
    assert [cell["text"] for cell in found[:8]] == ["72", "30", "72", "72", "72", "72", "55", "72"]
    assert {cell["text"] for cell in found[8:]} == {"·"}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_cell_is_the_fainter_the_less_sure_it_is(mode: Mode):
    ground = theme.BACKGROUND.in_(mode)
    rows = [MerchantRow("a", (replace(SURE, se=se),) * 4) for se in (0.2, 0.5, 0.8, 1.0)]
    found = cells(heat_map(COLUMNS, rows, mode=mode, language="zh"))[::4]
    contrasts = [contrast(cell["fill"], ground) for cell in found]
    assert contrasts == sorted(contrasts, reverse=True)
    assert contrasts[-1] > 1


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_number_can_be_read_on_its_colour(mode: Mode):
    rows = [
        MerchantRow("a", tuple(Cell(float(score), se, "verified") for score in (1, 33, 66, 99)))
        for se in (0.1, 0.4, 0.7, 1.0)
    ]
    for cell in cells(heat_map(COLUMNS, rows, mode=mode, language="zh")):
        assert contrast(cell["ink"], cell["fill"]) >= 4.5


def test_only_what_is_declared_is_hatched():
    [hatches] = tables_with(
        heat_map(COLUMNS, ROWS, mode="light", language="zh"), "row", "column", "part"
    )
    assert {(hatch["row"], hatch["column"]) for hatch in hatches} == {(1, 2)}


def test_long_names_are_shortened_on_a_phone_more_than_on_a_screen():
    spec = heat_map(COLUMNS, ROWS, mode="light", language="zh")
    assert texts(spec, "wide")[1] == "山谷果园旗舰店总店"
    assert texts(spec, "narrow")[1] == "山谷果园…"


def test_the_scale_runs_from_low_over_middle_to_high():
    assert shade_of(0, "light") == theme.SCORES[0].light
    assert shade_of(50, "light") == theme.SCORES[1].light
    assert shade_of(100, "light") == theme.SCORES[2].light


SHARES = [
    Share("强阵地", "base", (("below", 12), ("likely-below", None), ("there", None)), 18),
    Share("汇流量", "traffic", (("below", 6), ("likely-below", 5), ("there", 7)), 18),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_are_vega_lite(mode: Mode, language: Language):
    assert_valid(shares(SHARES, mode=mode, language=language))


def test_what_is_not_told_apart_is_one_piece():
    spec = shares(SHARES, mode="light", language="en")
    pieces = [
        row
        for table in tables_with(spec, "row", "from", "to", "word", "ink", "colour", "name")[:1]
        for row in table
    ]
    assert [piece["word"] for piece in pieces if piece["row"] == 0] == ["12", "6"]
    assert pieces[1]["to"] == pytest.approx(1.0)
    assert "too few to tell apart 6" in spec["description"]


def test_the_words_on_the_bars_can_be_read():
    for mode in ("light", "dark"):
        spec = shares(SHARES, mode=mode, language="en")
        for ink, colour in zip(texts(spec, "ink"), texts(spec, "colour"), strict=False):
            assert contrast(ink, colour) >= 4.5
