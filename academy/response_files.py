"""Files of responses, people by items, as anybody's software writes them: CSV with or without key.

A cell is 0, 1 or a part of a point where there is no key, and the option chosen where there is one;
an empty cell is no answer.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_ANSWER = frozenset({"", "na", "n/a", "nan", "null", ".", "-"})
PEOPLE = frozenset({
    "id", "person", "people", "name", "learner", "student", "respondent", "subject", "user",
    "email", "姓名", "学号", "编号", "学员", "商家", "账号",
})  # fmt: skip
"""What the column that names the people is called, if there is one."""


class NotResponses(ValueError):
    """A file that cannot be understood; the message says where, what is wrong, what to write."""


@dataclass(frozen=True)
class Responses:
    """What people answered, (N, J), and the marks for it."""

    items: tuple[str, ...]
    scores: NDArray[np.float64]
    """0 to 1; NaN where there is no answer."""
    choices: NDArray[np.object_] | None = None
    key: Mapping[str, str] | None = None


def read_responses(
    text: str, *, file: str, key_text: str | None = None, key_file: str = "the key"
) -> Responses:
    """Responses as a file has them. Raises `NotResponses`."""
    rows = _rows(text, file)
    header, body = _header(rows, has_key=key_text is not None)
    for line, row in body:
        if len(row) != len(header):
            raise NotResponses(
                f"{file}, line {line}: {len(row)} cells where the first line has {len(header)}. "
                "Give every person one cell an item; leave it empty where there is no answer."
            )
    drop = _people_column(header)
    items = [name for column, name in enumerate(header) if column != drop]
    twice = next((name for name in items if items.count(name) > 1), None)
    if twice is not None:
        raise NotResponses(
            f"{file}, line 1: two columns are called '{twice}'. Give each item a name of its own."
        )
    if not items or not body:
        raise NotResponses(
            f"{file}: there are no responses in it. Write one line a person and one column an item."
        )
    cells = [
        (line, [cell for column, cell in enumerate(row) if column != drop]) for line, row in body
    ]
    if key_text is None:
        return Responses(tuple(items), _marks(cells, items, file))
    key = _key(key_text, key_file, items)
    chosen = [[None if _is_blank(cell) else _option(cell) for cell in row] for _, row in cells]
    scores = np.array(
        [
            [math.nan if each is None else float(each == key[name]) for each, name in pairs]
            for pairs in (zip(row, items, strict=True) for row in chosen)
        ]
    )
    return Responses(tuple(items), scores, np.array(chosen, dtype=object), key)


def options_between(chosen: Sequence[str]) -> list[str]:
    """The options chosen and those that must lie between them: A and D mean B and C as well."""
    known = set(chosen)
    if known and all(len(each) == 1 and each.isascii() and each.isalnum() for each in known):
        start = "1" if all(each.isdigit() for each in known) else "A"
        last = max(known)
        if start <= last:
            known |= {chr(code) for code in range(ord(start), ord(last) + 1) if chr(code).isalnum()}
    return sorted(known)


def _rows(text: str, file: str) -> list[tuple[int, list[str]]]:
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(read.line_num, [cell.strip() for cell in row]) for row in read]
    except csv.Error as error:
        raise NotResponses(
            f"{file}: it is no table of cells ({error}). Save it as CSV in UTF-8."
        ) from error
    return [(line, row) for line, row in rows if any(row)]


def _header(
    rows: list[tuple[int, list[str]]], *, has_key: bool
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the lines below; without names they are called by number."""
    if not rows:
        return [], []
    first = rows[0][1]
    if has_key:
        is_data = all(
            _is_blank(cell)
            or any(_option(cell) == _option(row[n]) for _, row in rows[1:] if row[n:])
            for n, cell in enumerate(first)
        )
    else:
        is_data = all(_is_blank(cell) or _number(cell) in (0.0, 1.0) for cell in first)
    if is_data and len(rows) > 1:
        return [f"item {number}" for number in range(1, len(first) + 1)], rows
    return first, rows[1:]


def _people_column(header: Sequence[str]) -> int | None:
    for column, name in enumerate(header):
        if name.casefold() in PEOPLE or (column == 0 and not name):
            return column
    return None


def _marks(
    cells: Sequence[tuple[int, list[str]]], items: Sequence[str], file: str
) -> NDArray[np.float64]:
    scores = np.full((len(cells), len(items)), np.nan)
    for number, (line, row) in enumerate(cells):
        for column, cell in enumerate(row):
            if _is_blank(cell):
                continue
            mark = _number(cell)
            if mark is None or not 0 <= mark <= 1:
                raise NotResponses(
                    f"{file}, line {line}, column '{items[column]}': '{cell[:40]}' is no mark from "
                    "0 to 1. If these are the options chosen, give the right ones: --key KEY.csv."
                )
            scores[number, column] = mark
    return scores


def _key(text: str, file: str, items: Sequence[str]) -> dict[str, str]:
    """The right option of each item: a line of names above a line of options, or two columns."""
    rows = [row for _, row in _rows(text, file)]
    width = max((len(row) for row in rows), default=0)
    if width == 2 and not (len(rows) <= 2 and len(items) == 2):
        found = {row[0]: row[1] for row in rows if len(row) == 2}
    elif len(rows) == 2:
        found = dict(zip(rows[0], rows[1], strict=False))
    elif len(rows) == 1 and width == len(items):
        found = dict(zip(items, rows[0], strict=True))
    else:
        found = {}
    missing = [name for name in items if _is_blank(found.get(name, ""))]
    if missing:
        raise NotResponses(
            f"{file}: the right option of {', '.join(missing[:5])} is missing. Write the items' "
            "names in one line and the right options below, or a line 'item,option' for each."
        )
    return {name: _option(found[name]) for name in items}


def _is_blank(cell: str) -> bool:
    return cell.casefold() in NO_ANSWER


def _option(cell: str) -> str:
    number = _number(cell)
    if number is not None and number == int(number):
        return str(int(number))
    return cell.upper() if len(cell) == 1 else cell


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
