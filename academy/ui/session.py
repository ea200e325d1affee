"""Who is visiting: the only reader of identity."""

from __future__ import annotations

import hashlib

import streamlit as st

from academy import services
from academy.history import History
from academy.language import Language
from academy.ui import clock, language, resources


def session_hash() -> str | None:
    """The fingerprint of the visitor's cookie, as the server's own middleware handed it over."""
    handed_over = st.user.get("sid")
    if handed_over:
        return str(handed_over)
    cookie = st.context.cookies.get("academy")
    return hashlib.sha256(cookie.encode()).hexdigest() if cookie else None


def learner_id() -> str | None:
    """The learner who is visiting; None for a guest who did nothing yet."""
    return services.learner_of(resources.records(), session_hash())


def require_learner() -> str:
    """The learner who is visiting; a guest becomes one, because he is about to do something."""
    visitor = session_hash()
    if visitor is None:
        st.error(
            language._(
                "Your browser keeps no cookies for this site, so nothing could be saved. "
                "Allow cookies and reload the page."
            )
        )
        st.stop()
    return services.join(resources.records(), visitor, now=clock.now())


def history() -> History:
    return services.read_history(resources.records(), learner_id())


def switch_language(chosen: Language) -> None:
    """Change the language now, and remember it."""
    language.switch(chosen)
    services.choose_language(resources.records(), require_learner(), chosen, now=clock.now())
