"""A small tree of good content, and a way to spoil it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from academy.content import Issue, check_content
from academy.content.ledger import write_ledger
from academy.content.reader import read_corpus

GOOD = Path(__file__).parent / "good"
TODAY = date(2026, 11, 21)
FILL = {
    "zh": "每天打开后台看一次数据，记下哪里变了，再去想是为什么。" * 36,
    "en": "Open the back office once a day, note what has changed, and think about why. " * 40,
}


@dataclass(frozen=True)
class Tree:
    """Content files below a root."""

    root: Path

    def change(self, file: str, old: str, new: str) -> int:
        """Replace the first `old` in a file; return the line on which it began."""
        path = self.root / file
        before, found, after = path.read_text(encoding="utf-8").partition(old)
        assert found, f"{file} does not hold {old!r}"
        path.write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def issues(self, today: date = TODAY) -> list[Issue]:
        return check_content(self.root, today)[1]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Good content: two dimensions, three skills, one of which has a bank and a lesson."""
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    good = Tree(tmp_path)
    for language, text in FILL.items():
        good.change(f"curriculum/lessons/base/shop-health/basic.{language}.md", "FILL", text)
    write_ledger(read_corpus(tmp_path))
    return good
