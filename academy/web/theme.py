"""Tell the browser the site's fonts and colours before the first connection, or without one.

Streamlit sends its theme over the WebSocket only. Until then a page would be drawn in Streamlit's
own look and download its font, a sixth of a first visit, for a moment's use. The few pages that
need no Streamlit have a stylesheet of their own, in the same colours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "/theme.js"
STYLESHEET = "/account.css"

_SETTING = {
    "bodyFont": "font",
    "primaryColor": "primaryColor",
    "backgroundColor": "backgroundColor",
    "secondaryBackgroundColor": "secondaryBackgroundColor",
    "textColor": "textColor",
}
_VARIABLE = {
    "primary": "primaryColor",
    "background": "backgroundColor",
    "surface": "secondaryBackgroundColor",
    "text": "textColor",
    "link": "linkColor",
    "border": "borderColor",
    "muted": "grayTextColor",
    "error": "redTextColor",
    "error-surface": "redBackgroundColor",
    "font": "font",
}
_RULES = Path(__file__).with_name("account.css")
_KEPT = {"cache-control": "public, max-age=3600"}


def stylesheet_route() -> Route:
    """`GET /account.css`: the look of the pages beside Streamlit's, from the settings' theme."""
    return Route(STYLESHEET, _stylesheet)


def theme_route() -> Route:
    """`GET /theme.js`: the settings' theme, in the words of Streamlit's frontend."""
    return Route(PATH, _theme)


def _theme(request: Request) -> Response:
    themes = {"LIGHT_THEME": _look("light", _SETTING), "DARK_THEME": _look("dark", _SETTING)}
    return Response(
        f"window.__streamlit = {json.dumps(themes)}",
        media_type="text/javascript",
        headers=_KEPT,
    )


def _stylesheet(request: Request) -> Response:
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in _look(mode, _VARIABLE).items())
        for mode in ("light", "dark")
    )
    colours = f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    rules = _RULES.read_text(encoding="utf-8")
    return Response(colours + rules, media_type="text/css", headers=_KEPT)


def _look(mode: str, settings: Mapping[str, str]) -> dict[str, str]:
    look = {
        name: st.get_option(f"theme.{mode}.{setting}") or st.get_option(f"theme.{setting}")
        for name, setting in settings.items()
    }
    return {name: value for name, value in look.items() if value}
