"""Items as trainers exchange them in Excel: the template to fill in, and a cohort's own items.

What is read goes through `spreadsheets.read_rows`, XLSX and CSV alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from academy.exchange.spreadsheets import Table
from academy.own_items import COLUMNS, LETTERS, OwnItem

SHOWN_LETTERS = LETTERS[:6]
"""Option columns of the template; up to H may be added."""
TYPES = {"single": "单选题", "multiple": "多选题", "true-false": "判断题"}
_ORDER = ("type", "stem", *SHOWN_LETTERS, "key", "explanation", "topic", "difficulty")
_EXAMPLES = (
    (
        "单选题", "短视频前三秒最要紧的是什么？", "先报店名", "让人停下来看", "先讲优惠", "",
        "", "", "B", "没停下来的人，后面的都看不到。", "短视频策划", "2",
    ),
    (
        "多选题", "下面哪些要写进发货承诺？", "发货时限", "发货地", "老板的生日", "", "", "",
        "AB", "时限和发货地买家都会问。", "履约", "3",
    ),
    (
        "判断题", "好评可以用红包换。", "", "", "", "", "", "",
        "错", "以利益换好评是违规的。", "平台规则", "1",
    ),
)  # fmt: skip
_LAST_ROW = 2000


def item_template() -> bytes:
    """The workbook to fill in: headings, three examples, and choices where there are some."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("题目")
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E6EFEA"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for place, column in enumerate(_ORDER):
            width = 40 if column == "stem" else 24 if column == "explanation" else 14
            sheet.set_column(place, place, width, wrap)
            sheet.write_string(0, place, COLUMNS[column][0], head)
        for number, example in enumerate(_EXAMPLES, start=1):
            for place, cell in enumerate(example):
                sheet.write_string(number, place, cell)
        types, steps = _ORDER.index("type"), _ORDER.index("difficulty")
        sheet.data_validation(
            1, types, _LAST_ROW, types, {"validate": "list", "source": list(TYPES.values())}
        )
        sheet.data_validation(
            1, steps, _LAST_ROW, steps, {"validate": "list", "source": ["1", "2", "3", "4", "5"]}
        )
        sheet.freeze_panes(1, 2)
    return out.getvalue()


def items_table(title: str, items: Sequence[OwnItem]) -> Table:
    """Own items in the template's columns, so that what is taken out can be taken in again."""
    letters = LETTERS[: max([len(SHOWN_LETTERS), *(len(item.options) for item in items)])]
    rows = []
    for item in items:
        options = [*item.options, *[""] * (len(letters) - len(item.options))]
        key = "".join(LETTERS[place] for place in item.key)
        if item.type == "true-false":
            key = "对" if item.key == (0,) else "错"
        rows.append(
            (
                TYPES[item.type],
                item.stem,
                *options,
                key,
                item.explanation,
                item.topic,
                str(item.difficulty),
            )
        )
    columns = ("type", "stem", *letters, "key", "explanation", "topic", "difficulty")
    return Table(title, tuple(COLUMNS[each][0] for each in columns), tuple(rows))
