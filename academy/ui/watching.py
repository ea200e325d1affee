"""The cohort that a trainer's page is about, as its address names it."""

from __future__ import annotations

import streamlit as st

from academy import services
from academy.services import Refusal, Watched
from academy.ui import clock, components, resources, session
from academy.ui.language import _


def watched() -> Watched:
    """The cohort with every summary worked out, behind a bar where some were not yet.

    In place of one that is not the visitor's stands the page that says so.
    """
    records, curriculum = resources.records(), resources.curriculum()
    try:
        seen = services.watch_cohort(
            records, session.person(), curriculum, st.query_params.get("cohort", "")
        )
    except Refusal:
        components.nothing_here(_("There is no such cohort. Choose one of yours."), "cohorts")
    if not seen.missing:
        return seen
    said, total = _("Working out what is new …"), len(seen.missing)
    bar = st.progress(0.0, text=said)
    for done, _id in enumerate(
        services.work_out_summaries(records, curriculum, seen.missing, now=clock.now()), start=1
    ):
        if done % 10 == 0:
            bar.progress(done / total, text=f"{said} {done:,} / {total:,}")
    bar.empty()
    return services.watch_cohort(records, session.person(), curriculum, seen.cohort.id)
