"""Streamlit's runtime, relieved of what it does again in every run and need not.

There are no settings for this, so a few of its parts are replaced while the site starts, each by
one that does the same for less. What each is worth, and when it may go: docs/decisions/0016.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from asyncio import base_events
from collections.abc import Callable
from typing import Any

from streamlit import config, string_util
from streamlit.commands import execution_control
from streamlit.emojis import EMOJI_EXTRACTION_REGEX
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, runtime

FLUSH_SECONDS = 0.001
"""How long messages gather before the next are sent; Streamlit's own is 0.005."""


def relieve(loop: asyncio.AbstractEventLoop) -> None:
    """Relieve the runtime of this process, whose messages `loop` sends. Once is enough."""
    send_at_once()
    wake_once(loop)
    remember_themes()
    look_for_emoji_at_once()
    flush_sooner()


def is_busy() -> bool:
    """Whether a page is being drawn for somebody in this process."""
    return any("ScriptRunner" in thread.name for thread in threading.enumerate())


def send_at_once() -> None:
    """Send what is small without waiting until the last of it was acknowledged.

    asyncio asks for this only where a socket names its protocol. The one that Streamlit binds does
    not, and each answer but the first of a connection, and each page, came 40 ms late.
    """

    def set_nodelay(connection: socket.socket) -> None:
        if connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    _replace(base_events, "_set_nodelay", set_nodelay)


def wake_once(loop: asyncio.AbstractEventLoop) -> None:
    """Wake the loop once for all that waits, and not, by a call to the system, for each message.

    A loop that is no BaseEventLoop, or that is being debugged, is left as it is: only there may
    another thread not put a callback into the queue.
    """
    if not isinstance(loop, asyncio.BaseEventLoop) or loop.get_debug():
        return
    wake = loop.call_soon_threadsafe
    home = threading.get_ident()
    is_awake = False

    def awake() -> None:
        nonlocal is_awake
        is_awake = False

    def call_soon_threadsafe(callback: Callable, *args, context=None) -> asyncio.Handle:
        nonlocal is_awake
        handle = loop.call_soon(callback, *args, context=context)
        # Whoever finds the loop awake has put his callback before `awake` runs, and the loop does
        # not sleep while one waits.
        if not is_awake and threading.get_ident() != home:
            is_awake = True
            wake(awake)
        return handle

    _replace(loop, "call_soon_threadsafe", call_soon_threadsafe)


def remember_themes() -> None:
    """Work out the theme when the settings were read; Streamlit does in each run."""
    work_out = app_session._populate_theme_msg
    remembered: dict[str, CustomThemeConfig] = {}

    def populate(message: CustomThemeConfig, section: str = "theme") -> None:
        theme = remembered.get(section)
        if theme is None:
            theme = CustomThemeConfig()
            work_out(theme, section)
            remembered[section] = theme
        if theme.ByteSize():
            message.MergeFrom(theme)

    config.on_config_parsed(remembered.clear, force_connect=True)
    _replace(app_session, "_populate_theme_msg", populate)


def look_for_emoji_at_once() -> None:
    """Search a label by the compiled pattern itself.

    Streamlit hands the pattern to `re.search`, which each time takes the hash of all its code; a
    Chinese label of a pill costs thirty times what the search does.
    """

    def extract_leading_emoji(label: str) -> tuple[str, str]:
        found = None if label.isascii() else EMOJI_EXTRACTION_REGEX.search(label)
        return (found[1], found[2]) if found else ("", label)

    _replace(string_util, "extract_leading_emoji", extract_leading_emoji)


def flush_sooner() -> None:
    """Let what a page says wait for one millisecond, and not for five."""
    for module in (runtime, execution_control):
        _replace(module, "MESSAGE_FLUSH_INTERVAL_SECS", FLUSH_SECONDS)


def _replace(owner: Any, name: str, by: Any) -> None:
    if not hasattr(owner, name):
        raise AttributeError(
            f"{owner} has no '{name}' any more. This Streamlit is not the one that "
            "requirements.txt names; see docs/decisions/0016 for what may go."
        )
    setattr(owner, name, by)
