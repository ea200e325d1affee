"""The frame around every page: who visits, in which language, the menu, the page."""

from __future__ import annotations

import streamlit as st

from academy import access, services
from academy.storage.base import DamagedRecord, RecordsUnavailable
from academy.ui import components, language, navigation, resources, session
from academy.ui.language import _
from academy.ui.look import MARK, style


def frame() -> None:
    is_first_run = "icon" not in st.session_state
    st.session_state["icon"] = "shown"
    st.set_page_config(page_icon=MARK if is_first_run else None, layout="centered")
    st.logo(MARK, size="large")
    curriculum = resources.curriculum()
    with session.recognised() as history:
        language.decide(history.language)
        st.html(style(language.current()))
        visitor = services.person_of(session.learner_id(), history)
        page = navigation.chosen_page(visitor)
        components.masthead(curriculum.framework, history, page)
        if not access.may_open(visitor, navigation.name_of(page)):
            components.nothing_here(_("This page is not for you, or it does not exist."))
        page.run()
        components.colophon(curriculum)


try:
    frame()
except RecordsUnavailable:
    language.decide(None)
    components.trouble(
        _("Nothing can be saved at the moment"),
        _(
            "The place where answers are kept cannot be written to. What you gave before is safe. "
            "Wait a minute, then reload this page."
        ),
    )
except DamagedRecord:
    language.decide(None)
    components.trouble(
        _("Your record needs a repair"),
        _(
            "The file with your answers cannot be read, so nothing is written over it. "
            "Tell whoever runs this site; it can be put back from a backup."
        ),
    )
