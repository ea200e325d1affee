"""Choices that stand in the address by their ids, so that a link means the same in any language."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import streamlit as st


def chosen_in_address(
    key: str, options: Collection[str], default: str | None = None
) -> dict[str, Any]:
    """What a widget of this key needs to show what the address says, and to write there.

    An address that names no option means the default, and so does none; going back in the browser
    goes back in the choice.
    """
    said = st.query_params.get(key, "")
    seen = f"address:{key}"
    if key not in st.session_state or st.session_state.get(seen) != said:
        st.session_state[key] = said if said in options else default
        st.session_state[seen] = said
    return {"key": key, "on_change": _write, "args": (key, default)}


def _write(key: str, default: str | None) -> None:
    value = st.session_state[key]
    if value is None or value == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value
    st.session_state[f"address:{key}"] = st.query_params.get(key, "")
