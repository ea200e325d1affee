"""A cohort's title and days, its trainers and members, and its end."""

import streamlit as st

from academy import services
from academy.cohorts import LONGEST_TITLE, Member
from academy.services import Days, Refusal
from academy.ui import clock, components, resources, session
from academy.ui.components import as_text
from academy.ui.language import _, plural

SHOWN = 20
"""Members shown at once; the others are found by name."""

records = resources.records()
visitor = session.person()


def act(doing, *args, **more) -> None:
    """Do something to the cohort; a refusal is said on the page."""
    try:
        doing(records, session.person(), cohort.id, *args, **more)
    except Refusal as refusal:
        st.session_state["refused"] = refusal


def title_and_days() -> None:
    with st.form("change", border=True):
        title = st.text_input(
            _("Title"), cohort.title, max_chars=LONGEST_TITLE, key=f"title-{cohort.id}"
        )
        with st.container(horizontal=True):
            starts_on = st.date_input(
                _("First day (if there is one)"), cohort.starts_on, key=f"starts-{cohort.id}"
            )
            ends_on = st.date_input(
                _("Last day (if there is one)"), cohort.ends_on, key=f"ends-{cohort.id}"
            )
        if st.form_submit_button(_("Save"), key="save"):
            try:
                services.change_cohort(
                    records,
                    session.person(),
                    cohort.id,
                    title=title,
                    days=Days(starts_on, ends_on),
                )
            except Refusal as refusal:
                components.refused(refusal)
            else:
                st.rerun()


def trainers() -> None:
    st.subheader(_("Trainers"), anchor=False)
    st.caption(_("Each sees the work of all members; the members see who their trainers are."))
    for trainer_id, name in cohort.trainers.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(as_text(name), width="stretch")
            if len(cohort.trainers) > 1:
                with st.popover(_("Remove"), icon=":material/person_remove:"):
                    st.markdown(_("From then on he or she sees nothing of this cohort."))
                    st.button(
                        _("Remove from the trainers"),
                        key=f"remove-{trainer_id}",
                        on_click=act,
                        args=(services.remove_trainer, trainer_id),
                        kwargs={"now": clock.now()},
                    )
    with st.form("add-trainer", border=False, clear_on_submit=True):
        name = st.text_input(_("Another trainer, by the name of the account"), key="trainer-name")
        if st.form_submit_button(_("Add"), key="add-trainer-now") and name:
            try:
                services.add_trainer(records, session.person(), cohort.id, name, now=clock.now())
            except Refusal as refusal:
                components.refused(refusal)
            else:
                st.rerun()


def members() -> None:
    found = services.cohort_members(records, visitor, cohort.id)
    st.subheader(plural("{n} member", "{n} members", len(found)), anchor=False)
    name = ""
    if len(found) > SHOWN:
        name = st.text_input(
            _("Name"), key="called", placeholder=_("part of a name"), bind="query-params"
        )
    wanted = name.strip().casefold()
    left = [m for m in found.values() if wanted in components.member_name(m).casefold()]
    for each in left[:SHOWN]:
        _member(each)
    if len(left) > SHOWN:
        st.caption(
            plural("And {n} more: find by name.", "And {n} more: find by name.", len(left) - SHOWN)
        )


def _member(member: Member) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        joined = _("joined {day}").format(day=clock.day(member.joined_at))
        components.merchant_link(cohort, member, note=joined)
        with st.popover(_("Remove"), icon=":material/person_remove:"):
            st.markdown(_("You then see nothing of this merchant; what was learned stays."))
            st.button(
                _("Remove from the cohort"),
                key=f"out-{member.learner_id}",
                on_click=act,
                args=(services.remove_member, member.learner_id),
                kwargs={"now": clock.now()},
            )


def the_end() -> None:
    st.subheader(_("Archive"), anchor=False)
    if cohort.is_open:
        st.markdown(_("An archived cohort takes nobody in; you still see it, and may reopen it."))
        st.button(
            _("Archive the cohort"),
            key="archive",
            icon=":material/inventory_2:",
            on_click=act,
            args=(services.archive_cohort,),
            kwargs={"now": clock.now()},
        )
    else:
        st.markdown(_("This cohort is archived and takes nobody in. You can open it again."))
        st.button(_("Open it again"), key="reopen", on_click=act, args=(services.reopen_cohort,))


try:
    cohort = services.open_cohort(records, visitor, st.query_params.get("cohort", ""))
except Refusal:
    components.nothing_here(_("There is no such cohort. Choose one of yours."), "cohorts")
st.title(as_text(cohort.title), anchor=False)
components.cohort_ways(cohort, "manage")
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
title_and_days()
trainers()
members()
the_end()
