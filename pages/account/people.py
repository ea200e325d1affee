"""Who runs cohorts and who runs the site; for administrators."""

import streamlit as st

from academy import services
from academy.accounts import ROLES, Person, Role
from academy.cohorts import shown_code
from academy.services import Refusal
from academy.ui import clock, components, resources, session
from academy.ui.components import as_text
from academy.ui.language import _

records = resources.records()
visitor = session.person()
ROLE_NAMES: dict[Role, str] = {
    "learner": _("Learner"),
    "trainer": _("Trainer"),
    "administrator": _("Administrator"),
}


def card(person: Person) -> None:
    """One person, with the role that can be given and the code that can be handed out."""
    with st.container(border=True):
        st.markdown(f"**{as_text(person.name or '')}**")
        key = f"role-{person.learner_id}"
        st.segmented_control(
            _("Role"),
            ROLES,
            default=person.role,
            format_func=lambda role: ROLE_NAMES[role],
            required=True,
            key=key,
            on_change=give_role,
            args=(person, key),
            disabled=person.learner_id == visitor.learner_id,
        )
        st.button(
            _("Hand out a code for a new password"),
            key=f"code-{person.learner_id}",
            on_click=hand_out,
            args=(person,),
            icon=":material/key:",
        )
        code = st.session_state.pop(f"handed-out-{person.learner_id}", None)
        if code:
            st.markdown(_("Give this code to nobody but its owner. It is good for one day:"))
            st.code(shown_code(code), language=None)


def give_role(person: Person, key: str) -> None:
    wanted_role = st.session_state[key]
    try:
        services.give_role(
            records, session.person(), person.name or "", wanted_role, now=clock.now()
        )
    except Refusal as refusal:
        components.refused(refusal)


def hand_out(person: Person) -> None:
    try:
        code = services.hand_out_reset_code(
            records, session.person(), person.learner_id or "", now=clock.now()
        )
    except Refusal as refusal:
        components.refused(refusal)
    else:
        st.session_state[f"handed-out-{person.learner_id}"] = code


st.title(_("People"), anchor=False)
st.caption(
    _(
        "Trainers open cohorts and see the work of those who join them. Administrators give roles "
        "and codes; they see nobody's work."
    )
)
wanted = st.text_input(
    _("Find somebody by the whole name"), key="wanted", placeholder=_("Name"), bind="query-params"
)
shown: tuple[Person, ...] = ()
if wanted:
    try:
        shown = (services.find_account(records, visitor, wanted),)
    except Refusal as refusal:
        components.refused(refusal)
for person in shown:
    card(person)
st.subheader(_("Trainers and administrators"), anchor=False)
for person in services.staff(records, visitor):
    if person not in shown:
        card(person)
