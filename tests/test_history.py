from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.history import History, history_of
from academy.items import ItemBank
from academy.records import Event
from tests.conftest import NOON
from tests.small_framework import bank_of, framework_of

KINDS = (
    "assessment-submitted",
    "statement-rated",
    "item-answered",
    "item-drawn",
    "quiz-submitted",
    "lesson-completed",
)


def started(attempt: str = "one", purpose: str = "practice") -> Event:
    return event(
        0,
        "quiz-started",
        attempt=attempt,
        purpose=purpose,
        subject="shop-health",
        form=["i1", "i2"],
        option_order={"i1": ["b", "a"], "i2": ["a", "b"]},
        item_states={"i1": {"difficulty": 0.75}, "i2": {"difficulty": 0.0, "version": "fit 1"}},
        values={"i2": {"price": 59}},
        content_revision="r1",
    )


def answered(second: int, item: str, is_correct: bool, attempt: str = "one") -> Event:
    return event(
        second,
        "item-answered",
        attempt=attempt,
        item=item,
        chosen=["a"],
        is_correct=is_correct,
        judged_by={
            "key": ["a"],
            "skill": "shop-health",
            "guessing": 0.25,
            "state": {"difficulty": 0.75},
            "least_seconds": 4.0,
        },
        seconds=12.5,
    )


def event(second: int, kind: str, **data) -> Event:
    return Event(f"{kind}:{second}", kind, NOON + timedelta(seconds=second), data)


def test_nothing_done_is_an_empty_history():
    assert history_of([]) == History()


def test_what_a_later_release_wrote_is_passed_over():
    assert history_of([event(1, "badge-awarded", badge="gold")]) == History()


@given(st.lists(st.sampled_from(KINDS)))
def test_what_refers_to_nothing_known_changes_nothing(kinds):
    data = {"attempt": "none", "lesson": "none", "item": "i", "option_order": ["a"]}
    assert history_of(event(n, kind, **data) for n, kind in enumerate(kinds)) == History()


def test_an_answer_after_handing_in_is_not_counted():
    history = history_of(
        [started(), answered(1, "i1", True), event(2, "quiz-submitted", attempt="one"),
         answered(3, "i2", True)]
    )  # fmt: skip
    assert list(history.quizzes["one"].responses) == ["i1"]
    assert history.quizzes["one"].unanswered == ("i2",)


def test_a_response_keeps_the_rule_it_was_judged_by():
    response = history_of([started(), answered(1, "i1", False)]).quizzes["one"].responses["i1"]
    assert response.judgement.key == {"a"}
    assert (response.judgement.state.difficulty, response.judgement.guessing) == (0.75, 0.25)
    assert response.seconds == 12.5


def test_mistakes_are_the_items_whose_latest_response_was_wrong():
    again = started("two", "review")
    history = history_of(
        [started(), answered(1, "i1", False), answered(2, "i2", False), again,
         answered(3, "i1", True, "two")]
    )  # fmt: skip
    plain = next(iter(bank_of(framework_of()).items.values()))
    bank = ItemBank({item_id: replace(plain, id=item_id) for item_id in ("i1", "i2")})
    assert [response.item_id for _, response in history.mistakes(bank)] == ["i2"]


def test_seen_items_are_those_on_a_form_answered_or_not():
    history = history_of([started(), answered(9, "i1", True)])
    assert history.seen_items() == {"i1": NOON + timedelta(seconds=9), "i2": NOON}


def test_units_are_lessons_completed_before_an_instant():
    lesson = {"lesson": "shop-health-basic", "skill": "shop-health", "level": "basic"}
    history = history_of(
        [event(1, "lesson-opened", **lesson), event(5, "lesson-completed", lesson=lesson["lesson"])]
    )
    assert history.units_done("shop-health") == (1, 0)
    assert history.units_done("shop-health", before=NOON + timedelta(seconds=5)) == (0, 0)
    assert history.units_done("shop-setup") == (0, 0)
