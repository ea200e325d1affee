"""Charts of one row an ability: its name, a scale from 0 to 100, and a word at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from academy.charts import theme
from academy.charts.canvas import LAYOUTS, NARROW, Row, either, table, text_width, wrapped
from academy.charts.legend import ROW as LEGEND_ROW
from academy.charts.theme import DIMENSIONS, Mode

TICKS = (0, 25, 50, 75, 100)
NAME_EMS = {"wide": 14.0, "narrow": 9.0}
LEGEND_EMS = {"wide": 38.0, "narrow": 27.5}
MARK = 12
"""Pixels that the dimension's mark takes before a name."""


def row_table(
    rows: Sequence[tuple[str, str, str, bool]], mode: Mode
) -> tuple[list[Row], dict[str, float]]:
    """Rows of label, dimension id, last word and whether the score is known; and their widths."""
    placed: list[Row] = []
    for index, (label, dimension, word, is_known) in enumerate(rows):
        row: Row = {
            "row": index,
            "word": word,
            "colour": DIMENSIONS[dimension].in_(mode),
            "weight": "bold" if is_known else "normal",
            "dash": [1, 0] if is_known else [1, 5],
        }
        for layout, ems in NAME_EMS.items():
            lines = wrapped(label, ems)
            row[layout] = "\n".join(lines)
            row[f"lines_{layout}"] = len(lines)
            row[f"ems_{layout}"] = max(map(text_width, lines))
        placed.append(row)
    widths = {"words": max((text_width(row["word"]) for row in placed), default=0)}
    for layout in LAYOUTS:
        widths[layout] = max((row[f"ems_{layout}"] for row in placed), default=0)
        widths[f"lines_{layout}"] = max((row[f"lines_{layout}"] for row in placed), default=1)
    return placed, widths


def row_sizes(
    count: int,
    widths: Mapping[str, float],
    legend_rows: Mapping[str, int],
    symbol: float = 0,
) -> dict[str, str]:
    """Sizes in pixels as expressions of `width`; `symbol` ems stand after the last word."""
    lines = {layout: 1.25 * widths[f"lines_{layout}"] + 1.1 for layout in LAYOUTS}
    return {
        "narrow": f"width < {NARROW}",
        "em": "narrow ? clamp(width / 29, 10, 12.5) : 14",
        "left": f"{MARK} + em * (0.9 + {either({k: widths[k] for k in LAYOUTS})})",
        "right": f"em * {widths['words'] + symbol + 1.1:.2f}",
        "top": "2 * em",
        "row_height": f"em * {either(lines)}",
        "bottom": f"top + row_height * {count}",
        "legend_top": "bottom + 0.6 * em",
        "height": f"legend_top + {LEGEND_ROW} * em * {either(legend_rows)}",
    }


def across(score: str) -> str:
    """The expression of a score's place on the scale, in pixels."""
    return f"left + (width - left - right) * clamp({score}, 0, 100) / 100"


MIDDLE = "top + row_height * (datum.row + 0.5)"
"""The expression of a row's middle, in pixels."""


def pixels(channel: str, field: str) -> Any:
    """A position that is already in pixels."""
    import altair as alt

    make = {"x": alt.X, "y": alt.Y}[channel]
    return make(f"{field}:Q", scale=None, axis=None)


def row_ground(mode: Mode, symbol: float = 0) -> list[Any]:
    """The scale, the rows' names with the mark of their dimension, and the words at their ends."""
    import altair as alt

    grid, muted = theme.GRID.in_(mode), theme.MUTED.in_(mode)
    ticks = alt.layer(
        alt.Chart().mark_rule(color=grid).encode(x=pixels("x", "x"), y=pixels("y", "y"), y2="y2:Q"),
        alt.Chart()
        .mark_text(color=muted, fontSize=alt.expr("narrow ? 10 : 11"), baseline="bottom", dy=-4)
        .encode(x=pixels("x", "x"), y=pixels("y", "y"), text="score:Q"),
        data=table("ticks"),
    ).transform_calculate(x=across("datum.score"), y="top", y2="bottom")
    marks = (
        alt.Chart()
        .mark_rule(strokeWidth=5, strokeCap="round")
        .encode(
            x=pixels("x", "mark"),
            y=pixels("y", "above"),
            y2="below:Q",
            stroke=alt.Stroke("colour:N", scale=None),
        )
    )
    paths = (
        alt.Chart()
        .mark_rule(color=grid, strokeDash=alt.expr("datum.dash"))
        .encode(x=pixels("x", "from"), x2="to:Q", y=pixels("y", "y"))
    )
    names = (
        alt.Chart()
        .mark_text(
            align="left",
            baseline="middle",
            color=theme.TEXT.in_(mode),
            fontSize=alt.expr("em"),
            lineBreak="\n",
            lineHeight=alt.expr("1.25 * em"),
            dy=alt.expr("-0.625 * em * ((narrow ? datum.lines_narrow : datum.lines_wide) - 1)"),
        )
        .encode(x=pixels("x", "start"), y=pixels("y", "y"), text="name:N")
    )
    words = (
        alt.Chart()
        .mark_text(
            align="right",
            baseline="middle",
            fontSize=alt.expr("em"),
            fontWeight=alt.expr("datum.weight"),
        )
        .encode(
            x=pixels("x", "end"),
            y=pixels("y", "y"),
            text="word:N",
            fill=alt.Fill("colour:N", scale=None),
        )
    )
    rows = alt.layer(marks, paths, names, words, data=table("rows")).transform_calculate(
        name="narrow ? datum.narrow : datum.wide",
        y=MIDDLE,
        mark="4",
        above="datum.y - row_height / 2 + 5",
        below="datum.y + row_height / 2 - 5",
        start=f"{MARK}",
        end=f"width - em * {symbol} - 2",
        **{"from": across("0"), "to": across("100")},
    )
    return [ticks, rows]


def row_hover(mode: Mode, titles: Mapping[str, str]) -> Any:
    """Unseen stripes, one a row, that tell its numbers."""
    import altair as alt

    return (
        alt.Chart(table("stripes"))
        .transform_calculate(
            x="0", x2="width", y="top + row_height * datum.row", y2="datum.y + row_height"
        )
        .mark_rect(opacity=0, fill=theme.TEXT.in_(mode))
        .encode(
            x=pixels("x", "x"),
            x2="x2:Q",
            y=pixels("y", "y"),
            y2="y2:Q",
            tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()],
        )
    )
