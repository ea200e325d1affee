"""Change on the screen, never claimed inside its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from academy.charts.growth import ChangeRow, growth_dumbbells
from academy.checkpoints import Checkpoint
from academy.growth import Change, Growth
from academy.proficiency import Profile
from academy.standings import dimension_standings
from academy.ui import language, navigation, resources
from academy.ui.components.standings import mode
from academy.ui.language import _, text


def checkpoint_name(checkpoint: Checkpoint) -> str:
    framework = resources.curriculum().framework
    stage = text(framework.stage(checkpoint.stage).name)
    kind = {
        "assessment": _("Self-assessment"),
        "exam": _("Stage exam"),
        "check": _("Quick check"),
    }[checkpoint.kind]
    return f"{checkpoint.at:%Y-%m-%d %H:%M} · {kind} · {stage}"


def checkpoint_list(checkpoints: Sequence[Checkpoint]) -> None:
    for checkpoint in reversed(checkpoints):
        name = checkpoint_name(checkpoint)
        if checkpoint.kind == "assessment":
            st.markdown(f":material/fact_check: {name}")
        else:
            navigation.link("quiz", name, icon=":material/quiz:", attempt=checkpoint.attempt)


def growth_words(growth: Growth, *, least_answers: int, least_days: float) -> None:
    """The verdict overall and on what was studied, then dimension by dimension."""
    framework = resources.curriculum().framework
    if growth.overall.verdict == "not-enough":
        st.markdown(
            {
                "few-answers": _(
                    "Not enough to tell: it takes {n} answers on each of the two dates."
                ).format(n=least_answers),
                "too-soon": _("Not enough to tell: it takes {n} days between the two.").format(
                    n=round(least_days)
                ),
                "no-answers": _("Not enough to tell: there are no answers to compare."),
            }[growth.overall.shortage or "no-answers"]
        )
        return
    rows = [(_("Overall"), growth.overall)]
    if growth.studied:
        rows.append((_("What you studied in between"), growth.studied))
    rows += [
        (text(framework.dimension(dimension_id).name), change)
        for dimension_id, change in growth.dimensions.items()
        if change.verdict != "not-enough"
    ]
    st.markdown(f"**{_verdict(growth.overall)}**")
    body = "\n".join(
        f"| {name} | {change.points:+.0f} | {change.low:+.0f} … {change.high:+.0f} | "
        f"{_verdict(change)} |"
        for name, change in rows
    )
    head = f"| | {_('points')} | {_('90% band')} | {_('verdict')} |"
    st.markdown(f"{head}\n|:--|--:|:-:|:--|\n{body}")
    st.caption(
        _(
            "Two forms of an exam never measure exactly alike. A change is called growth only when "
            "it exceeds what measurement alone would produce; over several lines the bar is "
            "raised so that at most one claim in ten is false."
        )
    )


def growth_chart(growth: Growth, before: Profile) -> None:
    """Dimension by dimension: from where to where, and how sure that is."""
    rows = [
        ChangeRow(
            id=standing.id,
            label=text(standing.short),
            dimension=standing.dimension,
            before=standing.shown.score,
            change=change.points,
            low=change.low,
            high=change.high,
            verdict=change.verdict,
        )
        for standing in dimension_standings(before)
        if standing.shown and (change := growth.dimensions[standing.id]).verdict != "not-enough"
    ]
    if rows:
        spec = growth_dumbbells(rows, mode=mode(), language=language.current())
        st.vega_lite_chart(spec, theme=None, width="stretch")


def _verdict(change: Change) -> str:
    return {
        "real-growth": _("Real growth"),
        "likely": _("Likely growth"),
        "unclear": _("No clear change"),
        "real-drop": _("A real drop"),
        "not-enough": _("Not enough to tell"),
    }[change.verdict]
