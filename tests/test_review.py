"""What was answered wrong comes back soon, what is known later and later."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.review import (
    ReviewCard,
    due_items,
    grade,
    item_retrievability,
    new_card,
    retrievability,
    skill_stability,
)
from tests.small_framework import NOW

laws = settings(max_examples=50, deadline=None)
DAY = timedelta(days=1)


def reviewed(*outcomes: bool, card: ReviewCard | None = None, seconds=None) -> ReviewCard:
    """A card answered each time it was due."""
    card = card or new_card("s0-i0", NOW)
    for is_correct in outcomes:
        now = max(card.due_at, NOW)
        card = grade(card, is_correct=is_correct, now=now, seconds=seconds)
    return card


def interval(card: ReviewCard) -> timedelta:
    return card.due_at - card.last_review_at


def test_a_new_card_is_due_at_once():
    assert due_items([new_card("s0-i0", NOW)], NOW, 10) == ("s0-i0",)


def test_a_wrong_answer_comes_back_sooner_than_a_right_one():
    wrong, right, fast = (
        reviewed(False),
        reviewed(True),
        reviewed(True, seconds=4),
    )
    assert interval(wrong) < DAY <= interval(right) < interval(fast)
    assert (wrong.lapses, wrong.was_last_wrong) == (1, True)


def test_each_right_answer_puts_the_next_one_further_away():
    gaps = [interval(reviewed(*[True] * n)) for n in range(1, 6)]
    assert gaps == sorted(set(gaps))
    assert interval(reviewed(True, True, True, False)) < gaps[1]


@laws
@given(st.lists(st.booleans(), max_size=8))
def test_grading_is_deterministic_and_survives_being_written_down(outcomes):
    card = reviewed(*outcomes)
    assert card == reviewed(*outcomes)
    again = ReviewCard.from_dict(json.loads(json.dumps(card.as_dict())))
    assert again == card
    assert reviewed(True, card=again) == reviewed(True, card=card)


def test_grading_returns_a_new_card():
    card = new_card("s0-i0", NOW)
    grade(card, is_correct=True, now=NOW)
    assert card == new_card("s0-i0", NOW)


def test_wrong_ones_come_first_and_the_day_has_its_limit():
    cards = [
        new_card("known", NOW - 9 * DAY),
        reviewed(False, card=new_card("wrong", NOW - 2 * DAY)),
        new_card("new", NOW - DAY),
        reviewed(True, card=new_card("later", NOW)),
        new_card("retired", NOW - DAY),
    ]
    soon = NOW + timedelta(hours=1)
    assert due_items(cards, soon, 10, withdrawn=["retired"]) == ("wrong", "known", "new")
    assert due_items(cards, soon, 1.5, withdrawn=["retired"]) == ("wrong", "known")
    assert due_items(cards, soon, 0) == ()
    assert due_items([], soon, 10) == ()


def test_what_is_known_of_an_item_fades():
    card = reviewed(True, True)
    chances = [item_retrievability(card, card.last_review_at + n * DAY) for n in (0, 5, 50, 500)]
    assert chances[0] == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)
    assert item_retrievability(card, card.due_at) == pytest.approx(0.9, abs=0.02)


def test_a_time_outside_utc_is_refused():
    for act in (
        lambda: new_card("s0-i0", datetime(2026, 1, 1)),
        lambda: due_items([], datetime.fromisoformat("2026-01-01T08:00+08:00"), 5),
    ):
        with pytest.raises(ValueError, match="Give an aware datetime in UTC"):
            act()


@laws
@given(st.floats(0, 1000), st.floats(1, 500))
def test_nine_tenths_of_a_skill_are_left_after_its_stability(days, stability):
    assert retrievability(stability, stability) == pytest.approx(0.9)
    assert 0 < retrievability(days + 1, stability) < retrievability(days, stability) <= 1


def test_units_and_reviews_make_a_skill_last_and_lapses_do_not():
    first = skill_stability(units=1)
    assert skill_stability(units=2) > first
    assert skill_stability(units=1, reviews=1) > first > skill_stability(units=1, lapses=1)
    assert retrievability(-5, first) == 1
