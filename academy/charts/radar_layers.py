"""How the radar is drawn: its layers in Altair, without the data.

Positions are in radii, the centre is (0, 0); sizes follow from the parameters `R` (the radius in
pixels), `em` (the letters), `narrow` (laid out for a phone), `middle` (the centre's distance from
the top) and `legend_top`, which `academy.charts.radar` computes for its labels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from academy.charts import theme
from academy.charts.canvas import Spec, drawn, table
from academy.charts.legend import BAND, OWN, PREVIOUS, SHOWN, TARGET, Series, legend
from academy.charts.theme import Mode
from academy.language import Language, Text

HUB = 0.3
"""Radius of the hub, as a share of the radar's."""
PETAL = 0.92
"""Radius of a petal that scores 100, as a share of the hub's."""
CLEARANCE = 17
"""Pixels between the rim and a label."""
LINE = 1.3
"""Height of a label's line in ems."""
LINES = (PREVIOUS, TARGET, OWN, SHOWN)
"""From the lowest layer to the highest."""


@lru_cache
def radar_drawing(mode: Mode, language: Language, *, with_previous: bool) -> Spec:
    """The radar with named tables in the place of data."""
    return drawn(
        [
            *_ground(mode),
            *_hub(mode),
            *_bands(),
            *(layer for line in LINES for layer in _line(line, mode)),
            _ring_values(mode),
            _labels(mode),
            legend(LINES, mode),
            _hover(mode, language, with_previous),
        ],
        mode,
    )


def _ground(mode: Mode) -> list[Any]:
    import altair as alt

    grid = theme.GRID.in_(mode)
    ring = f"R * ({HUB} + {1 - HUB} * datum.score / 100)"
    domain = {
        "x": ("-width / 2 / R", "width / 2 / R"),
        "y": ("(middle - height) / R", "middle / R"),
    }
    scale = {
        axis: alt.Scale(domainMin=alt.expr(low), domainMax=alt.expr(high), nice=False, zero=False)
        for axis, (low, high) in domain.items()
    }
    return [
        _arcs("dimensions", f"R * {HUB}", "R").encode(fill=_colour("fill"), fillOpacity=_of(0.045)),
        _arcs("rings", ring, ring, stroke=grid, strokeWidth=1, filled=False),
        alt.Chart(table("spokes"))
        .mark_rule(color=grid, strokeWidth=1, strokeDash=alt.expr("datum.dash"))
        .encode(
            x=alt.X("x:Q", axis=None, scale=scale["x"]),
            y=alt.Y("y:Q", axis=None, scale=scale["y"]),
            x2="x2:Q",
            y2="y2:Q",
        ),
        _arcs("dimensions", "R + 4", "R + 9", cornerRadius=2).encode(fill=_colour("fill")),
    ]


def _hub(mode: Mode) -> list[Any]:
    """A petal a dimension: its track, its score, the target across it."""
    full = f"R * {HUB * PETAL}"
    target = f"{full} * datum.target / 100"
    return [
        _arcs("petals", "0", full).encode(fill=_colour("fill"), fillOpacity=_of(0.13)),
        _arcs("petal_scores", "0", f"{full} * datum.score / 100").encode(
            fill=_colour("fill"), fillOpacity=_number("opacity")
        ),
        _arcs(
            "petal_targets",
            f"{target} - 1",
            f"{target} + 1",
            fill=theme.TARGET.in_(mode),
            stroke=theme.BACKGROUND.in_(mode),
            strokeWidth=0.7,
        ),
    ]


def _bands() -> list[Any]:
    """The areas up to what was shown and the bands around it; a bar where a band stands alone."""
    import altair as alt

    return [
        alt.Chart(table("areas"))
        .mark_line(strokeWidth=0, interpolate="linear-closed")
        .encode(
            **_position(),
            detail="piece:N",
            order="order:Q",
            fill=_colour("fill"),
            fillOpacity=_number("opacity"),
        ),
        alt.Chart(table("bars"))
        .mark_rule(strokeWidth=8, strokeCap="round", opacity=0.3)
        .encode(**_position(), x2="x2:Q", y2="y2:Q", stroke=_colour("stroke")),
    ]


