"""Items as trainers exchange them in Excel: the template to fill in, and a cohort's own items.

What is read goes through `spreadsheets.read_rows`, XLSX and CSV alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from academy.exchange.spreadsheets import Table
from academy.own_items import COLUMNS, EXAMPLES, LETTERS, OwnItem

SHOWN_LETTERS = LETTERS[:6]
"""Option columns of the template; up to H may be added."""
TYPES = {"single": "单选题", "multiple": "多选题", "true-false": "判断题"}
_ORDER = ("type", "stem", *SHOWN_LETTERS, "key", "explanation", "topic", "difficulty")
_LAST_ROW = 2000


def item_template() -> bytes:
    """The workbook to fill in: headings, three examples, and choices where there are some.

    Its cells are text, so that Excel makes no day of an option such as 3-5.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("题目")
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E6EFEA"})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for place, column in enumerate(_ORDER):
            width = 40 if column == "stem" else 24 if column == "explanation" else 14
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, COLUMNS[column][0], head)
        for number, example in enumerate(EXAMPLES, start=1):
            for place, cell in enumerate(example):
                sheet.write_string(number, place, cell, text)
        sheet.ignore_errors({"number_stored_as_text": "A1:Z9999"})
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
