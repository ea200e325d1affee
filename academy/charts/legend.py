"""The kinds of values that charts show, how each is drawn, and the legend that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from academy.charts import theme
from academy.charts.canvas import Row, table, text_width
from academy.charts.theme import Mode, Shade
from academy.language import Language, Text

SWATCH = 1.0
SAMPLE = 2.2
"""Widths in ems: of a colour or a symbol, of a piece of line."""
BETWEEN = 1.3
"""Ems between two entries, with those before the text."""
ROW = 2.0
"""Height of a row in ems."""

BAND = Text("90% 区间", "90% band")
NOT_TESTED = Text("未测", "not tested")
RATED = Text("自评 {score}", "rated {score}")
"""What stands where a score would, as long as there is only a rating."""


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of value: told apart by dash and symbol first, and only then by colour."""

    id: str
    name: Text
    colour: Shade
    shape: str
    size: int
    dash: tuple[int, int] | None = None
    """None draws no line."""
    width: float = 1.8
    is_hollow: bool = False

    def symbol(self, mode: Mode) -> dict[str, Any]:
        """The properties of its symbol as a mark."""
        colour, background = self.colour.in_(mode), theme.BACKGROUND.in_(mode)
        return {
            "shape": self.shape,
            "size": self.size,
            "opacity": 1,
            "fill": background if self.is_hollow else colour,
            "stroke": colour if self.is_hollow else background,
            "strokeWidth": 1.6 if self.is_hollow else 1.2,
        }


PREVIOUS = Series(
    "previous", Text("上次测验", "Last time"), theme.PREVIOUS, "triangle-up", 34, (1, 0), 1.2
)
TARGET = Series(
    "target", Text("阶段目标", "Stage target"), theme.TARGET, "diamond", 62, (7, 4), is_hollow=True
)
OWN = Series("own", Text("自评", "Own rating"), theme.OWN, "square", 34, (2, 3))
SHOWN = Series(
    "shown", Text("测验表现", "Shown in quizzes"), theme.SHOWN, "circle", 64, (1, 0), 2.4
)


def colour_entries(entries: Sequence[tuple[str, str]]) -> list[Row]:
    """Legend entries that explain colours: text and colour of each."""
    return [
        {"kind": "colour", "text": text, "colour": colour, "sample": SWATCH}
        for text, colour in entries
    ]


def series_entries(series: Sequence[Series], language: Language) -> list[Row]:
    """Legend entries that explain kinds of values."""
    return [
        {
            "kind": each.id,
            "text": each.name.in_(language),
            "sample": SAMPLE if each.dash else SWATCH,
        }
        for each in series
    ]


def band_entry(name: Text, language: Language) -> Row:
    """The legend entry that explains the band."""
    return {"kind": "band", "text": name.in_(language), "sample": SAMPLE}


def placed(
    blocks: Sequence[Sequence[Row]], rooms: Mapping[str, float]
) -> tuple[list[Row], dict[str, int]]:
    """Entries with their places, and the rows they take, in each layout of so many ems.

    Each block begins a row of its own, rows are centred.
    """
    entries = [dict(entry) for block in blocks for entry in block]
    rows = dict.fromkeys(rooms, 0)
    for layout, room in rooms.items():
        start = 0
        for block in blocks:
            for row in _flowed(entries[start : start + len(block)], room):
                left = -sum(map(_width, row)) / 2
                for entry in row:
                    entry[f"left_{layout}"] = round(left, 2)
                    entry[f"row_{layout}"] = rows[layout]
                    left += _width(entry)
                rows[layout] += 1
            start += len(block)
    return entries, rows


def legend(series: Sequence[Series], mode: Mode) -> Any:
    """The layer that draws the table `legend`, from `legend_top` down and about the middle."""
    import altair as alt

    ink = theme.TEXT.in_(mode)
    y = alt.Y("y:Q", scale=None, axis=None)

    def at(field: str) -> dict[str, Any]:
        return {"x": alt.X(f"{field}:Q", scale=None, axis=None), "y": y}

    def entries(kind: str) -> Any:
        return alt.Chart().transform_filter(alt.datum.kind == kind)

    layers = [
        entries("colour")
        .mark_rule(strokeWidth=alt.expr("em"))
        .encode(**at("x"), x2="x2:Q", stroke=alt.Stroke("colour:N", scale=None)),
        entries("band")
        .mark_rule(strokeWidth=alt.expr("em"), opacity=0.24, color=ink)
        .encode(**at("x"), x2="x2:Q"),
    ]
    for each in series:
        if each.dash:
            layers.append(
                entries(each.id)
                .mark_rule(
                    strokeWidth=each.width,
                    strokeDash=list(each.dash),
                    color=each.colour.in_(mode),
                )
                .encode(**at("x"), x2="x2:Q")
            )
        layers.append(entries(each.id).mark_point(**each.symbol(mode)).encode(**at("middle")))
    layers.append(
        alt.Chart()
        .mark_text(align="left", baseline="middle", dx=6, fontSize=alt.expr("em"), color=ink)
        .encode(**at("x2"), text="text:N")
    )
    return alt.layer(*layers, data=table("legend")).transform_calculate(
        x="width / 2 + em * (narrow ? datum.left_narrow : datum.left_wide)",
        x2="datum.x + em * datum.sample",
        middle="(datum.x + datum.x2) / 2",
        y=f"legend_top + {ROW} * em * (0.5 + (narrow ? datum.row_narrow : datum.row_wide))",
    )


def _flowed(entries: Sequence[Row], room: float) -> list[list[Row]]:
    """Entries in as few rows as `room` ems allow, the rows evenly filled."""
    if not entries:
        return []
    row_count = max(1, -int(-sum(map(_width, entries)) // room))
    share = -(-len(entries) // row_count)
    return [list(entries[at : at + share]) for at in range(0, len(entries), share)]


def _width(entry: Row) -> float:
    return float(entry["sample"]) + text_width(entry["text"]) + BETWEEN
