"""Files of responses, people by items, as anybody's software writes them, with or without a key.

Without a key a cell is 0, 1 or a part of a point; with one it is the option chosen. An empty cell
is no answer, and so is what survey and statistics programs write in its place.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Cells = Sequence[tuple[int, Sequence[str]]]
"""The rows of a table that are not empty, each with its number in the file."""

NO_ANSWER = frozenset({
    "", "na", "n/a", "#n/a", "nan", "null", "#null!", "none", "missing", ".", "-", "--", "–", "—",
    "空", "未答", "未作答", "缺失", "缺考", "(空)", "(跳过)", "-9", "-99", "-999",
})  # fmt: skip
RIGHT = frozenset({"true", "t", "right", "correct", "对", "正确", "√", "✓"})
WRONG = frozenset({"false", "f", "wrong", "incorrect", "错", "错误", "×", "✗"})
"""Words for the marks 1 and 0."""
PEOPLE = frozenset({
    "id", "person", "people", "name", "learner", "student", "respondent", "subject", "user",
    "username", "email", "participant", "candidate", "examinee", "case", "no.", "timestamp",
    "email address", "姓名", "学号", "编号", "学员", "学生", "商家", "账号", "序号", "手机号",
    "店铺", "考生", "昵称", "提交时间", "时间戳", "用时",
})  # fmt: skip
"""What columns are called that say who answered, or when."""
TOTALS = frozenset({"total", "sum", "score", "total score", "总分", "得分", "合计", "成绩"})
"""What columns are called that add the items up; they are none."""


class NotResponses(ValueError):
    """A file that cannot be understood; the message says where, what is wrong, what to write."""


@dataclass(frozen=True)
class Reading:
    """How cells are to be taken, where a file does not say it."""

    missing: frozenset[str] = frozenset()
    """Further codes for no answer, such as 9."""
    blanks_are_wrong: bool = False
    """Whether no answer is a wrong answer."""
    are_points: bool = False
    """Whether marks are points or ratings, any number."""

    def is_blank(self, cell: str) -> bool:
        return cell.casefold() in NO_ANSWER or cell in self.missing

    def mark(self, cell: str) -> float | None:
        """The mark that a cell says; None for what is none."""
        word = cell.casefold()
        if word in RIGHT or word in WRONG:
            return 1.0 if word in RIGHT else 0.0
        number = _number(cell)
        is_mark = number is not None and (self.are_points or 0 <= number <= 1)
        return number if is_mark else None


@dataclass(frozen=True)
class Responses:
    """What people answered, (N, J), and the marks for it."""

    items: tuple[str, ...]
    scores: NDArray[np.float64]
    """0 to 1, or points; NaN where there is no answer."""
    choices: NDArray[np.object_] | None = None
    key: Mapping[str, str] | None = None
    offered: Mapping[str, Sequence[str]] | None = None
    """The options that each item seems to have had, those among them that drew nobody."""
    left_out: tuple[str, ...] = ()
    """Columns that are no items, by their names."""


def read_responses(
    cells: Cells,
    *,
    file: str,
    key: Cells | None = None,
    key_file: str = "the key",
    reading: Reading | None = None,
) -> Responses:
    """Responses as a table has them. Raises `NotResponses`."""
    reading = reading or Reading()
    header, body = _header(cells, reading, has_key=key is not None)
    columns = _item_columns(header, body)
    items = [header[column] for column in columns]
    twice = next((name for name in items if items.count(name) > 1), None)
    if twice is not None:
        raise NotResponses(
            f"{file}, line 1: two columns are called '{twice}'. Give each item a name of its own."
        )
    if not items or not body:
        raise NotResponses(
            f"{file}: there are no responses in it. Write one line a person and one column an item."
        )
    for line, row in body:
        if len(row) != len(header):
            raise NotResponses(
                f"{file}, line {line}: {len(row)} cells where the first line has {len(header)}. "
                "Give every person one cell an item; leave it empty where there is no answer."
            )
    answers = [(line, [row[column] for column in columns]) for line, row in body]
    left_out = tuple(name for name in header if name and name not in items)
    if key is None:
        scores = _marks(answers, items, file, reading)
        return Responses(tuple(items), _filled(scores, reading), left_out=left_out)
    keyed = _key(key, key_file, items, reading)
    chosen = [
        [None if reading.is_blank(cell) else _option(cell) for cell in row] for _, row in answers
    ]
    table = np.array(chosen, dtype=object)
    right = np.array([keyed[name] for name in items], dtype=object)
    is_given = np.array([[each is not None for each in row] for row in chosen])
    scores = np.where(is_given, (table == right).astype(float), np.nan)
    return Responses(
        tuple(items),
        _filled(scores, reading),
        table,
        keyed,
        _offered(items, chosen, keyed),
        left_out,
    )


def cells_of_text(text: str, file: str) -> Cells:
    """The rows of a CSV file, parted by commas, semicolons or tabs. Raises `NotResponses`."""
    text = text.removeprefix("\ufeff")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(read.line_num, [cell.strip() for cell in row]) for row in read]
    except csv.Error as error:
        raise NotResponses(
            f"{file}: it is no table of cells ({error}). Save it as CSV in UTF-8."
        ) from error
    return [(line, row) for line, row in rows if any(row)]


def _header(
    cells: Cells, reading: Reading, *, has_key: bool
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the lines below; without names they are called by number."""
    rows = [(line, [_plain(cell) for cell in row]) for line, row in cells]
    if not rows:
        return [], []
    first, below = rows[0][1], rows[1:]
    if below and all(len(row) == len(first) + 1 for _, row in below):
        return ["", *first], below
    width = len(first)
    below = [(line, row[:width] if not any(row[width:]) else row) for line, row in below]

    def is_answer(column: int) -> bool:
        cell = first[column]
        if reading.is_blank(cell):
            return True
        if has_key:
            return any(_option(cell) == _option(row[column]) for _, row in below if row[column:])
        return reading.mark(cell) is not None

    is_data = [is_answer(column) for column in range(width)]
    if not all(is_data[1:]) or not any(first[1:]) or (width == 1 and not is_data[0]):
        return first, below
    if is_data[0]:
        return [f"item {number}" for number in range(1, width + 1)], [(rows[0][0], first), *below]
    if width > 2:
        return ["", *(f"item {n}" for n in range(1, width))], [(rows[0][0], first), *below]
    return first, below


