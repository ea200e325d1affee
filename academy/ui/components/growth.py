"""Change on the screen, never claimed inside its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from academy.charts.growth import ChangeRow, growth_dumbbells
from academy.checkpoints import Checkpoint
from academy.growth import LEAST_ANSWERS, LEAST_DAYS, LEAST_OVERALL, Change, Growth
from academy.proficiency import Profile
from academy.standings import dimension_standings
from academy.ui import clock, language, navigation, resources
from academy.ui.components.standings import mode
from academy.ui.language import _, text


def checkpoint_name(checkpoint: Checkpoint) -> str:
    framework = resources.curriculum().framework
    stage = text(framework.stage(checkpoint.stage).name)
    names = {
        "assessment": _("Self-assessment"),
        "exam": _("Stage exam"),
        "check": _("Quick check"),
    }
    kinds = " + ".join(names[kind] for kind in checkpoint.kinds)
    return f"{clock.local(checkpoint.at):%Y-%m-%d %H:%M} · {kinds} · {stage}"


def handed_in_list(title: str, handed_in: Sequence[Checkpoint]) -> None:
    """Each attempt by itself, latest first; what was answered can be opened."""
    lines = [f"### {title}"]
    for checkpoint in reversed(handed_in):
        name = checkpoint_name(checkpoint)
        if not checkpoint.has_answers:
            lines.append(f":small[:material/fact_check: {name}]")
            continue
        if lines:
            st.markdown("\n\n".join(lines))
            lines.clear()
        navigation.link("quiz", name, icon=":material/quiz:", attempt=checkpoint.attempts[0])
    if lines:
        st.markdown("\n\n".join(lines))


def joining_offer(checkpoint: Checkpoint, until: datetime, *, answers: int) -> None:
    """A date that tells too little of the whole can still be added to."""
    st.caption(
        _(
            "This date has {n} answers that count; a word on your growth overall takes {all}. A "
            "quick check until {day} adds to it, unless you finish a lesson first."
        ).format(n=answers, all=LEAST_OVERALL, day=f"{clock.local(until):%Y-%m-%d}")
    )
    if st.button(_("Quick check"), key="check", icon=":material/speed:"):
        navigation.go("quiz", purpose="check", subject=checkpoint.stage)


def growth_words(growth: Growth) -> None:
    """The verdict overall and on what was studied, then dimension by dimension."""
    framework = resources.curriculum().framework
    first, second = growth.answers
    if growth.overall.shortage == "too-soon":
        st.markdown(
            _("Not enough to tell: it takes {n} days between the two.").format(n=round(LEAST_DAYS))
        )
        return
    if min(first, second) < LEAST_ANSWERS:
        st.markdown(
            _(
                "Not enough to tell: it takes {n} answers that count on each of the two dates, and "
                "there are {first} and {second}."
            ).format(n=LEAST_ANSWERS, first=first, second=second)
        )
        return
    rows = []
    if growth.overall.shortage:
        st.markdown(
            _(
                "No word on the whole yet: it takes {n} answers that count on each of the two "
                "dates, and there are {first} and {second}. A stage exam and a quick check in one "
                "week, with no lesson finished in between, are one date."
            ).format(n=LEAST_OVERALL, first=first, second=second)
        )
    else:
        st.markdown(f"**{verdict_words(growth.overall)}**")
        rows.append((_("Overall"), growth.overall))
    if growth.studied:
        rows.append((_("What you studied in between"), growth.studied))
    rows += [
        (text(framework.dimension(dimension_id).name), change)
        for dimension_id, change in growth.dimensions.items()
        if change.verdict != "not-enough"
    ]
    if not rows:
        return
    body = "\n".join(
        f"| {name} | {change.points:+.0f} | {change.low:+.0f} … {change.high:+.0f} | "
        f"{verdict_words(change)} |"
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


def verdict_words(change: Change) -> str:
    return {
        "real-growth": _("Real growth"),
        "likely": _("Likely growth"),
        "unclear": _("No clear change"),
        "real-drop": _("A real drop"),
        "not-enough": _("Not enough to tell"),
    }[change.verdict]
