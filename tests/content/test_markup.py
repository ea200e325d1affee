from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from academy.content import markup
from academy.facts import Fact, Source
from academy.language import Text
from academy.shops import Shop, ShopNumber
from academy.variants import filled

LABELS = markup.Labels(rule="Official rule", method="Method", lore="Street lore", stale="Re-check")
VERIFIED = date(2026, 8, 22)


def a_fact(id_: str, value: str, confidence="high", review_by=date(2027, 2, 22)) -> Fact:
    source = Source(Text("规则", "Rules"), None, VERIFIED)
    return Fact(
        id=id_,
        market="douyin",
        value=Text(value, value),
        statement=Text("一句话。", "A sentence."),
        source=source,
        review_by=review_by,
        confidence=confidence,
    )


FACTS = {
    "cap": a_fact("cap", "200 orders"),
    "fee": a_fact("fee", "$5_a_*day*"),
    "lore": a_fact("lore", "20", confidence="low"),
    "old": a_fact("old", "7 days", review_by=date(2026, 9, 1)),
}


def a_shop(*numbers: ShopNumber) -> Shop:
    words = Text("茶铺", "Tea")
    return Shop(
        id="xiaoman",
        name=words,
        owner=words,
        trade=words,
        story=words,
        called={"zh": ("小满",), "en": ("Xiaoman",)},
        timeline=(),
        numbers={number.id: number for number in numbers},
        card=(),
        tables={},
    )


def shown(source: str) -> str:
    return markup.render(
        source,
        "en",
        facts=FACTS,
        shops={},
        labels=LABELS,
        lesson_address=lambda lesson: f"/lesson?lesson={lesson}",
        today=date(2026, 11, 21),
    )


def test_a_fact_shows_its_value():
    assert shown("At most {fact:cap}.") == "At most 200 orders."


def test_a_fact_of_low_confidence_is_called_lore():
    assert shown("{fact:lore}") == "20 :yellow-badge[Street lore]"


def test_a_fact_past_its_review_says_so():
    assert shown("{fact:old}") == "7 days :gray-badge[Re\\-check]"


def test_a_value_is_shown_letter_by_letter():
    assert shown("{fact:fee}") == "\\$5\\_a\\_\\*day\\*"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (":rule: Ship in time.", ":green-badge[Official rule] Ship in time."),
        ("1. :method: Ask twice.", "1. :gray-badge[Method] Ask twice."),
        ("- :lore: Wait. :rule: Do not.",
         "- :yellow-badge[Street lore] Wait. :green-badge[Official rule] Do not."),
        ("at 10:rule:30", "at 10:rule:30"),
        (":unknown: mark", ":unknown: mark"),
    ],
)  # fmt: skip
def test_marks_become_badges(source, expected):
    assert shown(source) == expected


def test_a_number_of_a_shop_shows_its_value():
    tin = ShopNumber("tin", Text("59 元", "¥59"), 59, "yuan", Text("一罐", "a tin"), "opening")
    text = markup.render(
        "A tin costs {shop:xiaoman.tin}.",
        "en",
        facts={},
        shops={"xiaoman": a_shop(tin)},
        labels=LABELS,
        lesson_address=str,
        today=VERIFIED,
    )
    assert text == "A tin costs ¥59."


def test_a_number_of_a_shop_stands_in_an_item_whose_other_numbers_change():
    text = filled("{= price * 2} and {shop:xiaoman.tin}", {"price": 50.0})
    assert text == "100 and {shop:xiaoman.tin}"


def test_a_link_to_a_lesson_leads_to_its_address():
    assert shown("Read [this](lesson:shop-health-basic).") == (
        "Read [this](/lesson?lesson=shop-health-basic)."
    )


def test_dollars_and_tildes_are_no_formulas_and_no_strikethrough():
    assert shown("$5 to $6, 3~5 or \\~6~8") == "\\$5 to \\$6, 3\\~5 or \\~6\\~8"


anything = st.text(alphabet="ab<>/!&\\*_[]()`$~:#|{}-\"' \n")
permissive = MarkdownIt("commonmark", {"html": True}).enable("table")


@settings(deadline=None)
@given(anything)
def test_no_source_becomes_html(source):
    assert not _html(permissive.parse(markup.defused(source)))


@settings(deadline=None)
@given(st.text())
def test_escaped_text_is_shown_letter_by_letter(text):
    (_, inline, _) = permissive.parse(f"x{markup.escape(text)}x")
    words = "".join(child.content for child in inline.children)
    assert words == f"x{' '.join(text.split())}x".replace("\0", "\ufffd")
    assert {child.type for child in inline.children} <= {"text", "text_special"}


def _html(tokens) -> bool:
    return any(token.type.startswith("html") or _html(token.children or []) for token in tokens)


def test_blocks_are_prose_and_the_items_between():
    blocks = markup.blocks("One.\n\nTwo.\n\n::item{shop-health-01}\n\nThree.\n")
    assert [(block.kind, block.content) for block in blocks] == [
        ("prose", "One.\n\nTwo."),
        ("item", "shop-health-01"),
        ("prose", "Three."),
    ]


def test_what_stands_on_the_way_is_named_on_a_line_of_its_own():
    source = "::calculator{roi}\n::table{a.goods}\n::team{a.team}\n::orders{a}\nSee ::orders{a}"
    assert [(block.kind, block.content) for block in markup.blocks(source)] == [
        ("calculator", "roi"),
        ("table", "a.goods"),
        ("team", "a.team"),
        ("orders", "a"),
        ("prose", "See ::orders{a}"),
    ]


def test_plain_text_has_the_words_alone():
    source = (
        "### Head\n\n1. :rule: **Look** at [this](lesson:x-basic).\n- [ ] Open it\n\n"
        "::item{x-01}\n\n| a | b |\n|---|---|\n| c | d |"
    )
    assert markup.plain_text(source).split("\n") == [
        "Head", "Look at this.", "Open it", "a", "b", "c", "d"
    ]  # fmt: skip


def test_links_to_lessons_can_stand_beside_the_words():
    source = "[Refunds](lesson:refunds-basic), [pay](lesson:pay-basic), [it](lesson:pay-basic)."
    assert markup.linked_lessons(source) == ("refunds-basic", "pay-basic")
    assert markup.without_links(source) == "**Refunds**, **pay**, **it**."
