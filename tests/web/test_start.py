"""What the site does at its start with content that is not in order."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def tree(tmp_path):
    """The site with content of its own, to be spoiled."""
    for name in ("academy", "pages", "app.py", ".streamlit"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("curriculum", "quizzes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_a_broken_content_file_stops_the_start_with_file_line_and_what_to_write(tree):
    bank = tree / "quizzes" / "shop-health.yaml"
    text = bank.read_text(encoding="utf-8")
    bank.write_text(text.replace("thinking: apply", "thinking: guess", 1), encoding="utf-8")
    line = 1 + text[: text.index("thinking: apply")].count("\n")
    started = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=tree,
        env={**os.environ, "ACADEMY_RECORDS": "memory:"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = started.stdout + started.stderr
    assert started.returncode != 0
    assert f"quizzes/shop-health.yaml:{line}" in said
    assert "recall" in said
