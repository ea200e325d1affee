"""What operators see of the requests, and what they do not."""

from __future__ import annotations

import logging

import pytest
from prometheus_client import REGISTRY
from starlette.responses import PlainTextResponse

from academy import metrics
from academy.storage import open_records
from academy.web.observation import Observation
from tests.web.asgi import ask


@pytest.fixture
def site():
    return Observation(PlainTextResponse("well", 200), routes={"quiz"}, with_metrics=True)


def counted(name: str, **labels) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_a_request_is_counted_by_its_route_and_answer(site):
    before = counted("academy_requests_total", route="/quiz", status="200")
    ask(site, "/quiz")
    assert counted("academy_requests_total", route="/quiz", status="200") == before + 1


def test_what_a_stranger_types_as_an_address_makes_no_route(site, caplog):
    caplog.set_level(logging.INFO, logger="academy.requests")
    before = counted("academy_requests_total", route="other", status="200")
    ask(site, "/wang.xiaoman@example.com")
    assert counted("academy_requests_total", route="other", status="200") == before + 1
    assert [entry.fields["route"] for entry in caplog.records] == ["other"]


def test_each_act_on_the_records_is_timed_and_each_failure_named(some_event, ada):
    records = open_records("memory:", observe=metrics.saw_records)
    before = counted("academy_records_seconds_count", act="append")
    assert records.append(ada, some_event())
    assert counted("academy_records_seconds_count", act="append") == before + 1
    failed = counted("academy_records_failed_total", act="append", reason="ValueError")
    with pytest.raises(ValueError):
        records.append("nobody at all", some_event())
    assert counted("academy_records_failed_total", act="append", reason="ValueError") == failed + 1


def test_metrics_without_a_port_are_refused_with_the_next_step():
    with pytest.raises(ValueError, match="Use HOST:PORT"):
        metrics.serve("localhost")
