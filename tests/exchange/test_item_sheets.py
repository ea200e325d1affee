"""The template of trainers' items can be read as it is written, whatever stands in the cells."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from academy.exchange.item_sheets import item_template, items_table
from academy.exchange.spreadsheets import as_csv, as_xlsx, read_rows
from academy.own_items import OwnItem, read_table

HOSTILE = ("=1+1", "<img src=x onerror=alert(1)>", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0")


def test_the_template_is_read_as_three_items_of_the_three_types():
    lines = read_table(read_rows(item_template(), "模板.xlsx"))
    assert [line.verdict for line in lines] == ["new"] * 3
    assert [line.item.type for line in lines] == ["single", "multiple", "true-false"]


def test_the_template_offers_types_and_steps_to_choose_from():
    sheet = openpyxl.load_workbook(io.BytesIO(item_template())).worksheets[0]
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert any("判断题" in each for each in offered)
    assert sheet.freeze_panes == "C2"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_taken_out_can_be_taken_in_again(kind):
    items = [
        OwnItem("own-1", "single", "哪一个？\n看图", ("甲", "乙"), (1,), "因为", "流程", 4),
        OwnItem("own-2", "multiple", "哪几个？", tuple("甲乙丙丁戊己庚"), (0, 6), "", "", 1),
        OwnItem("own-3", "true-false", "对吗？", (), (1,), "", "", 3),
    ]
    table = items_table("题", items)
    content = as_xlsx(table) if kind == "xlsx" else as_csv(table)
    found = [line.item for line in read_table(read_rows(content, f"t.{kind}"))]
    assert [(i.type, i.stem, i.options, i.key, i.difficulty) for i in found] == [
        (i.type, i.stem, i.options, i.key, i.difficulty) for i in items
    ]


def test_hostile_cells_stay_text_on_the_way_in_and_out():
    items = [
        OwnItem(f"own-{n}", "single", stem, ("a", "b"), (0,)) for n, stem in enumerate(HOSTILE)
    ]
    content = as_xlsx(items_table("题", items))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert [line.item.stem for line in read_table(read_rows(content, "t.xlsx"))] == list(HOSTILE)


def test_ten_thousand_rows_are_read():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, name in enumerate(("题型", "题干", "选项A", "选项B", "正确答案")):
            sheet.write_string(0, place, name)
        for number in range(1, 10_001):
            for place, cell in enumerate(("单选题", f"第{number}题", "甲", "乙", "A")):
                sheet.write_string(number, place, cell)
    lines = read_table(read_rows(out.getvalue(), "big.xlsx"))
    assert len(lines) == 10_000
    assert {line.verdict for line in lines} == {"new"}
