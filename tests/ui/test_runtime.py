"""What Streamlit's runtime is relieved of changes nothing that is shown, and loses nothing."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from asyncio import base_events
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit import config, string_util
from streamlit.commands import execution_control
from streamlit.emojis import ALL_EMOJIS
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime import runtime as streamlit_runtime
from streamlit.web.server.starlette.starlette_server import _bind_socket

from academy.ui import runtime

ROOT = Path(__file__).parents[2]
SECTIONS = ("theme", *(f"theme.{each.value}" for each in config.CustomThemeCategories))
slowly, slowly_found = app_session._populate_theme_msg, string_util.extract_leading_emoji


@pytest.fixture
def relieved(monkeypatch):
    """This process as the site's is, until the test is over."""
    monkeypatch.setattr(app_session, "_populate_theme_msg", slowly)
    monkeypatch.setattr(string_util, "extract_leading_emoji", slowly_found)
    monkeypatch.setattr(base_events, "_set_nodelay", base_events._set_nodelay)
    for module in (streamlit_runtime, execution_control):
        monkeypatch.setattr(
            module, "MESSAGE_FLUSH_INTERVAL_SECS", module.MESSAGE_FLUSH_INTERVAL_SECS
        )
    with running(asyncio.SelectorEventLoop()) as loop:
        loop.call_soon_threadsafe(runtime.relieve, loop)
        assert in_turn(loop)
        yield loop


@contextmanager
def running(loop: asyncio.AbstractEventLoop) -> Iterator[asyncio.AbstractEventLoop]:
    """A loop that runs in a thread of its own."""
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def in_turn(loop: asyncio.AbstractEventLoop) -> bool:
    """Wait until the loop did all that it was given before; False if it sleeps on."""
    done = threading.Event()
    loop.call_soon_threadsafe(done.set)
    return done.wait(5)


@pytest.mark.parametrize("address", ["127.0.0.1", "::"])
def test_what_is_small_is_sent_at_once_on_the_socket_that_streamlit_binds(relieved, address):
    async def is_sent_at_once() -> bool:
        accepted = asyncio.get_running_loop().create_future()
        bound = _bind_socket(address, 0, 1)
        server = await asyncio.start_server(
            lambda _reader, writer: accepted.set_result(writer), sock=bound
        )
        async with server:
            _, visitor = await asyncio.open_connection("localhost", bound.getsockname()[1])
            writer = await accepted
            connection = writer.get_extra_info("socket")
            option = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            for each in (visitor, writer):
                each.close()
        return bool(option)

    assert asyncio.run_coroutine_threadsafe(is_sent_at_once(), relieved).result(5)


def test_every_section_of_the_theme_is_told_as_before(relieved):
    for section in (*SECTIONS, *SECTIONS):
        before, after = CustomThemeConfig(), CustomThemeConfig()
        slowly(before, section)
        app_session._populate_theme_msg(after, section)
        assert after.SerializeToString() == before.SerializeToString()


def test_a_theme_that_is_told_may_be_changed_without_changing_the_next(relieved):
    first, second, untouched = CustomThemeConfig(), CustomThemeConfig(), CustomThemeConfig()
    slowly(untouched)
    app_session._populate_theme_msg(first)
    first.primary_color = "#123456"
    app_session._populate_theme_msg(second)
    assert second == untouched


def test_a_theme_is_told_anew_after_the_settings_were_read_anew(relieved):
    before, after = CustomThemeConfig(), CustomThemeConfig()
    app_session._populate_theme_msg(before)
    usual = config.get_option("theme.baseRadius")
    try:
        config.set_option("theme.baseRadius", "2rem")
        config._on_config_parsed.send()
        app_session._populate_theme_msg(after)
    finally:
        config.set_option("theme.baseRadius", usual)
    assert (before.base_radius, after.base_radius) == (usual, "2rem")


def test_a_section_without_settings_stays_absent(relieved):
    assert not any(config.get_options_for_section("theme.sidebar").values())
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message.sidebar, "theme.sidebar")
    app_session._populate_theme_msg(message.light, "theme.light")
    assert message.HasField("light")
    assert not message.HasField("sidebar")


@given(
    some.text()
    | some.tuples(some.sampled_from(sorted(ALL_EMOJIS)), some.text()).map("".join)
    | some.sampled_from(["", "🚨 Look", "上新", "5–10 单", "👍🏽好", ":material/edit: 改"])
)
def test_the_same_emoji_is_found_before_a_label(label):
    kept = string_util.extract_leading_emoji
    try:
        runtime.look_for_emoji_at_once()
        assert string_util.extract_leading_emoji(label) == slowly_found(label)
    finally:
        string_util.extract_leading_emoji = kept


