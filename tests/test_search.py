"""What merchants type leads to what they meant, and nothing they type is taken for a command."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.search import Index, spelling
from academy.search.grams import asked_grams, name_form
from academy.search.pinyin import sounds

WANTED = [
    # by name
    ("体验分", "term experience-score"),
    ("千川", "term qianchuan"),
    ("保本 ROI", "term break-even-roi"),
    ("FACT+", "term fact-plus"),
    ("5A", "term five-a"),
    ("0元入驻", "term zero-deposit-entry"),
    ("中控", "term controller"),
    ("入驻与保证金规则", "skill onboarding-rules"),
    ("排一份最忙那周也做得到的日历", "lesson account-rhythm-basic-2"),
    # by another name
    ("商家体验分", "term experience-score"),
    ("投产比", "term roi"),
    ("代拍", "term no-stock-shop"),
    ("扣点", "term technical-service-fee"),
    ("CVR", "term cvr"),
    # by initials and by pinyin
    ("tyf", "term experience-score"),
    ("bbroi", "term break-even-roi"),
    ("jxlm", "term selected-alliance"),
    ("sxt", "term suixintui"),
    ("kdj", "term average-order-value"),
    ("zhdw", "skill account-positioning"),
    ("tiyanfen", "term experience-score"),
    ("wanbo", "term completion-rate"),
    # as machine translation has it
    ("店铺摇一摇", "term doudian"),
    ("庞大千传", "term qianchuan"),
    ("补丁", "term overlay"),
    ("电台", "term sound-pickup"),
    ("小店的免费推送", "term suixintui"),
    ("放货", "term listing-goods"),
    ("汇款流量", "term gather-traffic"),
    ("专家合作", "term creator-partnership"),
    # in English
    ("experience score", "term experience-score"),
    ("break even", "term break-even-roi"),
    ("deposits", "term deposit"),
    ("lucky bags", "term lucky-bag"),
    ("verified account", "term blue-v"),
    ("posting rhythm", "skill account-rhythm"),
    # half, or misspelt
    ("揽", "term pickup"),
    ("无货", "term no-stock-shop"),
    ("qianchaun", "term qianchuan"),
    ("comision", "term commission"),
    ("千穿", "term qianchuan"),
    ("compl", "term completion-rate"),
    # as people ask
    ("退款多保本roi怎么算", "term break-even-roi"),
    ("快递没揽收算发货吗", "term pickup"),
    ("不交保证金能开店吗", "term zero-deposit-entry"),
    ("达人卖的货佣金什么时候结", "lesson fulfilment-rules-basic-2"),
    ("直播间没人进来怎么办", "skill live-organic"),
    ("视频播放量上不去", "lesson video-five-metrics-basic"),
    ("how do I appeal a late dispatch penalty", "lesson fulfilment-rules-basic"),
    ("which papers do I need to open a shop", "lesson onboarding-rules-basic"),
]
HOSTILE = [
    '"',
    '""" OR "',
    "*",
    "NEAR(体验 分, 3)",
    "names: 体验",
    "体验 AND NOT 分",
    "-体验分",
    "'; DROP TABLE pages; --",
    "\x00",
    "体" * 10_000,
    "roi " * 10_000,
    "🙂🙂",
    "{fact:score-max}",
    "<script>",
    "㐀㐁㐂",
]


@pytest.fixture(scope="module")
def index(curriculum):
    return Index(curriculum)


@pytest.fixture(scope="module")
def known(curriculum):
    return {
        "term": set(curriculum.glossary.terms),
        "skill": {skill.id for skill in curriculum.framework.skills},
        "lesson": set(curriculum.lessons),
        "item": {item for lesson in curriculum.lessons.values() for item in lesson.items},
    }


def test_fifty_queries_are_tried():
    assert len(dict(WANTED)) == 50


@pytest.mark.parametrize(("query", "wanted"), WANTED, ids=[query for query, _ in WANTED])
def test_what_was_meant_is_among_the_first_three(index, query, wanted):
    assert wanted in [f"{hit.kind} {hit.id}" for hit in index.find(query, "zh", limit=3)]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_what_looks_like_a_command_is_looked_for_like_any_words(index, known, query):
    for hit in index.find(query, "en"):
        assert hit.id in known[hit.kind]


@pytest.mark.parametrize("query", ["", "   ", "？！", "\n", "🙂"])
def test_a_query_that_says_nothing_finds_nothing(index, query):
    assert index.find(query, "zh") == ()


