from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.assortment import COLUMNS, Goods, goods_in, results
from academy.language import Text
from academy.shops import Column, Table

ROLE, NAME = Text("主推", "Hero"), Text("冷泡茶", "Cold-brew tea")
TIN = Goods(ROLE, NAME, price=59, cost=18, shipping=6, commission=0.02, refund=0.06, units=37)

share = st.floats(0, 0.99)
goods = st.builds(
    Goods,
    st.just(ROLE),
    st.just(NAME),
    price=st.floats(0, 2000),
    cost=st.floats(0, 1000),
    shipping=st.floats(0, 100),
    commission=share,
    refund=share,
    units=st.floats(0, 10_000),
)


def test_an_order_leaves_its_margin_less_what_refunds_take():
    assert pytest.approx(33.82) == TIN.margin
    assert pytest.approx(33.82 * 0.94 - 0.06 * 6) == TIN.left


def test_a_table_of_goods_is_read_row_by_row():
    kinds = ("text", "text", "yuan", "yuan", "yuan", "share", "share", "count")
    columns = tuple(
        Column(id_, Text(id_, id_), kind) for id_, kind in zip(COLUMNS, kinds, strict=True)
    )
    row = (ROLE, NAME, 59.0, 18.0, 6.0, 0.02, 0.06, 37.0)
    table = Table("goods", Text("货盘", "Goods"), "opening", columns, (row,))
    assert goods_in(table) == (TIN,)


@given(st.lists(goods, max_size=6))
def test_the_rows_add_up_to_the_whole(structure):
    rows, whole = results(structure)
    assert len(rows) == len(structure)
    assert sum(row.total for row in rows) == pytest.approx(whole.total, abs=1e-6)
    assert sum(row.turnover for row in rows) == pytest.approx(whole.turnover)
    if whole.turnover:
        assert sum(row.turnover_share for row in rows) == pytest.approx(1)


@given(goods, st.floats(0, 0.99))
def test_more_refunds_never_leave_more_where_an_order_earns_anything(item, refund):
    more = Goods(
        item.role,
        item.name,
        item.price,
        item.cost,
        item.shipping,
        item.commission,
        max(refund, item.refund),
        item.units,
    )
    if item.margin >= -item.shipping:
        assert more.left <= item.left + 1e-9


def test_of_nothing_there_are_no_shares():
    rows, whole = results([])
    assert rows == ()
    assert math.isnan(whole.left)
    assert whole.total == 0
