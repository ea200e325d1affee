"""Every word of the trade, by letter, each with what it means and the skill that teaches it."""

import streamlit as st

from academy.framework import UnknownId
from academy.ui import components, navigation, resources
from academy.ui.language import _, text

curriculum = resources.curriculum()
asked = st.query_params.get("term")
if asked:
    try:
        term = curriculum.glossary.term(asked)
    except UnknownId:
        components.nothing_here(
            _("There is no such term. Choose one from the glossary."), "glossary"
        )
    st.title(_("Glossary"), anchor=False)
    components.term_card(term)
    if st.button(_("All terms"), key="all", type="tertiary", icon=":material/dictionary:"):
        navigation.go("glossary")
    components.end_page()

st.title(_("Glossary"), anchor=False)
st.caption(
    _(
        "{terms} words of the trade in both languages. Search finds each by any of its names."
    ).format(terms=len(curriculum.glossary.terms))
)
navigation.link("search", _("Search"), icon=":material/search:")
by_letter = components.terms_by_letter()
chosen = st.pills(_("First letter"), list(by_letter), key="letter", bind="query-params")
if chosen:
    st.subheader(chosen, anchor=False)
    for term in by_letter[chosen]:
        st.markdown(components.term_entry(term))
        if term.skill:
            skill = curriculum.framework.skill(term.skill)
            navigation.link("skill", text(skill.name), icon=":material/school:", skill=skill.id)
else:
    entries = [
        "\n\n".join(
            [f"### {letter}", *(components.term_entry(each, names_skill=True) for each in terms)]
        )
        for letter, terms in by_letter.items()
    ]
    st.markdown("\n\n".join(entries))
