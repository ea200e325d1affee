"""A profile on the screen: the radar, the list that says the same, and how a number is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from academy.charts.radar import RadarAxis, capability_radar
from academy.charts.theme import DIMENSION_NAMED_COLOURS, Mode
from academy.proficiency import Profile
from academy.standings import Standing
from academy.ui import language
from academy.ui.language import _, text


def mode() -> Mode:
    """Whether the visitor's site is light or dark now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def dimension_colour(dimension_id: str) -> str:
    """The name that Streamlit's colour directives know a dimension's colour by."""
    return DIMENSION_NAMED_COLOURS[dimension_id]


def radar(
    abilities: Sequence[Standing],
    dimensions: Sequence[Standing],
    previous: Mapping[str, float] | None = None,
) -> None:
    """The capability radar; `previous` holds what an earlier occasion showed, by id."""
    before = previous or {}
    axes = [radar_axis(standing, before) for standing in abilities]
    inner = [radar_axis(standing, before) for standing in dimensions]
    how = mode(), language.current()
    draw(
        repr((axes, inner, how)),
        lambda: capability_radar(axes, inner, mode=how[0], language=how[1]),
    )


@st.cache_resource(max_entries=500, show_spinner=False)
def draw(values: str, _spec: Callable[[], dict]) -> None:
    """Show the chart of some values; the same values are not worked out and packed up again."""
    st.vega_lite_chart(_spec(), theme=None, width="stretch")


def radar_axis(standing: Standing, previous: Mapping[str, float] | None = None) -> RadarAxis:
    """A standing as the radar draws it; `previous` holds what an earlier occasion showed."""
    shown = standing.shown
    return RadarAxis(
        id=standing.id,
        label=text(standing.short),
        dimension=standing.dimension,
        own=standing.own,
        shown=shown.score if shown else None,
        low=shown.low if shown else None,
        high=shown.high if shown else None,
        target=standing.target,
        previous=(previous or {}).get(standing.id),
    )


def standings_table(
    standings: Sequence[Standing], *, title: str, is_own: bool = True, below: Sequence[str] = ()
) -> None:
    """The radar's numbers as a table, for every eye and every screen reader.

    `below` are paragraphs on them that follow.
    """
    says, shows = (_("I say"), _("I show")) if is_own else (_("Says"), _("Shows"))
    head = (_("Ability"), says, shows, _("Band"), _("Asked"))
    rows = [
        (
            text(standing.short),
            _whole(standing.own),
            _whole(standing.shown.score if standing.shown else None),
            f"{standing.shown.low:.0f}\u2060–\u2060{standing.shown.high:.0f}"
            if standing.shown
            else "–",
            _whole(standing.target),
        )
        for standing in standings
    ]
    lines = [f"| {' | '.join(row)} |" for row in (head, *rows)]
    lines.insert(1, "|:--|--:|--:|:-:|--:|")
    legend = (
        _(
            "Most is missing at the top. I say: what your ratings mean at their word. I show: what "
            "your answers show, with the band that holds it nine times in ten. –: nothing known."
        )
        if is_own
        else _(
            "Most is missing at the top. Says: what the ratings mean at their word. Shows: what "
            "the answers show, with the band that holds it nine times in ten. –: nothing known."
        )
    )
    table = "\n".join(lines)
    st.markdown("\n\n".join((f"### {title}", table, f":small[:gray[{legend}]]", *below)))


def self_view(profile: Profile) -> str | None:
    """Whether the ratings run higher or lower than the answers, said without insult.

    None as long as there are too few of either to compare.
    """
    view = profile.self_view
    if view.verdict == "not-enough":
        return None
    said = {
        "higher": _(
            "On the whole you rate yourself about {steps} of a step higher than your answers show. "
            "That is common where one has had little feedback yet."
        ),
        "lower": _(
            "On the whole you rate yourself about {steps} of a step lower than your answers show. "
            "You can trust yourself with more."
        ),
        "in-line": _("On the whole your ratings agree with what your answers show."),
    }[view.verdict]
    lines = [said.format(steps=f"{abs(view.difference):.1f}")]
    for verdict, sentence in (
        ("higher", _("Rated higher than shown: {dimensions}.")),
        ("lower", _("Rated lower than shown: {dimensions}.")),
    ):
        found = [
            text(dimension.name)
            for dimension in profile.framework.dimensions
            if profile.dimension_self_view(dimension.id).verdict == verdict
        ]
        if found:
            lines.append(sentence.format(dimensions=" · ".join(found)))
    return "  \n".join(f":small[:gray[{line}]]" for line in lines)


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
