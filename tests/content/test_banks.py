"""What a whole bank may not give away."""

from __future__ import annotations

import pytest
import yaml

HOOKS = "quizzes/video-hooks.yaml"
WORDS = {
    "zh": ("春暖花开", "夏日炎炎", "秋高气爽", "冬雪皑皑"),
    "en": ("mild spring", "warm summer", "cool autumn", "cold winter"),
}
LONGER = {"zh": "一些又一些", "en": " and so on and on"}
SUBJECTS = "春夏秋冬东南西北金木水火土日月星"


def bank(size: int, *, position=lambda number: number % 4, long="", thinking="apply") -> str:
    """A bank of single-choice items; `long` is the language in which the keys are longer."""
    items = []
    for number in range(size):
        options = [
            {
                "id": letter,
                "text": {"zh": zh, "en": en},
                "feedback": {"zh": f"这一个说的是{zh}。", "en": f"This one speaks of {en}."},
            }
            for letter, zh, en in zip("abcd", WORDS["zh"], WORDS["en"], strict=True)
        ]
        key = options[position(number)]
        key["key"] = True
        if long:
            key["text"][long] += LONGER[long]
        items.append(
            {
                "id": f"video-hooks-{number + 1:02}",
                "status": "draft",
                "outcome": "write-an-opening",
                "level": "basic",
                "type": "single",
                "thinking": thinking,
                "difficulty": 3,
                "stem": {"zh": SUBJECTS[number] * 3, "en": f"Case number {number}?"},
                "options": options,
            }
        )
    content = {"skill": "video-hooks", "items": items}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def rules_at_the_bank(tree) -> list[str]:
    return [issue.rule for issue in tree.issues() if str(issue.place) == f"{HOOKS}:1"]


def test_a_balanced_bank_breaks_no_rule(tree):
    tree.write(HOOKS, bank(16))
    assert tree.issues() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bank_whose_longest_options_are_the_keys_gives_them_away(tree, language):
    tree.write(HOOKS, bank(8, long=language))
    assert rules_at_the_bank(tree) == ["the-longest-option-is-seldom-the-key"]


def test_a_few_long_keys_prove_nothing(tree):
    tree.write(HOOKS, bank(7, long="zh"))
    assert rules_at_the_bank(tree) == []


def test_a_dimension_is_judged_over_all_its_banks(tree):
    tree.write(
        "quizzes/shop-setup.yaml",
        bank(7, long="zh")
        .replace("video-hooks", "shop-setup")
        .replace("write-an-opening", "open-a-shop"),
    )
    found = [(issue.rule, issue.place.file) for issue in tree.issues()]
    assert found == [("the-longest-option-is-seldom-the-key", "curriculum/framework.yaml")]


def test_a_bank_whose_keys_stand_in_one_position_gives_them_away(tree):
    tree.write(HOOKS, bank(12, position=lambda number: 1))
    assert "keys-are-spread" in rules_at_the_bank(tree)


def test_a_bank_of_recall_alone_measures_too_little(tree):
    tree.write(HOOKS, bank(9, thinking="recall"))
    assert rules_at_the_bank(tree) == ["a-bank-asks-for-more-than-recall"]
