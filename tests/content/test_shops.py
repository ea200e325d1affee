"""The shops' numbers follow from one another, and the worked examples from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from academy import retention, team_plan
from academy.assortment import Goods, goods_in, results
from academy.calculators import CALCULATORS
from academy.content import load_content
from academy.language import LANGUAGES, Text
from academy.shops import Shop

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def curriculum():
    return load_content(ROOT)


@pytest.fixture(scope="module")
def shops(curriculum):
    return curriculum.shops


def n(shop: Shop, number: str) -> float:
    return shop.number(number).number


def fee(curriculum, category: str) -> float:
    """The platform's fee of a category, from its fact."""
    value = curriculum.fact(f"tech-fee-rate-{category}").value.en
    return float(re.search(r"[\d.]+", value)[0]) / 100


@pytest.mark.parametrize(
    ("shop", "goods", "category"),
    [("xiaoman", "cold-brew", "drinks"), ("shiguang", "trousers", "apparel"),
     ("valley", "pot", "cookware")],
)  # fmt: skip
def test_what_an_order_leaves_follows_from_price_cost_freight_fee_and_refunds(
    curriculum, shops, shop, goods, category
):
    told = shops[shop]
    item = Goods(
        Text("", ""),
        Text("", ""),
        price=n(told, f"{goods}-price"),
        cost=n(told, f"{goods}-cost"),
        shipping=n(told, f"{goods}-freight"),
        commission=fee(curriculum, category),
        refund=n(told, "refund-rate"),
        units=1,
    )
    assert n(told, f"{goods}-after-fee") == pytest.approx(item.margin, abs=0.005)
    assert n(told, f"{goods}-left") == pytest.approx(item.left, abs=0.005)
    if f"{goods}-margin" in told.numbers:
        assert n(told, f"{goods}-margin") == item.price - item.cost - item.shipping
    if f"{goods}-fee" in told.numbers:
        assert n(told, f"{goods}-fee") == pytest.approx(item.price * item.commission, abs=0.005)
    if f"{goods}-break-even" in told.numbers:
        assert n(told, f"{goods}-break-even") == pytest.approx(item.price / item.left, abs=0.005)
        assert n(told, "left-per-yuan") == pytest.approx(item.left / item.price, abs=0.0005)


BREW = "{cold-brew-price} − {cold-brew-cost} − {cold-brew-freight}"
TROUSERS = "{trousers-price} − {trousers-cost} − {trousers-freight}"
PAN = "{pot-price} − {pot-cost} − {pot-freight} − {pot-fee}"
EVEN = "{trousers-price} ÷ {trousers-left} ≈ {trousers-break-even}"
REPAIR = "{trousers-price} − 20 − {trousers-cost} − {trousers-freight}"
EXAMPLES = [
    ("base/interest-commerce/basic", "xiaoman", f"{BREW} ="),
    ("base/interest-commerce/basic", "xiaoman", "{first-month-orders} × {cold-brew-margin} ="),
    ("base/fulfilment-rules/basic", "xiaoman", f"{BREW} ="),
    ("base/listing-rules/basic", "shiguang", f"{TROUSERS} ="),
    ("traffic/qianchuan-live/advanced", "shiguang", f"{TROUSERS} − {{trousers-fee}} ="),
    ("traffic/qianchuan-live/advanced", "shiguang", EVEN),
    ("traffic/qianchuan-live/advanced-2", "valley", f"{PAN})"),
    ("traffic/ad-planning/basic", "xiaoman", f"{BREW} − 1.18"),
    ("conversion/creator-programmes/basic", "xiaoman", f"{BREW} − 1.18 ="),
    ("conversion/team-structure/basic", "xiaoman", f"{BREW} − 1.18"),
    ("conversion/team-structure/advanced", "shiguang", "{ad-spend} ÷ {monthly-orders} ≈"),
    ("conversion/team-structure/advanced", "shiguang", "{turnover} × 78% ="),
    ("conversion/assortment-pricing/advanced", "shiguang", "{trousers-price} ÷ {ad-roi} ="),
    ("conversion/live-picture/basic", "shiguang", "{monthly-orders} × 22% ="),
    ("retention/brand-output/advanced", "valley", "{pot-price} − "),
    ("retention/brand-output/advanced-2", "valley", "{pot-price} ÷ {pot-left} ≈ {pot-break-even}"),
    ("retention/after-sales/basic-2", "shiguang", REPAIR),
]  # fmt: skip


