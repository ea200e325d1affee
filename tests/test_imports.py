"""A learner's page leaves the charts' libraries alone: they would triple what the site holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"altair", "pandas", "pyarrow"}
PAGES = ("home", "stage", "assessment", "skill", "lesson", "quiz", "mistakes", "stages", "skills")
PAGES += ("search", "glossary")


@pytest.fixture(scope="module")
def loaded() -> dict[str, list[str]]:
    """Which heavy libraries a fresh process has loaded after each page, visited one by one."""
    visit = subprocess.run(
        [sys.executable, __file__],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ACADEMY_RECORDS": "memory:"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(visit.stdout)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_a_chart_loads_neither_pandas_nor_altair(loaded, name):
    assert loaded[name] == []


def visit_all() -> dict[str, list[str]]:
    """Every page above as a merchant sees it who knows his stage."""
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

    from academy import services
    from academy.ui import clock, resources

    sid = "a" * 64
    curriculum, records = resources.curriculum(), resources.records()
    learner = services.join(records, sid, now=clock.now())
    services.choose_stage(records, learner, curriculum.framework, "growing", now=clock.now())
    lesson = next(each for each in curriculum.lessons.values() if each.items)
    queries = {
        "skill": {"skill": lesson.skill},
        "lesson": {"lesson": lesson.id},
        "quiz": {"purpose": "practice", "subject": lesson.skill},
    }
    found = {}
    for page in PAGES:
        at = AppTest.from_file(str(ROOT / "academy" / "ui" / "site.py"), default_timeout=60)
        at.user = {"sid": sid}
        at.run()
        at._page_hash = calc_hash("" if page == "home" else page)
        at.query_params.update(queries.get(page, {}))
        at.run()
        if at.exception or not at.title:
            raise SystemExit(f"The page '{page}' did not show: {at.exception}")
        found[page] = sorted(HEAVY & sys.modules.keys())
    return found


if __name__ == "__main__":
    print(json.dumps(visit_all()))
