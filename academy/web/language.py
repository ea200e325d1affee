"""The language of the pages that are served beside Streamlit's."""

from __future__ import annotations

from contextvars import ContextVar

from academy.language import LANGUAGES, Language
from academy.locale import catalogue

_current: ContextVar[Language] = ContextVar("language_of_request", default="en")


def speak(language: Language) -> None:
    """Settle the language of this request."""
    _current.set(language)


def current() -> Language:
    return _current.get()


def _(message: str) -> str:
    """Interface text in the visitor's language; the English text is the message id."""
    return catalogue(current()).gettext(message)


def plural(singular: str, several: str, number: int) -> str:
    return catalogue(current()).ngettext(singular, several, number).format(n=number)


def preferred_language(accept_language: str) -> Language:
    """The language a browser puts first; English if that is neither, Chinese if it says nothing."""
    first = accept_language.strip().lower()
    return next((each for each in LANGUAGES if first.startswith(each)), "en" if first else "zh")