def _item_columns(header: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> list[int]:
    """Where the items are: not where it says who answered, nor what he has in all."""
    found = []
    for column, name in enumerate(header):
        is_nameless = not name and (
            column == 0 or not any(row[column] for _, row in body if row[column:])
        )
        if not is_nameless and name.casefold() not in PEOPLE | TOTALS:
            found.append(column)
    return found


def _marks(
    answers: Sequence[tuple[int, list[str]]], items: Sequence[str], file: str, reading: Reading
) -> NDArray[np.float64]:
    scores = np.full((len(answers), len(items)), np.nan)
    for number, (line, row) in enumerate(answers):
        for column, cell in enumerate(row):
            if reading.is_blank(cell):
                continue
            mark = reading.mark(cell)
            if mark is None:
                raise NotResponses(
                    f"{file}, line {line}, column '{items[column]}': '{cell[:40]}' is no mark from "
                    "0 to 1. If these are the options chosen, give the right ones: --key KEY.csv. "
                    f"If it stands for no answer, say --missing {cell[:10]}; if these are points "
                    "or ratings, say --points."
                )
            scores[number, column] = mark
    return scores


def _filled(scores: NDArray[np.float64], reading: Reading) -> NDArray[np.float64]:
    return np.nan_to_num(scores, nan=0.0) if reading.blanks_are_wrong else scores


def _key(cells: Cells, file: str, items: Sequence[str], reading: Reading) -> dict[str, str]:
    """The right option of each item: a line of names above a line of options, or two columns."""
    rows = [[_plain(cell) for cell in row] for _, row in cells]
    width = max((len(row) for row in rows), default=0)
    if width == 2 and not (len(rows) <= 2 and len(items) == 2):
        found = {row[0]: row[1] for row in rows if len(row) == 2}
    elif width == 1 and len(rows) >= len(items) and not any(row[0] in items for row in rows):
        found = dict(zip(items, (row[0] for row in rows[-len(items) :]), strict=True))
    elif len(rows) == 2:
        found = dict(zip(rows[0], rows[1], strict=False))
    elif len(rows) == 1 and width == len(items):
        found = dict(zip(items, rows[0], strict=True))
    else:
        found = {}
    missing = [name for name in items if reading.is_blank(found.get(name, ""))]
    if missing:
        raise NotResponses(
            f"{file}: the right option of {', '.join(missing[:5])} is missing. Write the items' "
            "names in one line and the right options below, or a line 'item,option' for each."
        )
    return {name: _option(found[name]) for name in items}


MOST_UNUSED = 1
"""Beyond more unused codes than this, what was chosen is no option but a code for something."""

ALIKE = 0.9
"""When such a share of the items goes to the same option, all have as many."""


def _offered(
    items: Sequence[str], chosen: Sequence[Sequence[str | None]], key: Mapping[str, str]
) -> dict[str, list[str]]:
    """The options that each item seems to have had.

    A and D mean B and C as well, though nobody chose them; and where nearly all items go to D, one
    that goes to C had a D, unless it is of two options only. A code far from the others, as 8
    beside 1 to 5, is no option. Options that are no letters or numbers are those that were chosen;
    of an item with several right ones together nothing is said.
    """
    given = {
        name: {each for each in column if each is not None} | {key[name]}
        for name, column in zip(items, zip(*chosen, strict=True), strict=True)
    }
    found = {
        name: [key[name]] if _is_several(key[name]) else sorted(options)
        for name, options in given.items()
    }
    for row in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [str(number) for number in range(1, 100)]):
        places = {
            name: {row.index(each) for each in options if each in row}
            for name, options in given.items()
            if key[name] in row
        }
        if places:
            last = _last_option(places, {row.index(key[name]) for name in places})
            ends = {name: max(p for p in each if p <= last) for name, each in places.items()}
            (usual, count), *_ = Counter(ends.values()).most_common()
            is_usual = count >= ALIKE * len(ends)
            for name, end in ends.items():
                found[name] = list(row[: (max(end, usual) if is_usual and end > 1 else end) + 1])
    return found


def _last_option(places: Mapping[str, Collection[int]], keyed: Collection[int]) -> int:
    """The last place in a row of codes that is still an option."""
    last = -1
    for place in sorted({place for each in places.values() for place in each}):
        if place - last > MOST_UNUSED + 1 and place > max(keyed):
            break
        last = place
    return last


def _is_several(option: str) -> bool:
    """Whether these are several options chosen together, as `_option` writes them."""
    return len(option) > 1 and set(option) <= set("ABCDEFGH")


@lru_cache(maxsize=10_000)
def _option(cell: str) -> str:
    """An option as it is compared: 1.0 as 1, a as A, and several letters in their order."""
    number = _number(cell)
    if number is not None and number == int(number):
        return str(int(number))
    if re.fullmatch(r"[A-H]([\s,，、;；/|┋]*[A-H])+", cell):
        return "".join(sorted(set(re.findall("[A-H]", cell))))
    return cell.upper() if len(cell) == 1 else cell


def _number(cell: str) -> float | None:
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


@lru_cache(maxsize=10_000)
def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()
