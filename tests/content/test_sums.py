from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.content.sums import sums


def read(line: str) -> list[bool]:
    return [found.is_right for found in sums(line)]


@pytest.mark.parametrize(
    "line",
    [
        "毛利 59 − 18 − 6 = 35 元。",
        "- 34,176 ÷ 40,000 = 85.44%，差一点",
        "1. 33.82 × 94% − 6% × 6 ≈ 31.43",
        "每单（59 − 18 − 6 − 1.18）×（1 − 6%）= 33.82 × 0.94 ≈ 31.8 元",
        "8 tins × ¥35 = ¥280",
        "310 万 × 91% = 282.1 万元",
        "¥3.1 million × 91% = ¥2.821 million",
        "38 ÷ 1.25 ≈ 31 creators",
        "450 × 186.44 ≈ ¥83,900",
        "4 × 75 × 0.467 = 140.1",
    ],
)
def test_a_sum_that_comes_out_is_right(line):
    assert read(line)
    assert all(read(line))


@pytest.mark.parametrize(
    "line", ["59 − 18 − 6 = 36", "34,176 ÷ 40,000 = 85.45%", "2 + 2 ≈ 7", "6 × 6 = 35 元"]
)
def test_a_sum_that_does_not_come_out_is_found(line):
    assert read(line) == [False]


def test_each_sign_of_equality_is_a_sum_of_its_own():
    assert read("2 + 3 = 5 = 4 + 2") == [True, False]


@pytest.mark.parametrize(
    "line",
    ["20:35 到 21:10", "a = b", "2026-08-22", "1 ÷ 0 = 0", "只有 59 元", "ROI = 成交 ÷ 花费"],
)
def test_what_is_no_sum_is_passed_over(line):
    assert read(line) == []


@given(st.text())
def test_any_line_can_be_read(line):
    list(sums(line))


money = st.integers(1, 10_000)


@given(money, money, money)
def test_a_sum_written_by_reckoning_is_right(price, cost, orders):
    total = (price - cost) * orders
    assert read(f"({price:,} − {cost:,}) × {orders:,} = {total:,}".replace("-", "−")) == [True]
