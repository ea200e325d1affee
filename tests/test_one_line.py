from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from academy.one_line import one_line


def test_characters_that_turn_the_direction_of_text_are_left_out():
    assert one_line("\u202eevil\u202c name\u200f\u2066", 40) == "evil name"
    assert one_line("zero\u200bwidth\u00ad", 40) == "zerowidth"


def test_breaks_and_tabs_become_single_spaces():
    assert one_line("  one\n\ttwo \u3000 three ", 40) == "one two three"


def test_what_people_write_stays():
    for text in ("李娜的小店", "O'Brien & Söhne", "=1+1", "<b>", "متجر", "café 1号"):
        assert one_line(text, 40) == text


@given(st.text(), st.integers(1, 60))
def test_it_is_one_line_that_can_be_seen_and_no_longer_than_asked(text, limit):
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line == line.strip()
    assert not any(unicodedata.category(each).startswith("C") for each in line)
    assert one_line(line, limit) == line
