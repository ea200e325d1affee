"""The radar's numbers as a list: one row an ability, its band as a bar, its values upon it.

A radar's area misleads, lengths on one scale do not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from academy.charts import legend, theme
from academy.charts.canvas import (
    Row,
    Spec,
    drawn,
    filled,
    interval_text,
    rounded,
    sentence,
    table,
)
from academy.charts.legend import BAND, NOT_TESTED, Series, band_entry, placed, series_entries
from academy.charts.radar import RadarAxis, score_text, spoken
from academy.charts.rows import (
    LEGEND_EMS,
    MIDDLE,
    TICKS,
    across,
    pixels,
    row_ground,
    row_hover,
    row_sizes,
    row_table,
)
from academy.charts.theme import DIMENSIONS, Mode
from academy.language import Language, Text

TARGET = Series("target", legend.TARGET.name, theme.TARGET, "M-0.4,-1.6H0.4V1.6H-0.4Z", 100)
OWN = replace(legend.OWN, dash=None)
SHOWN = replace(legend.SHOWN, dash=None)
_SERIES = (TARGET, OWN, SHOWN)
"""From the lowest layer to the highest."""


def interval_list(axes: Sequence[RadarAxis], *, mode: Mode, language: Language) -> Spec:
    """A Vega-Lite specification of the list, in the order given; the page sorts."""
    built: Spec = json.loads(_intervals(tuple(axes), mode, language))
    return built


@lru_cache(maxsize=256)
def _intervals(axes: tuple[RadarAxis, ...], mode: Mode, language: Language) -> str:
    rows, widths = row_table(
        [
            (axis.label, axis.dimension, score_text(axis, language), axis.shown is not None)
            for axis in axes
        ],
        mode,
    )
    present = [
        series
        for series in reversed(_SERIES)
        if any(getattr(axis, series.id) is not None for axis in axes)
    ]
    bands: list[Row] = [
        {
            "row": row,
            "low": axis.low,
            "high": axis.high,
            "colour": DIMENSIONS[axis.dimension].in_(mode),
        }
        for row, axis in enumerate(axes)
        if axis.low is not None and axis.high is not None
    ]
    entries = series_entries(present, language)
    if bands:
        entries.append(band_entry(BAND, language))
    legend_table, legend_rows = placed([entries], LEGEND_EMS)
    points = {
        series.id: [
            {
                "row": row,
                "id": axis.id,
                "score": getattr(axis, series.id),
                "colour": DIMENSIONS[axis.dimension].in_(mode),
            }
            for row, axis in enumerate(axes)
            if getattr(axis, series.id) is not None
        ]
        for series in _SERIES
    }
    stripes = [
        {
            "row": row,
            "label": axis.label,
            "shown": rounded(axis.shown, NOT_TESTED.in_(language)),
            "band": interval_text(axis.low, axis.high),
            "own": rounded(axis.own),
            "target": rounded(axis.target),
        }
        for row, axis in enumerate(axes)
    ]
    return filled(
        _drawing(mode, language),
        {
            "ticks": [{"score": score} for score in TICKS],
            "rows": rows,
            "bands": bands,
            "stripes": stripes,
            "legend": legend_table,
            **points,
        },
        row_sizes(len(axes), widths, legend_rows),
        sentence([spoken(axis, language) for axis in axes], language),
    )


@lru_cache
def _drawing(mode: Mode, language: Language) -> Spec:
    import altair as alt

    bands = (
        alt.Chart(table("bands"))
        .transform_calculate(x=across("datum.low"), x2=across("datum.high"), y=MIDDLE)
        .mark_rule(strokeWidth=alt.expr("0.8 * em"), strokeCap="round", opacity=0.28)
        .encode(
            x=pixels("x", "x"),
            x2="x2:Q",
            y=pixels("y", "y"),
            stroke=alt.Stroke("colour:N", scale=None),
        )
    )
    titles = {
        "label": Text("能力", "Ability"),
        "shown": SHOWN.name,
        "band": BAND,
        "own": OWN.name,
        "target": TARGET.name,
    }
    return drawn(
        [
            *row_ground(mode),
            bands,
            *(_points(series, mode) for series in _SERIES),
            legend.legend(_SERIES, mode),
            row_hover(mode, {field: title.in_(language) for field, title in titles.items()}),
        ],
        mode,
    )


def _points(series: Series, mode: Mode) -> Any:
    import altair as alt

    position = {"x": pixels("x", "x"), "y": pixels("y", "y")}
    if series is SHOWN:
        position["fill"] = alt.Fill("colour:N", scale=None)
    return (
        alt.Chart(table(series.id))
        .transform_calculate(x=across("datum.score"), y=MIDDLE)
        .mark_point(**series.symbol(mode))
        .encode(**position)
    )
