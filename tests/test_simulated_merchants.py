"""Merchants who exist only to try the site on behave as people do."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from academy.simulated_merchants import SimulatedMerchant, merchant
from academy.stage_finder import find_stage


@pytest.fixture
def drawn(curriculum):
    """Draws the merchant of a seed."""

    def draw(seed: int = 1) -> SimulatedMerchant:
        return merchant(curriculum.framework, random.Random(seed))

    return draw


def test_the_same_seed_brings_the_same_merchant(drawn):
    first, again, other = drawn(1), drawn(1), drawn(2)
    assert (first.name, first.born, first.habits) == (again.name, again.born, again.habits)
    assert first.born != other.born


def test_his_stage_is_the_one_that_his_shops_facts_make(drawn):
    for seed in range(20):
        assert drawn(seed).stage == find_stage(drawn(seed).shop_facts).stage


def test_a_lesson_lifts_the_level_and_time_takes_a_part_of_it_back(drawn, curriculum, noon):
    who, lesson = drawn(), next(iter(curriculum.lessons.values()))
    before = who.level(lesson.skill, noon)
    who.study(lesson, curriculum.framework.skill(lesson.skill), noon)
    fresh = who.level(lesson.skill, noon)
    later = who.level(lesson.skill, noon + timedelta(days=90))
    assert before < later < fresh


def test_the_able_answer_rightly_more_often(drawn, curriculum, noon):
    who = drawn()
    careful = replace(who.habits, carelessness=0.0)

    def right(level: float) -> int:
        here = replace(who, habits=careful, born=dict.fromkeys(who.born, level))
        items = [item for item in curriculum.bank.items.values() if item.status == "active"]
        return sum(here.answer(item, noon)[0] == item.key for item in items)

    assert right(-1.5) < right(0.0) < right(1.5)


def test_an_answer_is_always_one_that_the_item_offers(drawn, curriculum, noon):
    for seed in range(5):
        who = drawn(seed)
        for item in curriculum.bank.items.values():
            chosen, seconds = who.answer(item, noon)
            assert chosen and chosen <= {option.id for option in item.options}
            assert item.type == "multiple" or len(chosen) == 1
            assert seconds > 0
