"""Search over terms, skills, lessons and the questions on a lesson's way."""

import streamlit as st

from academy.ui import components, language, navigation, resources
from academy.ui.language import _

SHOWN = {"term": 3, "skill": 3, "lesson": 5, "item": 3}

st.title(_("Search"), anchor=False)
query = st.text_input(
    _("Search"),
    key="q",
    type="search",
    placeholder=_("A word, a question, or pinyin initials: tyf"),
    icon=":material/search:",
    label_visibility="collapsed",
    live=True,
    bind="query-params",
)
if not query or not query.strip():
    st.caption(
        _(
            "Ask as you would ask a colleague, in Chinese or in English. "
            "Initials do too: tyf finds 体验分, the experience score."
        )
    )
    navigation.link("glossary", _("Glossary"), icon=":material/dictionary:")
    navigation.link("skills", _("All skills"), icon=":material/account_tree:")
    components.end_page()

hits = resources.search_index().find(query, language.current(), limit=30)
if not hits:
    st.write(_("Nothing was found. Try fewer words, or another name for it."))
    navigation.link("glossary", _("See all terms"), icon=":material/dictionary:")
    navigation.link("skills", _("See all skills"), icon=":material/account_tree:")
for kind in dict.fromkeys(hit.kind for hit in hits):
    components.hits_of_a_kind(kind, [hit for hit in hits if hit.kind == kind][: SHOWN[kind]])
