"""Search as a merchant uses it: type, read, go on."""

from academy.ui import resources
from tests.pages.conftest import words


def test_an_empty_search_says_how_to_ask(visit):
    assert "Ask as you would ask a colleague" in words(visit("eve", "search"))


def test_a_query_in_the_address_is_answered_with_terms_skills_and_lessons(visit):
    at = visit("eve", "search", "zh", q="保本 ROI")
    assert [each.value for each in at.subheader][:1] == ["术语"]
    assert "**保本 ROI** :gray[break-even ROI]" in words(at)


def test_typing_finds_while_one_types(visit):
    at = visit("eve", "search", "zh")
    at.text_input(key="q").input("店铺摇一摇").run()
    assert "**抖店**" in words(at)
    assert "店铺摇一摇" not in words(at)


def test_a_search_without_a_result_says_what_to_do(visit):
    assert "Try fewer words" in words(visit("eve", "search", q="zzzzqqqq"))


def test_markdown_in_a_query_is_not_shown_as_markdown(visit):
    assert "**x**" not in words(visit("eve", "search", q="**x** <b>体验分</b>"))


def test_a_question_on_a_lessons_way_is_found_with_its_lesson_and_without_its_options(visit):
    curriculum = resources.curriculum()
    lesson = next(each for each in curriculum.lessons.values() if each.items)
    item = curriculum.bank.item(lesson.items[0])
    at = visit("eve", "search", q=item.stem.en[:120])
    assert "Questions in lessons" in [each.value for each in at.subheader]
    for option in item.options:
        assert option.feedback.en not in words(at)


def test_searching_leaves_no_record(visit, records):
    visit("eve", "search", q="体验分")
    visit("eve", "glossary", term="pickup")
    assert records.learner_ids() == ()
