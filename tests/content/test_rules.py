"""Each rule is broken by one change to good content, and is found at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from academy.content import check_content
from academy.content.rules import READING_RULES, RULES

HERE = Path(__file__).parent
FRAMEWORK = "curriculum/framework.yaml"
FACTS = "curriculum/facts/shop.yaml"
BANK = "quizzes/shop-health.yaml"
ZH = "curriculum/lessons/base/shop-health/basic.zh.md"
EN = "curriculum/lessons/base/shop-health/basic.en.md"
ASSESSMENT = "curriculum/assessment/base.yaml"
STAGE = "curriculum/stages/preparing.zh.md"
IDS = "curriculum/ids.txt"
GLOSSARY = "curriculum/glossary.yaml"
SHOP = "curriculum/shops/xiaoman.yaml"
ORDERS = "curriculum/shops/xiaoman-orders.csv"


class Break(NamedTuple):
    """A change that breaks a rule, where it is found if not where the change is, and what else
    the change breaks by necessity."""

    rule: str
    file: str
    old: str
    new: str
    at: str = ""
    also: frozenset[str] = frozenset()


BREAKS = [
    # reading
    Break("yaml-is-well-formed", FACTS, "market: douyin", "market: a: b"),
    Break(
        "yaml-is-well-formed", FACTS, "market: douyin", "market: douyin\n    id: again", "id: again"
    ),
    Break(
        "yaml-is-well-formed", FACTS, "2027-02-22\n    confidence: low", "*day\n    confidence: low"
    ),
    Break("front-matter-stands-first", STAGE, "---\nstage", "stage"),
    Break("keys-are-known", BANK, "    thinking: apply", "    thinkin: apply"),
    Break("keys-are-complete", FACTS, "    confidence: low\n", "", "- id: reply-lore"),
    Break("values-have-their-form", BANK, "difficulty: 2", "difficulty: 6"),
    Break("values-have-their-form", BANK, "type: multiple", "type: multipel"),
    Break("values-have-their-form", BANK, "{zh: 三个, en: Three}", "{zh: 三个, en: 3}"),
    Break("values-have-their-form", FACTS, "2026-07-01", "next July"),
    Break(
        "values-have-their-form",
        ASSESSMENT,
        "      - {zh: 能教别人看, en: Could teach it}\n",
        "",
        "anchors:",
    ),
    Break("values-have-their-form", ZH, "minutes: 12", "minutes: 30"),
    # ids and places
    Break(
        "ids-are-unique",
        BANK,
        "id: shop-health-02",
        "id: shop-health-01",
        also=frozenset({"ids-are-for-ever", "items-on-the-way-are-known"}),
    ),
    Break(
        "ids-are-for-ever", IDS, "item shop-health-01", "item shop-health-00\nitem shop-health-01"
    ),
    Break("ids-are-for-ever", IDS, "fact score-gate", "fact score-gate retired"),
    Break("ids-are-for-ever", IDS, "fact score-gate", "fakt x\nfact score-gate"),
    Break("new-ids-are-in-the-ledger", IDS, "fact score-gate\n", "", "ability"),
    Break("files-stand-in-their-place", BANK, "id: shop-health-04", "id: health-04"),
    Break(
        "files-stand-in-their-place",
        ASSESSMENT,
        "id: shop-health-s2",
        "id: shop-health-two",
        also=frozenset({"ids-are-for-ever", "new-ids-are-in-the-ledger"}),
    ),
    # the framework
    Break(
        "the-stages-are-the-four",
        FRAMEWORK,
        "  - id: mature",
        "  - id: ripe",
        "stages:",
        also=frozenset({"emphasis-makes-a-whole", "every-stage-is-weighed"}),
    ),
    Break(
        "every-stage-is-weighed",
        FRAMEWORK,
        "growing: 40, mature: 30",
        "growing: 40",
        also=frozenset({"emphasis-makes-a-whole"}),
    ),
    Break("every-stage-is-weighed", FRAMEWORK, "stages: [exploring]", "stages: [explorin]"),
    Break(
        "targets-stand-where-a-skill-is-asked",
        FRAMEWORK,
        "target: {exploring: 60, growing: 70",
        "target: {growing: 70",
    ),
    Break(
        "targets-stand-where-a-skill-is-asked",
        FRAMEWORK,
        "target: {exploring: 60, growing: 70",
        "target: {preparing: 1, exploring: 60, growing: 70",
    ),
    Break(
        "emphasis-makes-a-whole", FRAMEWORK, "growing: 40, mature: 30", "growing: 41, mature: 30"
    ),
    Break("prerequisites-are-known", FRAMEWORK, "[shop-setup]", "[shop-setpu]"),
    Break(
        "prerequisites-form-no-circle",
        FRAMEWORK,
        "summary: {zh: 把店开起来。",
        "prerequisites: [shop-health]\n            summary: {zh: 把店开起来。",
        also=frozenset({"prerequisites-are-asked-where-the-skill-is"}),
    ),
    Break(
        "prerequisites-are-asked-where-the-skill-is",
        FRAMEWORK,
        "summary: {zh: 把店开起来。",
        "prerequisites: [video-hooks]\n            summary: {zh: 把店开起来。",
    ),
    Break("every-row-of-the-tree-is-traced", "curriculum/traces.txt", "2.1.4", "2.1.3\n2.1.4"),
    # facts
    Break(
        "dates-of-a-fact-make-sense", FACTS, "verified_on: 2026-08-22", "verified_on: 2026-12-01"
    ),
    Break(
        "dates-of-a-fact-make-sense",
        FACTS,
        "review_by: 2027-02-22",
        "review_by: 2026-08-22",
        also=frozenset({"facts-are-reviewed-in-time"}),
    ),
    Break("fact-references-are-known", STAGE, "还没开，", "{fact:score-gat}，"),
    Break(
        "fact-references-are-known",
        BANK,
        "    thinking: apply",
        "    facts: [score-gat]\n    thinking: apply",
    ),
    Break(
        "a-market-is-named-with-its-numbers",
        BANK,
        "先看哪里？",
        "要等 {fact:tiktok-dispatch} 吗？",
        "stem:",
    ),
    Break(
        "numbers-of-a-platform-stand-in-facts",
        BANK,
        "小满的店差一点就能加入联盟",
        "体验分达到 70 分才能开通联盟",
    ),
    Break(
        "numbers-of-a-platform-stand-in-facts",
        ZH,
        "只盯总分，不看三项",
        "店铺体验分达到 70 分才能开通联盟",
    ),
    Break(
        "numbers-of-a-platform-stand-in-facts",
        EN,
        "To watch the total",
        "A shop may join once its experience score reaches 70 points",
    ),
    # items
    Break(
        "a-fault-is-mended-or-withdrawn",
        BANK,
        "    thinking: apply\n    difficulty: 2\n",
        "    thinking: apply\n    difficulty: 2\n"
        "    fault: {found_on: 2031-01-01, wrong_key: [a], reason: {zh: 规则改了, en: Changed}}\n",
        "fault:",
    ),
    Break(
        "a-fault-is-mended-or-withdrawn",
        BANK,
        "    thinking: apply\n    difficulty: 2\n",
        "    thinking: apply\n    difficulty: 2\n"
        "    fault: {found_on: 2026-08-01, wrong_key: [], reason: {zh: 规则改了, en: Changed}}\n",
        "fault:",
    ),
    Break(
        "a-fault-is-mended-or-withdrawn",
        BANK,
        "    thinking: apply\n    difficulty: 2\n",
        "    thinking: apply\n    difficulty: 2\n"
        "    fault: {found_on: 2026-08-01, wrong_key: [b], reason: {zh: 规则改了, en: Changed}}\n",
        "fault:",
    ),
    Break(
        "a-fault-is-mended-or-withdrawn",
        BANK,
        "    thinking: apply\n    difficulty: 2\n",
        "    thinking: apply\n    difficulty: 2\n"
        "    fault: {found_on: 2026-08-01, wrong_key: [b, c], reason: {zh: 改了, en: Changed}}\n",
        "fault:",
    ),
    Break(
        "a-fault-is-mended-or-withdrawn",
        BANK,
        "    thinking: apply\n    difficulty: 2\n",
        "    thinking: apply\n    difficulty: 2\n"
        "    fault: {found_on: 2026-08-01, wrong_key: [e], reason: {zh: 规则改了, en: Changed}}\n",
        "fault:",
    ),
    Break("an-item-has-its-key", BANK, "        key: true\n", "", "    options:"),
    Break("options-are-lettered-in-order", BANK, "id: b", "id: c"),
    Break(
        "only-multiple-choice-has-five-options",
        BANK,
        "  - id: shop-health-02",
        "      - {id: e, text: {zh: 看昨天的退货, en: Returns so far}, "
        "feedback: {zh: 退货只是其中一小块。, en: Returns are a small part.}}\n"
        "  - id: shop-health-02",
    ),
    Break(
        "an-item-measures-an-outcome-of-its-skill",
        BANK,
        "outcome: read-health-metrics",
        "outcome: open-a-shop",
    ),
    Break("an-item-is-no-harder-than-its-outcome", BANK, "level: basic", "level: advanced"),
    Break("every-option-teaches", BANK, "成交额不决定能否加入联盟。", "不对。"),
    Break("every-option-teaches", BANK, "人数多少和准入没有关系。", "成交额不决定能否加入联盟。"),
    Break("options-differ", BANK, "看账号的粉丝数", "看昨天的成交额"),
    Break("no-option-speaks-for-the-others", BANK, "看账号的粉丝数", "以上都不对"),
    Break("no-option-speaks-for-the-others", BANK, "Followers of the account", "None of the above"),
    Break("keys-stand-on-firm-facts", BANK, "看体验分的三项", '"看 {fact:reply-lore}"'),
    Break(
        "stems-are-not-alike",
        BANK,
        "体验分由几个部分组成？",
        "小满的店差一点就能加入联盟，她看哪里？",
    ),
    # lessons
    Break("a-lesson-has-the-seven-sections", ZH, "## 下一步", "## 下一部"),
    Break("a-lesson-has-the-seven-sections", ZH, "## 为什么要学", "先说一句。\n\n## 为什么要学"),
    Break(
        "a-lesson-has-the-seven-sections",
        ZH,
        "## 明天就做\n\n- [ ] 打开后台看一眼三项\n\n",
        "",
        "id: shop-health-basic",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break("a-lesson-has-the-seven-sections", ZH, "再读一遍", "## 常见误区\n\n再读一遍"),
    Break(
        "a-lesson-teaches-outcomes-of-its-skill",
        ZH,
        "[read-health-metrics]",
        "[open-a-shop]",
        also=frozenset({"the-heads-of-twins-agree"}),
    ),
    Break(
        "a-lesson-is-neither-short-nor-long",
        ZH,
        "只盯总分，不看三项。",
        "只盯总分。" * 300,
        "id: shop-health-basic",
    ),
    Break(
        "items-on-the-way-are-known",
        ZH,
        "::item{shop-health-03}",
        "::item{shop-health-04}",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break(
        "variables-give-a-question",
        BANK,
        "text: {zh: 看昨天的成交额, en: Yesterday's sales}",
        "text: {zh: '看昨天的 {= price} 元', en: 'Yesterday, {= price} yuan'}",
        "    stem:",
    ),
    Break(
        "calculators-are-known",
        ZH,
        "::item{shop-health-03}",
        "::item{shop-health-03}\n\n::calculator{live-gmp}",
        "live-gmp",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break(
        "advice-is-marked",
        ZH,
        "1. :rule: 先看最低的一项。\n2. :lore: 有人",
        "1. 先看最低的一项。\n2. 有人",
        "## 怎么做",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break(
        "lessons-have-headings-of-level-three-alone",
        ZH,
        "### TikTok Shop",
        "#### TikTok Shop",
        also=frozenset({"a-market-is-named-with-its-numbers"}),
    ),
    # two languages
    Break("the-heads-of-twins-agree", EN, "minutes: 12", "minutes: 13"),
    Break(
        "the-heads-of-twins-agree",
        EN,
        "https://school.jinritemai.com/score",
        "https://example.org",
        "sources:",
    ),
    Break(
        "the-sections-of-twins-are-alike",
        EN,
        "- [ ] Open",
        "- [ ] Rest\n- [ ] Open",
        "## Checklist",
    ),
    Break("the-sections-of-twins-are-alike", EN, "2. :lore: Some", "2. :method: Some", "## How"),
    Break("each-text-is-in-its-language", EN, "To watch the total", "To watch 总分"),
    Break("each-text-is-in-its-language", BANK, "看账号的粉丝数", "followers of the account"),
    # every text
    Break("texts-hold-no-html", BANK, "要把物流这一项拉起来", "<b>要把物流这一项拉起来</b>"),
    Break("links-lead-somewhere", STAGE, "先把要办的事", "[先把](http://example.org)要办的事"),
    Break("links-lead-somewhere", STAGE, "先把要办的事", "[先把](lesson:shop-helth-basic)要办的事"),
    Break(
        "linked-lessons-are-written",
        STAGE,
        "先把要办的事",
        "[先把](lesson:shop-setup-basic)要办的事",
    ),
    Break(
        "marks-and-references-are-written-right",
        ZH,
        ":lore: 有人说",
        ":lore: :myth: 有人说",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break(
        "marks-and-references-are-written-right",
        STAGE,
        "先把要办的事",
        "先把 {score-gate} 要办的事",
    ),
    Break("texts-are-clean", BANK, "Where does she look first?", "Where  does she look first?"),
    Break("texts-are-clean", BANK, "Where does she look first?", "Where does she look first? 😀"),
    Break("each-language-has-its-punctuation", STAGE, "还没开，", "还没开,"),
    Break(
        "each-language-has-its-punctuation",
        BANK,
        "Where does she look first?",
        "Where does she look first？",
    ),
    # the self-assessment
    Break(
        "a-statement-belongs-to-a-skill",
        ASSESSMENT,
        "skill: shop-health\n    short",
        "skill: shop-helth\n    short",
        also=frozenset({"files-stand-in-their-place", "a-skill-has-two-statements"}),
    ),
    Break(
        "a-skill-has-two-statements", ASSESSMENT, "    short: true\n", "", "  - id: shop-health-s2"
    ),
    Break("anchors-differ", ASSESSMENT, "每周看一次", "偶尔看一眼"),
    # stage texts
    Break("a-stage-text-has-a-section-for-each-dimension", STAGE, "## 汇流量", "## 流量"),
    Break(
        "the-sections-of-a-stage-text-are-short",
        STAGE,
        "最先做的一件事，是把",
        "是把" * 60,
        "## 强阵地",
    ),
    # the glossary
    Break("a-name-stands-for-one-term", GLOSSARY, "[粉丝群体]", "[商家 体验分]"),
    Break(
        "a-definition-is-short",
        GLOSSARY,
        "      en: What LIVE viewers join, with levels and a badge.",
        "      en: What viewers join.",
    ),
    Break("a-term-is-taught-by-a-skill", GLOSSARY, "skill: shop-health", "skill: shop-helth"),
    Break(
        "numbers-of-a-platform-stand-in-facts", GLOSSARY, "分数到了门槛", "体验分达到 70 分的店铺"
    ),
    Break(
        "a-market-is-named-with-its-numbers", GLOSSARY, "有等级和灯牌", "等 {fact:tiktok-dispatch}"
    ),
    # the invented shops
    Break("values-have-their-form", ORDERS, "2026-05-09", "9 May"),
    Break("values-have-their-form", ORDERS, "buyer,", "who,"),
    Break("a-shop-hangs-together", SHOP, "stage: exploring", "stage: preparng"),
    Break("a-shop-hangs-together", SHOP, "as_of: opening", "as_of: openin"),
    Break("a-shop-hangs-together", SHOP, "as_of: second-month", "as_of: second"),
    Break("a-shop-hangs-together", SHOP, "card: [tin-price]", "card: [tin-prise]"),
    Break("a-shop-hangs-together", ORDERS, "b02,2026-05-09,cold-brew", "b02,2026-05-09,cold-brw"),
    Break("tables-of-a-shop-are-whole", SHOP, "0.06, 37]", "0.06]"),
    Break("tables-of-a-shop-are-whole", SHOP, "0.06, 37]", "0.06, many]"),
    Break("a-number-of-a-shop-says-itself", SHOP, "{zh: 59 元, en: ¥59}", "{zh: 59 元, en: ¥95}"),
    Break("shop-references-are-known", STAGE, "还没开，", "{shop:xiaoman.tin-prise}，"),
    Break("shop-references-are-known", STAGE, "还没开，", "{shop:xiaomen.tin-price}，"),
    Break(
        "what-is-shown-of-a-shop-is-there",
        ZH,
        "::table{xiaoman.goods}",
        "::table{xiaoman.good}",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break(
        "what-is-shown-of-a-shop-is-there",
        ZH,
        "::team{xiaoman.team}",
        "::team{xiaoman.goods}",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break(
        "what-is-shown-of-a-shop-is-there",
        ZH,
        "::orders{xiaoman}",
        "::orders{xiaomen}",
        also=frozenset({"the-sections-of-twins-are-alike"}),
    ),
    Break(
        "numbers-of-a-shop-stand-in-its-file",
        BANK,
        "小满的店差一点就能加入联盟，她先看哪里？",
        "小满的冷泡茶一罐售价 59 元，她先看哪里？",
    ),
    Break("sums-come-out", ZH, "3 × 59 = 177 元", "3 × 59 = 167 元"),
]


@pytest.mark.parametrize(
    "broken", BREAKS, ids=[f"{each.rule}-{number}" for number, each in enumerate(BREAKS)]
)
def test_what_breaks_a_rule_is_found_at_its_place(tree, broken):
    line = tree.change(broken.file, broken.old, broken.new)
    if broken.at:
        rows = (tree.root / broken.file).read_text(encoding="utf-8").split("\n")
        line = next(number for number, row in enumerate(rows, start=1) if broken.at in row)
    issues = tree.issues()
    places = [str(issue.place) for issue in issues if issue.rule == broken.rule]
    assert places == [f"{broken.file}:{line}"]
    assert {issue.rule for issue in issues} == {broken.rule, *broken.also}
    assert all(issue.remedy[-1] in ".?" for issue in issues)


def found(tree, **given) -> list[tuple[str, str]]:
    return [(issue.rule, str(issue.place)) for issue in tree.issues(**given)]


def test_a_tree_without_a_framework_is_told_so_and_the_rest_is_still_read(tree):
    (tree.root / FRAMEWORK).unlink()
    (tree.root / IDS).unlink()
    tree.change(BANK, "difficulty: 2", "difficulty: 6")
    rules = {issue.rule for issue in tree.issues() if issue.severity == "error"}
    assert rules == {"the-framework-is-there", "values-have-their-form"}


def test_an_empty_tree_lacks_nothing_but_a_framework(tmp_path):
    issues = check_content(tmp_path, date(2026, 11, 21))[1]
    assert [issue.rule for issue in issues] == ["the-framework-is-there"]


def test_a_broken_file_does_not_hide_what_is_wrong_in_others_or_in_itself(tree):
    tree.change(BANK, "difficulty: 2", "difficulty: 6")
    tree.change(BANK, "换一家稳定的快递", "以上都是")
    tree.change(STAGE, "还没开，", "还没开,")
    rules = {issue.rule for issue in tree.issues()}
    assert rules == {
        "values-have-their-form",
        "no-option-speaks-for-the-others",
        "each-language-has-its-punctuation",
    }


def test_what_refers_to_an_unreadable_file_is_not_blamed_for_it(tree):
    line = tree.change(BANK, "status: active", "status: a: b")
    assert found(tree) == [("yaml-is-well-formed", f"{BANK}:{line}")]


def test_a_bank_in_the_wrong_file_is_found(tree):
    (tree.root / BANK).rename(tree.root / "quizzes/health.yaml")
    assert found(tree) == [("files-stand-in-their-place", "quizzes/health.yaml:1")]


def test_a_lesson_in_the_wrong_folder_is_found(tree):
    folder = tree.root / "curriculum/lessons"
    (folder / "base").rename(folder / "traffic")
    moved = "curriculum/lessons/traffic/shop-health/basic"
    rule = "files-stand-in-their-place"
    assert found(tree) == [(rule, f"{moved}.en.md:2"), (rule, f"{moved}.zh.md:2")]


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        (EN, "a-lesson-exists-in-both-languages"),
        ("curriculum/stages/preparing.en.md", "a-stage-text-exists-in-both-languages"),
    ],
)
def test_a_missing_translation_is_found(tree, file, rule):
    (tree.root / file).unlink()
    assert found(tree) == [(rule, f"{file.replace('.en.', '.zh.')}:2")]


def test_a_lesson_asks_three_items_at_least(tree):
    for file in (ZH, EN):
        tree.change(file, "::item{shop-health-03}\n", "")
    rule = "three-to-five-items-stand-on-the-way"
    assert found(tree) == [(rule, f"{EN}:2"), (rule, f"{ZH}:2")]


def test_a_basic_lesson_does_not_teach_what_is_advanced(tree):
    for file in (ZH, EN):
        line = tree.change(file, "[read-health-metrics]", "[repair-health-metrics]")
    rule = "a-basic-lesson-teaches-basic-outcomes"
    assert found(tree) == [(rule, f"{EN}:{line}"), (rule, f"{ZH}:{line}")]


def test_an_item_on_the_way_stands_alone_on_its_line(tree):
    for file in (ZH, EN):
        line = tree.change(file, "\n::item{shop-health-03}", "See ::item{shop-health-03}")
    rule = "three-to-five-items-stand-on-the-way"
    assert (rule, f"{ZH}:{line}") in found(tree)


def test_a_fact_past_its_review_is_a_warning(tree):
    issues = tree.issues(today=date(2027, 3, 1))
    assert [issue.severity for issue in issues] == ["warning"] * 3
    assert {issue.rule for issue in issues} == {"facts-are-reviewed-in-time"}


def test_a_team_that_reports_in_a_circle_is_no_plan(tree):
    tree.change(SHOP, "en: Service}, 1, head,", "en: Service}, 1, service,")
    assert {rule for rule, _ in found(tree)} == {"what-is-shown-of-a-shop-is-there"}


def test_orders_that_are_not_told_cannot_be_shown(tree):
    (tree.root / ORDERS).unlink()
    assert {rule for rule, _ in found(tree)} == {"what-is-shown-of-a-shop-is-there"}


def test_orders_of_nobody_are_found(tree):
    (tree.root / ORDERS).rename(tree.root / "curriculum/shops/xiaomen-orders.csv")
    rule = "a-shop-hangs-together"
    assert (rule, "curriculum/shops/xiaomen-orders.csv:1") in found(tree)


def test_a_shop_in_the_wrong_file_is_found(tree):
    (tree.root / SHOP).rename(tree.root / "curriculum/shops/ada.yaml")
    assert ("a-shop-hangs-together", "curriculum/shops/ada.yaml:1") in found(tree)


def test_every_rule_has_a_change_that_breaks_it():
    source = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    assert [rule for rule in (*READING_RULES, *RULES) if f'"{rule}"' not in source] == []
