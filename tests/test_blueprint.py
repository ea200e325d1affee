"""Two forms of one blueprint differ in their items and not in what they cover."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.blueprint import (
    BEST,
    LONGEST_ADAPTIVE,
    MOST_PER_SKILL,
    SURE_SE,
    NotEnoughItems,
    draw_form,
    is_finished,
    next_item,
    quotas,
    shuffled_options,
)
from academy.framework import UnknownId
from academy.items import EXPERT_LOGITS, ItemBank
from academy.proficiency import estimate_profile
from tests.small_framework import NOW, answer, bank_of, framework_of

laws = settings(max_examples=50, deadline=None)
FRAMEWORK = framework_of(((2, 1), (3,)))
BANK = bank_of(FRAMEWORK)
IDS = [skill.id for skill in FRAMEWORK.skills]


def form_of(seed=0, *, seen=None, bank=BANK, skills=IDS, **size):
    rng = random.Random(seed)
    return draw_form(bank, FRAMEWORK, skills=skills, seen=seen, rng=rng, **size)


def coverage(form, what) -> Counter:
    return Counter((BANK.item(item_id).skill, what(BANK.item(item_id))) for item_id in form)


@laws
@given(st.integers(0, 10_000), st.integers(1, 10))
def test_a_form_is_drawn_by_its_seed_alone_and_repeats_no_item(seed, per_skill):
    form = form_of(seed, per_skill=per_skill)
    assert form == form_of(seed, per_skill=per_skill)
    assert len(set(form)) == len(form) == per_skill * len(IDS)


@laws
@given(st.integers(0, 10_000))
def test_two_forms_cover_the_same_levels_and_differ_in_items(seed):
    first = form_of(seed, per_skill=4)
    seen = dict.fromkeys(first, NOW)
    second = form_of(seed + 1, per_skill=4, seen=seen)
    assert not set(first) & set(second)
    assert coverage(first, lambda item: "any") == coverage(second, lambda item: "any")
    fresh = form_of(seed + 2, per_skill=4)
    assert coverage(first, lambda i: i.level) == coverage(fresh, lambda i: i.level)


def test_a_form_spreads_over_difficulties_and_outcomes():
    for seed in range(20):
        form = [BANK.item(item_id) for item_id in form_of(seed, per_skill=4, skills=["s0"])]
        assert {item.level for item in form} == {"basic", "advanced"}
        assert len({item.outcome for item in form}) >= 3
        assert max(i.difficulty for i in form) - min(i.difficulty for i in form) >= 2


def test_unseen_items_come_first_and_then_those_seen_longest_ago():
    items = [item.id for item in BANK.of_skill("s0")]
    seen = {item_id: NOW - timedelta(days=n) for n, item_id in enumerate(items[:8])}
    form = form_of(3, per_skill=4, skills=["s0"], seen=seen)
    assert set(form) == {items[8], items[9], items[7], items[6]}


def test_a_length_is_shared_out_evenly_and_the_same_way_each_time():
    shares = quotas(BANK, IDS, 15)
    assert sum(shares.values()) == 15
    assert set(shares.values()) == {2, 3}
    assert len(form_of(length=15)) == 15


def test_a_skill_with_few_items_leaves_its_share_to_others():
    few = {k: item for k, item in BANK.items.items() if item.skill != "s0" or k == "s0-i0"}
    small = ItemBank(few)
    shares = quotas(small, IDS, 24)
    assert shares["s0"] == 1
    assert sum(shares.values()) == 24
    assert len(form_of(bank=small, per_skill=3)) == 16


def test_more_items_than_the_bank_has_is_refused_with_the_next_step():
    with pytest.raises(NotEnoughItems, match=r"61 items.*60 .*write more items\."):
        form_of(length=61)


def test_a_form_needs_one_size_and_known_skills():
    for size in ({}, {"per_skill": 1, "length": 3}):
        with pytest.raises(ValueError, match="Give one of the two"):
            form_of(**size)
    with pytest.raises(UnknownId, match="no skill 's99'"):
        form_of(skills=["s99"], per_skill=1)


def test_options_are_shuffled_by_the_seed_and_all_kept():
    item = BANK.item("s0-i0")
    shuffled = shuffled_options(item, random.Random(4))
    assert shuffled == shuffled_options(item, random.Random(4))
    assert sorted(option.id for option in shuffled) == list("abcd")
    assert len({shuffled_options(item, random.Random(seed)) for seed in range(50)}) > 10


# ------------------------------------------------------------------------------------- adaptive


def profile_of(answers):
    return estimate_profile(FRAMEWORK, answers, [], stage="growing", units_done={}, now=NOW)


def adaptive_quiz(bank=BANK, is_right=lambda item: True, seen=None):
    """The items asked, one after the other, until the quiz is finished."""
    asked, answers, rng = [], [], random.Random(1)
    while True:
        profile = profile_of(answers)
        item_id = next_item(bank, FRAMEWORK, profile, asked=asked, seen=seen, rng=rng)
        finished = is_finished(bank, FRAMEWORK, profile, asked=asked, seen=seen)
        assert finished == (item_id is None)
        if item_id is None:
            return asked
        item = bank.item(item_id)
        asked.append(item_id)
        b = EXPERT_LOGITS[item.difficulty]
        answers.append(answer(item.skill, item_id, is_right(item), b=b))


def test_an_adaptive_quiz_repeats_nothing_and_ends():
    asked = adaptive_quiz()
    assert 5 < len(asked) <= LONGEST_ADAPTIVE
    assert len(set(asked)) == len(asked)
    assert max(Counter(BANK.item(i).skill for i in asked).values()) <= MOST_PER_SKILL


def test_an_adaptive_quiz_asks_no_item_that_was_seen():
    seen = {item_id: NOW for item_id in BANK.items if not item_id.endswith(("i0", "i1"))}
    assert not set(adaptive_quiz(seen=seen)) & set(seen)


def test_an_adaptive_quiz_asks_harder_items_of_whoever_answers_well():
    def difficulty(is_right):
        asked = adaptive_quiz(is_right=lambda item: is_right)
        return sum(BANK.item(item_id).difficulty for item_id in asked) / len(asked)

    assert difficulty(True) > difficulty(False)


def test_an_adaptive_quiz_ends_when_every_dimension_is_known_well_enough():
    many = [answer(s, f"x{s}-{n}", n % 2 > 0) for s in IDS for n in range(40)]
    profile = profile_of(many)
    assert max(profile.dimension(each).se for each in ("d0", "d1")) <= SURE_SE
    assert is_finished(BANK, FRAMEWORK, profile, asked=())
    assert not is_finished(BANK, FRAMEWORK, profile_of([]), asked=())


def test_an_adaptive_quiz_ends_when_nothing_left_would_tell_anything():
    hopeless = {k: item for k, item in BANK.items.items() if item.difficulty == 5}
    wrong = [answer(s, f"x{s}-{n}", False, b=-1.5, guessing=0.06) for s in IDS for n in range(6)]
    profile = profile_of(wrong)
    assert max(profile.dimension(each).se for each in ("d0", "d1")) > SURE_SE
    assert is_finished(ItemBank(hopeless), FRAMEWORK, profile, asked=())


def test_an_adaptive_item_is_one_of_the_five_that_tell_most():
    profile = profile_of([])
    drawn = {
        next_item(BANK, FRAMEWORK, profile, asked=(), rng=random.Random(seed)) for seed in range(99)
    }
    assert len(drawn) == BEST


def test_an_adaptive_quiz_ends_at_once_when_nothing_is_left():
    assert adaptive_quiz(seen=dict.fromkeys(BANK.items, NOW)) == []
