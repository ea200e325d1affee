"""The surroundings of a real Streamlit server, so that no upgrade changes them quietly."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from academy.web.identity import session_id

ROOT = Path(__file__).parents[2]
TOKEN = "t" * 43


@contextmanager
def served(**settings: str) -> Iterator[str]:
    """The address of a server of the one page, with some of its settings changed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    frame = Path(__file__).with_name("frame") / "app.py"
    command = [sys.executable, "-m", "streamlit", "run", frame, "--server.port", str(port)]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    while line := server.stdout.readline():
        said.append(line)
        if "URL" in line:
            break
    else:
        pytest.fail("The server did not start:\n" + "".join(said))
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.stdout.close()
        server.wait()


@pytest.fixture(scope="module")
def address():
    with served() as address:
        yield address


def get(address, path, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    with urlopen(Request(f"http://{address}{path}", headers=headers)) as answer:
        return answer.headers, answer.read()


async def text_shown(address, headers):
    """What the page says to a visitor whose browser opens its socket with these headers."""
    shown = []
    url = f"ws://{address}/_stcore/stream"
    async with connect(url, subprotocols=["streamlit"], additional_headers=headers) as socket:
        start = BackMsg()
        start.rerun_script.page_script_hash = ""
        await socket.send(start.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await socket.recv())
            if message.delta.new_element.WhichOneof("type") == "text":
                shown.append(message.delta.new_element.text.body)
            if message.WhichOneof("type") == "script_finished":
                return " ".join(shown)


def shown_to(address, **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(asyncio.wait_for(text_shown(address, headers), 30))


def test_the_site_knows_a_visitor_by_the_hash_of_the_cookie(address):
    shown = shown_to(address, cookie=f"academy={TOKEN}")
    assert shown == f"visitor {session_id(TOKEN)}"


def test_nobody_passes_for_another_by_sending_the_header(address):
    forged = session_id("f" * 43)
    shown = shown_to(address, cookie=f"academy={TOKEN}", x_academy_sid=forged)
    assert shown == f"visitor {session_id(TOKEN)}"
    assert shown_to(address, X_ACADEMY_SID=forged) == "visitor None"


def test_a_visitor_is_known_even_if_streamlit_hands_no_header_on_any_more():
    with served(STREAMLIT_SERVER_TRUSTED_USER_HEADERS="{}") as address:
        shown = shown_to(address, cookie=f"academy={TOKEN}", x_academy_sid="0" * 64)
        assert shown == f"visitor {session_id(TOKEN)}"


async def told_after(address, pressed, locale):
    """The heading that stands on the page after a button of it failed, and the ways on."""
    url = f"ws://{address}/_stcore/stream"
    async with connect(url, subprotocols=["streamlit"]) as socket:
        start = BackMsg()
        start.rerun_script.context_info.locale = locale
        await socket.send(start.SerializeToString())
        heading, buttons, is_pressed = "", {}, False
        while True:
            message = ForwardMsg.FromString(await socket.recv())
            kind = message.delta.new_element.WhichOneof("type")
            assert kind != "exception", "Streamlit says it in its own words"
            if kind == "button":
                button = message.delta.new_element.button
                buttons[button.label] = button.id, message.delta.fragment_id
            if kind == "heading":
                heading, buttons = message.delta.new_element.heading.body, {}
            if message.WhichOneof("type") != "script_finished":
                continue
            if heading:
                return heading, [*buttons]
            if not is_pressed:
                press, is_pressed = BackMsg(), True
                press.rerun_script.context_info.locale = locale
                id_, press.rerun_script.fragment_id = buttons[pressed]
                press.rerun_script.widget_states.widgets.add(id=id_, trigger_value=True)
                await socket.send(press.SerializeToString())


@pytest.mark.parametrize("pressed", ["page", "part", "act"])
@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en-GB", ("Something went wrong here", ["Try again"])),
        ("zh-CN", ("这里出错了", ["再试一次"])),
    ],
)
def test_what_nobody_foresaw_is_told_in_the_visitors_language(address, pressed, locale, told):
    assert asyncio.run(asyncio.wait_for(told_after(address, pressed, locale), 30)) == told


@pytest.mark.parametrize("path", ["/", "/learn/home", "/anything?x=1"])
def test_every_page_comes_in_the_visitors_language_with_a_cookie_and_compressed(address, path):
    headers, body = get(
        address, path, accept="text/html", accept_language="zh-CN", accept_encoding="gzip"
    )
    assert headers["content-language"] == "zh-CN"
    assert headers["set-cookie"].startswith("academy=")
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(body)


def test_the_scripts_of_a_first_visit_come_small(address):
    _, html = get(address, "/", accept="text/html")
    names = [part.split(b'"')[0].decode() for part in html.split(b'"./static/')[1:]]
    scripts = [f"/static/{name}" for name in names if name.endswith((".js", ".css"))]
    assert len(scripts) > 10
    for encoding in ("gzip", "br"):
        answers = [get(address, script, accept_encoding=encoding) for script in scripts]
        assert sum(len(body) for _, body in answers) < 600_000
        assert all("immutable" in headers["cache-control"] for headers, _ in answers)


def test_the_site_says_that_it_is_well(address):
    _, body = get(address, "/healthz")
    assert json.loads(body) == {"status": "ok", "content": "r1"}
