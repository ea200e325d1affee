"""The frame around every page: who visits, in which language, the menu, the page."""

from __future__ import annotations

from contextlib import suppress
from copy import copy

import streamlit as st

from academy import access, services
from academy.ui import components, language, navigation, resources, session, trouble
from academy.ui.language import _
from academy.ui.look import MARK, english_style


def frame() -> None:
    st.logo(MARK, size="large")
    trouble.tell()
    curriculum = resources.curriculum()
    with session.recognised() as history:
        language.decide(history.language)
        if language.current() == "en":
            st.html(english_style())
        page = navigation.chosen_page(services.person_of(session.learner_id(), history))
        configure(page)
        navigation.show_address(page)
        components.masthead(curriculum.framework, history, page)
        body(page)
        components.colophon(curriculum)


def configure(page: st.Page) -> None:
    """How wide the page is, and the mark in the browser's tab, which is told once.

    The width is told in each run: what a run says is dropped where the next one begins before it
    was sent, and a page would keep the width of another.
    """
    mark = None if "icon" in st.session_state else MARK
    st.session_state["icon"] = "shown"
    st.set_page_config(page_icon=mark, layout=navigation.layout_of(page))


@st.fragment
def body(page: st.Page) -> None:
    """The page itself. What is done on it draws it anew, while the frame around it stands."""
    with session.recognised() as history, suppress(components.EndOfPage):
        visitor = services.person_of(session.learner_id(), history)
        if not access.may_open(visitor, navigation.name_of(page)):
            components.nothing_here(_("This page is not for you, or it does not exist."))
        copy(page).run()


frame()
