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
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

from academy.storage.base import DamagedRecord, Records, RecordsUnavailable
from academy.ui import language
from academy.ui.language import _
from academy.ui.look import english_style

Kind = Literal["unavailable", "damaged", "elsewhere", "failed"]

_STATE = "trouble"
_log = logging.getLogger(__name__)


def telling(records: Records) -> Records:
    """The same records; what fails while a page is run or acted on ends in `tell`."""
    return cast(Records, _Telling(records))


def stop(kind: Kind) -> NoReturn:
    """Go no further, and say why."""
    st.session_state[_STATE] = kind
    st.rerun(scope="app")


def failed(error: Exception) -> bool:
    """Have it told that something failed which nobody foresaw; Streamlit has logged it by now.

    Called where control flow cannot leave: between a button's act and the page, or in a part of
    it. False, so that Streamlit says it itself, if what failed is the telling.
    """
    run = get_script_run_ctx()
    if run is None or run.script_requests is None or _STATE in st.session_state:
        return False
    st.session_state[_STATE] = "failed"
    return run.script_requests.request_rerun(
        RerunData(
            query_string=run.query_string,
            page_script_hash=run.page_script_hash,
            cached_message_hashes=run.cached_message_hashes,
            context_info=run.context_info,
        )
    )


def tell() -> None:
    """Say, in place of the page, why it was stopped when it was last run or acted on."""
    kind: Kind | None = st.session_state.get(_STATE)
    if kind is None:
        return
    language.decide(None)
    if language.current() == "en":
        st.html(english_style())
    if kind == "elsewhere":
        st.title(_("You signed in or out in another tab"), anchor=False)
        st.write(_("Nothing was saved here since. Go on from the start page."))
        _way_to_start()
    else:
        with st.container(border=True):
            heading, what = _WORDS[kind]()
            st.subheader(heading, anchor=False)
            st.write(what)
            st.button(_("Try again"), icon=":material/refresh:", key="try-again")
            if kind == "failed":
                _way_to_start()
    del st.session_state[_STATE]
    st.stop()


def _way_to_start() -> None:
    st.html(f'<a href="/" target="_self">{_("Go to the start page")}</a>')


_WORDS = {
    "damaged": lambda: (
        _("Your record needs a repair"),
        _(
            "The file with your answers cannot be read, so nothing is written over it. "
            "Tell whoever runs this site; it can be put back from a backup."
        ),
    ),
    "unavailable": lambda: (
        _("Nothing can be saved at the moment"),
        _(
            "The place where answers are kept cannot be used, so the last thing you did "
            "was not saved. What you gave before is safe. Wait a minute, then try again."
        ),
    ),
    "failed": lambda: (
        _("Something went wrong here"),
        _(
            "The fault is the site's, not yours, and it has been logged. What you gave before is "
            "safe; check whether the last thing you did was saved. Try again, or go on from the "
            "start page."
        ),
    ),
}


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
