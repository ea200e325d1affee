from __future__ import annotations

import json
from types import SimpleNamespace

from starlette.applications import Starlette

from academy.storage import open_records
from academy.web import health_route
from tests.web.asgi import ask


def site(records):
    curriculum = SimpleNamespace(revision="3f2a")
    return Starlette(routes=[health_route(lambda: records, lambda: curriculum)])


def test_a_site_that_can_save_is_well_and_names_its_content(tmp_path):
    answer = ask(site(open_records(f"tinydb:{tmp_path / 'data'}")), "/healthz")
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok", "content": "3f2a"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_site_that_cannot_save_is_not_well_and_logs_the_next_step(tmp_path, caplog):
    (tmp_path / "data").write_text("a file in the way")
    answer = ask(site(open_records(f"tinydb:{tmp_path / 'data'}")), "/healthz")
    assert answer.status == 503
    assert json.loads(answer.body)["status"] == "records unavailable"
    assert str(tmp_path).encode() not in answer.body
    assert "try again" in caplog.text
