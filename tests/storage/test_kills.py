"""A hundred writers are killed at random moments, and whatever was acknowledged is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = Path(__file__).with_name("kills.py")


@pytest.mark.parametrize("store", ["tinydb", "postgresql"])
def test_killed_writers_leave_everything_acknowledged_readable_and_unlocked(
    request, tmp_path, store
):
    url = f"tinydb:{tmp_path / 'data'}"
    if store == "postgresql":
        url = request.getfixturevalue("database")
    done = subprocess.run(
        [sys.executable, KILLS, url, "100", "20261121"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("kills 100, acts acknowledged and found ")
