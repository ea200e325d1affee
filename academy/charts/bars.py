"""Bars of a few rows: a name and a word above each, for readers on a phone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from academy.charts import theme
from academy.charts.canvas import NARROW, Spec, drawn, filled, sentence, table
from academy.charts.rows import pixels
from academy.charts.theme import Mode
from academy.language import Language

_ROW = 2.7
"""Height of a row in ems."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. `share` is how much of the width it fills, 0 to 1; None where nothing is known."""

    label: str
    share: float | None
    word: str
    """What stands at the end of the row above the bar."""


def bars(rows: Sequence[Bar], *, mode: Mode, language: Language) -> Spec:
    """A Vega-Lite specification of the rows in the order given."""
    built: Spec = json.loads(_bars(tuple(rows), mode, language))
    return built


@lru_cache(maxsize=256)
def _bars(rows: tuple[Bar, ...], mode: Mode, language: Language) -> str:
    placed = [
        {"row": number, "label": bar.label, "word": bar.word, "share": bar.share}
        for number, bar in enumerate(rows)
    ]
    return filled(
        _drawing(mode),
        {
            "words": [{**row, "share": row["share"] or 0} for row in placed],
            "known": [row for row in placed if row["share"] is not None],
        },
        {
            "narrow": f"width < {NARROW}",
            "em": "narrow ? clamp(width / 29, 11, 12.5) : 14",
            "height": f"{_ROW * len(rows) + 0.3:.2f} * em",
        },
        sentence([f"{bar.label} {bar.word}" for bar in rows], language),
    )


@lru_cache
def _drawing(mode: Mode) -> Spec:
    import altair as alt

    top = f"em * {_ROW} * datum.row"
    words = alt.Chart(table("words")).transform_calculate(
        left="0", right="width", text_y=f"{top} + 0.8 * em", track=f"{top} + 1.9 * em"
    )
    label = words.mark_text(
        align="left", baseline="middle", color=theme.TEXT.in_(mode), fontSize=alt.expr("em")
    ).encode(x=pixels("x", "left"), y=pixels("y", "text_y"), text="label:N")
    word = words.mark_text(
        align="right", baseline="middle", color=theme.MUTED.in_(mode), fontSize=alt.expr("em")
    ).encode(x=pixels("x", "right"), y=pixels("y", "text_y"), text="word:N")
    track = words.mark_rule(color=theme.GRID.in_(mode), strokeWidth=alt.expr("0.7 * em")).encode(
        x=pixels("x", "left"), x2="right:Q", y=pixels("y", "track")
    )
    bar = (
        alt.Chart(table("known"))
        .transform_calculate(
            left="0", end="width * clamp(datum.share, 0, 1)", track=f"{top} + 1.9 * em"
        )
        .mark_rule(color=theme.LINK.in_(mode), strokeWidth=alt.expr("0.7 * em"))
        .encode(x=pixels("x", "left"), x2="end:Q", y=pixels("y", "track"))
    )
    return drawn([track, bar, label, word], mode)
