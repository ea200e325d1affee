"""A table that leaves is the one that stood on the screen; one that comes in is read as it is."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.exchange.spreadsheets import (
    NotATable,
    Table,
    as_csv,
    as_xlsx,
    file_name_of,
    read_rows,
)

SCORES = Table(
    "春季班: 能力 [1/2]",
    ("姓名", "平台认知", "上次学习", "=1+1"),
    (("小满茶铺", 62, date(2026, 11, 3), None), ("=HYPERLINK(1)", 7.5, None, "-3 天")),
)


def sheet(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_a_workbook_has_numbers_as_numbers_days_as_days_and_text_as_text():
    cells = sheet(as_xlsx(SCORES))
    assert [cell.value for cell in cells[1]] == list(SCORES.columns)
    assert [cell.value for cell in cells[2]][:2] == ["小满茶铺", 62]
    assert cells["C2"].value == datetime(2026, 11, 3) and cells["C2"].is_date
    assert (cells["A3"].value, cells["A3"].data_type) == ("=HYPERLINK(1)", "s")
    assert (cells["B3"].value, cells["B3"].data_type) == (7.5, "n")
    assert cells["D1"].data_type == "s"


def test_shares_are_shown_in_per_cent_and_kept_as_they_are():
    table = Table("t", ("name", "share"), (("a", 0.538), ("b", None)), frozenset({"share"}))
    cell = openpyxl.load_workbook(io.BytesIO(as_xlsx(table))).active["B2"]
    assert (cell.value, cell.number_format) == (0.538, "0%")


def test_the_heading_of_a_workbook_stays_in_sight():
    assert sheet(as_xlsx(SCORES)).freeze_panes == "B2"


def test_several_tables_are_several_sheets_of_their_own_names():
    long = replace(SCORES, title="x" * 40)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(SCORES, long, long)))
    assert book.sheetnames == ["春季班  能力  1 2", "x" * 31, "x" * 29 + " 2"]


def test_csv_opens_in_excel_and_holds_no_formula():
    content = as_csv(SCORES)
    assert content.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert head == ["姓名", "平台认知", "上次学习", "'=1+1"]
    assert first == ["小满茶铺", "62", "2026-11-03", ""]
    assert second == ["'=HYPERLINK(1)", "7.5", "", "'-3 天"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_nothing_that_a_stranger_typed_becomes_a_formula(sign):
    table = Table("t", ("name",), ((f"{sign}cmd|' /C calc'!A0",),))
    assert as_csv(table).decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")
    assert sheet(as_xlsx(table))["A2"].data_type == "s"


def test_a_negative_number_stays_one():
    table = Table("t", ("change",), ((-4.5,),))
    assert as_csv(table).decode("utf-8-sig").split() == ["change", "-4.5"]
    assert sheet(as_xlsx(table))["A2"].value == -4.5


text_cells = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.tuples(text_cells, st.integers(-999, 999)), min_size=1, max_size=5))
def test_what_is_written_is_read_back(rows):
    table = Table("t", ("name", "score"), tuple(rows))
    expected = [["name", "score"], *([name, str(score)] for name, score in rows)]
    assert read_rows(as_xlsx(table), "t.xlsx") == expected
    defused = [[row[0].removeprefix("'"), row[1]] for row in read_rows(as_csv(table), "t.csv")]
    assert defused == [[row[0].removeprefix("'"), row[1]] for row in expected]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_table_is_read_however_it_was_saved(sign, encoding):
    raw = f"姓名{sign}店铺\r\n小李{sign}山谷果园\r\n{sign}\r\n".encode(encoding)
    assert read_rows(raw, "names.csv") == [["姓名", "店铺"], ["小李", "山谷果园"]]


def test_a_cell_reads_as_it_is_shown():
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for place, (value, form) in enumerate(
        [(0.05, "0%"), (0.125, "0.0%"), (date(2026, 3, 5), "m/d"), (3.0, "General"), (0.1, "0.0")],
        start=1,
    ):
        cell = book.active.cell(1, place, value)
        cell.number_format = form
    book.save(out)
    assert read_rows(out.getvalue(), "t.xlsx") == [["5%", "12.5%", "2026-03-05", "3", "0.1"]]


def test_empty_rows_between_others_may_be_kept_to_count_by():
    raw = b"a,b\n,\n1,2\n,\n"
    assert read_rows(raw, "t.csv") == [["a", "b"], ["1", "2"]]
    assert read_rows(raw, "t.csv", with_gaps=True) == [["a", "b"], [], ["1", "2"]]


def test_unicode_text_as_excel_saves_it_is_read():
    assert read_rows("姓名\t店铺\r\n小李\t果园\r\n".encode("utf-16"), "t.csv") == [
        ["姓名", "店铺"],
        ["小李", "果园"],
    ]


def test_a_csv_of_ours_is_read_as_it_was_before_it_was_made_harmless():
    table = Table("t", ("name",), (("=1+1",), ("'quoted'",)))
    assert read_rows(as_csv(table), "t.csv") == [["name"], ["=1+1"], ["'quoted'"]]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "Fill it in"),
        (b"\xff\xfe\x00\xd8\x00", "a.csv", "Save it as CSV in UTF-8"),
        (b"PK\x03\x04 no zip", "a.xlsx", "Save it as XLSX or CSV again"),
        (b"\xd0\xcf\x11\xe0", "a.xls", "Save it as XLSX or CSV and choose that"),
        (b"a\n" * 20_002, "a.csv", "Split it into several files"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content, name, said):
    with pytest.raises(NotATable, match=said):
        read_rows(content, name)


def test_a_file_is_named_by_its_cohort_and_the_time():
    at = datetime(2026, 11, 21, 8, 5, tzinfo=UTC)
    assert file_name_of("春季班 / A", at, "xlsx") == "春季班-A-20261121-0805.xlsx"
    assert file_name_of("../..", at, "csv") == "table-20261121-0805.csv"