@given(query=st.text(max_size=300), language=st.sampled_from(["zh", "en"]))
@settings(max_examples=200, deadline=None)
def test_any_text_finds_known_things_each_once_and_the_same_again(index, known, query, language):
    hits = index.find(query, language, limit=10)
    found = [(hit.kind, hit.id) for hit in hits]
    assert len(found) == len(set(found)) <= 10
    assert all(id_ in known[kind] for kind, id_ in found)
    assert index.find(query, language, limit=10) == hits


@given(
    query=st.lists(st.sampled_from("保本体验分退款佣金roi千川直播abc "), max_size=12).map("".join)
)
@settings(max_examples=100, deadline=None)
def test_a_longer_list_begins_with_the_shorter_one(index, query):
    assert index.find(query, "zh", limit=10)[:3] == index.find(query, "zh", limit=3)


def test_every_term_is_found_first_by_its_name_in_both_languages(index, curriculum):
    for term in curriculum.glossary.terms.values():
        for name in (term.name.zh, term.name.en):
            (first, *_) = index.find(name, "en")
            assert (first.kind, first.id) == ("term", term.id), name


def test_every_term_is_among_the_first_three_by_every_other_name(index, curriculum):
    for term in curriculum.glossary.terms.values():
        for name in (*term.also, *term.garbled):
            found = [hit.id for hit in index.find(name, "zh", limit=3) if hit.kind == "term"]
            assert term.id in found, name


def test_titles_and_excerpts_are_in_the_readers_language(index):
    (chinese, *_), (english, *_) = index.find("tyf", "zh"), index.find("tyf", "en")
    assert (chinese.id, english.id) == ("experience-score", "experience-score")
    assert (chinese.title, english.title) == ("体验分", "experience score")
    assert "平台" in chinese.excerpt
    assert "platform" in english.excerpt


def test_an_excerpt_of_a_lesson_says_what_was_asked_and_shows_no_markup(index):
    hits = [hit for hit in index.find("退款率 保本", "zh") if hit.kind == "lesson"]
    assert any("保本" in hit.excerpt for hit in hits)
    for sign in ("**", "{fact", "](", ":method:", "|"):
        assert not any(sign in hit.excerpt for hit in hits)


def test_of_items_only_those_on_a_lessons_way_are_found(index, curriculum):
    on_the_way = {item for lesson in curriculum.lessons.values() for item in lesson.items}
    for item in list(curriculum.bank.items.values())[::5]:
        hits = [hit for hit in index.find(item.stem.zh, "zh", limit=40) if hit.kind == "item"]
        assert (item.id in {hit.id for hit in hits}) == (item.id in on_the_way)


def test_of_an_item_only_the_stem_and_the_title_of_its_lesson_are_shown(index, curriculum):
    lesson = next(each for each in curriculum.lessons.values() if each.items)
    item = curriculum.bank.item(lesson.items[0])
    shown = next(hit for hit in index.find(item.stem.zh, "en", limit=40) if hit.id == item.id)
    assert shown.title[:20] in item.stem.en
    assert lesson.title.en.startswith(shown.excerpt.rstrip("…"))


def test_many_visitors_may_search_at_once(index):
    queries = [query for query, _ in WANTED]
    alone = [index.find(query, "zh") for query in queries]
    with ThreadPoolExecutor(8) as visitors:
        assert list(visitors.map(lambda query: index.find(query, "zh"), queries * 4)) == alone * 4


def test_pinyin_has_a_word_for_every_reading():
    assert {"chongfu", "zhongfu", "cf", "zf"} <= sounds("重复")
    assert sounds("ROI") == frozenset()


def test_names_are_filed_as_they_are_spelt():
    assert [spelling(name) for name in ("曝光", "UV 价值", "0 元入驻")] == [
        "baoguang",
        "uvjiazhi",
        "0yuanruzhu",
    ]


def test_asking_words_look_for_nothing_unless_there_are_no_others():
    assert asked_grams("保本怎么算") == ["保本", "算"]
    assert asked_grams("怎么") == ["怎么"]
    assert asked_grams("how do I price") == ["price"]


def test_a_name_is_the_same_with_other_spaces_case_and_width():
    assert name_form("保本 ＲＯＩ") == name_form("保本roi")
    assert name_form("FACT+") != name_form("FACT")
