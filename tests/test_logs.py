"""Logs for machines: one line an entry, and nobody in them."""

from __future__ import annotations

import io
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.logs import AsJson, without_persons


@pytest.fixture
def logged():
    """Logs something as the site would and gives what was written, line by line."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(AsJson())
    logger = logging.getLogger("academy.test-of-logs")
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.INFO)
    yield logger, lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_an_entry_is_one_line_with_instant_and_level(logged):
    logger, lines = logged
    logger.warning("first line\nsecond line")
    (entry,) = lines()
    assert (entry["level"], entry["said"]) == ("warning", "first line\nsecond line")
    assert entry["at"].endswith("+00:00")


def test_a_failure_is_told_with_where_and_not_with_whom(logged):
    logger, lines = logged
    try:
        raise OSError("No space for learners/ad/ada-00000001.json at 10.1.2.3")
    except OSError:
        logger.exception("could not save")
    (entry,) = lines()
    assert entry["error"] == "OSError"
    assert "test_logs.py" in entry["trace"][-1]
    assert "ada-00000001" not in json.dumps(entry) and "10.1.2.3" not in json.dumps(entry)


@given(st.text("0123456789abcdef", min_size=32, max_size=64), st.text("abc=&123", max_size=20))
def test_no_id_and_no_query_survives(id_, query):
    said = without_persons(f"{id_} asked for /quiz?{query} in learners/ab/{id_}.json")
    assert id_ not in said
    assert said.startswith(id_[:4])
    assert not query or f"?{query}" not in said
