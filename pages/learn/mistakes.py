"""错题本: what was answered wrongly last time, with why, and practice on just that."""

import streamlit as st

from academy.ui import components, navigation, resources, session
from academy.ui.language import _, plural

AT_ONCE = 12
"""As many are listed before one asks for more."""
curriculum = resources.curriculum()
mistakes = session.history().mistakes(curriculum.bank)


def show_more() -> None:
    st.session_state["mistakes-shown"] = len(mistakes)


st.title(_("My mistakes"), anchor=False)
if not mistakes:
    st.markdown(
        _(
            "Nothing here. Questions that you answer wrongly gather on this page, with the reason "
            "why, until you answer them rightly."
        )
    )
    navigation.link("skills", _("Choose a skill to practise"), icon=":material/account_tree:")
    components.end_page()

st.caption(plural("{n} question", "{n} questions", len(mistakes)))
if st.button(_("Practise these"), type="primary", icon=":material/replay:", key="review"):
    navigation.go("quiz", purpose="review", subject="mistakes")
shown = st.session_state.setdefault("mistakes-shown", AT_ONCE)
for attempt, response in mistakes[:shown]:
    components.mistake(attempt, response)
if mistakes[shown:]:
    left = len(mistakes) - shown
    st.button(plural("Show {n} more", "Show {n} more", left), key="more", on_click=show_more)
