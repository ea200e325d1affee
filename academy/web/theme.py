"""Tell the browser the site's fonts and colours before the first connection.

Streamlit sends its theme over the WebSocket only. Until then a page would be drawn in Streamlit's
own look and download its font, a sixth of a first visit, for a moment's use.
"""

from __future__ import annotations

import json

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "/theme.js"

_SETTING = {
    "bodyFont": "font",
    "primaryColor": "primaryColor",
    "backgroundColor": "backgroundColor",
    "secondaryBackgroundColor": "secondaryBackgroundColor",
    "textColor": "textColor",
}


def theme_route() -> Route:
    """`GET /theme.js`: the settings' theme, in the words of Streamlit's frontend."""
    return Route(PATH, _theme)


def _theme(request: Request) -> Response:
    themes = {"LIGHT_THEME": _look("light"), "DARK_THEME": _look("dark")}
    return Response(
        f"window.__streamlit = {json.dumps(themes)}",
        media_type="text/javascript",
        headers={"cache-control": "public, max-age=3600"},
    )


def _look(mode: str) -> dict[str, str]:
    look = {
        name: st.get_option(f"theme.{mode}.{setting}") or st.get_option(f"theme.{setting}")
        for name, setting in _SETTING.items()
    }
    return {name: value for name, value in look.items() if value}
