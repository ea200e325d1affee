"""Who is visiting: the only reader of identity."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import streamlit as st

from academy import services
from academy.accounts import Person
from academy.devices import device_of
from academy.history import History
from academy.language import Language
from academy.services import Refusal
from academy.ui import clock, language, resources, trouble

_NOBODY_ASKED = "?"
_found: ContextVar[str | None] = ContextVar("learner", default=_NOBODY_ASKED)
"""The learner of this run, looked up once; runs of a part of the page look him up themselves."""
_read: ContextVar[History | None] = ContextVar("history", default=None)
"""What he had done when this run began; what the run adds is read from the records."""
_STATE = "learner"


@contextmanager
def recognised() -> Iterator[History]:
    """Find out who visits, for the length of one run; his history as it is when it begins."""
    known = _read.get()
    if known is not None:
        yield known
        return
    found = _look_up()
    began = services.read_history(resources.records(), found)
    was, before = _found.set(found), _read.set(began)
    try:
        yield began
    finally:
        _found.reset(was)
        _read.reset(before)


def session_hash() -> str | None:
    """The fingerprint of the visitor's cookie, as the server's own middleware handed it over."""
    handed_over = st.user.get("sid")
    if handed_over:
        return str(handed_over)
    cookie = st.context.cookies.get("academy")
    return hashlib.sha256(cookie.encode()).hexdigest() if cookie else None


def learner_id() -> str | None:
    """The learner who is visiting; None for a guest who did nothing yet."""
    found = _found.get()
    return _look_up() if found == _NOBODY_ASKED else found


def require_learner() -> str:
    """The learner who is visiting; a guest becomes one, because he is about to do something."""
    known = learner_id()
    if known:
        return known
    visitor = session_hash()
    if visitor is None:
        st.error(
            language._(
                "Your browser keeps no cookies for this site, so nothing could be saved. "
                "Allow cookies and reload the page."
            )
        )
        st.stop()
    device = device_of(st.context.headers.get("User-Agent") or "")
    try:
        joined = services.join(resources.records(), visitor, now=clock.now(), device=device)
    except Refusal:
        trouble.stop("elsewhere")
    if _found.get() != _NOBODY_ASKED:
        _found.set(joined)
        _read.set(None)
    st.session_state[_STATE] = joined
    return joined


def acting_learner() -> tuple[str, str | None]:
    """Who acts in this tab, and the session on whose word; None if he was looked up just now.

    Whoever saves on the word of a session need not ask first whose it is.
    """
    shown = st.session_state.get(_STATE)
    if shown and not is_from_outside():
        return shown, session_hash()
    return require_learner(), None


def to_be_asked_later() -> Callable[[], str | None]:
    """Who is visiting, to be asked when no page is run; nobody once the session has ended."""
    records, visitor, vouched_for = resources.records(), session_hash(), is_from_outside()
    known = learner_id()
    return lambda: known if vouched_for else services.learner_of(records, visitor)


def history() -> History:
    """What the visitor had done when this run began."""
    return _read.get() or services.read_history(resources.records(), learner_id())


def person() -> Person:
    """Who is visiting, as the table of rights wants to know it."""
    return services.person_of(learner_id(), history())


def is_from_outside() -> bool:
    """Whether an outside identity provider vouches for the visitor."""
    return bool(st.user.get("is_logged_in"))


@cache
def has_provider() -> bool:
    """Whether the site's secrets name an outside identity provider."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def switch_language(chosen: Language) -> None:
    """Change the language now, and remember it."""
    language.switch(chosen)
    services.choose_language(resources.records(), require_learner(), chosen, now=clock.now())


def _look_up() -> str | None:
    """The visitor, who must be the one that this tab has been showing."""
    records = resources.records()
    from_outside = is_from_outside()
    found = _vouched_for() if from_outside else services.learner_of(records, session_hash())
    shown = st.session_state.get(_STATE)
    if shown and shown != found:
        trouble.stop("elsewhere")
    st.session_state[_STATE] = found
    return found


def _vouched_for() -> str:
    said = st.user
    found, was_brought = services.come_in_from_outside(
        resources.records(),
        str(said.get("iss")),
        str(said.get("sub") or said.get("email")),
        str(said.get("name") or said.get("email") or ""),
        session_hash=session_hash(),
        now=clock.now(),
    )
    if was_brought:
        st.toast(language._("What you did before you signed in was brought along."))
        st.session_state[_STATE] = found
    return found
