"""Terms are found in what lessons say."""

import pytest

from academy.framework import UnknownId
from academy.glossary import Glossary, Term
from academy.language import Text


def term(id_: str, zh: str, en: str, *also: str, garbled: tuple[str, ...] = ()) -> Term:
    return Term(id_, Text(zh, en), Text("……", "…"), also, garbled)


GLOSSARY = Glossary(
    {
        each.id: each
        for each in (
            term("roi", "ROI", "ROI", "投产比"),
            term("break-even", "保本 ROI", "break-even ROI"),
            term("fact", "FACT", "FACT"),
            term("fact-plus", "FACT+", "FACT+"),
            term("review", "复盘", "post-session review", garbled=("重复",)),
            term("host", "主播", "host"),
        )
    }
)


def said(text: str) -> list[str]:
    return [each.id for each in GLOSSARY.said_in(text)]


def test_terms_come_once_each_in_the_order_of_the_text():
    assert said("主播先看复盘，主播再看投产比。") == ["host", "review", "roi"]


def test_the_longest_name_counts():
    assert said("保本ROI 是多少？") == ["break-even"]
    assert said("FACT+ came later") == ["fact-plus"]


def test_a_latin_name_stands_alone_or_in_the_plural():
    assert said("Two hosts, one ghost, and a heroic hostel") == ["host"]


def test_case_does_not_matter_and_spaces_may_be_missing():
    assert said("BREAK-EVEN roi") == ["break-even"]


def test_garbled_names_are_not_what_a_lesson_says():
    assert said("同样的话不要重复。") == []


def test_an_empty_glossary_finds_nothing():
    assert Glossary({}).said_in("主播") == ()


def test_other_names_are_shown_in_the_readers_language():
    rate = term("cvr", "转化率", "conversion rate", "CVR", "成交转化率", "rate of conversion")
    assert rate.also_called("zh") == ("CVR", "成交转化率")
    assert rate.also_called("en") == ("CVR", "rate of conversion")


def test_an_unknown_term_is_named():
    with pytest.raises(UnknownId, match="roy"):
        GLOSSARY.term("roy")
