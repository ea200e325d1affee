"""What is made of a list of names, before anything is done with it."""

from __future__ import annotations

import pytest

from academy.enrolment import read_list


def verdicts(rows, expected=(), members=()):
    return [line.verdict for line in read_list(rows, expected=expected, members=members)]


@pytest.mark.parametrize("heading", ["姓名", "店铺", "Name", " 昵称 "])
def test_a_heading_names_the_column_that_is_read(heading):
    rows = [["号", heading], ["1", "小李"], ["2", "山谷果园"]]
    names = [line.name for line in read_list(rows, expected=[], members=[])]
    assert names == ["小李", "山谷果园"]


def test_without_a_heading_the_first_column_is_read_from_the_first_row():
    (line,) = read_list([["小李", "139"]], expected=[], members=[])
    assert (line.number, line.name, line.verdict) == (1, "小李", "new")


def test_names_that_differ_in_case_or_width_are_one():
    assert verdicts([["Ａbc"], ["aBC"]]) == ["new", "twice"]
    assert verdicts([["abc"]], expected=["ABC"]) == ["expected"]
    assert verdicts([["abc"]], members=["ＡＢＣ"]) == ["member"]


def test_short_rows_and_empty_lists_are_no_trouble():
    assert verdicts([]) == []
    assert verdicts([["号", "姓名"], ["1"]]) == ["empty"]
