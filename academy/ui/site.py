"""The frame around every page: who visits, in which language, the menu, the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from academy.language import Language
from academy.storage.base import DamagedRecord, RecordsUnavailable
from academy.ui import components, language, navigation, resources, session
from academy.ui.language import _

FOLDER = Path(__file__).parent
MARK = str(FOLDER / "mark.svg")


@cache
def style(of: Language) -> str:
    """What the theme cannot say, as one element."""
    sheets = ["style.css", *(["style.en.css"] if of == "en" else [])]
    rules = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in sheets)
    return f"<style>{rules}</style>"


def frame() -> None:
    is_first_run = "icon" not in st.session_state
    st.session_state["icon"] = "shown"
    st.set_page_config(page_icon=MARK if is_first_run else None, layout="centered")
    st.logo(MARK, size="large")
    curriculum = resources.curriculum()
    history = session.history()
    language.decide(history.language)
    st.html(style(language.current()))
    page = navigation.chosen_page()
    components.masthead(curriculum.framework, history)
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
