from __future__ import annotations

import pytest

from academy.charts.bars import Bar, bars
from academy.language import LANGUAGES
from tests.charts.specs import assert_colours_of, assert_valid, tables_with, texts

ROWS = (Bar("8 月", 0.5, "4 ÷ 8 = 50%"), Bar("2 月", None, "8 位没到日子"))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_vega_lite_in_the_colours_of_the_theme(mode, language):
    spec = bars(ROWS, mode=mode, language=language)
    assert_valid(spec)
    assert_colours_of(spec, mode)


def test_every_row_has_its_name_and_its_word_and_only_known_ones_a_bar():
    spec = bars(ROWS, mode="light", language="zh")
    words = tables_with(spec, "row", "label", "word", "share")
    assert [row["label"] for row in words[0]] == ["8 月", "2 月"]
    assert min(map(len, words)) == 1
    assert set(texts(spec, "word")) == {"4 ÷ 8 = 50%", "8 位没到日子"}


def test_the_description_says_it_all():
    spec = bars(ROWS, mode="light", language="en")
    assert spec["description"] == "8 月 4 ÷ 8 = 50%; 2 月 8 位没到日子."
