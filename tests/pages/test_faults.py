"""Whoever answered a faulty question is told what became of it, where he meets it."""

from __future__ import annotations

import shutil

import pytest
import yaml

from academy import services
from academy.content import ContentWatch
from academy.ui import resources
from tests.pages.conftest import words

SKILL = "fulfilment-rules"
REASON = {"zh": "规则在十一月改了。", "en": "The rule changed in November."}


@pytest.fixture
def edit_item(tmp_path, monkeypatch):
    """The site runs on a copy of the content with one item edited: `edit_item(id, change)`."""

    def edit(item_id, change):
        for folder in ("curriculum", "quizzes"):
            shutil.copytree(resources.ROOT / folder, tmp_path / folder)
        path = tmp_path / f"quizzes/{SKILL}.yaml"
        bank = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(next(item for item in bank["items"] if item["id"] == item_id))
        text = yaml.safe_dump(bank, allow_unicode=True).replace("'2026-11-20'", "2026-11-20")
        path.write_text(text, encoding="utf-8")
        watch = ContentWatch(tmp_path)
        monkeypatch.setattr(resources, "_watch", lambda: watch)

    return edit


@pytest.fixture
def answered(records, learner, noon):
    """Ada's practice, each question answered by the key of the day."""
    ada, curriculum = learner("ada"), resources.curriculum()
    services.choose_stage(records, ada, curriculum.framework, "exploring", now=noon)
    quiz = services.open_quiz(records, ada, curriculum, purpose="practice", subject=SKILL, now=noon)
    for item_id in quiz.form:
        key = curriculum.bank.item(item_id).key
        services.record_response(
            records, ada, curriculum, quiz.id, item_id, key, seconds=60, now=noon
        )
    return services.submit_quiz(records, ada, curriculum, quiz.id, now=noon)


def single(quiz):
    bank = resources.curriculum().bank
    return next(each for each in quiz.form if bank.item(each).type == "single")


def correct_the_key(item):
    right = next(option for option in item["options"] if option.get("key"))
    wrong = next(option for option in item["options"] if not option.get("key"))
    wrong["key"] = right.pop("key")
    item["fault"] = {"found_on": "2026-11-20", "wrong_key": [right["id"]], "reason": REASON}


def withdraw(item):
    item["status"] = "retired"
    item["fault"] = {"found_on": "2026-11-20", "reason": REASON}


def test_a_corrected_key_is_told_wherever_the_answer_is_met(visit, answered, edit_item):
    assert "corrected since" not in words(visit("ada", "results"))
    edit_item(single(answered), correct_the_key)
    quiz = visit("ada", "quiz", attempt=answered.id)
    assert quiz.metric[0].value == f"{len(answered.form)} of {len(answered.form)}"
    assert "The key of this question was corrected on 2026-11-20: The rule changed" in words(quiz)
    assert "as it was judged then; by the corrected key it is not right." in words(quiz)
    results = words(visit("ada", "results"))
    assert "1 question that you answered was corrected since" in results
    assert "withdrawn" not in results
    assert "你答过的 1 道题后来改正了答案" in words(visit("ada", "results", "zh"))
    page = visit("ada", "mistakes")
    page.session_state[f"mistake-{single(answered)}"] = True
    mistakes = words(page.run())
    assert "The key of this question was corrected on 2026-11-20" in mistakes
    assert "Not right" in mistakes


def test_a_withdrawn_question_is_told_to_whoever_answered_it(visit, answered, edit_item):
    taught = {each for lesson in resources.curriculum().lessons_of(SKILL) for each in lesson.items}
    edit_item(next(each for each in answered.form if each not in taught), withdraw)
    assert "你答过的 1 道题后来撤下了" in words(visit("ada", "results", "zh"))
    quiz = words(visit("ada", "quiz", attempt=answered.id))
    assert "This question was withdrawn on 2026-11-20 and counts no more: The rule ch" in quiz
