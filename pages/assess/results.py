"""Where the merchant stands, why we think so, and what to study next."""

import streamlit as st

from academy import services
from academy.history import History
from academy.standings import neediest_first
from academy.ui import clock, components, navigation, reports, resources, session
from academy.ui.language import _, text
from academy.ui.later import later

curriculum = resources.curriculum()
framework = curriculum.framework
history = session.history()
now = clock.now()

st.title(_("My results"), anchor=False)
if not history.stage:
    st.markdown(
        _(
            "Your radar will appear here: thirteen abilities, as you rate them, as you show them "
            "in quizzes, and as your stage asks. Begin with your stage; it takes two minutes."
        )
    )
    if st.button(_("Find my stage"), type="primary", key="to-stage"):
        navigation.go("stage")
    components.end_page()

profile = services.profile_of(curriculum, history, now=now)
plan = services.study_plan(curriculum, history, now=now)
abilities, dimensions = services.standings_of(curriculum, history, now=now)


def how_sure() -> None:
    """What this is built on, and what would tell more."""
    answers, ratings = profile.counts
    basis = _("Stage: **{stage}** · {answers} answers · {ratings} ratings").format(
        stage=components.stage_name(framework, profile.stage),
        answers=answers,
        ratings=ratings,
    )
    if not answers:
        more = _(
            "So far this rests on what you say of yourself and on what is usual at your "
            "stage. Answer questions, and it will rest on what you show."
        )
        basis += f"  \n:small[:gray[{more}]]"
    st.markdown(basis)
    components.corrected_since(response for _attempt, response in history.responses())
    with st.container(horizontal=True):
        if not ratings and st.button(
            _("Assess myself"), type="primary", key="assess", icon=":material/fact_check:"
        ):
            navigation.go("assessment")
        if st.button(
            _("Take the stage exam"),
            type="primary" if ratings and not answers else "secondary",
            key="exam",
            icon=":material/quiz:",
        ):
            navigation.go("quiz", purpose="exam", subject=profile.stage)
        if st.button(_("Quick check"), key="check", icon=":material/speed:"):
            navigation.go("quiz", purpose="check", subject=profile.stage)


def remarks() -> list[str]:
    """Strengths, gaps, blind spots, hidden strengths; how the ratings run against the answers."""
    paragraphs = []
    for remark, title, explanation in (
        ("strength", _("Strengths"), _("very likely at or above what your stage asks")),
        ("gap", _("Gaps"), _("very likely below what your stage asks")),
        ("blind-spot", _("Blind spots"), _("you rate it above what your answers show")),
        ("hidden-strength", _("Hidden strengths"), _("your answers show more than you say")),
    ):
        found = [standing for standing in abilities if remark in standing.remarks]
        if found:
            names = " ".join(
                f":{components.dimension_colour(each.dimension)}-badge[{text(each.short)}]"
                for each in found
            )
            paragraphs.append(f"**{title}** :small[:gray[{explanation}]]  \n{names}")
    self_view = components.self_view(profile)
    if self_view:
        paragraphs.append(self_view)
    return paragraphs


def printed(of: History) -> bytes:
    return reports.merchant_report(curriculum, of, heading=of.name or "", now=now)


def what_next() -> None:
    st.subheader(_("What to study next"), anchor="next")
    recommendations = plan.recommendations(limit=5)
    if not recommendations and any(each.missing for each in abilities):
        st.markdown(_("As far as we know something is missing, but there is no lesson on it yet."))
    elif not recommendations:
        st.markdown(
            _(
                "Nothing your stage asks for is missing, as far as we can tell. A stage exam "
                "would make sure of it."
            )
        )
    for recommendation in recommendations[:1]:
        components.recommendation_card(recommendation)
    if recommendations[1:]:
        with navigation.rows("next"):
            for recommendation in recommendations[1:]:
                components.recommendation_row(recommendation)


how_sure()
with st.grid(min_column_width=480, gap=("small", "large")):
    components.radar(abilities, dimensions)
    components.standings_table(
        neediest_first(abilities), title=_("The same in numbers"), below=remarks()
    )
if reports.can_print():
    st.download_button(
        _("One page to print (PDF)"),
        later(printed, history),
        file_name=f"merchant-academy-{clock.day(now)}.pdf",
        mime="application/pdf",
        type="tertiary",
        icon=":material/print:",
        on_click="ignore",
    )
what_next()
components.workings(plan)
