"""What a row of a trainer's table says, and what a row that says nothing is told to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.own_items import (
    COLUMNS,
    EXAMPLES,
    LONGEST_STEM,
    NoSuchColumns,
    OwnItem,
    read_table,
    stem_key,
)

HEAD = ["题型", "题干", "选项A", "选项B", "选项C", "正确答案", "解析", "知识点", "难度"]
GOOD = ["单选题", "先做哪一步？", "甲", "乙", "丙", "B", "因为", "流程", "中"]


def lines(*rows, head=HEAD, **more):
    return read_table([head, *rows], **more)


def row(**changed: str) -> list[str]:
    cells = dict(zip(HEAD, GOOD, strict=True)) | changed
    return [cells[name] for name in HEAD]


def test_a_row_becomes_an_item():
    (line,) = lines(GOOD)
    assert line.verdict == "new"
    assert line.item == OwnItem(
        "", "single", "先做哪一步？", ("甲", "乙", "丙"), (1,), "因为", "流程", 3
    )


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"题型": "多选题", "正确答案": "A, C"}, (0, 2)),
        ({"题型": "多选", "正确答案": "ＡＢ"}, (0, 1)),
        ({"题型": "多选", "正确答案": "A、B、C"}, (0, 1, 2)),
        ({"题型": "判断题", "正确答案": "对"}, (0,)),
        ({"题型": "判断", "正确答案": "×"}, (1,)),
        ({"题型": "True/False", "正确答案": "FALSE"}, (1,)),
        ({"正确答案": "c"}, (2,)),
    ],
)
def test_the_right_answer_is_read_as_trainers_write_it(changed, key):
    (line,) = lines(row(**changed))
    assert line.item is not None, line.problems
    assert line.item.key == key


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"题型": "填空题"}, "type-unknown", "题型"),
        ({"题干": " "}, "stem-missing", "题干"),
        ({"题干": "长" * (LONGEST_STEM + 1)}, "stem-long", "题干"),
        ({"选项B": "", "选项C": "", "正确答案": "A"}, "options-few", "选项A"),
        ({"选项B": ""}, "option-gap", "选项B"),
        ({"选项B": "甲。"}, "options-same", "选项A"),
        ({"正确答案": ""}, "key-missing", "正确答案"),
        ({"正确答案": "E"}, "key-unknown", "正确答案"),
        ({"正确答案": "AB"}, "key-count", "正确答案"),
        ({"题型": "多选题"}, "key-count", "正确答案"),
        ({"题型": "判断题", "正确答案": "也许"}, "key-unknown", "正确答案"),
        ({"难度": "9"}, "difficulty-unknown", "难度"),
        ({"解析": "长" * 501}, "text-long", "解析"),
    ],
)
def test_a_row_that_says_nothing_names_the_cell(changed, code, column):
    (line,) = lines(row(**changed))
    assert (line.verdict, line.item) == ("wrong", None)
    assert (code, column) in [(problem.code, problem.column) for problem in line.problems]


def test_every_problem_of_a_row_is_named_at_once():
    (line,) = lines(row(题型="", 题干="", 正确答案="", 难度="x"))
    assert {"type-unknown", "stem-missing", "difficulty-unknown"} <= {
        problem.code for problem in line.problems
    }


def test_the_same_question_is_found_in_the_table_the_cohort_and_the_bank():
    found = lines(
        GOOD,
        row(题干="先做 哪一步?"),
        row(题干="已有的题"),
        row(题干="Which step comes first!"),
        known=["已有的题。"],
        bank=["Which step comes first?"],
    )
    assert [line.verdict for line in found] == ["new", "twice", "known", "in-bank"]
    assert found[1].same_as == 2


def test_columns_may_stand_in_any_order_and_have_english_names():
    head = ["Answer", "Question", "Type", "B", "A"]
    (line,) = lines(["A", "Which?", "single", "no", "yes"], head=head)
    assert line.item is not None and line.item.options == ("yes", "no")


def test_a_table_without_its_headings_is_told_which_are_missing():
    with pytest.raises(NoSuchColumns) as missing:
        read_table([["题干", "选项A"], ["a", "b"]])
    assert missing.value.missing == ("题型", "正确答案")


def test_rows_are_numbered_as_the_spreadsheet_counts():
    found = lines(GOOD, row(题干="第二题"), row(题型="?"))
    assert [line.number for line in found] == [2, 3, 4]


def test_a_title_above_the_headings_and_empty_rows_between_are_passed_over():
    found = read_table([["题目导入表"], [], HEAD, [], GOOD, [], row(题干="第二题")])
    assert [(line.number, line.verdict) for line in found] == [(5, "new"), (7, "new")]


def test_the_templates_examples_are_left_out_beside_rows_of_ones_own():
    examples = [[*each[:5], *each[8:]] for each in EXAMPLES]
    assert {line.verdict for line in lines(*examples)} == {"new"}
    found = lines(*examples, GOOD)
    assert [line.verdict for line in found] == ["example", "example", "example", "new"]


cells = st.text(max_size=60) | st.sampled_from(
    ["", "=1+1", "<img src=x onerror=alert(1)>", "单选题", "A", "\u202eABC", "\x00", "对"]
)


@given(st.lists(st.lists(cells, max_size=12), max_size=8))
def test_nothing_in_a_table_breaks_the_reading(rows):
    for line in lines(*rows):
        assert (line.item is None) == (line.verdict == "wrong") == bool(line.problems)
        if line.item:
            assert OwnItem.from_dict(line.item.to_dict()) == line.item
            question = line.item.question()
            assert question.key and question.allows(question.key)


@given(st.text())
def test_a_stem_is_the_same_as_itself_in_other_width_and_case(stem):
    assert stem_key(stem) == stem_key(stem)
    assert stem_key("ＡＢ c。") == stem_key("ab C")


def test_each_column_has_one_heading_of_the_template():
    first = [names[0] for names in COLUMNS.values()]
    assert len(set(first)) == len(first)
