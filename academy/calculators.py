"""Calculators: the formulas of the trade, each with its denominator, to try with one's own numbers.

A lesson shows one where its topic is a formula. The numbers it opens with are those of the lesson's
worked example or of an invented shop; nothing here is a platform's number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from academy.language import Text

Unit = Literal["yuan", "share", "count", "ratio", "seconds"]
"""yuan: money; share: 0.0 to 1.0, shown in percent; count: people or times; ratio: bare."""
Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Input:
    """A number that the reader may change."""

    id: str
    label: Text
    start: float
    unit: Unit
    least: float = 0.0
    most: float = 1e9


@dataclass(frozen=True, slots=True)
class Result:
    """A number that follows; `formula` says from what, in words."""

    label: Text
    unit: Unit
    compute: Callable[[Numbers], float]
    formula: Text


@dataclass(frozen=True, slots=True)
class Curve:
    """What a chart shows beside the numbers: one result while one input moves."""

    input: str
    least: float
    most: float
    result: int
    """Number of the result, from 0."""


@dataclass(frozen=True, slots=True)
class Calculator:
    """One formula, or a few that belong together."""

    id: str
    title: Text
    inputs: tuple[Input, ...]
    results: tuple[Result, ...]
    note: Text
    curve: Curve | None = None

    def curve_for(self, given: Numbers, points: int = 25) -> tuple[tuple[float, float], ...]:
        """The curve's input and result, point by point, the other inputs as given.

        Points where the result is none are left out. Needs a curve.
        """
        assert self.curve
        step = (self.curve.most - self.curve.least) / (points - 1)
        found = []
        for number in range(points):
            value = self.curve.least + number * step
            result = self.results_for({**given, self.curve.input: value})[self.curve.result]
            if math.isfinite(result):
                found.append((value, result))
        return tuple(found)

    def results_for(self, given: Numbers) -> tuple[float, ...]:
        """Each result in order; NaN where a denominator is zero.

        Raises ValueError for a number that is missing, unknown or out of its bounds.
        """
        if given.keys() != {each.id for each in self.inputs}:
            known = ", ".join(each.id for each in self.inputs)
            raise ValueError(f"The calculator '{self.id}' takes {known}. Give each of them once.")
        for each in self.inputs:
            if not each.least <= given[each.id] <= each.most:
                raise ValueError(
                    f"'{each.id}' is {given[each.id]}. Give a number from {each.least:g} to "
                    f"{each.most:g}."
                )
        return tuple(result.compute(given) for result in self.results)


def ratio(part: float, whole: float) -> float:
    """part ÷ whole; NaN where there is no whole, because nothing out of nothing is no share."""
    return part / whole if whole else math.nan


def per_mille(part: float, whole: float) -> float:
    """For every thousand of the whole."""
    return 1000 * ratio(part, whole)


def break_even_roi(margin: float, refund_share: float = 0.0) -> float:
    """Paid turnover that one yuan of advertising must bring so that nothing is lost.

    margin: contribution margin as a share of the price, before advertising; refund_share: of paid
    orders refunded, supposing that a refund loses the sale and nothing else.
    """
    return ratio(1, margin * (1 - refund_share))


CALCULATORS: Mapping[str, Calculator] = {
    each.id: each
    for each in (
        Calculator(
            "break-even-roi",
            Text("保本 ROI（含退款）", "Break-even ROI, refunds included"),
            (
                Input("price", Text("实付价", "Price paid"), 89, "yuan"),
                Input("cost", Text("货品成本", "Cost of goods"), 32, "yuan"),
                Input("fulfilment", Text("包装运费", "Packing and freight"), 7, "yuan"),
                Input("commission", Text("佣金率", "Commission rate"), 0.0, "share", most=0.99),
                Input("refund", Text("退款率", "Refund rate"), 0.22, "share", most=0.99),
            ),
            (
                Result(
                    Text("毛利率", "Margin"),
                    "share",
                    lambda n: _margin(n),
                    Text(
                        "（实付价 − 成本 − 包装运费 − 佣金）÷ 实付价",
                        "(price − cost − fulfilment − commission) ÷ price",
                    ),
                ),
                Result(
                    Text("不算退款的保本 ROI", "Break-even ROI without refunds"),
                    "ratio",
                    lambda n: break_even_roi(_margin(n)),
                    Text("1 ÷ 毛利率", "1 ÷ margin"),
                ),
                Result(
                    Text("算上退款的保本 ROI", "Break-even ROI with refunds"),
                    "ratio",
                    lambda n: break_even_roi(_margin(n), n["refund"]),
                    Text("1 ÷（毛利率 ×（1 − 退款率））", "1 ÷ (margin × (1 − refund rate))"),
                ),
            ),
            Text(
                "假定退一单只少一单生意，不另赔运费；要赔的，把它加进包装运费。",
                "Supposes that a refund loses the sale only; if you pay return freight, add it to "
                "packing and freight.",
            ),
            Curve("refund", 0.0, 0.6, 2),
        ),
        Calculator(
            "live-gpm",
            Text("GPM 的两个分母", "GPM and its two bases"),
            (
                Input("gmv", Text("成交额", "Sales"), 12_000, "yuan"),
                Input("views", Text("直播间观看人次", "LIVE views (times)"), 20_000, "count"),
                Input("viewers", Text("观看人数", "Unique viewers"), 8_000, "count"),
                Input("exposures", Text("商品曝光次数", "Product impressions"), 48_000, "count"),
                Input("orders", Text("订单数", "Orders"), 150, "count"),
            ),
            (
                Result(
                    Text("直播 GPM", "LIVE GPM"),
                    "yuan",
                    lambda n: per_mille(n["gmv"], n["views"]),
                    Text("成交额 ÷ 观看人次 × 1000", "sales ÷ views × 1,000"),
                ),
                Result(
                    Text("商品 GPM", "Product GPM"),
                    "yuan",
                    lambda n: per_mille(n["gmv"], n["exposures"]),
                    Text("成交额 ÷ 商品曝光 × 1000", "sales ÷ impressions × 1,000"),
                ),
                Result(
                    Text("UV 价值", "UV value"),
                    "yuan",
                    lambda n: ratio(n["gmv"], n["viewers"]),
                    Text("成交额 ÷ 观看人数", "sales ÷ unique viewers"),
                ),
                Result(
                    Text("OPM", "OPM"),
                    "ratio",
                    lambda n: per_mille(n["orders"], n["views"]),
                    Text("订单数 ÷ 观看人次 × 1000", "orders ÷ views × 1,000"),
                ),
            ),
            Text(
                "两个 GPM 分母不同，不能放在一起比大小。",
                "The two GPMs stand on different bases and cannot be compared.",
            ),
            Curve("views", 5_000, 60_000, 0),
        ),
        Calculator(
            "ecpm",
            Text("eCPM：一千次展示值多少钱", "eCPM: what a thousand impressions bid"),
            (
                Input("bid", Text("转化出价", "Bid per conversion"), 40, "yuan"),
                Input("ctr", Text("预估点击率", "Predicted click rate"), 0.03, "share", most=1),
                Input("cvr", Text("预估转化率", "Predicted conversion"), 0.02, "share", most=1),
            ),
            (
                Result(
                    Text("eCPM", "eCPM"),
                    "yuan",
                    lambda n: n["bid"] * n["ctr"] * n["cvr"] * 1000,
                    Text(
                        "出价 × 点击率 × 转化率 × 1000",
                        "bid × click rate × conversion × 1,000",
                    ),
                ),
                Result(
                    Text("点击率高一成时的 eCPM", "eCPM with a click rate a tenth higher"),
                    "yuan",
                    lambda n: n["bid"] * min(1, n["ctr"] * 1.1) * n["cvr"] * 1000,
                    Text("点击率 × 1.1，其余不变", "click rate × 1.1, the rest unchanged"),
                ),
            ),
            Text(
                "素材和商品页改好了，不加价也能抢到更多展示。",
                "A better clip or product page wins impressions without a higher bid.",
            ),
            Curve("ctr", 0.005, 0.08, 0),
        ),
        Calculator(
            "completion-rate",
            Text("完播率", "Completion rate"),
            (
                Input("plays", Text("播放次数", "Plays"), 500, "count"),
                Input("finished", Text("播完次数", "Finished plays"), 10, "count"),
                Input("length", Text("视频时长（秒）", "Length of the clip (s)"), 30, "seconds"),
                Input("average", Text("平均观看（秒）", "Average watch time (s)"), 8, "seconds"),
            ),
            (
                Result(
                    Text("完播率", "Completion rate"),
                    "share",
                    lambda n: ratio(n["finished"], n["plays"]),
                    Text("播完次数 ÷ 播放次数", "finished plays ÷ plays"),
                ),
                Result(
                    Text("平均看完的比例", "Share watched on average"),
                    "share",
                    lambda n: ratio(n["average"], n["length"]),
                    Text("平均观看 ÷ 时长", "average watch time ÷ length"),
                ),
            ),
            Text(
                "时长不同的视频，完播率不能直接比。",
                "Completion rates of clips of different length are not comparable.",
            ),
            Curve("length", 10, 90, 1),
        ),
        Calculator(
            "net-followers",
            Text("净增粉", "Net new followers"),
            (
                Input("before", Text("期初粉丝", "Followers before"), 1200, "count"),
                Input("gained", Text("新增关注", "New followers"), 90, "count"),
                Input("lost", Text("取关", "Unfollowed"), 24, "count"),
            ),
            (
                Result(
                    Text("净增粉", "Net new followers"),
                    "count",
                    lambda n: n["gained"] - n["lost"],
                    Text("新增 − 取关", "new − lost"),
                ),
                Result(
                    Text("取关率", "Unfollow rate"),
                    "share",
                    lambda n: ratio(n["lost"], n["before"]),
                    Text("取关 ÷ 期初粉丝", "lost ÷ followers before"),
                ),
                Result(
                    Text("新增里留下的", "Kept for each new one"),
                    "share",
                    lambda n: ratio(n["gained"] - n["lost"], n["gained"]),
                    Text("净增 ÷ 新增", "net ÷ new"),
                ),
            ),
            Text(
                "取关里有老粉也有新粉；先看掉在哪条内容发布之后。",
                "Those lost may be old or new; look first after which post they left.",
            ),
            Curve("lost", 0, 120, 0),
        ),
        Calculator(
            "live-funnel",
            Text("直播间漏斗", "The LIVE funnel"),
            (
                Input("exposed", Text("直播间曝光", "Room impressions"), 100_000, "count"),
                Input("entered", Text("进入直播间", "Entered the room"), 8_000, "count"),
                Input("shown", Text("看到商品", "Saw a product"), 6_400, "count"),
                Input("clicked", Text("点击商品", "Clicked a product"), 960, "count"),
                Input("paid", Text("成交", "Paid"), 96, "count"),
            ),
            (
                Result(
                    Text("进入率", "Room-entry rate"),
                    "share",
                    lambda n: ratio(n["entered"], n["exposed"]),
                    Text("进入 ÷ 曝光", "entered ÷ impressions"),
                ),
                Result(
                    Text("商品曝光率", "Product impression rate"),
                    "share",
                    lambda n: ratio(n["shown"], n["entered"]),
                    Text("看到商品 ÷ 进入", "saw a product ÷ entered"),
                ),
                Result(
                    Text("商品点击率", "Product click rate"),
                    "share",
                    lambda n: ratio(n["clicked"], n["shown"]),
                    Text("点击 ÷ 看到商品", "clicked ÷ saw a product"),
                ),
                Result(
                    Text("点击成交率", "Click-to-deal rate"),
                    "share",
                    lambda n: ratio(n["paid"], n["clicked"]),
                    Text("成交 ÷ 点击", "paid ÷ clicked"),
                ),
                Result(
                    Text("进入到成交", "Entry to deal"),
                    "share",
                    lambda n: ratio(n["paid"], n["entered"]),
                    Text("成交 ÷ 进入", "paid ÷ entered"),
                ),
            ),
            Text(
                "拿自己前几场同时段的率来比，先修掉得最多的那一环。",
                "Compare with your own sessions at the same hour and mend the step that fell most.",
            ),
            Curve("clicked", 100, 3000, 3),
        ),
        Calculator(
            "order-profit",
            Text("一单到手多少", "What one order leaves"),
            (
                Input("price", Text("实付价", "Price paid"), 59, "yuan"),
                Input("cost", Text("货品成本", "Cost of goods"), 18, "yuan"),
                Input("fulfilment", Text("包装运费", "Packing and freight"), 6, "yuan"),
                Input("commission", Text("佣金率", "Commission rate"), 0.2, "share", most=0.99),
                Input("advertising", Text("每单广告费", "Advertising an order"), 0, "yuan"),
                Input("refund", Text("退款率", "Refund rate"), 0.06, "share", most=0.99),
            ),
            (
                Result(
                    Text("没退款的一单", "An order that stays"),
                    "yuan",
                    lambda n: n["price"] * _margin(n) - n["advertising"],
                    Text(
                        "实付价 − 成本 − 包装运费 − 佣金 − 广告费",
                        "price − cost − fulfilment − commission − advertising",
                    ),
                ),
                Result(
                    Text("平均每支付单", "On average an order paid"),
                    "yuan",
                    lambda n: n["price"] * _margin(n) * (1 - n["refund"]) - n["advertising"],
                    Text(
                        "毛利 ×（1 − 退款率）− 广告费",
                        "margin × (1 − refund rate) − advertising",
                    ),
                ),
            ),
            Text(
                "广告费退不回来，所以退款率越高，同样的投放越亏。",
                "Advertising is not refunded, so the same spend loses more as refunds rise.",
            ),
            Curve("refund", 0.0, 0.6, 1),
        ),
        Calculator(
            "creator-deal",
            Text("找头部达人划不划算", "Does a top creator pay?"),
            (
                Input("fee", Text("坑位费", "Slot fee"), 20_000, "yuan"),
                Input("orders", Text("预计支付单数", "Orders expected"), 1500, "count"),
                Input("price", Text("实付价", "Price paid"), 89, "yuan"),
                Input("cost", Text("货品成本", "Cost of goods"), 32, "yuan"),
                Input("fulfilment", Text("包装运费", "Packing and freight"), 7, "yuan"),
                Input("commission", Text("佣金率", "Commission rate"), 0.2, "share", most=0.99),
                Input("refund", Text("退款率", "Refund rate"), 0.3, "share", most=0.99),
            ),
            (
                Result(
                    Text("这一场的盈亏", "Profit or loss"),
                    "yuan",
                    lambda n: n["orders"] * n["price"] * _margin(n) * (1 - n["refund"]) - n["fee"],
                    Text(
                        "单数 × 每单毛利 ×（1 − 退款率）− 坑位费",
                        "orders × margin an order × (1 − refund rate) − slot fee",
                    ),
                ),
                Result(
                    Text("保本要多少支付单", "Orders needed to break even"),
                    "count",
                    lambda n: (
                        math.ceil(ratio(n["fee"], n["price"] * _margin(n) * (1 - n["refund"])))
                        if _margin(n) > 0
                        else math.nan
                    ),
                    Text(
                        "坑位费 ÷（每单毛利 ×（1 − 退款率）），进一",
                        "slot fee ÷ (margin an order × (1 − refund rate)), rounded up",
                    ),
                ),
            ),
            Text(
                "坑位费不随退款退回；退款率按达人以往场次估，别按自己直播间估。",
                "The slot fee does not come back with refunds; estimate them from the creator's "
                "past sessions, not from your own.",
            ),
            Curve("orders", 0, 3000, 0),
        ),
        Calculator(
            "repeat-rate",
            Text("复购率", "Repeat-purchase rate"),
            (
                Input("buyers", Text("期间买家数", "Buyers in the period"), 1000, "count"),
                Input("repeat", Text("其中买过两次以上", "Of them twice or more"), 140, "count"),
                Input("ticket", Text("客单价", "Average order value"), 399, "yuan"),
                Input("times", Text("回头客平均次数", "Orders of a repeat buyer"), 2.3, "ratio"),
            ),
            (
                Result(
                    Text("复购率", "Repeat-purchase rate"),
                    "share",
                    lambda n: ratio(n["repeat"], n["buyers"]),
                    Text("买两次以上的人 ÷ 买家数", "repeat buyers ÷ buyers"),
                ),
                Result(
                    Text("每位买家带来的成交额", "Sales a buyer"),
                    "yuan",
                    lambda n: (
                        n["ticket"]
                        * ratio(n["buyers"] - n["repeat"] + n["repeat"] * n["times"], n["buyers"])
                    ),
                    Text(
                        "客单价 ×（一次客 + 回头客 × 次数）÷ 买家数",
                        "average order value × (single buyers + repeat buyers × times) ÷ buyers",
                    ),
                ),
            ),
            Text(
                "先说清期间多长、同一个人怎么认，再拿数字比。",
                "Say first how long the period is and how one person is recognised.",
            ),
            Curve("repeat", 0, 500, 1),
        ),
    )
}


def _margin(n: Numbers) -> float:
    """Contribution margin as a share of the price, commission taken off."""
    left = n["price"] * (1 - n.get("commission", 0.0)) - n["cost"] - n["fulfilment"]
    return ratio(left, n["price"])
