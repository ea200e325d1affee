from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.retention import buyers, first_months, repeat, usual_gap
from academy.shops import Order

TODAY = date(2026, 2, 15)
START = date(2025, 8, 16)


def an_order(buyer: str, day: int, *, is_refunded: bool = False) -> Order:
    return Order(buyer, START + timedelta(days=day), "tin", 59.0, is_refunded)


orders = st.lists(
    st.builds(
        an_order,
        st.sampled_from(["b1", "b2", "b3", "b4", "b5"]),
        st.integers(0, 183),
        is_refunded=st.booleans(),
    ),
    max_size=40,
)
windows = st.sampled_from([30, 60, 90])


def test_somebody_who_bought_again_in_time_came_back():
    group = buyers([an_order("b1", 0), an_order("b1", 30), an_order("b2", 0), an_order("b2", 31)])
    assert repeat(group, 30, TODAY).rate == 0.5
    assert repeat(group, 60, TODAY).rate == 1.0


def test_two_orders_of_one_day_are_one_purchase():
    assert repeat(buyers([an_order("b1", 0), an_order("b1", 0)]), 90, TODAY).returned == 0


def test_whose_first_order_was_refunded_is_left_out_and_refunds_bring_nobody_back():
    group = buyers(
        [
            an_order("b1", 0, is_refunded=True),
            an_order("b1", 5),
            an_order("b2", 0),
            an_order("b2", 9, is_refunded=True),
        ]
    )
    assert [buyer.first.buyer for buyer in group] == ["b2"]
    assert repeat(group, 30, TODAY).returned == 0


def test_whose_window_has_not_run_out_waits():
    group = buyers([an_order("b1", 0), an_order("b1", 9), an_order("b2", 170)])
    found = repeat(group, 30, TODAY)
    assert (found.returned, found.counted, found.waiting) == (1, 1, 1)
    assert found.rate == 1.0
    assert found.hasty_rate == 0.5


def test_the_usual_gap_is_the_middle_one():
    group = buyers(
        [an_order(f"b{gap}", 0) for gap in (18, 26, 90)]
        + [an_order(f"b{gap}", gap) for gap in (18, 26, 90)]
    )
    assert usual_gap(group) == 26
    assert usual_gap(()) is None


@given(orders, windows)
def test_nobody_is_lost_and_nobody_counted_twice(history, window):
    group = buyers(history)
    found = repeat(group, window, TODAY)
    assert found.counted + found.waiting == len(group) <= len({each.buyer for each in history})
    assert 0 <= found.returned <= found.counted
    assert 0 <= found.returned_early <= found.waiting


@given(orders)
def test_a_longer_window_counts_no_more_buyers_and_more_of_each_group_come_back(history):
    group = buyers(history)
    found = [repeat(group, window, TODAY) for window in (30, 60, 90)]
    assert [each.counted for each in found] == sorted((e.counted for e in found), reverse=True)
    for buyer in group:
        assert not buyer.came_back(30) or buyer.came_back(60)


@given(orders, windows)
def test_the_months_make_up_the_whole(history, window):
    group = buyers(history)
    parts = [
        repeat([buyer for buyer in group if buyer.month == month], window, TODAY)
        for month in first_months(group)
    ]
    whole = repeat(group, window, TODAY)
    assert sum(part.returned for part in parts) == whole.returned
    assert sum(part.counted for part in parts) == whole.counted


@given(orders, windows, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(history, window, rng):
    shuffled = list(history)
    rng.shuffle(shuffled)
    assert repeat(buyers(shuffled), window, TODAY) == (repeat(buyers(history), window, TODAY))
