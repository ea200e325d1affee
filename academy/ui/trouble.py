"""What a visitor is told when nothing can go on, whatever he was about to do.

It is found out anywhere: in the frame, in a part of the page, in what a button does. It is told in
one place: the whole page is drawn anew, and says it instead of what it shows otherwise.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NoReturn, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from academy.storage.base import DamagedRecord, Records, RecordsUnavailable
from academy.ui import language
from academy.ui.language import _
from academy.ui.look import english_style

Kind = Literal["unavailable", "damaged", "elsewhere"]

_STATE = "trouble"
_log = logging.getLogger(__name__)


def telling(records: Records) -> Records:
    """The same records; what fails while a page is run or acted on ends in `tell`."""
    return cast(Records, _Telling(records))


def stop(kind: Kind) -> NoReturn:
    """Go no further, and say why."""
    st.session_state[_STATE] = kind
    st.rerun(scope="app")


def tell() -> None:
    """Say, in place of the page, why it was stopped when it was last run or acted on."""
    kind: Kind | None = st.session_state.pop(_STATE, None)
    if kind is None:
        return
    language.decide(None)
    if language.current() == "en":
        st.html(english_style())
    if kind == "elsewhere":
        st.title(_("You signed in or out in another tab"), anchor=False)
        st.write(_("Nothing was saved here since. Go on from the start page."))
        st.html(f'<a href="/" target="_self">{_("Go to the start page")}</a>')
        st.stop()
    with st.container(border=True):
        if kind == "damaged":
            st.subheader(_("Your record needs a repair"), anchor=False)
            st.write(
                _(
                    "The file with your answers cannot be read, so nothing is written over it. "
                    "Tell whoever runs this site; it can be put back from a backup."
                )
            )
        else:
            st.subheader(_("Nothing can be saved at the moment"), anchor=False)
            st.write(
                _(
                    "The place where answers are kept cannot be used, so the last thing you did "
                    "was not saved. What you gave before is safe. Wait a minute, then try again."
                )
            )
        st.button(_("Try again"), icon=":material/refresh:", key="try-again")
    st.stop()


def _kind(trouble: Exception) -> Kind:
    return "damaged" if isinstance(trouble, DamagedRecord) else "unavailable"


class _Telling:
    def __init__(self, records: Records) -> None:
        self._records = records
        self._made = cache(self._make)

    def __getattr__(self, act: str) -> Any:
        return self._made(act)

    def _make(self, act: str) -> Callable[..., Any]:
        do = getattr(self._records, act)

        def doing(*given: Any, **named: Any) -> Any:
            try:
                return do(*given, **named)
            except (RecordsUnavailable, DamagedRecord) as trouble:
                if get_script_run_ctx(suppress_warning=True) is None:
                    raise
                kind = _kind(trouble)
            _log.error("Records %s; `python -m academy records check` names the place.", kind)
            stop(kind)

        return doing
