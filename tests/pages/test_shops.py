"""The invented shops, met in a lesson and on a page of their own."""

from __future__ import annotations

import pytest

from academy.language import LANGUAGES
from academy.ui import resources
from tests.pages.conftest import words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shop", ["xiaoman", "shiguang", "valley"])
def test_a_shop_has_a_page_with_its_story_its_numbers_and_its_books(visit, shop, language):
    told = resources.curriculum().shop(shop)
    at = visit("eve", "shop", language, shop=shop)
    shown = words(at)
    assert at.title[0].value == told.name.in_(language)
    assert all(milestone.text.in_(language) in shown for milestone in told.timeline)
    assert all(number.what.in_(language)[1:] in shown for number in told.numbers.values())
    assert "{shop:" not in shown


def test_a_shop_that_does_not_exist_is_said_not_to(visit):
    at = visit("eve", "shop", shop="<script>")
    assert at.title[0].value == "There is nothing at this address"


def test_a_lesson_shows_the_card_of_each_shop_it_speaks_of(visit):
    at = visit("ada", "lesson", "zh", lesson="interest-commerce-basic", part="example")
    at.session_state["card-xiaoman"] = True
    shown = words(at.run())
    assert "**小满茶铺** :small[:gray[冷泡茶和小罐茶 · " in shown
    assert "林小满的冷泡茶每罐 59 元，货品 18 元，包装运费 6 元" in shown
    assert "| 4 | 5,000 | 15 | 0.30% |" in shown


def test_a_reader_measures_repeat_purchase_and_is_told_of_the_trap(visit):
    at = visit("ada", "lesson", "en", lesson="fan-value-advanced-2", part="example")
    assert "of 62 buyers whose 30 days have run out came back" in words(at)
    assert "The trap: 14 more have not had their 30 days yet" in words(at)
    key = "example-xiaoman"
    at.button_group(key=f"product:{key}").set_value("two-tins").run()
    assert "**0%**: 0 of 9 buyers" in words(at)
    at.button_group(key=f"window:{key}").set_value(60).run()
    assert "**71%**: 5 of 7 buyers" in words(at)


def test_a_team_is_drawn_and_told_in_words(visit):
    at = visit("ada", "lesson", "en", lesson="team-structure-advanced", part="whole")
    shown = words(at)
    assert "- Head · 1 · Zhou Hang · goods, prices, the books" in shown
    assert "   - Operator · 1" in shown


def test_a_goods_structure_says_what_each_row_and_all_of_them_leave(visit):
    at = visit("ada", "lesson", "en", lesson="assortment-pricing-basic-2", part="whole")
    shown = words(at)
    assert "| Mosquito-proof trousers | ¥33.99 | ¥98,568 | 70% |" in shown
    assert "| **Together** | " in shown
    assert at.button(key="goods-back:example-shiguang.goods").disabled