def test_messages_wait_for_as_long_as_is_said_here_and_pages_for_two_flushes(relieved):
    assert streamlit_runtime.MESSAGE_FLUSH_INTERVAL_SECS == runtime.FLUSH_SECONDS
    assert execution_control.MESSAGE_FLUSH_INTERVAL_SECS == runtime.FLUSH_SECONDS


def test_another_streamlit_without_the_interval_is_named(relieved, monkeypatch):
    monkeypatch.delattr(streamlit_runtime, "MESSAGE_FLUSH_INTERVAL_SECS")
    with pytest.raises(AttributeError, match=r"MESSAGE_FLUSH_INTERVAL_SECS.*0016"):
        runtime.flush_sooner()


class Counting(asyncio.SelectorEventLoop):
    """A loop that counts how often it was woken."""

    woken = 0

    def _write_to_self(self) -> None:
        self.woken += 1
        super()._write_to_self()


def test_a_loop_is_woken_once_for_all_that_waits():
    with running(Counting()) as loop:
        loop.call_soon_threadsafe(runtime.wake_once, loop)
        assert in_turn(loop)
        done: list[int] = []
        is_busy, may_go_on = threading.Event(), threading.Event()
        loop.call_soon_threadsafe(lambda: (is_busy.set(), may_go_on.wait(5)))
        assert is_busy.wait(5)
        before = loop.woken
        for number in range(500):
            loop.call_soon_threadsafe(done.append, number)
        assert loop.woken - before <= 1
        may_go_on.set()
        assert in_turn(loop)
        assert done == list(range(500))


def test_what_the_loop_gives_itself_wakes_nobody():
    with running(Counting()) as loop:
        loop.call_soon_threadsafe(runtime.wake_once, loop)
        assert in_turn(loop)
        done, before = threading.Event(), loop.woken
        loop.call_soon_threadsafe(lambda: loop.call_soon_threadsafe(done.set))
        assert done.wait(5)
        assert loop.woken - before == 1


def test_nothing_given_by_many_threads_is_lost_or_out_of_its_order(relieved):
    done: list[tuple[int, int]] = []
    threads, each = 8, 400

    def give(thread: int) -> None:
        for number in range(each):
            relieved.call_soon_threadsafe(done.append, (thread, number))
            if number % 50 == thread:
                time.sleep(0.001)  # now and then the loop falls asleep in between

    givers = [threading.Thread(target=give, args=(thread,)) for thread in range(threads)]
    for giver in givers:
        giver.start()
    for giver in givers:
        giver.join()
    assert in_turn(relieved)
    by_thread = [[number for who, number in done if who == thread] for thread in range(threads)]
    assert by_thread == [list(range(each))] * threads


def test_a_loop_that_sleeps_is_always_woken(relieved):
    for number in range(300):
        if number % 3:
            time.sleep(0.0005)  # long enough to fall asleep, and just not
        assert in_turn(relieved)


def test_what_waits_can_be_called_off(relieved):
    done: list[str] = []
    is_busy, may_go_on = threading.Event(), threading.Event()
    relieved.call_soon_threadsafe(lambda: (is_busy.set(), may_go_on.wait(5)))
    assert is_busy.wait(5)
    relieved.call_soon_threadsafe(done.append, "not wanted").cancel()
    relieved.call_soon_threadsafe(done.append, "wanted")
    may_go_on.set()
    assert in_turn(relieved)
    assert done == ["wanted"]


def test_a_closed_loop_says_so():
    loop = asyncio.SelectorEventLoop()
    runtime.wake_once(loop)
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon_threadsafe(print)


def test_a_loop_that_is_debugged_is_left_as_it_is():
    loop = asyncio.SelectorEventLoop()
    loop.set_debug(True)
    own = loop.call_soon_threadsafe
    runtime.wake_once(loop)
    assert loop.call_soon_threadsafe == own
    loop.close()


def test_the_site_starts_with_its_runtime_relieved(tmp_path):
    asked = "\n".join(
        (
            "import asyncio, app",
            "from streamlit.runtime import app_session",
            "async def starting():",
            "    async with app.ready(app.app):",
            "        loop = asyncio.get_running_loop()",
            "        print(loop.call_soon_threadsafe.__module__)",
            "        print(app_session._populate_theme_msg.__module__)",
            "asyncio.run(starting())",
        )
    )
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={"PATH": "", "ACADEMY_RECORDS": f"tinydb:{tmp_path}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == [runtime.__name__] * 2
