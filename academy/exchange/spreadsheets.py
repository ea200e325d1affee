"""Tables as CSV and XLSX: written so that they open as they look, read whoever wrote them.

What a stranger typed may begin with a sign by which a spreadsheet knows a formula. In XLSX every
text is stored as text; CSV knows no kinds, so there such a text gets an apostrophe before it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal, TypeAlias

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

Cell: TypeAlias = str | float | int | date | None

MOST_ROWS, MOST_COLUMNS = 20_000, 60
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_SHEET_NAME = 31


NoTable = Literal["empty", "long", "old", "no-text", "no-workbook"]


class NotATable(ValueError):
    """A file in which there is no table; the message ends with what to do."""

    def __init__(self, reason: NoTable, file_name: str) -> None:
        self.reason: NoTable = reason
        self.file_name = file_name
        super().__init__(_NO_TABLE[reason].format(file=file_name, most=f"{MOST_ROWS:,}"))


_NO_TABLE: Mapping[NoTable, str] = {
    "empty": "There is nothing in {file}. Fill it in and choose it again.",
    "long": "{file} has more than {most} rows. Split it into several files.",
    "old": "{file} is of an old kind. Save it as XLSX or CSV and choose that.",
    "no-text": "{file} is no text. Save it as CSV in UTF-8, or as XLSX.",
    "no-workbook": "{file} is no workbook. Save it as XLSX or CSV again.",
}


@dataclass(frozen=True)
class Table:
    """What stands on a screen, row by row: the columns' names, then cells as they are counted."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: frozenset[str] = frozenset()
    """Columns of shares of one, which a workbook shows in per cent."""


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark by which Excel knows it; days and instants as ISO 8601 has them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_defused(name) for name in table.columns])
    for row in table.rows:
        writer.writerow([_in_csv(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(*tables: Table) -> bytes:
    """A sheet each: the heading frozen, numbers as numbers, text as text however it begins."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        share = book.add_format({"num_format": "0%"})
        names: set[str] = set()
        for table in tables:
            names.add(name := _sheet_name(table.title, names))
            _write(book.add_worksheet(name), table, head, day, share)
    return out.getvalue()


def _write(sheet: Any, table: Table, head: Any, day: Any, share: Any) -> None:
    for column, name in enumerate(table.columns):
        cells = [row[column] for row in table.rows]
        sheet.set_column(column, column, _width(name, cells))
        sheet.write_string(0, column, name, head)
        for number, cell in enumerate(cells, start=1):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, _without_zone(cell), day)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell, share if name in table.shares else None)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def read_rows(content: bytes, file_name: str, *, with_gaps: bool = False) -> list[list[str]]:
    """The cells of a CSV file or of the first sheet of a workbook, as text that reads the same.

    Empty rows are left out, or `with_gaps` between others kept as empty, so that rows can be
    counted as the spreadsheet does. CSV may be in UTF-8, UTF-16 or GB 18030, its cells parted by
    commas, semicolons or tabs. Of a workbook the values are read, never a formula worked out.
    Raises NotATable.
    """
    if content[:2] == b"PK":
        rows = rows_of_workbook(content, file_name)
    elif file_name.lower().endswith((".xls", ".et")):
        raise NotATable("old", file_name)
    else:
        rows = _rows_of_text(decoded(content, file_name), file_name)
    found: list[list[str]] = []
    gap: list[list[str]] = []
    for row in rows:
        if not any(row):
            gap.append([])
            continue
        found += [*gap, row[:MOST_COLUMNS]] if with_gaps else [row[:MOST_COLUMNS]]
        gap = []
        if len(found) > MOST_ROWS:
            raise NotATable("long", file_name)
    if not found:
        raise NotATable("empty", file_name)
    return found


def file_name_of(title: str, at: datetime, kind: str) -> str:
    """What an exported file is called: by the title and the time, free of signs that disturb."""
    plain = re.sub(r"[^\w一-鿿]+", "-", title).strip("-") or "table"
    return f"{plain}-{at:%Y%m%d-%H%M}.{kind}"


def rows_of_workbook(content: bytes, file_name: str) -> Iterator[list[str]]:
    """Every row of the first sheet of a workbook as text, empty ones too. Raises NotATable."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            yield [_as_text(cell.value, cell.number_format) if cell.value is not None else ""
                   for cell in row]  # fmt: skip
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise NotATable("no-workbook", file_name) from error


def _rows_of_text(text: str, file_name: str) -> Iterator[list[str]]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_armed(cell.strip()) for cell in row]
    except csv.Error as error:
        raise NotATable("no-text", file_name) from error


def decoded(content: bytes, file_name: str) -> str:
    """A file's text, whichever way a spreadsheet wrote it down. Raises NotATable."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable("no-text", file_name)


def _as_text(cell: object, form: str) -> str:
    """What a workbook's cell reads as: a share with its sign, a day as a day."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time.min else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return f"{100 * cell:.12g}%" if "%" in form else f"{cell:.15g}"
    return str(cell).strip()


def _armed(cell: str) -> str:
    """A cell without the apostrophe that `_defused` put before it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_SIGNS) else cell


def _in_csv(cell: Cell) -> str | float | int:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return _defused(cell) if isinstance(cell, str) else cell


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _without_zone(cell: date) -> date:
    return cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell


def _sheet_name(title: str, taken: Collection[str]) -> str:
    """A name that a sheet may have and no other one has; case does not tell them apart."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip() or "table"
    known = {each.casefold() for each in taken}
    name, number = plain[:_LONGEST_SHEET_NAME], 2
    while name.casefold() in known:
        end = f" {number}"
        name, number = plain[: _LONGEST_SHEET_NAME - len(end)] + end, number + 1
    return name


def _width(name: str, cells: Sequence[Cell]) -> float:
    """Of a column, in characters; a Chinese one counts as two."""
    longest = max((_length(str(cell)) for cell in cells[:200] if cell is not None), default=4)
    return min(40.0, max(8.0, longest + 2, min(16, _length(name) + 2)))


def _length(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
