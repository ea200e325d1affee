from __future__ import annotations

import pytest

from academy.content import ContentErrors, load_content
from academy.lessons import HEADINGS


def test_good_content_becomes_a_curriculum(tree):
    curriculum = load_content(tree.root)
    assert [skill.id for skill in curriculum.framework.skills] == [
        "shop-setup",
        "shop-health",
        "video-hooks",
    ]
    assert curriculum.framework.ability("shop-account").short.zh == "店铺"
    assert curriculum.bank.item("shop-health-03").key == {"a", "c"}
    assert [item.id for item in curriculum.bank.of_skill("shop-health")] == [
        "shop-health-01",
        "shop-health-02",
        "shop-health-03",
    ]
    assert curriculum.fact("score-gate").value.en == "70 points"
    assert curriculum.assessment.statement("shop-health-s1").is_short
    assert list(curriculum.stage_texts["preparing"].sections) == ["base", "traffic"]
    assert curriculum.stage_texts["preparing"].opening.zh.startswith("店还没开")
    score = curriculum.glossary.term("experience-score")
    assert score.names == ("体验分", "experience score", "商家体验分")
    assert (score.skill, score.market) == ("shop-health", "douyin")


def test_a_lesson_has_its_sections_items_and_facts_in_reading_order(tree):
    (lesson,) = load_content(tree.root).lessons_of("shop-health")
    assert lesson.title.en == "Read the experience score"
    assert [section.role for section in lesson.sections["en"]] == list(HEADINGS)
    assert lesson.items == ("shop-health-01", "shop-health-02", "shop-health-03")
    assert lesson.facts == ("score-gate", "reply-lore", "tiktok-dispatch")
    assert lesson.sources[0].title.zh == "商家体验分规则"
    idea = lesson.sections["zh"][1]
    assert [block.kind for block in idea.blocks] == ["prose", "item"]


def test_a_shop_has_its_story_its_numbers_and_its_orders_by_day(tree):
    curriculum = load_content(tree.root)
    shop = curriculum.shop("xiaoman")
    assert shop.stage == "exploring"
    assert shop.number("tin-price").number == 59
    assert shop.table("goods").records[0]["units"] == 37
    assert [order.buyer for order in shop.orders] == ["b01", "b02", "b01"]
    assert shop.orders[1].is_refunded
    (lesson,) = curriculum.lessons_of("shop-health")
    assert lesson.shops == ("xiaoman",)


def test_an_item_depends_on_the_facts_it_lists_and_on_those_it_writes(tree):
    bank = "quizzes/shop-health.yaml"
    tree.change(bank, "    thinking: apply", "    facts: [reply-lore]\n    thinking: apply")
    tree.change(bank, "对。门槛就设在体验分上。", '"对。门槛是 {fact:score-gate}。"')
    item = load_content(tree.root).bank.item("shop-health-01")
    assert item.facts == ("reply-lore", "score-gate")


def test_the_revision_changes_with_any_byte_and_with_nothing_else(tree):
    first = load_content(tree.root)
    assert load_content(tree.root).revision == first.revision
    tree.change("quizzes/shop-health.yaml", "Three", "3 parts")
    second = load_content(tree.root)
    assert second.revision != first.revision
    assert second.framework.revision == first.framework.revision


def test_everything_that_keeps_content_from_being_used_is_told_at_once(tree):
    tree.change("quizzes/shop-health.yaml", "difficulty: 2", "difficulty: 6")
    tree.change("curriculum/stages/preparing.zh.md", "店还没开", "{fact:nowhere}")
    with pytest.raises(ContentErrors) as caught:
        load_content(tree.root)
    assert [issue.rule for issue in caught.value.issues] == [
        "fact-references-are-known",
        "values-have-their-form",
    ]
    assert "preparing.zh.md:6" in str(caught.value)


def test_what_only_reads_badly_does_not_stop_the_site(tree):
    tree.change("curriculum/stages/preparing.zh.md", "还没开，", "还没开,")
    assert load_content(tree.root).stage_texts["preparing"].opening.zh.startswith("店还没开,")


def test_without_a_framework_there_is_no_curriculum(tmp_path):
    with pytest.raises(ContentErrors, match="Write its stages and dimensions"):
        load_content(tmp_path)


def test_a_file_saved_with_a_byte_order_mark_and_windows_lines_reads_the_same(tree):
    path = tree.root / "curriculum/stages/preparing.zh.md"
    good = load_content(tree.root).stage_texts
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_content(tree.root).stage_texts == good
