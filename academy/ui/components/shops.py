"""The invented shops on the screen: their card, their tables, their team, their orders."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from academy import assortment, retention, team_plan
from academy.assortment import Goods, Result
from academy.charts.bars import Bar, bars
from academy.charts.team import spoken, team_tree
from academy.content.markup import escape
from academy.lessons import Lesson
from academy.shops import Cell, Column, ColumnKind, Order, Shop, Table
from academy.ui import language, navigation, resources
from academy.ui.components.skills import stage_name
from academy.ui.components.standings import mode
from academy.ui.language import _, plural, text

WINDOWS = (30, 60, 90)
"""Days within which a buyer may have come back."""
SHORT = 12
"""Characters of an amount with its unit that stay together on one line."""


def shop_cards(lesson: Lesson) -> None:
    """The shops that a lesson speaks of: tap a name for the story so far."""
    if len(lesson.shops) == 1:
        _shop_card(lesson.shops[0])
    elif lesson.shops:
        with st.container(horizontal=True):
            for shop_id in lesson.shops:
                _shop_card(shop_id)


def _shop_card(shop_id: str) -> None:
    curriculum = resources.curriculum()
    shop = curriculum.shop(shop_id)
    opened = st.popover(
        text(shop.name), icon=":material/storefront:", key=f"card-{shop_id}", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        st.markdown(
            f"**{text(shop.name)}** :small[:gray[{text(shop.trade)} · "
            f"{stage_name(curriculum.framework, shop.stage)}]]\n\n{text(shop.story)}"
        )
        navigation.link("shop", _("The shop so far"), icon=":material/arrow_forward:", shop=shop_id)
        st.markdown(numbers_table(shop, shop.card, _("Its numbers")))


def numbers_table(shop: Shop, number_ids: Sequence[str], head: str) -> str:
    """Numbers of a shop as a Markdown table under a head: what it is, and the number."""
    rows = [shop.number(number_id) for number_id in number_ids]
    lines = [f"| {_capital(text(row.what))} | **{_unbroken(text(row.value))}** |" for row in rows]
    return "\n".join([f"| {head} | |", "|:--|--:|", *lines])


def _unbroken(value: str) -> str:
    """A short amount, kept on one line with its unit."""
    shown = escape(value)
    return shown.replace(" ", "\u00a0") if len(value) <= SHORT else shown


def table_of(reference: str) -> tuple[Shop, Table]:
    """The shop and the table that 'shop.table' names."""
    shop_id, _dot, table_id = reference.partition(".")
    shop = resources.curriculum().shop(shop_id)
    return shop, shop.table(table_id)


def shop_table(reference: str, *, place: str) -> None:
    """A table of a shop: a goods structure to be changed, any other to be read."""
    shop, table = table_of(reference)
    if {column.id for column in table.columns} >= set(assortment.COLUMNS):
        goods_structure(shop, table, place=place)
    else:
        st.markdown(written(table))


def written(table: Table) -> str:
    """A table as Markdown, figures to the right."""
    head = " | ".join(text(column.name) for column in table.columns)
    marks = "|".join(":--" if column.kind == "text" else "--:" for column in table.columns)
    columns = [_cells(cells, column.kind) for cells, column in _by_column(table)]
    rows = [" | ".join(cells) for cells in zip(*columns, strict=True)]
    return "\n".join([f"| {head} |", f"|{marks}|", *(f"| {row} |" for row in rows)])


def _by_column(table: Table) -> Iterator[tuple[list[Cell], Column]]:
    for number, column in enumerate(table.columns):
        yield [row[number] for row in table.rows], column


def _cells(cells: Sequence[Cell], kind: ColumnKind) -> list[str]:
    """The cells of a column, its shares with as many decimals as the finest of them."""
    shares = [cell for cell in cells if isinstance(cell, int | float)]
    decimals = max((len(f"{100 * each:.4g}".partition(".")[2]) for each in shares), default=0)
    return [_cell(cell, kind, decimals) for cell in cells]


def _cell(cell: Cell, kind: ColumnKind, decimals: int = 0) -> str:
    if cell is None:
        return "–"
    if not isinstance(cell, int | float):
        return escape(text(cell))
    if kind == "yuan":
        return _money(cell)
    shown = {"share": f"{100 * cell:.{decimals}f}%", "ratio": f"{cell:,.1f}"}
    return shown.get(kind, f"{cell:,.0f}").replace("-", "−")


def _money(value: float, digits: int | None = None) -> str:
    """An amount, with so many decimals; with two, or none if it is whole, by itself."""
    if math.isnan(value):
        return "–"
    shown = (0 if float(value).is_integer() else 2) if digits is None else digits
    sign = "−" if round(value, shown) < 0 else ""
    return f"{sign}¥{abs(value):,.{shown}f}"


@st.fragment
def goods_structure(shop: Shop, table: Table, *, place: str) -> None:
    """The goods of a shop as a table that the reader changes, and what follows."""
    goods = assortment.goods_in(table)
    round_ = st.session_state.setdefault(f"goods-round:{place}", 0)
    with st.container(border=True, key=f"goods-{place}"):
        st.markdown(f":material/table_edit: **{text(shop.name)} · {text(table.title)}**")
        names = {column.id: text(column.name) for column in table.columns}
        edited = st.data_editor(
            [_editable(each) for each in goods],
            column_config={
                "goods": st.column_config.TextColumn(names["goods"], width=112, pinned=True),
                "role": st.column_config.TextColumn(names["role"], width=72),
                **{
                    column: st.column_config.NumberColumn(
                        names[column] + (" %" if column in _SHARES else ""),
                        min_value=0.0,
                        max_value=99.0 if column in _SHARES else None,
                        format="%g",
                        width=100 if column in _SHARES else 80,
                    )
                    for column in assortment.NUMBERS
                },
            },
            column_order=["goods", "units", *assortment.NUMBERS[:-1], "role"],
            disabled=["goods", "role"],
            hide_index=True,
            width="stretch",
            key=f"goods:{place}:{round_}",
        )
        changed = [_goods(each, row) for each, row in zip(goods, edited, strict=True)]
        st.markdown(_results(changed))
        st.caption(
            _(
                "An order leaves (price × (1 − fees) − cost − freight) × (1 − refunds) − freight × "
                "refunds. Fees are the platform’s and any commission; freight includes packing."
            )
        )
        if st.button(
            _("Put it back"),
            icon=":material/undo:",
            key=f"goods-back:{place}",
            disabled=tuple(changed) == goods,
        ):
            st.session_state[f"goods-round:{place}"] = round_ + 1
            st.rerun(scope="fragment")


_SHARES = ("commission", "refund")


def _editable(each: Goods) -> dict[str, object]:
    """A row of the editor; shares are entered in percent."""
    numbers = {
        column: round(getattr(each, column) * (100 if column in _SHARES else 1), 4)
        for column in assortment.NUMBERS
    }
    return {"goods": text(each.name), "role": text(each.role), **numbers}


def _goods(before: Goods, row: dict[str, object]) -> Goods:
    """The row as the reader left it; what he emptied is nothing."""
    numbers = {}
    for column in assortment.NUMBERS:
        value = row[column]
        entered = float(value) if isinstance(value, int | float) else 0.0
        numbers[column] = entered / 100 if column in _SHARES else entered
    return Goods(before.role, before.name, **numbers)


def _results(goods: Sequence[Goods]) -> str:
    rows, whole = assortment.results(goods)
    head = ["", _("an order leaves"), _("all leave"), _("of sales")]
    lines = [_result(text(each.name), row) for each, row in zip(goods, rows, strict=True)]
    lines.append(_result(f"**{_('Together')}**", whole))
    return "\n".join([f"| {' | '.join(head)} |", "|:--|--:|--:|--:|", *lines])


def _result(name: str, row: Result) -> str:
    cells = (_money(row.left, 2), _money(row.total, 0), _percent(row.turnover_share))
    return f"| {name} | {' | '.join(cells)} |"


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{share:.0%}"


def team(reference: str, *, place: str) -> None:
    """The plan of a shop's team, drawn, and the same in words."""
    shop, table = table_of(reference)
    posts = team_plan.plan(table)
    with st.container(border=True, key=f"team-{place}"):
        st.markdown(f":material/groups: **{text(shop.name)} · {text(table.title)}**")
        spec = team_tree(posts, mode=mode(), language=language.current())
        st.vega_lite_chart(spec, theme=None, width="stretch")
        st.caption(_("Dashed: nobody does this alone. Lines lead to whom a post reports."))
        with st.expander(_("In words")):
            st.markdown(
                "\n".join(
                    f"{'   ' * post.depth}- {escape(spoken(post, language.current()))}"
                    for post in posts
                )
            )


