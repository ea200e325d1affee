"""错题本: what was answered wrongly last time, with why, and practice on just that."""

import streamlit as st

from academy.ui import components, navigation, resources, session
from academy.ui.language import _, plural

curriculum = resources.curriculum()
mistakes = session.history().mistakes(curriculum.bank)

st.title(_("My mistakes"), anchor=False)
if not mistakes:
    st.markdown(
        _(
            "Nothing here. Questions that you answer wrongly gather on this page, with the reason "
            "why, until you answer them rightly."
        )
    )
    navigation.link("skills", _("Choose a skill to practise"), icon=":material/account_tree:")
    st.stop()

st.caption(plural("{n} question", "{n} questions", len(mistakes)))
if st.button(_("Practise these"), type="primary", icon=":material/replay:", key="review"):
    navigation.go("quiz", purpose="review", subject="mistakes")
for attempt, response in mistakes:
    item = curriculum.bank.item(response.item_id)
    with st.container(border=True, key=f"mistake-{item.id}"):
        components.answered_item(attempt, item, response)
        components.where_it_is_taught(item)
