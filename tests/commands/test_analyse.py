"""`python -m academy items analyse`: any response file, with or without a key."""

from __future__ import annotations

import json

import pytest

from academy.__main__ import main
from academy.exchange.spreadsheets import Table, as_xlsx
from tests.lsat6 import NAMES, lsat6
from tests.published import ATTITUDE_NAMES, attitude


@pytest.fixture
def analysed(tmp_path, capsys):
    """Analyses the text of a file, with the text of a key, and gives what it printed."""

    def run(responses: str | bytes, key: str | None = None, *more: str) -> tuple[int, str, str]:
        file = tmp_path / "responses.csv"
        file.write_bytes(responses if isinstance(responses, bytes) else responses.encode())
        arguments = ["items", "analyse", str(file), *more]
        if key is not None:
            (tmp_path / "key.csv").write_text(key, encoding="utf-8")
            arguments += ["--key", str(tmp_path / "key.csv")]
        code = main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def as_csv(scores, names=NAMES) -> str:
    return "\n".join([",".join(names), *(",".join(f"{x:.0f}" for x in row) for row in scores)])


def test_a_file_of_marks_gives_every_figure(analysed):
    code, out, _ = analysed(as_csv(lsat6()), None, "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["n"], round(found["alpha"], 4)) == (1000, 0.295)
    figures = {"facility", "sd", "item_rest", "item_total", "alpha_if_deleted", "flags"}
    assert figures <= found["items"][0].keys()


def test_options_are_marked_by_the_key(analysed):
    marked = analysed(as_csv(lsat6()), None, "--json")[1]
    letters = "\n".join(
        [",".join(NAMES)] + [",".join("B" if x else "A" for x in row) for row in lsat6()]
    )
    keyed = analysed(letters, ",".join(NAMES) + "\nB,B,b,B,B\n", "--json")[1]
    for first, second in zip(json.loads(marked)["items"], json.loads(keyed)["items"], strict=True):
        assert first["item_rest"] == second["item_rest"]


@pytest.mark.parametrize("key", ["q1,q2\nA,B\n", "A,B\n", "item,key\nq1,A\nq2,B\n", "q2;q1\nB;A"])
def test_a_key_may_be_written_in_several_ways(analysed, key):
    code, out, err = analysed("name,q1,q2\nAda,A,B\nBea,A,C\nCyrus,D,B\n", key, "--json")
    assert code == 0, err
    assert [round(each["facility"], 2) for each in json.loads(out)["items"]] == [0.67, 0.67]


def test_a_table_without_names_is_called_by_number(analysed):
    out = analysed("1,0,1\n0,0,1\n1,1,\n", None, "--json")[1]
    assert [each["item"] for each in json.loads(out)["items"]] == ["item 1", "item 2", "item 3"]
    assert json.loads(out)["items"][2]["n"] == 2


def test_a_chinese_table_as_excel_saves_it_is_understood(analysed):
    text = "姓名,第一题,第二题\n小满,1,0\n山谷,0,1\n拾光,1,1\n"
    for raw in (
        text.encode("gb18030"),
        ("\ufeff" + text).encode(),
        text.replace(",", "\t").encode(),
    ):
        code, out, err = analysed(raw, None, "--json")
        assert code == 0, err
        assert [each["item"] for each in json.loads(out)["items"]] == ["第一题", "第二题"]


def items(printed: str) -> list[dict]:
    return json.loads(printed)["items"]


@pytest.mark.parametrize("blank", ["", "NA", "-", ".", "-9", "#N/A", "未答", " "])
def test_a_blank_is_no_answer_however_it_is_written(analysed, blank):
    code, out, err = analysed(f"q1,q2\n1,{blank}\n0,1\n1,0\n", None, "--json")
    assert code == 0, err
    assert [each["n"] for each in items(out)] == [3, 2]


def test_any_other_code_for_no_answer_is_named_by_whoever_knows_it(analysed):
    text = "q1,q2\n1,9\n0,1\n1,0\n"
    assert "say --missing 9" in analysed(text)[2]
    assert [each["n"] for each in items(analysed(text, None, "--json", "--missing", "9")[1])] == [
        3,
        2,
    ]


def test_what_was_not_answered_may_be_counted_as_wrong(analysed):
    out = analysed("q1,q2\nA,\nA,B\n", "A,B\n", "--json", "--blanks-wrong")[1]
    assert [(each["n"], each["facility"]) for each in items(out)] == [(2, 1.0), (2, 0.5)]


def test_points_and_ratings_are_taken_when_it_is_said_what_they_are(analysed):
    text = as_csv(attitude(), ATTITUDE_NAMES)
    assert "say --points" in analysed(text)[2]
    found = json.loads(analysed(text, None, "--json", "--points")[1])
    assert round(found["alpha"], 2) == 0.84


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffq1,q2,q3\r\n1,0,1\r\n0,0,1\r\n",
        "q1;q2;q3\n1;0;1\n0;0;1\n",
        "q1\tq2\tq3\n1\t0\t1\n0\t0\t1\n",
        "q1,q2,q3\r1,0,1\r0,0,1\r",
        '"q1","q2","q3"\n"1","0","1"\n"0","0","1"\n\n\n',
        "q1,q2,q3\n1.0,0.0,1.0\n0,0,TRUE\n",
        "q1;q2;q3\n1,0;0,0;1,0\n0;0;1\n",
        "q1,q2,q3,,\n1,0,1,,\n0,0,1,,\n",
        ",q1,q2,q3\n1,1,0,1\n2,0,0,1\n",
        "q1,q2,q3\nAda,1,0,1\nBea,0,0,1\n",
        "序号,姓名,q1,q2,q3,总分\n1,小满,1,0,1,2\n2,山谷,0,0,1,1\n",
        "ｑ１,ｑ２,ｑ３\n１,０,１\n０,０,１\n",
    ],
)
def test_the_same_table_is_read_however_it_was_written(analysed, text):
    code, out, err = analysed(text, None, "--json")
    assert code == 0, err
    assert [(each["item"], each["facility"]) for each in items(out)] == [
        ("q1", 0.5),
        ("q2", 0.0),
        ("q3", 1.0),
    ]