@st.fragment
def orders_explorer(shop_id: str, *, place: str) -> None:
    """Measure repeat purchase on a shop's orders: choose the window, the month, the product."""
    shop = resources.curriculum().shop(shop_id)
    group = retention.buyers(shop.orders)
    today = max((order.day for order in shop.orders), default=date.min)
    with st.container(border=True, key=f"orders-{place}"):
        title = _("Repeat purchase, on the orders of {shop}").format(shop=text(shop.name))
        st.markdown(f":material/repeat: **{title}**")
        st.caption(
            _("{orders} orders of {buyers} buyers, seen on {day}.").format(
                orders=len(shop.orders),
                buyers=len({order.buyer for order in shop.orders}),
                day=today,
            )
        )
        window = st.segmented_control(
            _("Came back within"),
            WINDOWS,
            default=WINDOWS[0],
            format_func=lambda days: plural("{n} day", "{n} days", days),
            required=True,
            key=f"window:{place}",
        )
        product = st.pills(
            _("Bought first"),
            [each.id for each in shop.products],
            format_func={each.id: text(each.name) for each in shop.products}.__getitem__,
            key=f"product:{place}",
        )
        months = retention.first_months(group)
        month = st.pills(_("First bought in"), months, format_func=_month, key=f"month:{place}")
        days = window or WINDOWS[0]
        of_product = [each for each in group if product in (None, each.first.product)]
        _rates(of_product, months, days, today, month)
        with st.expander(_("The orders themselves")):
            st.markdown(_orders(shop, shop.orders))


