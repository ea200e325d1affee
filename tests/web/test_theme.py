from __future__ import annotations

import json
import tomllib
from pathlib import Path

import streamlit
from starlette.applications import Starlette

from academy.web import theme_route
from academy.web.theme import stylesheet_route
from tests.web.asgi import ask

SETTINGS = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))


def themes():
    answer = ask(Starlette(routes=[theme_route()]), "/theme.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    name, _, value = answer.body.decode().partition(" = ")
    assert name == "window.__streamlit"
    return json.loads(value)


def test_the_first_moment_has_the_fonts_and_colours_of_the_settings():
    light, dark = themes()["LIGHT_THEME"], themes()["DARK_THEME"]
    assert light["bodyFont"] == dark["bodyFont"] == SETTINGS["theme"]["font"]
    for mode, look in (("light", light), ("dark", dark)):
        for colour in ("primaryColor", "backgroundColor", "textColor"):
            settings = SETTINGS["theme"]
            assert look[colour] == settings[mode].get(colour, settings.get(colour))


def test_the_plain_pages_have_the_colours_of_the_settings_by_day_and_by_night():
    answer = ask(Starlette(routes=[stylesheet_route()]), "/account.css")
    assert answer.headers["content-type"].startswith("text/css")
    light, _, dark = answer.body.decode().partition("@media(prefers-color-scheme:dark)")
    for mode, rules in (("light", light), ("dark", dark)):
        for name, setting in (("primary", "primaryColor"), ("link", "linkColor")):
            theme = SETTINGS["theme"]
            assert f"--{name}:{theme[mode].get(setting, theme.get(setting))};" in rules


def test_streamlits_frontend_still_reads_a_theme_at_start():
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("index.*.js")
    assert any("LIGHT_THEME" in script.read_text(encoding="utf-8") for script in scripts)
