"""The language a visitor reads: his choice, else his browser's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from academy.language import LANGUAGES, Language, Text
from academy.locale import catalogue

_current: ContextVar[Language | None] = ContextVar("language", default=None)
"""The language of a full run; runs of a part of the page look it up in the session."""
_STATE = "language"


def current() -> Language:
    """The language of this run; English where the frame has not decided yet."""
    return _current.get() or st.session_state.get(_STATE, "en")


def decide(chosen: Language | None) -> None:
    """Settle the language of this run: what the learner chose, else what the browser speaks."""
    switch(chosen or st.session_state.get(_STATE) or _browser())


def switch(language: Language) -> None:
    st.session_state[_STATE] = language
    _current.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language where no page is run, as when a file is asked for."""
    was = _current.set(language)
    try:
        yield
    finally:
        _current.reset(was)


def other() -> Language:
    return "en" if current() == "zh" else "zh"


def _(message: str) -> str:
    """Interface text in the visitor's language; the English text is the message id."""
    return catalogue(current()).gettext(message)


def plural(singular: str, several: str, number: int) -> str:
    return catalogue(current()).ngettext(singular, several, number).format(n=number)


def listed(names: Iterable[str]) -> str:
    """Names one after the other, as the visitor's language parts them."""
    return ("、" if current() == "zh" else ", ").join(names)


def text(both: Text) -> str:
    """Content in the visitor's language."""
    return both.in_(current())


def _browser() -> Language:
    locale = (st.context.locale or "").lower()
    return next((each for each in LANGUAGES if locale.startswith(each)), "en" if locale else "zh")
