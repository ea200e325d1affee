"""The site as it is shipped, in Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 30_000
"""Milliseconds that a busy machine may take for one step."""


@dataclass
class Site:
    """A server of the site on its own records, to be stopped and started again."""

    records: Path
    port: int
    log: Path
    process: subprocess.Popen | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--server.port", str(self.port)],
                cwd=ROOT,
                env={**os.environ, "ACADEMY_RECORDS": f"tinydb:{self.records}"},
                stdout=log,
                stderr=log,
            )
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).read()
                return
            except (URLError, OSError):
                assert self.process.poll() is None, self.log.read_text()
                try:
                    self.process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
        raise AssertionError(f"The site did not start: {self.log.read_text()}")

    def kill(self) -> None:
        """Stop it without a warning, as a crash would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def restart(self) -> None:
        self.kill()
        self.start()


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = Site(folder / "records", port, folder / "log")
    served.start()
    yield served
    served.kill()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium where there is one, otherwise Playwright's own."""
    system = shutil.which("chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    found = {"executable_path": system} if system else {}
    return {**browser_type_launch_args, **found, "args": quiet}


@pytest.fixture(autouse=True)
def patience(page: Page) -> None:
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)


@pytest.fixture
def walk(page: Page, site: Site) -> Walk:
    return Walk(page, site)


@dataclass
class Walk:
    """A merchant's way through the site, in the words of what he does."""

    page: Page
    site: Site

    def open(self, address: str = "/") -> None:
        self.page.goto(self.site.url + address)
        self.settled()

    def settled(self) -> None:
        """Wait until the page stands still: no script runs and nothing is grey."""
        self.page.locator("[data-testid=stMain] h1").first.wait_for()
        self.page.wait_for_function(
            """() => document.querySelector('[data-testid=stApp]')
                 ?.getAttribute('data-test-script-state') === 'notRunning'
                 && !document.querySelector('[data-stale=true]')"""
        )

    def press(self, key: str) -> None:
        """Press the button that has this key."""
        self.page.locator(f".st-key-{key} button").first.click()
        self.settled()

    def title(self) -> str:
        return self.page.locator("[data-testid=stMain] h1").first.inner_text()

    def find_stage(self, bands: list[int]) -> None:
        """Answer the seven questions, each by the number of its band."""
        for question, band in zip(
            ("months_open", "orders", "turnover", "staff", "live_sessions", "followers"),
            bands,
            strict=False,
        ):
            self._choose_band(question, band)
        self._choose_band("repeat_share", bands[-1])
        self.press("show-stage")

    def _choose_band(self, question: str, band: int) -> None:
        self.page.locator(f".st-key-shop-{question} button").nth(band).click()
        self.settled()

    def rate_screen(self, anchor: int) -> int:
        """Choose one anchor, from 0, for every statement of this screen; how many there were."""
        statements = self.page.locator("[class*='st-key-statement-']")
        for number in range(statements.count()):
            statements.nth(number).locator("[role=radiogroup] label").nth(anchor).click()
            self.settled()
        return statements.count()

    def chosen(self) -> int:
        """How many choices of this page are made."""
        return self.page.locator("[data-testid=stMain] input[type=radio]:checked").count()

    def answer_all(self) -> int:
        """Answer every item of the page that waits for an answer; how many there were."""
        answered = 0
        while True:
            waiting = self.page.locator("[class*='st-key-item-']").filter(
                has=self.page.locator("[class*='st-key-check'] button")
            )
            if not waiting.count():
                return answered
            item = waiting.first
            if item.locator("[role=radiogroup]").count():
                item.locator("[role=radiogroup] label").first.click()
            else:
                item.locator("[data-testid=stCheckbox] label").first.click()
            self.settled()
            item.locator("[class*='st-key-check'] button").click()
            self.settled()
            answered += 1
            assert answered < 60, "The page asks without end."