def _rates(
    group: Sequence[retention.Buyer],
    months: Sequence[date],
    days: int,
    today: date,
    chosen: date | None,
) -> None:
    """The rate with what it is made of, month by month, and the trap."""
    shown = [buyer for buyer in group if chosen in (None, buyer.month)]
    found = retention.repeat(shown, days, today)
    st.markdown(
        _(
            "**{rate}**: {returned} of {counted} buyers whose {days} days have run out came back."
        ).format(
            rate=_percent(found.rate), returned=found.returned, counted=found.counted, days=days
        )
    )
    by_month = {
        month: retention.repeat([each for each in group if each.month == month], days, today)
        for month in months
    }
    rows = [
        Bar(
            _month(month),
            None if math.isnan(row.rate) else row.rate,
            _word(row),
        )
        for month, row in by_month.items()
        if chosen in (None, month)
    ]
    spec = bars(rows, mode=mode(), language=language.current())
    st.vega_lite_chart(spec, theme=None, width="stretch")
    if found.waiting:
        st.markdown(
            ":material/warning: "
            + _(
                "The trap: {waiting} more have not had their {days} days yet, and {early} of them "
                "are back already. Whoever counts them all reads {hasty}, and takes the youngest "
                "for unfaithful."
            ).format(
                waiting=found.waiting,
                days=days,
                early=found.returned_early,
                hasty=_percent(found.hasty_rate),
            )
        )
    gap = retention.usual_gap(shown)
    if gap is not None:
        st.caption(
            _("Those who came back did so after {days} days in the middle.").format(
                days=f"{gap:.0f}"
            )
        )


def _word(row: retention.Repeat) -> str:
    """What stands at the end of a month's row."""
    rate = f"{row.returned} ÷ {row.counted} = {_percent(row.rate)}" if row.counted else ""
    waiting = plural("{n} not due yet", "{n} not due yet", row.waiting) if row.waiting else ""
    return " · ".join(part for part in (rate, waiting) if part) or "–"


def _month(day: date) -> str:
    if language.current() == "zh":
        return f"{day.year} 年 {day.month} 月"
    return f"{day:%B %Y}"


def _orders(shop: Shop, orders: Sequence[Order]) -> str:
    names = {product.id: text(product.name) for product in shop.products}
    head = " | ".join((_("Day"), _("Buyer"), _("Bought"), _("Paid")))
    rows = [
        f"| {order.day} | {order.buyer} | {names[order.product]} | {_money(order.paid)}"
        + (f" ({_('refunded')})" if order.is_refunded else "")
        + " |"
        for order in orders
    ]
    return "\n".join([f"| {head} |", "|:--|:--|:--|--:|", *rows])


def shop_growth(shop: Shop) -> None:
    """How many orders the shop had, from its opening on."""
    table = shop.tables.get("growth")
    if table is None:
        return
    counts = [row["orders"] for row in table.records]
    most = max(count for count in counts if isinstance(count, int | float))
    rows = [
        Bar(
            _cell(row["when"], "text"),
            row["orders"] / most,
            f"{row['orders']:,.0f}",
        )
        for row in table.records
        if isinstance(row["orders"], int | float)
    ]
    st.markdown(f"**{text(table.title)}**")
    spec = bars(rows, mode=mode(), language=language.current())
    st.vega_lite_chart(spec, theme=None, width="stretch")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
