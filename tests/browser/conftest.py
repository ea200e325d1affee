"""The site as it is shipped, in Chromium."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

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
        self.standing_still()

    def reload(self) -> None:
        self.page.reload()
        self.standing_still()

    def standing_still(self) -> None:
        """Wait until a page that was just opened is whole."""
        self.title.wait_for()
        self.page.wait_for_function(
            """() => document.querySelector('[data-testid=stApp]')
                       ?.getAttribute('data-test-script-state') === 'notRunning'
                 && !document.querySelector('[data-stale=true]')"""
        )

    @property
    def title(self) -> Locator:
        return self.page.locator("[data-testid=stMain] h1").first

    @property
    def progress(self) -> Locator:
        return self.page.locator("[data-testid=stProgress]")

    def press(self, key: str) -> None:
        """Press the button that has this key, as soon as it can be pressed."""
        self.page.locator(f".st-key-{key} button").first.click()

    def find_stage(self, bands: list[int]) -> None:
        """Answer the seven questions, each by the number of its band."""
        questions = self.page.locator("[class*='st-key-shop-']")
        expect(questions).to_have_count(len(bands))
        for number, band in enumerate(bands):
            questions.nth(number).locator("button").nth(band).click()
            if number + 1 < len(bands):
                expect(self.progress).to_contain_text(_count(number + 1))
        self.press("show-stage")

    def rate_screen(self, anchor: int) -> int:
        """Choose anchors, from this one on, for this screen's statements; how many were new."""
        ability = parse_qs(urlsplit(self.page.url).query)["ability"][0]
        screen = self.page.locator(f".st-key-ability-{ability}")
        screen.wait_for()
        self.standing_still()
        statements = screen.locator("[class*='st-key-rating-']")
        new = 0
        for number in range(statements.count()):
            statement = statements.nth(number)
            if not statement.locator("input:checked").count():
                done = int(re.search(r"[0-9]+", self.progress.inner_text())[0])
                statement.locator("[role=radiogroup] label").nth((anchor + number) % 5).click()
                expect(self.progress).to_contain_text(_count(done + 1))
                new += 1
        return new

    def next_screen(self) -> bool:
        """Go on to the next ability; False on the last one."""
        if not self.page.locator(".st-key-next").count():
            return False
        here = self.page.url
        self.press("next")
        self.page.wait_for_url(lambda address: address != here)
        return True

    def rate_the_rest(self, anchor: int) -> None:
        self.rate_screen(anchor)
        while self.next_screen():
            self.rate_screen(anchor)

    def chosen(self) -> Locator:
        """The choices of this page that are made."""
        return self.page.locator("[data-testid=stMain] input[type=radio]:checked")

    def answer_all(self) -> int:
        """Answer every item, screen after screen; how many there were."""
        self.page.locator("[class*='st-key-item-']").first.wait_for()
        answered = self.answer_screen()
        while self.turn_on():
            answered += self.answer_screen()
        return answered

    def answer_screen(self) -> int:
        """Answer what this screen asks; how many items that were."""
        checks = self.page.locator("[class*='st-key-check'] button")
        items = self.page.locator("[class*='st-key-item-']").filter(has=checks)
        number = checks.count()
        for left in range(number, 0, -1):
            choice = "[role=radiogroup] label, [data-testid=stCheckbox] label"
            items.first.locator(choice).first.click()
            checks.first.click()
            expect(checks).to_have_count(left - 1)
        return number

    def turn_on(self) -> bool:
        """Go on to the next item of a quiz or part of a lesson; False at the end."""
        onward = self.page.locator(".st-key-next button, .st-key-next-part button")
        if not onward.count():
            return False
        here = self.page.url
        onward.click()
        self.page.wait_for_url(lambda address: address != here)
        self.standing_still()
        return True


def _count(number: int) -> re.Pattern:
    """A number that is not part of a longer one."""
    return re.compile(rf"(?<![0-9]){number}(?![0-9])")
