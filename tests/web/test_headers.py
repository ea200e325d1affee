from __future__ import annotations

import pytest
from starlette.responses import PlainTextResponse

from academy.web.headers import SecurityHeaders
from tests.web.asgi import ask

app = SecurityHeaders(PlainTextResponse("inside"))


def policy():
    header = ask(app).headers["content-security-policy"]
    return dict(part.split(" ", 1) for part in header.split("; "))


def test_only_our_own_scripts_run():
    assert policy()["script-src"] == "'self'"
    assert policy()["object-src"] == "'none'"
    assert policy()["base-uri"] == "'none'"


def test_nobody_puts_the_site_into_a_frame():
    assert policy()["frame-ancestors"] == "'none'"
    assert ask(app).headers["x-frame-options"] == "DENY"


def test_every_answer_carries_the_headers_an_error_too():
    for path in ("/", "/static/js/a.js", "/_stcore/metrics"):
        headers = ask(app, path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_servers_inside_is_closed_to_visitors(path, method):
    answer = ask(app, path, method)
    assert answer.status == 404
    assert answer.body != b"inside"


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/learn/home"])
def test_what_the_site_needs_stays_open(path):
    assert ask(app, path).body == b"inside"
