"""The cast: Ada learns; Bea learns in Ada's cohort; Cyrus is in another.

Dana trains Ada's cohort; Eve is signed in nowhere.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

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