@pytest.mark.parametrize(
    "text", ["1,0,0.5\n0,0,1\n", "Ada,1,0,0.5\nBea,0,0,1\n", "甲;1;0;0,5\n乙;0;0;1\n"]
)
def test_a_table_without_headings_loses_nobody(analysed, text):
    out = analysed(text, None, "--json")[1]
    assert json.loads(out)["n"] == 2
    assert [each["facility"] for each in items(out)] == [0.5, 0.0, 0.75]


def test_what_adds_up_is_no_item_and_is_said(analysed):
    _code, out, err = analysed("name,q1,q2,Total\nAda,1,0,1\nBea,1,1,2\n", None, "--json")
    assert [each["item"] for each in items(out)] == ["q1", "q2"]
    assert "No items: name, Total." in err


def test_a_workbook_is_read_like_a_text(tmp_path, capsys):
    sheet = Table("t", ("name", "q1", "q2"), (("Ada", "B", "a"), ("Bea", "C", None)))
    (tmp_path / "answers.xlsx").write_bytes(as_xlsx(sheet))
    (tmp_path / "key.xlsx").write_bytes(as_xlsx(Table("k", ("q1", "q2"), (("B", "A"),))))
    files = [str(tmp_path / "answers.xlsx"), "--key", str(tmp_path / "key.xlsx")]
    assert main(["items", "analyse", *files, "--json"]) == 0
    found = items(capsys.readouterr().out)
    assert [(each["n"], each["facility"]) for each in found] == [(2, 0.5), (1, 1.0)]


@pytest.mark.parametrize("answer", ["AC", "CA", "A,C", "A;C", "A、C", "A┋C"])
def test_several_right_options_are_right_together_in_any_order(analysed, answer):
    text = f'q1\tq2\n"{answer}"\tB\nAB\tB\n'
    out = analysed(text, "q1\tq2\nAC\tB\n", "--json")[1]
    assert [each["facility"] for each in items(out)] == [0.5, 1.0]


def test_one_person_and_an_item_that_all_got_right_have_what_figures_they_can(analysed):
    one = json.loads(analysed("q1,q2\n1,0\n", None, "--json")[1])
    assert (one["n"], one["alpha"], one["items"][0]["sd"]) == (1, None, None)
    out = analysed("q1,q2,q3\n1,0,1\n1,1,0\n1,1,1\n", None, "--json")[1]
    assert items(out)[0]["item_rest"] is None
    assert items(out)[0]["facility"] == 1.0


def test_codes_that_are_no_options_and_options_that_drew_nobody_are_told_apart(analysed):
    names = [f"q{number}" for number in range(10)]
    rows = [[option] * 10 for option in "1234" * 30] + [["8"] * 10]
    rows = [[*row[:9], "3" if row[9] == "4" else row[9]] for row in rows]
    text = "\n".join(",".join(row) for row in [names, *rows])
    found = items(analysed(text, ",".join("1" * 10) + "\n", "--json")[1])
    for each in found:
        assert [o["option"] for o in each["options"] if o["is_offered"]] == list("1234")
    assert [each["item"] for each in found if "dead_distractor" in each["flags"]] == ["q9"]


@pytest.mark.parametrize(
    ("responses", "key", "said"),
    [
        ("q1,q2\n1,0\n1\n", None, "line 3: 1 cells where the first line has 2"),
        ("q1,q2\n1,5\n", None, "line 2, column 'q2': '5' is no mark from 0 to 1"),
        ("q1,q1\n1,0\n", None, "two columns are called 'q1'"),
        ("q1,q2\nA,B\n", "q1\nA\n", "the right option of q2 is missing"),
        ("", None, "there are no responses in it"),
        (b"\xff\xfe\x00\xd8\x00\x01", None, "Save it as CSV in UTF-8"),
    ],
)
def test_what_cannot_be_understood_is_named_with_the_next_step(analysed, responses, key, said):
    code, out, err = analysed(responses, key)
    assert (code, out) == (1, "")
    assert said in err


def test_a_missing_file_is_named(capsys):
    assert main(["items", "analyse", "nowhere.csv"]) == 1
    assert "nowhere.csv: it cannot be read" in capsys.readouterr().err


def test_the_table_says_from_how_many_people_on_it_judges(analysed):
    out = analysed("q1,q2,q3\n1,0,1\n0,0,1\n1,1,0\n")[1]
    assert "below that the numbers say little" in out
