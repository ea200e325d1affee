"""A visitor without a browser: Streamlit's websocket protocol, as far as a walk needs it.

He sends what a browser would send and draws nothing, so that many of them fit into one process
and what is measured is the server. As a browser does, he keeps large messages for as many runs as
he is told to, and is not sent again what he has.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 30.0
"""Seconds that one run may take."""

WIDGETS = {"button", "radio", "checkbox", "selectbox", "button_group", "expandable"}


class NotAsExpected(RuntimeError):
    """The site showed something other than the walk counts on."""


@dataclass(slots=True)
class Shown:
    """What stands at one place of the page, and the run that put it there."""

    kind: str
    element: Any
    fragment: str
    run: int

    @property
    def key(self) -> str:
        """The key that the page's code gave to a widget: the end of its id."""
        return self.element.id.split("-", 2)[-1]


class Visitor:
    """One open tab. Every act returns the seconds until the server had finished with it."""

    def __init__(self, address: str, language: str = "zh-CN") -> None:
        self._address = address
        self._language = language
        self._socket: ClientConnection | None = None
        self._cookies = ""
        self._places: dict[tuple[int, ...], Shown] = {}
        self._given: dict[str, WidgetState] = {}
        self._pages: dict[str, str] = {}
        self._page = self._query = ""
        self._run = 0
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        """By its hash, a message that may be meant again, and the run that last needed it."""

    async def arrive(self) -> float:
        """Ask for the document, as a browser does first, and open the socket with its cookie.

        Whoever was there before is known again by his cookie, on whatever process he lands.
        """
        self._cookies = await asyncio.to_thread(self._cookie) or self._cookies
        self._places, self._given, self._page, self._query = {}, {}, "", ""
        self._kept.clear()
        begun = time.perf_counter()
        self._socket = await connect(
            f"ws://{self._address}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": self._cookies} if self._cookies else {},
            compression=None,
            max_size=None,
        )
        await self._rerun()
        return time.perf_counter() - begun

    async def leave(self) -> None:
        if self._socket:
            await self._socket.close()

    async def open(self, page: str, **query: str) -> float:
        """Switch to a page."""
        if page not in self._pages:
            raise NotAsExpected(f"No page '{page}' among {', '.join(self._pages)}.")
        self._given.clear()
        self._page, self._query = self._pages[page], urlencode(query)
        return await self._rerun()

    async def refresh(self) -> float:
        """Run the page once more, nothing changed."""
        return await self._rerun()

    async def press(self, key: str) -> float:
        """Press a button."""
        button = self._find(key)
        if button.element.disabled:
            raise NotAsExpected(f"The button '{key}' cannot be pressed.")
        pressed = WidgetState(id=button.element.id, trigger_value=True)
        return await self._rerun(pressed, fragment=button.fragment)

    async def choose(self, key: str, number: int = 0) -> float:
        """Choose the option of this number, from 0, or tick a box, or unfold a part.

        What waits for a button is only kept until then.
        """
        widget = self._find(key)
        given = WidgetState(id=widget.element.id)
        if widget.kind in ("checkbox", "expandable"):
            given.bool_value = True
        elif widget.kind == "button_group":
            given.string_array_value.data.append(widget.element.options[number].content)
        else:
            given.string_value = widget.element.options[number]
        self._given[given.id] = given
        if getattr(widget.element, "ignore_rerun", False):
            return 0.0
        return await self._rerun(fragment=widget.fragment)

    def widgets(self, beginning: str = "") -> list[str]:
        """The widgets of the page whose keys begin so, from top to bottom."""
        found = [shown for _, shown in sorted(self._places.items()) if shown.kind in WIDGETS]
        return [widget.key for widget in found if widget.key.startswith(beginning)]

    @property
    def places(self) -> dict[tuple[int, ...], Shown]:
        """What stands where on the page."""
        return dict(self._places)

    @property
    def runs(self) -> int:
        """How many runs of the site's script were seen so far; one may lead to another."""
        return self._run

    @property
    def pages(self) -> list[str]:
        """The names of the pages, in the order of the menu."""
        return list(self._pages)

    def _find(self, key: str) -> Shown:
        for shown in self._places.values():
            if shown.kind in WIDGETS and shown.key == key:
                return shown
        raise NotAsExpected(f"No widget '{key}' among {', '.join(self.widgets())}.")

    def _cookie(self) -> str:
        headers = {"Accept": "text/html"} | ({"Cookie": self._cookies} if self._cookies else {})
        page = Request(f"http://{self._address}/", headers=headers)
        with urlopen(page, timeout=PATIENCE) as answer:
            set_ = SimpleCookie(answer.headers.get("Set-Cookie", ""))
        return "; ".join(f"{name}={cookie.value}" for name, cookie in set_.items())

    async def _rerun(self, *pressed: WidgetState, fragment: str = "") -> float:
        assert self._socket, "Arrive first."
        message = BackMsg()
        asked = message.rerun_script
        asked.page_script_hash, asked.query_string = self._page, self._query
        asked.fragment_id = fragment
        asked.cached_message_hashes.extend(self._kept)
        asked.widget_states.widgets.extend((*self._given.values(), *pressed))
        asked.context_info.locale, asked.context_info.timezone = self._language, "Asia/Shanghai"
        begun = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            await self._finished(self._socket)
        return time.perf_counter() - begun

    async def _finished(self, socket: ClientConnection) -> None:
        """Read until a run ends for good: one that only led to another is not the end."""
        fragments: set[str] = set()
        is_running = False
        while True:
            message = self._whole(ForwardMsg.FromString(await socket.recv(decode=False)))
            match message.WhichOneof("type"):
                case "new_session":
                    is_running = True
                    self._run += 1
                    fragments = set(message.metadata.run.fragment_ids)
                    if not fragments:
                        self._page = message.new_session.page_script_hash
                    self._forget(message.new_session.config.max_cached_message_age)
                case "navigation":
                    pages = message.navigation.app_pages
                    self._pages = {page.url_pathname: page.page_script_hash for page in pages}
                    self._page = message.navigation.page_script_hash
                case "page_info_changed":
                    self._query = message.page_info_changed.query_string
                case "delta":
                    self._put(message)
                case "script_finished" if is_running:
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        self._sweep(fragments)
                        return
                    is_running = False

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        """The message itself, or the one kept that it refers to, at the place it names."""
        meant = message.ref_hash
        if meant:
            place = message.metadata
            message = ForwardMsg()
            message.CopyFrom(self._kept[meant][1])
            message.metadata.CopyFrom(place)
        if meant or message.metadata.cacheable:
            self._kept[meant or message.hash] = self._run, message
        return message

    def _forget(self, runs: int) -> None:
        """Keep nothing that no run needed for so long."""
        self._kept = {
            hash_: kept for hash_, kept in self._kept.items() if self._run - kept[0] <= runs
        }

    def _put(self, message: ForwardMsg) -> None:
        is_block = message.delta.WhichOneof("type") == "add_block"
        element = message.delta.add_block if is_block else message.delta.new_element
        kind = element.WhichOneof("type") or ""
        if kind == "exception":
            raise NotAsExpected(f"The page failed: {element.exception.type}; see the server's log.")
        shown = Shown(kind, getattr(element, kind, None), message.delta.fragment_id, run=self._run)
        self._places[tuple(message.metadata.delta_path)] = shown

    def _sweep(self, fragments: set[str]) -> None:
        """Take away what the run that ended could have shown again and did not."""

        def is_of_run(place: tuple[int, ...]) -> bool:
            if not fragments:
                return True
            within = (self._places.get(place[:depth]) for depth in range(1, len(place) + 1))
            return any(each.fragment in fragments for each in within if each)

        self._places = {
            place: shown
            for place, shown in self._places.items()
            if shown.run == self._run or not is_of_run(place)
        }
        there = {shown.element.id for shown in self._places.values() if shown.kind in WIDGETS}
        self._given = {id_: given for id_, given in self._given.items() if id_ in there}
