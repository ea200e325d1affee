"""Tables as CSV and XLSX: written so that they open as they look, read whoever wrote them.

What a stranger typed may begin with a sign by which a spreadsheet knows a formula. In XLSX every
text is stored as text; CSV knows no kinds, so there such a text gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

Cell: TypeAlias = str | float | int | date | None

MOST_ROWS, MOST_COLUMNS = 20_000, 60
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_SHEET_NAME = 31


class NotATable(ValueError):
    """A file in which there is no table; the message ends with what to do."""


@dataclass(frozen=True)
class Table:
    """What stands on a screen, row by row: the columns' names, then cells as they are counted."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


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
        names: set[str] = set()
        for table in tables:
            names.add(name := _sheet_name(table.title, names))
            _write(book.add_worksheet(name), table, head, day)
    return out.getvalue()


def _write(sheet: Any, table: Table, head: Any, day: Any) -> None:
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
                sheet.write_number(number, column, cell)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def read_rows(content: bytes, file_name: str) -> list[list[str]]:
    """The cells of a CSV file or of the first sheet of a workbook, as text; empty rows left out.

    CSV may be in UTF-8 or GB 18030, its cells parted by commas, semicolons or tabs. Of a workbook
    the values are read, never a formula worked out. Raises NotATable.
    """
    if content[:2] == b"PK":
        rows = _rows_of_workbook(content, file_name)
    elif file_name.lower().endswith((".xls", ".et")):
        raise NotATable(f"{file_name} is of an old kind. Save it as XLSX or CSV and choose that.")
    else:
        rows = csv.reader(io.StringIO(_decoded(content, file_name), newline=""), _dialect(content))
    found: list[list[str]] = []
    for row in rows:
        cells = [_as_text(cell) for cell in row[:MOST_COLUMNS]]
        if any(cells):
            found.append(cells)
        if len(found) > MOST_ROWS:
            raise NotATable(
                f"{file_name} has more than {MOST_ROWS:,} rows. Split it into several files."
            )
    if not found:
        raise NotATable(f"There is nothing in {file_name}. Fill it in and choose it again.")
    return found


def file_name_of(title: str, at: datetime, kind: str) -> str:
    """What an exported file is called: by the title and the time, free of signs that disturb."""
    plain = re.sub(r"[^\w一-鿿]+", "-", title).strip("-") or "table"
    return f"{plain}-{at:%Y%m%d-%H%M}.{kind}"


def _rows_of_workbook(content: bytes, file_name: str) -> Iterable[Sequence[object]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise NotATable(f"{file_name} is no workbook. Save it as XLSX or CSV again.") from error


def _decoded(content: bytes, file_name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable(f"{file_name} is no text. Save it as CSV in UTF-8, or as XLSX.")


def _dialect(content: bytes) -> type[csv.Dialect]:
    first = content.split(b"\n", 1)[0]

    class Parted(csv.excel):
        delimiter = max(",;\t", key=lambda sign: first.count(sign.encode()))

    return Parted


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


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
