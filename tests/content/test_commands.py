from __future__ import annotations

import json

import pytest

from academy.__main__ import main

BANK = "quizzes/shop-health.yaml"


@pytest.fixture
def run(tree, capsys):
    """Run a command on the tree; returns the exit code and what was printed."""

    def command(*words: str) -> tuple[int, str]:
        code = main(["content", *words, "--root", str(tree.root)])
        return code, capsys.readouterr().out

    return command


def test_a_check_of_good_content_says_what_it_read(run):
    code, printed = run("check")
    assert code == 0
    assert printed.startswith("Read 11 files (3 skills, 4 outcomes, 3 facts, 1 lessons, 4 items, ")
    assert printed.endswith("0 errors, 0 warnings.\n")


def test_a_check_names_file_line_rule_and_remedy(tree, run):
    line = tree.change(BANK, "thinking: apply", "thinking: aply")
    code, printed = run("check")
    assert code == 1
    assert printed.splitlines()[0] == (
        f"{BANK}:{line}  values-have-their-form  'items[1].thinking' is 'aply'. "
        "Did you mean 'apply'?"
    )


def test_warnings_do_not_fail_a_check(tree, run):
    tree.change("curriculum/ids.txt", "fact score-gate\n", "")
    code, printed = run("check")
    assert code == 0
    assert printed.startswith("warning: curriculum/ids.txt:1  new-ids-are-in-the-ledger  ")


def test_a_check_can_keep_to_the_files_of_one_author(tree, run):
    tree.change(BANK, "difficulty: 2", "difficulty: 6")
    assert run("check", "curriculum/facts")[0] == 0
    assert run("check", "quizzes", "curriculum/facts")[0] == 1


def test_the_ledger_takes_up_new_ids_and_keeps_the_old(tree, run):
    tree.change("curriculum/ids.txt", "fact score-gate\n", "fact gone retired\n")
    assert run("ledger") == (0, "Added 1 ids to curriculum/ids.txt.\n")
    rows = (tree.root / "curriculum/ids.txt").read_text(encoding="utf-8").splitlines()
    assert rows == sorted(rows)
    assert {"fact gone retired", "fact score-gate", "item shop-health-01"} <= set(rows)
    assert "item shop-health-04" not in rows, "a draft has met nobody yet"
    assert run("ledger")[1].startswith("Added 0")


def test_coverage_counts_and_lists_what_is_missing(run):
    code, printed = run("coverage", "--json")
    found = json.loads(printed)
    assert code == 0
    assert found["counts"]["items"] == {"draft": 1, "active": 3, "retired": 0}
    assert found["counts"]["lessons"] == {"zh": 1, "en": 1}
    assert found["outcomes_without_lesson"] == [
        "open-a-shop",
        "repair-health-metrics",
        "write-an-opening",
    ]
    assert found["outcomes_without_item"] == ["open-a-shop", "write-an-opening"]
    assert found["outcomes_with_one_item"] == ["repair-health-metrics"]
    assert found["skills_with_fewer_than_12_items"] == {
        "shop-setup": 0,
        "shop-health": 3,
        "video-hooks": 0,
    }
    assert found["skills_without_statements"] == ["shop-setup", "video-hooks"]
    assert found["untraced"] == []


def test_coverage_can_keep_to_one_dimension(run):
    found = json.loads(run("coverage", "--json", "--dimension", "traffic")[1])
    assert found["outcomes_without_lesson"] == ["write-an-opening"]
    assert list(found["by_dimension"]) == ["traffic"]
    assert found["counts"]["skills"] == 3


def test_coverage_reads_as_a_table(run):
    printed = run("coverage")[1]
    assert printed.splitlines()[1].split() == ["base", "2", "3", "1", "1", "3", "0", "1"]
    assert "2 skills without statements: shop-setup, video-hooks" in printed


def test_coverage_of_an_unknown_dimension_says_what_to_do(run):
    code, printed = run("coverage", "--dimension", "basis")
    assert code == 1
    assert printed.endswith("Leave --dimension out to see them all.\n")


def test_coverage_of_nothing_is_nothing(tree, run):
    (tree.root / "curriculum/framework.yaml").unlink()
    code, printed = run("coverage")
    assert code == 0
    assert "0 outcomes without a lesson" in printed


def test_tidying_sets_chinese_punctuation_and_nothing_else(tree, run):
    zh = "curriculum/lessons/base/shop-health/basic.zh.md"
    good = {file: (tree.root / file).read_text(encoding="utf-8") for file in (zh, BANK)}
    tree.change(zh, "只盯总分，不看三项", "只盯总分,不看三项")
    tree.change(zh, "title: 看懂体验分", "title: 看懂体验分,守住门槛")
    tree.change(
        BANK, "小满的店差一点就能加入联盟，她先看哪里？", "小满的店差一点就能加入联盟,她先看哪里?"
    )
    tree.change(BANK, "{zh: 三个, en: Three}", '{zh: "三个,不多", en: "Three, as said"}')
    code, printed = run("tidy")
    assert (code, printed.splitlines()[-1]) == (0, "Changed 2 files.")
    after = {file: (tree.root / file).read_text(encoding="utf-8") for file in (zh, BANK)}
    assert after[zh] == good[zh].replace("title: 看懂体验分", "title: 看懂体验分，守住门槛")
    assert after[BANK] == good[BANK].replace(
        "{zh: 三个, en: Three}", '{zh: "三个，不多", en: "Three, as said"}'
    )
    assert run("tidy")[1] == "Changed 0 files.\n"
