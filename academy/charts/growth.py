"""Two occasions over one another, and the overall score over time.

A change is marked by what it was judged to be, with a symbol of its own: what looks like growth
and is not sure is drawn as not sure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from academy.charts import theme
from academy.charts.canvas import (
    NARROW,
    Row,
    Spec,
    drawn,
    either,
    filled,
    interval_text,
    rounded,
    sentence,
    table,
)
from academy.charts.legend import (
    BAND,
    ROW,
    SHOWN,
    TARGET,
    Series,
    band_entry,
    legend,
    placed,
    series_entries,
)
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
from academy.growth import Verdict
from academy.language import Language, Text

BEFORE = Series("before", Text("之前", "Before"), theme.PREVIOUS, "circle", 52, is_hollow=True)
AFTER = Series("after", Text("之后", "After"), theme.SHOWN, "circle", 64)
CHANGE_BAND = Text("变化的 90% 区间", "90% band of the change")
VERDICTS: Mapping[Verdict, Series] = {
    "real-growth": Series(
        "real-growth", Text("确有提升", "Real growth"), theme.TARGET, "triangle-up", 90
    ),
    "likely": Series(
        "likely",
        Text("多半提升", "Likely growth"),
        theme.TARGET,
        "triangle-up",
        80,
        is_hollow=True,
    ),
    "unclear": Series(
        "unclear", Text("看不出变化", "No clear change"), theme.MUTED, "M-1,-0.4H1V0.4H-1Z", 110
    ),
    "real-drop": Series(
        "real-drop", Text("确有下降", "A real drop"), theme.TEXT, "triangle-down", 90
    ),
    "not-enough": Series(
        "not-enough", Text("不足以判断", "Not enough to tell"), theme.MUTED, "cross", 40
    ),
}
_CONNECTION: Mapping[Verdict, tuple[float, list[int]]] = {
    "real-growth": (3.5, [1, 0]),
    "likely": (2, [1, 0]),
    "unclear": (1.6, [2, 3]),
    "real-drop": (3.5, [1, 0]),
    "not-enough": (1, [1, 5]),
}
"""Width and dash of the line from before to after."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An ability or dimension on two occasions, in points."""

    id: str
    label: str
    dimension: str
    before: float | None
    """The score of the first occasion, 0 to 100."""
    change: float | None
    low: float | None
    high: float | None
    """The 90% band of the change."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """The overall score as one attempt left it."""

    on: date
    label: str
    """What was taken, such as 阶段考试."""
    score: float | None
    low: float | None
    high: float | None


def growth_dumbbells(changes: Sequence[ChangeRow], *, mode: Mode, language: Language) -> Spec:
    """A Vega-Lite specification of before and after, row by row in the order given."""
    built: Spec = json.loads(_dumbbells(tuple(changes), mode, language))
    return built


def score_timeline(
    points: Sequence[TimelinePoint],
    *,
    target: float | None = None,
    mode: Mode,
    language: Language,
) -> Spec:
    """A Vega-Lite specification of the overall score over time, oldest first, with its bands.

    `target` is what the stage asks, if there is to be a line for it.
    """
    built: Spec = json.loads(_timeline(tuple(points), target, mode, language))
    return built


@lru_cache(maxsize=256)
def _dumbbells(changes: tuple[ChangeRow, ...], mode: Mode, language: Language) -> str:
    rows, widths = row_table(
        [
            (
                change.label,
                change.dimension,
                _signed(change.change),
                change.verdict in ("real-growth", "real-drop"),
            )
            for change in changes
        ],
        mode,
    )
    for placed_row, change in zip(rows, changes, strict=True):
        placed_row["dash"] = [1, 5] if change.before is None else [1, 0]
    known = [
        (row, change, change.before, change.change)
        for row, change in enumerate(changes)
        if change.before is not None and change.change is not None
    ]
    verdicts = [
        VERDICTS[verdict]
        for verdict in VERDICTS
        if any(change.verdict == verdict for change in changes)
    ]
    bands = [
        {
            "row": row,
            "low": before + change.low,
            "high": before + change.high,
            "colour": DIMENSIONS[change.dimension].in_(mode),
        }
        for row, change, before, _ in known
        if change.low is not None and change.high is not None
    ]
    entries = series_entries([BEFORE, AFTER], language)
    if bands:
        entries.append(band_entry(CHANGE_BAND, language))
    legend_table, legend_rows = placed([entries, series_entries(verdicts, language)], LEGEND_EMS)
    tables: dict[str, list[Row]] = {
        "ticks": [{"score": score} for score in TICKS],
        "rows": rows,
        "bands": bands,
        "connections": [
            {
                "row": row,
                "before": before,
                "after": before + points,
                "width": _CONNECTION[change.verdict][0],
                "dash": _CONNECTION[change.verdict][1],
                "colour": DIMENSIONS[change.dimension].in_(mode),
            }
            for row, change, before, points in known
        ],
        "before": [
            {"row": row, "id": change.id, "score": change.before}
            for row, change in enumerate(changes)
            if change.before is not None
        ],
        "after": [
            {
                "row": row,
                "id": change.id,
                "score": before + points,
                "colour": DIMENSIONS[change.dimension].in_(mode),
            }
            for row, change, before, points in known
        ],
        "stripes": [
            {
                "row": row,
                "label": change.label,
                "before": rounded(change.before),
                "change": rows[row]["word"],
                "band": f"{_signed(change.low)} … {_signed(change.high)}",
                "verdict": VERDICTS[change.verdict].name.in_(language),
            }
            for row, change in enumerate(changes)
        ],
        "legend": legend_table,
    }
    for row, change in enumerate(changes):
        tables.setdefault(change.verdict, []).append({"row": row})
    described = [
        f"{stripe['label']} {stripe['before']} {stripe['change']}"
        f" ({stripe['band']}) {stripe['verdict']}"
        for stripe in tables["stripes"]
    ]
    return filled(
        _dumbbell_drawing(mode, language),
        tables,
        row_sizes(len(changes), widths, legend_rows, symbol=1.5),
        sentence(described, language),
    )


def _signed(points: float | None) -> str:
    if points is None:
        return "–"
    return f"{points:+.0f}".replace("-", "−") if round(points) else "0"


@lru_cache
def _dumbbell_drawing(mode: Mode, language: Language) -> Spec:
    import altair as alt

    place: dict[str, Any] = {"x": pixels("x", "x"), "y": pixels("y", "y")}
    colour = alt.Stroke("colour:N", scale=None)
    bands = (
        alt.Chart(table("bands"))
        .transform_calculate(x=across("datum.low"), x2=across("datum.high"), y=MIDDLE)
        .mark_rule(strokeWidth=alt.expr("0.8 * em"), strokeCap="round", opacity=0.22)
        .encode(**place, x2="x2:Q", stroke=colour)
    )
    connections = (
        alt.Chart(table("connections"))
        .transform_calculate(x=across("datum.before"), x2=across("datum.after"), y=MIDDLE)
        .mark_rule(strokeWidth=alt.expr("datum.width"), strokeDash=alt.expr("datum.dash"))
        .encode(**place, x2="x2:Q", stroke=colour)
    )
    before, after = (
        alt.Chart(table(series.id))
        .transform_calculate(x=across("datum.score"), y=MIDDLE)
        .mark_point(**series.symbol(mode))
        for series in (BEFORE, AFTER)
    )
    verdicts = [
        alt.Chart(table(verdict))
        .transform_calculate(x="width - 0.8 * em", y=MIDDLE)
        .mark_point(**series.symbol(mode))
        .encode(**place)
        for verdict, series in VERDICTS.items()
    ]
    titles = {
        "label": Text("能力", "Ability"),
        "before": BEFORE.name,
        "change": Text("变化", "Change"),
        "band": CHANGE_BAND,
        "verdict": Text("结论", "Verdict"),
    }
    return drawn(
        [
            *row_ground(mode, symbol=1.5),
            bands,
            connections,
            before.encode(**place),
            after.encode(**place, fill=alt.Fill("colour:N", scale=None)),
            *verdicts,
            legend([BEFORE, AFTER, *VERDICTS.values()], mode),
            row_hover(mode, {field: title.in_(language) for field, title in titles.items()}),
        ],
        mode,
    )


# The timeline

_HEIGHT = 210
"""Pixels from 0 to 100."""
_ROOM = {"wide": 0.10, "narrow": 0.24}
"""The share of the width that a date needs for itself."""


@lru_cache(maxsize=256)
def _timeline(
    points: tuple[TimelinePoint, ...], target: float | None, mode: Mode, language: Language
) -> str:
    shares = _shares([point.on for point in points])
    rows: list[Row] = [
        {
            "share": share,
            "score": point.score,
            "low": point.low,
            "high": point.high,
            "text": rounded(point.score),
            "on": point.on.isoformat(),
            "label": point.label,
            "band": interval_text(point.low, point.high),
        }
        for point, share in zip(points, shares, strict=True)
    ]
    for layout, room in _ROOM.items():
        _date(rows, points, layout, room)
    stretch = 0
    path: list[Row] = []
    for row in rows:
        if row["score"] is None:
            stretch += 1
        else:
            path.append({"share": row["share"], "score": row["score"], "stretch": stretch})
    scored = [row for row in rows if row["score"] is not None]
    banded = [row for row in rows if row["low"] is not None and row["high"] is not None]
    entries = series_entries([SHOWN] if target is None else [SHOWN, TARGET], language)
    if banded:
        entries.append(band_entry(BAND, language))
    legend_table, legend_rows = placed([entries], LEGEND_EMS)
    described = [f"{row['on']} {row['label']} {row['text']} ({row['band']})" for row in rows]
    return filled(
        _timeline_drawing(mode, language),
        {
            "ticks": [{"score": score} for score in TICKS],
            "target": [] if target is None else [{"score": target}],
            "dates": rows,
            "path": path,
            "points": scored,
            "bands": banded,
            "legend": legend_table,
        },
        {
            "narrow": f"width < {NARROW}",
            "em": "narrow ? clamp(width / 29, 10, 12.5) : 14",
            "left": "2.6 * em",
            "right": "1.6 * em",
            "top": "em",
            "bottom": f"top + {_HEIGHT}",
            "legend_top": "bottom + 3.8 * em",
            "height": f"legend_top + {ROW} * em * {either(legend_rows)}",
        },
        sentence(described, language),
    )


def _date(rows: Sequence[Row], points: Sequence[TimelinePoint], layout: str, room: float) -> None:
    """Dates on as many rows as have room, the last one first; the year where it is a new one."""
    nearest = 2.0
    for row in reversed(rows):
        row[layout] = "" if nearest - row["share"] >= room else None
        nearest = nearest if row[layout] is None else row["share"]
    year = 0
    for row, point in zip(rows, points, strict=True):
        if row[layout] is not None:
            row[layout] = f"{point.on:%m-%d}" + (
                f"\n{point.on:%Y}" if point.on.year != year else ""
            )
            year = point.on.year


def _shares(days: Sequence[date]) -> list[float]:
    """Where each day stands between the first (0) and the last (1); a lone one in the middle."""
    if not days or days[0] == days[-1]:
        return [(index + 1) / (len(days) + 1) for index in range(len(days))]
    span = (days[-1] - days[0]).days
    return [(day - days[0]).days / span for day in days]


@lru_cache
def _timeline_drawing(mode: Mode, language: Language) -> Spec:
    import altair as alt

    ink, background = theme.SHOWN.in_(mode), theme.BACKGROUND.in_(mode)
    place: dict[str, Any] = {"x": pixels("x", "x"), "y": pixels("y", "y")}
    x = "left + 1.4 * em + (width - left - right - 2.8 * em) * datum.share"

    def y(score: str) -> str:
        return f"bottom - (bottom - top) * {score} / 100"

    ticks = alt.layer(
        alt.Chart().mark_rule(color=theme.GRID.in_(mode)).encode(**place, x2="x2:Q"),
        alt.Chart()
        .mark_text(
            align="right",
            dx=-6,
            color=theme.MUTED.in_(mode),
            fontSize=alt.expr("narrow ? 10 : 11"),
        )
        .encode(**place, text="score:Q"),
        data=table("ticks"),
    ).transform_calculate(x="left", x2="width - right", y=y("datum.score"))
    target = (
        alt.Chart(table("target"))
        .transform_calculate(x="left", x2="width - right", y=y("datum.score"))
        .mark_rule(
            color=TARGET.colour.in_(mode),
            strokeDash=list(TARGET.dash or ()),
            strokeWidth=TARGET.width,
        )
        .encode(**place, x2="x2:Q")
    )
    bands = (
        alt.Chart(table("bands"))
        .transform_calculate(x=x, y=y("datum.low"), y2=y("datum.high"))
        .mark_rule(strokeWidth=10, strokeCap="round", color=ink, opacity=0.18)
        .encode(**place, y2="y2:Q")
    )
    path = (
        alt.Chart(table("path"))
        .transform_calculate(x=x, y=y("datum.score"))
        .mark_line(color=ink, strokeWidth=SHOWN.width, strokeJoin="round")
        .encode(**place, detail="stretch:N", order="share:Q")
    )
    points = alt.layer(
        alt.Chart().mark_point(**SHOWN.symbol(mode)).encode(**place),
        *(
            alt.Chart()
            .mark_text(dy=alt.expr("-em - 2"), fontSize=alt.expr("em"), fontWeight="bold", **halo)
            .transform_filter("(narrow ? datum.narrow : datum.wide) != null")
            .encode(**place, text="text:N")
            for halo in (
                {"stroke": background, "strokeWidth": 3, "color": background},
                {"color": theme.TEXT.in_(mode)},
            )
        ),
        data=table("points"),
    ).transform_calculate(x=x, y=y("datum.score"))
    dates = (
        alt.Chart(table("dates"))
        .transform_calculate(x=x, y="bottom + 0.9 * em", text="narrow ? datum.narrow : datum.wide")
        .transform_filter("datum.text != null")
        .mark_text(
            baseline="top",
            lineBreak="\n",
            color=theme.MUTED.in_(mode),
            fontSize=alt.expr("0.9 * em"),
            lineHeight=alt.expr("1.2 * em"),
        )
        .encode(**place, text="text:N")
    )
    titles = {
        "on": Text("日期", "Date"),
        "label": Text("测评", "Taken"),
        "text": SHOWN.name,
        "band": BAND,
    }
    hover = (
        alt.Chart(table("dates"))
        .transform_calculate(x=x, y="top", y2="bottom")
        .mark_rule(strokeWidth=28, opacity=0, color=ink)
        .encode(
            **place,
            y2="y2:Q",
            tooltip=[
                alt.Tooltip(f"{field}:N", title=title.in_(language))
                for field, title in titles.items()
            ],
        )
    )
    return drawn(
        [ticks, target, bands, path, points, dates, legend([TARGET, SHOWN], mode), hover], mode
    )
