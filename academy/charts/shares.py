"""How many of a cohort stand where: one bar a dimension, parted by how likely the target is met."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from academy.charts import theme
from academy.charts.canvas import (
    NARROW,
    Row,
    Spec,
    drawn,
    either,
    filled,
    sentence,
    table,
)
from academy.charts.heat_map import ink_on, mixed
from academy.charts.legend import ROW as LEGEND_ROW
from academy.charts.legend import colour_entries, legend, placed
from academy.charts.rows import LEGEND_EMS, pixels
from academy.charts.theme import DIMENSIONS, Mode
from academy.cohort_analytics import LEAST_PEOPLE
from academy.language import Language, Text

NAMES = {
    "below": Text("明显不足", "clearly below"),
    "likely-below": Text("多半不足", "likely below"),
    "likely-there": Text("多半达到", "likely there"),
    "there": Text("已达到", "there"),
    "unknown": Text("还不知道", "not known yet"),
    "hidden": Text("人数太少不细分", "too few to tell apart"),
}
ROW = 2.9
"""Height of a row in ems."""


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: how many people are in each part, by its id; None where it is not told."""

    label: str
    dimension: str
    parts: tuple[tuple[str, int | None], ...]
    total: int


def shares(rows: Sequence[Share], *, mode: Mode, language: Language) -> Spec:
    """A Vega-Lite specification of the bars in the order given."""
    built: Spec = json.loads(_shares(tuple(rows), mode, language))
    return built


@lru_cache(maxsize=64)
def _shares(rows: tuple[Share, ...], mode: Mode, language: Language) -> str:
    colours, pieces, spoken, used = _colours(mode), [], [], set()
    for number, row in enumerate(rows):
        at, told = 0.0, []
        for part, count in _told(row):
            if count:
                ink = ink_on(colours[part])
                word = "<5" if part == "hidden" and count < LEAST_PEOPLE else str(count)
                end = at + count / max(1, row.total)
                piece: Row = {"row": number, "from": at, "to": end, "word": word, "ink": ink}
                pieces.append({**piece, "colour": colours[part], "name": NAMES[part].in_(language)})
                at = end
                used.add(part)
                told.append(f"{NAMES[part].in_(language)} {word}")
        spoken.append(f"{row.label}: {', '.join(told)}")
    names = [
        {"row": number, "label": row.label, "colour": DIMENSIONS[row.dimension].in_(mode)}
        for number, row in enumerate(rows)
    ]
    entries = colour_entries(
        [(NAMES[part].in_(language), colours[part]) for part in NAMES if part in used]
    )
    legend_table, legend_rows = placed([entries], LEGEND_EMS)
    sizes = {
        "narrow": f"width < {NARROW}",
        "em": "narrow ? clamp(width / 29, 10, 12.5) : 14",
        "row_height": f"{ROW} * em",
        "legend_top": f"row_height * {len(rows)} + 0.3 * em",
        "height": f"legend_top + {LEGEND_ROW} * em * {either(legend_rows)}",
    }
    tables = {"pieces": pieces, "names": names, "legend": legend_table}
    return filled(_drawing(mode), tables, sizes, sentence(spoken, language))


def _colours(mode: Mode) -> dict[str, str]:
    low, middle, high = (shade.in_(mode) for shade in theme.SCORES)
    return {
        "below": low,
        "likely-below": mixed(low, middle, 0.6),
        "likely-there": mixed(middle, high, 0.4),
        "there": high,
        "unknown": theme.GRID.in_(mode),
        "hidden": theme.BORDER.in_(mode),
    }


def _told(row: Share) -> list[tuple[str, int]]:
    """The parts in their order, those that are not told together at the end."""
    told = [(part, count) for part, count in row.parts if count is not None]
    return [*told, ("hidden", row.total - sum(count for _, count in told))]


@lru_cache
def _drawing(mode: Mode) -> Spec:
    import altair as alt

    place = {
        "x": "width * datum.from",
        "x2": "width * datum.to - 1",
        "y": "row_height * datum.row + 1.35 * em",
        "y2": "row_height * datum.row + 2.65 * em",
        "centre": "row_height * datum.row + 2 * em",
        "middle": "width * (datum.from + datum.to) / 2",
        "room": "width * (datum.to - datum.from) / em",
        "shown": "datum.room > 0.7 * length(datum.word) ? datum.word : ''",
    }
    bars = (
        alt.Chart(table("pieces"))
        .transform_calculate(**place)
        .mark_rect()
        .encode(
            x=pixels("x", "x"),
            x2="x2:Q",
            y=pixels("y", "y"),
            y2="y2:Q",
            fill=alt.Fill("colour:N", scale=None),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("word:N", title="n")],
        )
    )
    words = (
        alt.Chart(table("pieces"))
        .transform_calculate(**place)
        .mark_text(baseline="middle", fontSize=alt.expr("0.9 * em"))
        .encode(
            x=pixels("x", "middle"),
            y=pixels("y", "centre"),
            text="shown:N",
            fill=alt.Fill("ink:N", scale=None),
        )
    )
    names = (
        alt.Chart(table("names"))
        .transform_calculate(x="0", y="row_height * datum.row + 0.75 * em")
        .mark_text(align="left", baseline="middle", fontSize=alt.expr("em"), fontWeight="bold")
        .encode(
            x=pixels("x", "x"),
            y=pixels("y", "y"),
            text="label:N",
            fill=alt.Fill("colour:N", scale=None),
        )
    )
    return drawn([bars, words, names, legend((), mode)], mode)
