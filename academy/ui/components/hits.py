"""What a search found, on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from academy.content.markup import escape
from academy.search import Hit, Kind
from academy.ui import navigation, resources
from academy.ui.components.glossary import term_card
from academy.ui.language import _


def hits_of_a_kind(kind: Kind, hits: Sequence[Hit]) -> None:
    """Terms with what they mean; skills, lessons and questions with a way to them."""
    titles = {
        "term": _("Terms"),
        "skill": _("Skills"),
        "lesson": _("Lessons"),
        "item": _("Questions in lessons"),
    }
    st.subheader(titles[kind], anchor=False)
    for hit in hits:
        if kind == "term":
            term_card(resources.curriculum().glossary.term(hit.id))
        elif kind == "item":
            _question(hit)
        else:
            with st.container(gap=None, key=f"hit-{hit.id}"):
                navigation.link(kind, escape(hit.title), icon=_ICONS[kind], **{kind: hit.id})
                st.caption(escape(hit.excerpt))


def _question(hit: Hit) -> None:
    """The stem alone, and the lesson on whose way the question is asked."""
    lessons = resources.curriculum().lessons.values()
    lesson = next(each for each in lessons if hit.id in each.items)
    with st.container(gap=None, key=f"hit-{hit.id}"):
        st.markdown(escape(hit.title))
        navigation.link("lesson", escape(hit.excerpt), icon=_ICONS["lesson"], lesson=lesson.id)


_ICONS = {"skill": ":material/school:", "lesson": ":material/menu_book:"}
