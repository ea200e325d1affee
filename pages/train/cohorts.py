"""The cohorts that a trainer runs, and a new one."""

import streamlit as st

from academy import services
from academy.cohorts import LONGEST_TITLE, Cohort, shown_code
from academy.services import Days, Refusal
from academy.ui import clock, components, navigation, resources, session
from academy.ui.components import as_text
from academy.ui.language import _, plural

records = resources.records()
visitor = session.person()


def card(cohort: Cohort) -> None:
    """One cohort: how many are in it, when it runs, how one joins."""
    members = services.cohort_members(records, visitor, cohort.id)
    notes = [
        plural("{n} merchant", "{n} merchants", len(members)),
        components.cohort_days(cohort),
        _("code {code}").format(code=shown_code(cohort.code)) if cohort.is_open else "",
    ]
    with st.container(border=True):
        navigation.link("cohort", f"**{as_text(cohort.title)}**", cohort=cohort.id)
        st.caption(" · ".join(filter(None, notes)))
        with st.container(horizontal=True):
            navigation.link("invite", _("Invite"), icon=":material/qr_code:", cohort=cohort.id)
            navigation.link(
                "manage",
                _("Dates, trainers, members"),
                icon=":material/settings:",
                cohort=cohort.id,
            )


def create() -> None:
    """Open a cohort and go on to invite."""
    with st.form("create", border=True):
        st.subheader(_("A new cohort"), anchor=False)
        title = st.text_input(_("Title"), max_chars=LONGEST_TITLE, key="title")
        with st.container(horizontal=True):
            starts_on = st.date_input(_("First day (if there is one)"), None, key="starts-on")
            ends_on = st.date_input(_("Last day (if there is one)"), None, key="ends-on")
        st.caption(_("Who joins agrees that you see his stage, answers, lessons and results."))
        if st.form_submit_button(_("Open the cohort"), type="primary", key="create-cohort"):
            try:
                opened = services.create_cohort(
                    records,
                    session.person(),
                    title,
                    Days(starts_on, ends_on),
                    now=clock.now(),
                )
            except Refusal as refusal:
                components.refused(refusal)
            else:
                navigation.go("invite", cohort=opened.id)


st.title(_("My cohorts"), anchor=False)
cohorts = services.own_cohorts(records, visitor)
if not cohorts:
    st.markdown(
        _(
            "Your cohorts will stand here, each with its merchants on one screen. Open one, hang "
            "its code on the wall, and merchants join with their phones."
        )
    )
for each in cohorts:
    if each.is_open:
        card(each)
archived = [each for each in cohorts if not each.is_open]
if archived:
    with st.expander(_("Archived"), icon=":material/inventory_2:"):
        for each in archived:
            card(each)
create()
