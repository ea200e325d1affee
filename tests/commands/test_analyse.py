"""`python -m academy items analyse`: any response file, with or without a key."""

from __future__ import annotations

import json

import pytest

from academy.__main__ import main
from tests.lsat6 import NAMES, lsat6


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
