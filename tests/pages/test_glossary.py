"""The glossary on its own page, and on tap in lessons."""

import pytest

from academy.ui import resources
from tests.pages.conftest import words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_glossary_shows_every_term_in_both_languages(visit, language):
    shown = words(visit("eve", "glossary", language)).lower()
    for term in resources.curriculum().glossary.terms.values():
        assert term.name.zh.lower() in shown
        assert term.name.en.lower() in shown


def test_a_letter_in_the_address_keeps_to_its_terms(visit):
    at = visit("eve", "glossary", "zh", letter="B")
    assert [each.value for each in at.subheader] == ["B"]
    assert "**保证金**" in words(at)
    assert "**佣金**" not in words(at)


def test_an_address_opens_one_term_with_its_facts_in_place(visit):
    at = visit("eve", "glossary", term="fast-refund")
    assert "**Fast refund** :gray[极速退款]" in words(at)
    assert "{fact:" not in words(at)


def test_a_term_that_does_not_exist_is_said_not_to(visit):
    at = visit("eve", "glossary", term="<script>")
    assert at.title[0].value == "There is nothing at this address"


def test_a_lesson_explains_its_terms_on_tap(visit):
    lesson = resources.curriculum().lesson("fulfilment-rules-basic")
    at = visit("ada", "lesson", "zh", lesson=lesson.id)
    (terms,) = (each for each in at.expander if "揽收" in each.label)
    assert terms.label.startswith("术语：")
    assert "**揽收** :gray[pickup]" not in words(at)
    at.session_state[f"terms-{lesson.id}-idea"] = True
    assert "**揽收** :gray[pickup]" in words(at.run())


def test_garbled_names_are_never_shown(visit):
    shown = words(visit("eve", "glossary", "zh"))
    assert "摇一摇" not in shown
    assert "庞大千传" not in shown
