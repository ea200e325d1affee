"""The cast: Ada learns; Bea learns in Ada's cohort; Cyrus is in another.

Dana trains Ada's cohort; Eve is signed in nowhere.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from academy.content import load_content
from academy.records import Event

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def ada() -> str:
    """Ada's learner id."""
    return "ada-00000001"


@pytest.fixture
def bea() -> str:
    """Bea's learner id."""
    return "bea-00000002"


@pytest.fixture
def some_event():
    """Makes events, each with its own id and a second after the last, unless told otherwise."""
    numbers = count(1)

    def make(**given) -> Event:
        number = next(numbers)
        plain = {
            "id": f"event-{number}",
            "kind": "response",
            "at": NOON + timedelta(seconds=number),
            "data": {"item": "商品标题", "chosen": ["b", "c"], "score": 0.5, "note": None},
        }
        return Event(**(plain | given))

    return make


@pytest.fixture
def cyrus() -> str:
    """Cyrus's learner id."""
    return "cyrus-0000003"


@pytest.fixture(scope="session")
def curriculum():
    """The curriculum that the site ships."""
    return load_content(Path(__file__).parent.parent)


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium if it has one, else the one that Playwright brought."""
    installed = shutil.which("chromium")
    if installed:
        browser_type_launch_args = {**browser_type_launch_args, "executable_path": installed}
    if os.geteuid() == 0:
        browser_type_launch_args = {**browser_type_launch_args, "args": ["--no-sandbox"]}
    return browser_type_launch_args


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the browser's driver keeps an event loop open in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