def _line(line: Series, mode: Mode) -> list[Any]:
    """One kind of value: its unbroken stretches, and a symbol on each axis where it is known."""
    import altair as alt

    stretches = alt.Chart().encode(**_position(), detail="stretch:N", order="order:Q")
    layers = [
        stretches.mark_line(
            color=line.colour.in_(mode),
            strokeDash=list(line.dash or ()),
            strokeWidth=line.width,
            strokeJoin="round",
        )
    ]
    points = alt.Chart(table(f"{line.id}_points"))
    if line is SHOWN:
        halo = stretches.mark_line(color=theme.BACKGROUND.in_(mode), strokeWidth=5, opacity=0.8)
        layers.insert(0, halo)
        symbols = points.mark_point(**line.symbol(mode)).encode(fill=_colour("fill"))
    else:
        symbols = points.mark_point(**line.symbol(mode))
    return [
        alt.layer(*layers, data=table(f"{line.id}_stretches")),
        symbols.encode(**_position()),
    ]


def _ring_values(mode: Mode) -> Any:
    """The scale, at noon between the last dimension and the first, with a halo."""
    import altair as alt

    base = alt.Chart().encode(**_position(), text="score:Q")
    size = alt.expr("narrow ? 9 : 11")
    background = theme.BACKGROUND.in_(mode)
    return alt.layer(
        base.mark_text(fontSize=size, stroke=background, strokeWidth=4, color=background),
        base.mark_text(fontSize=size, color=theme.MUTED.in_(mode)),
        data=table("ring_values"),
    )


def _labels(mode: Mode) -> Any:
    """The abilities' names, under each its score."""
    import altair as alt

    top = f"-{CLEARANCE} * datum.cos + em * (narrow ? datum.top_narrow : datum.top_wide)"
    below = f"{LINE} * em * (narrow ? datum.lines_narrow : datum.lines_wide)"
    mark: dict[str, Any] = {
        "align": alt.expr("datum.align"),
        "baseline": "top",
        "dx": alt.expr(f"{CLEARANCE} * datum.sin"),
        "fontSize": alt.expr("em"),
    }
    names = alt.Chart().mark_text(
        **mark,
        dy=alt.expr(top),
        lineBreak="\n",
        lineHeight=alt.expr(f"{LINE} * em"),
        color=theme.TEXT.in_(mode),
    )
    scores = alt.Chart().mark_text(
        **mark, dy=alt.expr(f"{top} + {below}"), fontWeight=alt.expr("datum.weight")
    )
    return alt.layer(
        names.encode(**_position(), text="name:N"),
        scores.encode(**_position(), text="score:N", fill=_colour("fill")),
        data=table("labels"),
    ).transform_calculate(name="narrow ? datum.narrow : datum.wide")


def _hover(mode: Mode, language: Language, with_previous: bool) -> Any:
    """Unseen sectors, one an ability, that tell its numbers to whoever points at or taps them."""
    import altair as alt

    titles = {
        "label": Text("能力", "Ability"),
        "shown": SHOWN.name,
        "band": BAND,
        "own": OWN.name,
        "target": TARGET.name,
    }
    if with_previous:
        titles["previous"] = PREVIOUS.name
    return _arcs("sectors", "0", "R + 10", fill=theme.TEXT.in_(mode), opacity=0).encode(
        tooltip=[
            alt.Tooltip(f"{field}:N", title=title.in_(language)) for field, title in titles.items()
        ]
    )


def _arcs(name: str, inside: str, outside: str, **mark: Any) -> Any:
    """Arcs about the centre, from `start` to `end`, between two radii in pixels."""
    import altair as alt

    return (
        alt.Chart(table(name))
        .mark_arc(innerRadius=alt.expr(inside), outerRadius=alt.expr(outside), **mark)
        .encode(**_position(), theta=alt.Theta("start:Q", scale=None), theta2=alt.Theta2("end:Q"))
    )


def _position() -> dict[str, Any]:
    import altair as alt

    return {"x": alt.X("x:Q", axis=None), "y": alt.Y("y:Q", axis=None)}


def _colour(channel: str) -> Any:
    import altair as alt

    return {"fill": alt.Fill, "stroke": alt.Stroke}[channel]("colour:N", scale=None)


def _number(field: str) -> Any:
    import altair as alt

    return alt.FillOpacity(f"{field}:Q", scale=None)


def _of(opacity: float) -> Any:
    import altair as alt

    return alt.value(opacity)
