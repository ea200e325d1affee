"""A stage exam, one question at a time, each choice kept as it is made."""

from __future__ import annotations

import pytest

from academy import services
from academy.ui import resources
from tests.pages.conftest import SESSIONS, words

SAVED = ":material/check: saved"


@pytest.fixture
def exam(records, learner, noon):
    """Ada's exam, nothing answered yet."""
    ada, curriculum = learner("ada"), resources.curriculum()
    return services.open_quiz(
        records, ada, curriculum, purpose="exam", subject="exploring", now=noon
    )


@pytest.fixture
def as_kept(records, learner, exam):
    return lambda: services.find_quiz(records, learner("ada"), exam.id)


def choose(at, exam, number, *, first: int = 0):
    """Choose the first options of the question on the screen, from the one numbered `first`."""
    item = resources.curriculum().bank.item(exam.form[number - 1])
    key = f"choice:{exam.id}:{item.id}"
    option = exam.option_order[item.id][first]
    if item.type == "single":
        at.radio(key=key).set_value(option).run()
    else:
        at.checkbox(key=f"{key}:{option}").check().run()
    assert not at.exception
    return option


def test_one_question_stands_on_the_screen_and_each_choice_is_kept(visit, exam, as_kept):
    at = visit("ada", "quiz", attempt=exam.id)
    assert "Question 1 of 36" in words(at)
    assert "Question 2 of 36" not in words(at)
    chosen = choose(at, exam, 1)
    assert as_kept().responses[exam.form[0]].chosen == {chosen}
    assert "Question 1 of 36" in words(at), "it waits for Next"
    assert at.button(key="back").disabled
    at.button(key="next").click().run()
    assert "Question 2 of 36" in words(at)
    at.button(key="back").click().run()
    assert "Question 1 of 36" in words(at)


def test_a_choice_may_be_changed_until_the_exam_is_handed_in(visit, exam, as_kept):
    number = next(
        number
        for number, item_id in enumerate(exam.form, start=1)
        if resources.curriculum().bank.item(item_id).type == "single"
    )
    at = visit("ada", "quiz", attempt=exam.id, item=str(number))
    choose(at, exam, number)
    changed = choose(at, exam, number, first=1)
    assert as_kept().responses[exam.form[number - 1]].chosen == {changed}
    at.button(key="end").click().run()
    at.button(key="hand-in").click().run()
    assert as_kept().is_submitted
    assert at.metric[0].label == "Right"


def test_whoever_comes_back_goes_on_at_the_first_question_without_an_answer(visit, exam):
    at = visit("ada", "quiz", attempt=exam.id)
    choose(at, exam, 1)
    assert "Question 2 of 36" in words(visit("ada", "quiz", attempt=exam.id))


def test_the_address_says_which_question_and_one_that_is_none_does_no_harm(visit, exam):
    assert "Question 7 of 36" in words(visit("ada", "quiz", attempt=exam.id, item="7"))
    for none in ("0", "37", "x", "²"):
        assert "Question 1 of 36" in words(visit("ada", "quiz", attempt=exam.id, item=none))


def test_the_last_question_says_what_is_open_and_leads_there(visit, exam):
    at = visit("ada", "quiz", attempt=exam.id)
    at.button(key="end").click().run()
    assert at.button(key="hand-in").disabled
    choose(at, exam, 36)
    assert not at.button(key="hand-in").disabled
    open_ = at.button_group(key="unanswered")
    assert open_.label == "35 questions without an answer; they will not count."
    assert open_.options == [str(n) for n in range(1, 36)]
    open_.set_value("4").run()
    assert "Question 4 of 36" in words(at)
    assert not at.exception


def test_what_is_saved_says_so_beside_the_choice(visit, exam):
    for number, item_id in enumerate(exam.form, start=1):
        at = visit("ada", "quiz", attempt=exam.id, item=str(number))
        assert SAVED not in said(at)
        choose(at, exam, number)
        assert SAVED in said(at)
        assert SAVED in said(visit("ada", "quiz", attempt=exam.id, item=str(number)))
        if resources.curriculum().bank.item(item_id).type == "multiple":
            return


def test_a_choice_after_the_session_ended_is_not_saved_and_the_tab_says_so(
    visit, exam, records, learner, noon
):
    ada = learner("ada")
    at = visit("ada", "quiz", attempt=exam.id)
    choose(at, exam, 1)
    before = records.events(ada)
    services.end_session(records, SESSIONS["ada"], now=noon)
    choose(at, exam, 1, first=1)
    assert [title.value for title in at.title] == ["You signed in or out in another tab"]
    assert records.events(ada) == before


def said(at) -> str:
    return words(at) + "".join(radio.label for radio in at.radio)
