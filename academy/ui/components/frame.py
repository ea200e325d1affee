"""What stands above, below and instead of a page."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from academy.curriculum import Curriculum
from academy.framework import Framework
from academy.history import History
from academy.services import Refusal
from academy.ui import language, navigation, session
from academy.ui.language import _, text


def masthead(framework: Framework, history: History) -> None:
    """The line above every page: the stage on the left, the language on the right."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        if history.stage:
            label = text(framework.stage(history.stage).name)
            navigation.link("stage", label, icon=":material/explore:")
        else:
            navigation.link("stage", _("Find my stage"), icon=":material/explore:")
        st.button(
            "English" if language.other() == "en" else "中文",
            key="switch-language",
            icon=":material/translate:",
            type="tertiary",
            on_click=session.switch_language,
            args=(language.other(),),
        )


def colophon(curriculum: Curriculum) -> None:
    """The line below every page."""
    st.space("medium")
    st.caption(
        _(
            "Merchant Academy is independent of the platforms it teaches about. Rules change: "
            "before you act on a number, look it up in the platform's rule centre. "
            "Content revision {revision}."
        ).format(revision=curriculum.revision)
    )


def trouble(title: str, explanation: str) -> None:
    """A page in place of one that cannot be shown."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        st.write(explanation)


def nothing_here(what: str) -> NoReturn:
    """The page for an address that leads nowhere, or to somebody else's work."""
    st.title(_("There is nothing at this address"), anchor=False)
    st.write(what)
    navigation.link("home", _("Go to the start page"), icon=":material/home:")
    navigation.link("skills", _("See all skills"), icon=":material/account_tree:")
    st.stop()


def refused(refusal: Refusal) -> None:
    """Say why something was not saved, and what to do."""
    st.warning(reason(refusal), icon=":material/info:")


def reason(refusal: Refusal) -> str:
    """Why something was refused, in the visitor's words."""
    return _REASONS[refusal.reason]()


_REASONS = {
    "unknown-attempt": lambda: _("This attempt is not one of yours. Begin a new one."),
    "unknown-item": lambda: _("This question does not belong to the quiz. Reload the page."),
    "unknown-statement": lambda: _("This statement is not part of it. Reload the page."),
    "unknown-lesson": lambda: _("There is no such lesson. Choose one from the list of skills."),
    "unknown-stage": lambda: _("There is no such stage. Choose one of the four."),
    "unknown-skill": lambda: _("There is no such skill. Choose one from the list."),
    "no-such-option": lambda: _("Choose one of the answers shown; nothing was saved."),
    "no-such-rating": lambda: _("Choose one of the descriptions shown; nothing was saved."),
    "already-submitted": lambda: _(
        "This was handed in before, so the answer was not counted. Begin a new attempt."
    ),
    "already-answered": lambda: _(
        "You answered this question before; the first answer counts. Go on with the next one."
    ),
    "nothing-to-ask": lambda: _("There are no questions on this yet. Choose another skill."),
    "unanswered-items": lambda: _("Answer every question on the way first."),
}
