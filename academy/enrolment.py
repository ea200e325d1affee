"""Names to expect: a trainer's list of those who are to join, each with a link of his own.

A name on a list is no membership: whoever it means agrees for himself, by his link or by the code.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from academy.cohorts import LONGEST_NAME
from academy.one_line import one_line

Verdict = Literal["new", "expected", "member", "twice", "empty"]
"""new: will be expected; expected, member: known already; twice: stands further up in the list."""

_CHINESE = ("姓名", "名字", "昵称", "称呼", "店铺", "店铺名称", "商家", "学员")
HEADINGS = frozenset({*_CHINESE, "name", "shop", "merchant"})
"""A first row that holds one of these names its columns, and the first of them is read."""
MOST_EXPECTED = 5000


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who was told to join, under the name on the list."""

    token: str
    """What his own link ends with."""
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is made of one line of a list."""

    number: int
    """As the spreadsheet counts it, without its empty rows."""
    name: str
    verdict: Verdict


def read_list(
    rows: Sequence[Sequence[str]], *, expected: Collection[str], members: Collection[str]
) -> tuple[Line, ...]:
    """What is made of each row of a list: the row report, before anything is done."""
    column, first = _column(rows)
    known_members, known = {_key(name) for name in members}, {_key(name) for name in expected}
    seen: set[str] = set()
    lines = []
    for number, row in enumerate(rows[first:], start=first + 1):
        name = one_line(row[column] if column < len(row) else "", LONGEST_NAME)
        key = _key(name)
        verdict: Verdict = "new"
        if not name:
            verdict = "empty"
        elif key in seen:
            verdict = "twice"
        elif key in known_members:
            verdict = "member"
        elif key in known:
            verdict = "expected"
        seen.add(key)
        lines.append(Line(number, name, verdict))
    return tuple(lines)


def new_token() -> str:
    return secrets.token_urlsafe(9)


def _column(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The column of the names, and the row after the heading, if there is one."""
    if rows:
        for number, cell in enumerate(rows[0]):
            if cell.strip().casefold() in HEADINGS:
                return number, 1
    return 0, 0


def _key(name: str) -> str:
    return one_line(unicodedata.normalize("NFKC", name), LONGEST_NAME).casefold()
