"""Labels that fit, and numbers as they are printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from academy.charts.canvas import interval_text, rounded, text_width, wrapped


def test_chinese_breaks_between_its_words():
    assert wrapped("店铺与账号管理", 4) == ("店铺与", "账号管理")
    assert wrapped("免费流量获取", 4) == ("免费流量", "获取")
    assert wrapped("粉丝运营", 4) == ("粉丝运营",)


def test_english_breaks_between_its_words():
    assert wrapped("Shop and account management", 9) == ("Shop and account", "management")
    assert wrapped("Creator partnerships", 6) == ("Creator", "partnerships")


@given(st.text(alphabet="店铺与账号管理、DOU+ab ", min_size=1), st.integers(2, 20))
def test_breaking_loses_nothing_but_space(text: str, ems: int):
    assert "".join(wrapped(text, ems)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="店铺账号管理", min_size=1), st.integers(2, 20))
def test_a_line_of_chinese_keeps_within_its_room(text: str, ems: int):
    assert all(text_width(line) <= ems for line in wrapped(text, ems))


def test_what_is_not_known_is_printed_as_a_dash():
    assert rounded(None) == "–"
    assert interval_text(None, 70.0) == "–"
    assert (rounded(61.6), interval_text(48.2, 72.4)) == ("62", "48–72")