@pytest.mark.parametrize(("lesson", "shop", "sum_"), EXAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worked_example_begins_with_the_numbers_of_its_shop(shops, lesson, shop, sum_, language):
    """What is behind the signs is held by the rule that sums come out."""

    def figure(found: re.Match[str]) -> str:
        return f"{n(shops[shop], found[1]):,.2f}".rstrip("0").rstrip(".")

    text = (ROOT / f"curriculum/lessons/{lesson}.{language}.md").read_text(encoding="utf-8")
    plain = text.translate(str.maketrans({"（": "(", "）": ")", "＝": "="}))
    squeezed = re.sub(r"\s", "", plain).replace("¥", "")
    assert re.sub(r"\s", "", re.sub(r"\{([a-z0-9-]+)\}", figure, sum_)) in squeezed


@pytest.mark.parametrize(
    ("calculator", "shop", "goods"),
    [
        ("break-even-roi", "shiguang", "trousers"),
        ("creator-deal", "shiguang", "trousers"),
        ("order-profit", "xiaoman", "cold-brew"),
    ],
)
def test_a_calculator_opens_with_the_numbers_of_a_shop(shops, calculator, shop, goods):
    start = {each.id: each.start for each in CALCULATORS[calculator].inputs}
    for input_, number in (("price", "price"), ("cost", "cost"), ("fulfilment", "freight")):
        assert start[input_] == n(shops[shop], f"{goods}-{number}")


def test_the_orders_of_a_shop_grow_to_what_its_numbers_say(shops):
    growth = {
        name: [row["orders"] for row in shop.table("growth").records]
        for name, shop in shops.items()
    }
    assert growth["xiaoman"][0] == n(shops["xiaoman"], "first-month-orders")
    assert growth["shiguang"][-1] == n(shops["shiguang"], "monthly-orders")
    assert growth["valley"][-1] == n(shops["valley"], "monthly-orders")


def test_the_first_weeks_make_the_first_month(shops):
    rows = shops["xiaoman"].table("first-weeks").records
    assert sum(row["orders"] for row in rows) == n(shops["xiaoman"], "first-month-orders")
    for row in rows:
        assert row["rate"] == pytest.approx(row["orders"] / row["viewers"])


def test_a_week_of_followers_adds_up(shops):
    *days, total = shops["xiaoman"].table("follower-week").records
    for column in ("gained", "lost", "net"):
        assert sum(day[column] for day in days) == total[column]
    assert all(day["gained"] - day["lost"] == day["net"] for day in days)


def test_the_goods_of_august_make_the_orders_and_the_turnover_of_the_month(shops):
    shop = shops["shiguang"]
    goods = goods_in(shop.table("goods"))
    _, whole = results(goods)
    assert sum(each.units for each in goods) == n(shop, "monthly-orders")
    assert whole.turnover == pytest.approx(n(shop, "turnover"), rel=0.01)
    # The table by role that the lesson writes: orders, sales, margin before refunds.
    by_role: dict[str, list[float]] = {}
    for each in goods:
        sums = by_role.setdefault(each.role.zh, [0, 0, 0])
        for place, value in enumerate((each.units, each.turnover, each.margin * each.units)):
            sums[place] += value
    lesson = ROOT / "curriculum/lessons/conversion/assortment-pricing/basic-2.zh.md"
    written = lesson.read_text(encoding="utf-8")
    for role, (orders, sales, margin) in by_role.items():
        if orders:
            row = re.search(
                rf"\| {role} \d+ 款 \| ([\d,]+) \| ([\d,]+)（.*? \| ([\d,]+)（", written
            )
            figures = [float(each.replace(",", "")) for each in row.groups()]
            assert figures == pytest.approx([orders, sales, margin], abs=1)


def test_the_sources_of_a_day_make_the_day(shops):
    shop = shops["shiguang"]
    *sources, total = shop.table("sources").records
    wednesday = shop.table("week").records[-1]
    for column in ("last-week", "this-week"):
        assert sum(row[column] for row in sources) == total[column] == wednesday[column]


def test_the_drawers_and_the_creators_make_the_month(shops):
    shop = shops["valley"]
    *drawers, total = shop.table("drawers").records
    assert sum(row["sales"] for row in drawers) == total["sales"] == n(shop, "turnover") / 10_000
    top, others, all_ = shop.table("creators").records
    assert top["october"] + others["october"] == all_["october"] == n(shop, "creator-sales") / 1e4
    assert top["october"] / all_["october"] == n(shop, "top-two-share")


def test_refunds_and_repeat_purchase_are_what_the_numbers_say(shops):
    shop = shops["valley"]
    pieces = sum(row["pieces"] for row in shop.table("refunds").records)
    assert pieces == n(shop, "monthly-orders") * n(shop, "refund-rate")
    for row in shop.table("cohorts").records:
        if row["within-180"] is not None:
            assert row["within-180"] / row["buyers"] == n(shop, "repeat-180")


@pytest.mark.parametrize(("shop", "beside"), [("shiguang", 2), ("valley", 0)])
def test_a_team_has_as_many_people_as_its_shop(shops, shop, beside):
    """Beside its seven Shiguang has its owner, and the controller it has just added."""
    posts = team_plan.plan(shops[shop].table("team"))
    assert sum(post.people for post in posts) == n(shops[shop], "staff") + beside


def test_the_orders_told_one_by_one_are_200_of_80_buyers_over_half_a_year(shops):
    shop = shops["xiaoman"]
    assert len(shop.orders) == 200
    assert len({order.buyer for order in shop.orders}) == 80
    assert 180 <= (shop.orders[-1].day - shop.orders[0].day).days <= 184
    prices = {
        "cold-brew": "cold-brew-price",
        "jasmine": "jasmine-price",
        "two-tins": "two-tins-price",
        "box": "box-price",
    }
    assert all(order.paid == n(shop, prices[order.product]) for order in shop.orders)


def test_who_begins_with_two_tins_is_not_back_in_a_month_but_in_two(shops):
    group = retention.buyers(shops["xiaoman"].orders)
    today = shops["xiaoman"].orders[-1].day
    two_tins = [buyer for buyer in group if buyer.first.product == "two-tins"]
    assert retention.repeat(two_tins, 30, today).rate == 0
    assert retention.repeat(two_tins, 60, today).rate > 0.6
    everybody = retention.repeat(group, 30, today)
    assert everybody.hasty_rate < everybody.rate


def test_every_lesson_that_refers_to_a_shop_shows_its_card(curriculum):
    for lesson in curriculum.lessons.values():
        text = str(lesson.sections)
        for shop in set(re.findall(r"\{shop:([a-z]+)\.", text)):
            assert shop in lesson.shops
