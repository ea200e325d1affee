"""Own items are the cohort's until an administrator accepts them."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from academy import services
from academy.content.drafts import draft_entry
from academy.own_items import MOST_ITEMS, OwnItem
from academy.services import Refusal

ITEM = OwnItem("", "single", "先做哪一步？", ("甲", "乙"), (1,), "因为", "流程", 2)
OUTCOME = "place-dou-plus-order"


@pytest.fixture
def take_in(cast, noon):
    def take(*items, who="Dana", cohort=None):
        return services.take_in(
            cast.records, cast[who], (cohort or cast.cohort).id, items, file="题.xlsx", now=noon
        )

    return take


@pytest.fixture
def own(cast):
    return lambda: services.own_items(cast.records, cast["Dana"], cast.cohort.id)


def test_a_dry_run_changes_nothing_and_finds_what_the_bank_has(cast, curriculum, own):
    known = curriculum.bank.item("dou-plus-01").stem.zh
    rows = [
        ["题型", "题干", "选项A", "选项B", "正确答案"],
        ["单选题", known, "甲", "乙", "A"],
        ["单选题", "新题", "甲", "乙", "A"],
    ]
    lines = services.check_table(cast.records, cast["Dana"], curriculum, cast.cohort.id, rows)
    assert [line.verdict for line in lines] == ["in-bank", "new"]
    assert own().items == ()


def test_a_table_is_taken_in_under_ids_of_its_own(take_in, own):
    take_in(ITEM)
    taken = take_in(replace(ITEM, stem="第二题"), replace(ITEM, stem="第三题"))
    assert taken.items == 2
    assert [item.stem for item in own().items] == ["先做哪一步？", "第二题", "第三题"]
    assert len({item.id for item in own().items}) == 3


def test_undoing_takes_out_what_that_table_brought_and_nothing_else(cast, take_in, own):
    first = take_in(ITEM)
    take_in(replace(ITEM, stem="第二题"))
    for _ in range(2):
        services.undo_import(cast.records, cast["Dana"], cast.cohort.id, first.id)
    assert [item.stem for item in own().items] == ["第二题"]
    assert len(own().imports) == 1


def test_what_the_cohort_has_is_not_taken_in_twice(take_in, own):
    take_in(ITEM, replace(ITEM, stem="先做哪一步"))
    assert len(own().items) == 1
    with pytest.raises(Refusal) as refused:
        take_in(ITEM)
    assert refused.value.reason == "nothing-new"


def test_too_many_are_refused_as_a_whole(take_in, own):
    with pytest.raises(Refusal) as refused:
        take_in(*(replace(ITEM, stem=f"第{n}题") for n in range(MOST_ITEMS + 1)))
    assert refused.value.reason == "too-many-items"
    assert own().items == ()


def test_each_cohort_has_its_own(cast, take_in):
    take_in(ITEM, who="Finn", cohort=cast.other_cohort)
    assert services.own_items(cast.records, cast["Dana"], cast.cohort.id).items == ()
    with pytest.raises(Refusal):
        services.own_items(cast.records, cast["Dana"], cast.other_cohort.id)


def test_only_what_is_offered_can_be_accepted(cast, curriculum, take_in, own):
    take_in(ITEM)
    (item,) = own().items
    records, gail = cast.records, cast["Gail"]

    def accept(outcome=OUTCOME):
        return services.accept_item(
            records, gail, curriculum, cast.cohort.id, item.id, outcome=outcome
        )

    with pytest.raises(Refusal) as refused:
        accept()
    assert refused.value.reason == "unknown-item"
    services.offer_items(records, cast["Dana"], cast.cohort.id, [item.id])
    assert [each.item.stem for each in services.offered_items(records, gail)] == [ITEM.stem]
    with pytest.raises(Refusal):
        accept("juggling")
    assert accept().status == own().items[0].status == "accepted"
    assert own().items[0].outcome == OUTCOME
    assert own().items[0].bank_id not in curriculum.bank.items
    services.offer_items(records, cast["Dana"], cast.cohort.id, [])
    assert own().items[0].status == "accepted"
    assert item.id not in curriculum.bank.items, "what the site asks is what its files say"


def test_a_single_item_is_taken_out_and_its_table_forgotten_with_the_last(cast, take_in, own):
    take_in(ITEM, replace(ITEM, stem="Another one?"))
    first, second = own().items
    services.take_out_item(cast.records, cast["Dana"], cast.cohort.id, first.id)
    assert (own().items, len(own().imports)) == ((second,), 1)
    services.take_out_item(cast.records, cast["Dana"], cast.cohort.id, second.id)
    assert own() == services.OwnItems()


def test_accepted_items_get_ids_of_their_own_in_the_bank(cast, curriculum, take_in, own):
    take_in(ITEM, replace(ITEM, stem="Another one?"))
    ids = [item.id for item in own().items]
    services.offer_items(cast.records, cast["Dana"], cast.cohort.id, ids)
    for each in ids:
        services.accept_item(
            cast.records, cast["Gail"], curriculum, cast.cohort.id, each, outcome=OUTCOME
        )
    first, second = (item.bank_id for item in own().items)
    skill = curriculum.framework.skill_of(OUTCOME).id
    assert first != second
    assert {first.rsplit("-", 1)[0], second.rsplit("-", 1)[0]} == {skill}


def test_what_is_declined_is_the_cohorts_again_and_may_be_offered_again(
    cast, curriculum, take_in, own
):
    take_in(ITEM)
    (item,) = own().items
    for _ in range(2):
        services.offer_items(cast.records, cast["Dana"], cast.cohort.id, [item.id])
        assert services.offered_items(cast.records, cast["Gail"])
        services.decline_item(cast.records, cast["Gail"], cast.cohort.id, item.id)
        assert own().items[0].status == "own"
    assert services.offered_items(cast.records, cast["Gail"]) == ()


def test_taking_a_table_back_out_leaves_what_was_accepted_from_it(cast, curriculum, take_in, own):
    take_in(ITEM, replace(ITEM, stem="Another one?"))
    first, _second = own().items
    services.offer_items(cast.records, cast["Dana"], cast.cohort.id, [first.id])
    services.accept_item(
        cast.records, cast["Gail"], curriculum, cast.cohort.id, first.id, outcome=OUTCOME
    )
    services.undo_import(cast.records, cast["Dana"], cast.cohort.id, first.import_id)
    assert [item.id for item in own().items] == [first.id]


def test_an_accepted_item_is_a_draft_in_the_banks_form(curriculum):
    outcome = curriculum.framework.outcome(OUTCOME)
    entry = draft_entry(replace(ITEM, bank_id="dou-plus-99"), "dou-plus", outcome)
    plain = yaml.safe_load(entry)
    (item,) = plain["items"]
    assert plain["skill"] == "dou-plus"
    assert (item["status"], item["outcome"], item["level"]) == ("draft", OUTCOME, outcome.level)
    assert [option.get("key", False) for option in item["options"]] == [False, True]
    assert item["stem"]["zh"] == ITEM.stem
    assert "\n  - id: dou-plus-99\n    status: draft\n" in entry, "as it stands in a bank"
    gaps = ["stem"] + ["text", "feedback", "feedback"] * 2
    assert entry.count(": TODO\n") == len(gaps) - 1, "the explanation stands at the right option"
