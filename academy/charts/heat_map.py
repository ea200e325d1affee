"""Many merchants at once: one row each, one column an ability, the score as a colour.

A cell is the fainter the less sure it is. What a merchant only says of himself is hatched; of what
he neither said nor showed there is a dot. The score stands in the cell, so that no colour need be
told from another.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from academy.charts import theme
from academy.charts.canvas import NARROW, Row, Spec, drawn, either, filled, table, text_width
from academy.charts.legend import ROW as LEGEND_ROW
from academy.charts.legend import colour_entries, legend, placed
from academy.charts.rows import LEGEND_EMS, pixels
from academy.charts.theme import DIMENSIONS, Mode
from academy.language import Language, Text
from academy.proficiency import Status

NAME_EMS = {"wide": 11.0, "narrow": 5.6}
HATCHES = (0.1, 0.28, 0.72, 0.9)
"""Where the lines of a hatched cell stand; its number stands between them."""
SUREST_SE, FAINTEST = 0.25, 0.18
"""A cell up to this standard error has its full colour; the least sure one keeps this share."""
PICKED = "picked"
"""The selection that holds the number of the row that was chosen, as `row`, from 0."""
LEGEND_SCORES = (10, 30, 50, 70, 90)
_ABILITY, _SCORE, _BASIS = Text("能力", "Ability"), Text("分数", "Score"), Text("依据", "Rests on")
_STATUS = {
    "no-evidence": Text("没有依据", "nothing yet"),
    "declared": Text("仅自评", "own rating only"),
    "provisional": Text("答题还少", "few answers"),
    "verified": Text("答题足够", "answers enough"),
}
_MERCHANT = Text("商家", "Merchant")


@dataclass(frozen=True, slots=True)
class Cell:
    """How one merchant stands on one ability."""

    score: float
    se: float
    """In logits."""
    status: Status


@dataclass(frozen=True, slots=True)
class Column:
    """An ability, by its short name."""

    label: str
    dimension: str


@dataclass(frozen=True, slots=True)
class MerchantRow:
    """A merchant with a cell for each column."""

    label: str
    cells: tuple[Cell, ...]


def heat_map(
    columns: Sequence[Column], rows: Sequence[MerchantRow], *, mode: Mode, language: Language
) -> Spec:
    """A Vega-Lite specification, rows and columns in the order given."""
    built: Spec = json.loads(_heat_map(tuple(columns), tuple(rows), mode, language))
    return built


def shade_of(score: float, mode: Mode) -> str:
    """The colour of a score, 0 to 100, on the scale of the theme."""
    low, middle, high = (shade.in_(mode) for shade in theme.SCORES)
    if score <= 50:
        return mixed(low, middle, score / 50)
    return mixed(middle, high, score / 50 - 1)


def mixed(first: str, second: str, share: float) -> str:
    """The colour that lies at `share` of the way from one to another."""
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


@lru_cache(maxsize=64)
def _heat_map(
    columns: tuple[Column, ...], rows: tuple[MerchantRow, ...], mode: Mode, language: Language
) -> str:
    cells, hatches = [], []
    for number, row in enumerate(rows):
        for place, cell in enumerate(row.cells):
            entry = _cell(cell, mode)
            told = {
                "merchant": row.label,
                "ability": columns[place].label,
                "basis": _STATUS[cell.status].in_(language),
            }
            cells.append({"row": number, "column": place, **entry, **told})
            if cell.status == "declared":
                hatches += [{"row": number, "column": place, "part": part} for part in HATCHES]
    names = [
        {
            "row": number,
            "wide": _shortened(row.label, NAME_EMS["wide"]),
            "narrow": _shortened(row.label, NAME_EMS["narrow"]),
        }
        for number, row in enumerate(rows)
    ]
    heads = [
        {
            "column": place,
            "name": "\n".join(each.label) if language == "zh" else each.label,
            "colour": DIMENSIONS[each.dimension].in_(mode),
        }
        for place, each in enumerate(columns)
    ]
    entries = colour_entries([(str(each), shade_of(each, mode)) for each in LEGEND_SCORES])
    legend_table, legend_rows = placed([entries], LEGEND_EMS)
    head = max((_head_ems(each.label, language) for each in columns), default=1.0)
    sizes = {
        "narrow": f"width < {NARROW}",
        "em": "narrow ? clamp(width / 31, 10.5, 12) : 13",
        "left": f"em * {either({k: v + 0.4 for k, v in NAME_EMS.items()})}",
        "cell": f"(width - left) / {max(1, len(columns))}",
        "top": f"em * {head + 1.0:.2f}",
        "row_height": "em * 1.9",
        "bottom": f"top + row_height * {len(rows)}",
        "legend_top": "bottom + 0.5 * em",
        "height": f"legend_top + {LEGEND_ROW} * em * {either(legend_rows)}",
    }
    description = Text(
        "热力图:{merchants} 位商家 × {abilities} 项能力;下方表格内容相同。",
        "Heat map of {merchants} merchants by {abilities} abilities; the table below says it too.",
    )
    return filled(
        _drawing(mode, language),
        {
            "heads": heads,
            "names": names,
            "cells": cells,
            "hatches": hatches,
            "legend": legend_table,
        },
        sizes,
        description.in_(language).format(merchants=len(rows), abilities=len(columns)),
    )


def _cell(cell: Cell, mode: Mode) -> Row:
    """Its colour and its number, each readable on what lies under it."""
    background = theme.BACKGROUND.in_(mode)
    if cell.status == "no-evidence":
        return {"fill": background, "ink": theme.MUTED.in_(mode), "text": "·", "score": "–"}
    share = max(FAINTEST, min(1.0, 1.0 - (cell.se - SUREST_SE)))
    fill = mixed(background, shade_of(cell.score, mode), share)
    score = f"{cell.score:.0f}"
    return {"fill": fill, "ink": ink_on(fill), "text": score, "score": score}


@lru_cache
def _drawing(mode: Mode, language: Language) -> Spec:
    import altair as alt

    place = {
        "x": "left + cell * datum.column",
        "x2": "left + cell * (datum.column + 1) - 1",
        "y": "top + row_height * datum.row",
        "y2": "top + row_height * (datum.row + 1) - 1",
        "middle": "left + cell * (datum.column + 0.5)",
        "centre": "top + row_height * (datum.row + 0.5)",
    }
    titles = {"merchant": _MERCHANT, "ability": _ABILITY, "score": _SCORE, "basis": _BASIS}
    fills = (
        alt.Chart(table("cells"))
        .transform_calculate(**place)
        .mark_rect(cursor="pointer")
        .encode(
            x=pixels("x", "x"),
            x2="x2:Q",
            y=pixels("y", "y"),
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None),
            tooltip=[
                alt.Tooltip(f"{field}:N", title=title.in_(language))
                for field, title in titles.items()
            ],
        )
    )
    hatches = (
        alt.Chart(table("hatches"))
        .transform_calculate(
            x="left + cell * (datum.column + datum.part) - min(cell / 7, 0.3 * row_height)",
            x2="left + cell * (datum.column + datum.part) + min(cell / 7, 0.3 * row_height)",
            y="top + row_height * (datum.row + 1) - 1",
            y2="top + row_height * datum.row",
        )
        .mark_rule(color=theme.MUTED.in_(mode), strokeWidth=1, opacity=0.55)
        .encode(x=pixels("x", "x"), x2="x2:Q", y=pixels("y", "y"), y2="y2:Q")
    )
    numbers = (
        alt.Chart(table("cells"))
        .transform_calculate(**place)
        .mark_text(baseline="middle", fontSize=alt.expr("narrow ? 0.86 * em : 0.9 * em"))
        .encode(
            x=pixels("x", "middle"),
            y=pixels("y", "centre"),
            text="text:N",
            fill=alt.Fill("ink:N", scale=None),
        )
    )
    # Of layers without a selection of their own only those with tooltips hear a tap: the cells.
    names = (
        alt.Chart(table("names"), name="names")
        .transform_calculate(
            y="top + row_height * (datum.row + 0.5)",
            x="2",
            name="narrow ? datum.narrow : datum.wide",
        )
        .mark_text(
            align="left",
            baseline="middle",
            color=theme.LINK.in_(mode),
            cursor="pointer",
            fontSize=alt.expr("em"),
        )
        .encode(x=pixels("x", "x"), y=pixels("y", "y"), text="name:N")
        .add_params(alt.selection_point(PICKED, fields=["row"], toggle=False))
    )
    is_stacked = language == "zh"
    heads = alt.layer(
        alt.Chart()
        .mark_text(
            angle=0 if is_stacked else 270,
            align="center" if is_stacked else "left",
            baseline="line-bottom" if is_stacked else "middle",
            lineBreak="\n",
            lineHeight=alt.expr("1.05 * em"),
            fontSize=alt.expr("0.95 * em"),
            dy=alt.expr("-1.05 * em * (length(split(datum.name, '\\n')) - 1)") if is_stacked else 0,
        )
        .encode(
            x=pixels("x", "middle"),
            y=pixels("y", "y"),
            text="name:N",
            fill=alt.Fill("colour:N", scale=None),
        ),
        alt.Chart()
        .mark_rule(strokeWidth=3)
        .encode(
            x=pixels("x", "x"),
            x2="x2:Q",
            y=pixels("y", "line"),
            stroke=alt.Stroke("colour:N", scale=None),
        ),
        data=table("heads"),
    ).transform_calculate(
        x=place["x"], x2=place["x2"], middle=place["middle"], y="top - 0.7 * em", line="top - 4"
    )
    return drawn([fills, hatches, numbers, names, heads, legend((), mode)], mode)


def _head_ems(label: str, language: Language) -> float:
    return 1.05 * len(label) if language == "zh" else 0.95 * text_width(label) + 0.4


def _shortened(label: str, ems: float) -> str:
    if text_width(label) <= ems:
        return label
    while label and text_width(label) > ems - 0.9:
        label = label[:-1]
    return f"{label.rstrip()}…"


def ink_on(fill: str) -> str:
    """Black or white, whichever is read better; always at least 4.5 to 1."""
    return max(theme.INKS, key=lambda ink: contrast(ink, fill))


def contrast(ink: str, fill: str) -> float:
    """The ratio by which WCAG 2 tells whether a text can be read."""
    first, second = sorted((_luminance(ink), _luminance(fill)))
    return (second + 0.05) / (first + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
