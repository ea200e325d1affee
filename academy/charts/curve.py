"""One number while another moves: the small chart beside a calculator."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from academy.charts.canvas import Spec
from academy.charts.theme import BACKGROUND, FONT, GRID, LINK, MUTED, TEXT, Mode

Point = tuple[float, float]


def curve(
    points: Sequence[Point],
    here: Point | None,
    *,
    x_title: str,
    y_title: str,
    x_is_share: bool,
    y_is_share: bool,
    mode: Mode,
) -> Spec:
    """A line through the points with a mark where the reader stands."""
    built: Spec = json.loads(
        _curve(tuple(points), here, x_title, y_title, x_is_share, y_is_share, mode)
    )
    return built


@lru_cache(maxsize=256)
def _curve(
    points: tuple[Point, ...],
    here: Point | None,
    x_title: str,
    y_title: str,
    x_is_share: bool,
    y_is_share: bool,
    mode: Mode,
) -> str:
    import altair as alt

    def axis(title: str, is_share: bool) -> alt.Axis:
        return alt.Axis(
            title=title,
            format=".0%" if is_share else "~s",
            tickCount=4,
            grid=True,
            gridColor=GRID.in_(mode),
            domain=False,
            ticks=False,
            labelColor=MUTED.in_(mode),
            titleColor=MUTED.in_(mode),
            titleFontWeight="normal",
        )

    x = alt.X("x:Q", axis=axis(x_title, x_is_share), scale=alt.Scale(nice=False, zero=False))
    y = alt.Y("y:Q", axis=axis(y_title, y_is_share), scale=alt.Scale(zero=False))
    line = (
        alt.Chart(alt.InlineData([{"x": at, "y": value} for at, value in points]))
        .mark_line(color=TEXT.in_(mode), strokeWidth=2, clip=True)
        .encode(x=x, y=y)
    )
    layers = [line]
    if here:
        mark = alt.Chart(alt.InlineData([{"x": here[0], "y": here[1]}]))
        layers.append(
            mark.mark_point(
                color=LINK.in_(mode), filled=True, size=110, opacity=1, clip=True
            ).encode(x="x:Q", y="y:Q")
        )
    spec = alt.layer(*layers).to_dict()
    return json.dumps(
        {
            **spec,
            "description": f"{y_title} / {x_title}",
            "width": "container",
            "height": 170,
            "background": BACKGROUND.in_(mode),
            "autosize": {"type": "fit", "contains": "padding"},
            "config": {"font": FONT, "view": {"stroke": None}, "mark": {"tooltip": None}},
        },
        ensure_ascii=False,
    )
