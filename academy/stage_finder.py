"""Find the stage of a business from what anyone can see in the back office.

The lines drawn here are ours, a convention for choosing what to study, and no rule of a platform.
Each fact is given as a band; its number is the band's lower end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

SHOP_FACTS: Mapping[str, tuple[int, ...]] = {
    "months_open": (0, 1, 3, 6, 12, 24),
    "orders": (0, 1, 30, 300, 1000, 5000),
    "turnover": (0, 1, 10_000, 50_000, 200_000, 1_000_000),
    "staff": (1, 2, 4, 8, 20),
    "live_sessions": (0, 1, 3, 6),
    "followers": (0, 1000, 10_000, 100_000),
    "repeat_share": (0, 5, 10, 20),
}
"""The questions, in the order asked, with the lower ends of their bands.

months_open: months since the shop opened (0: not open yet); orders, turnover (CNY): paid, in the
last 30 days; staff: people working on it; live_sessions: a week; followers: of the main account;
repeat_share: percent of the last 90 days' buyers who had bought before.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """The stage, and the rule that decided it."""

    stage: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    stage: str
    holds: Callable[[Mapping[str, int]], bool]


_RULES = (
    _Rule("not-open", "preparing", lambda shop: shop["months_open"] == 0),
    _Rule("no-orders", "preparing", lambda shop: shop["orders"] == 0),
    _Rule(
        "barely-open",
        "preparing",
        lambda shop: shop["months_open"] <= 1 and shop["orders"] < 30,
    ),
    _Rule(
        "scale-and-base",
        "mature",
        lambda shop: (
            (shop["orders"] >= 5000 or shop["turnover"] >= 1_000_000)
            and shop["staff"] >= 8
            and (shop["followers"] >= 100_000 or shop["repeat_share"] >= 10)
        ),
    ),
    _Rule(
        "steady-sales",
        "growing",
        lambda shop: shop["orders"] >= 300 or shop["turnover"] >= 50_000,
    ),
    _Rule(
        "small-but-regular",
        "growing",
        lambda shop: shop["orders"] >= 30 and shop["live_sessions"] >= 6 and shop["staff"] >= 4,
    ),
    _Rule("first-sales", "exploring", lambda shop: True),
)
RULE_IDS = tuple(rule.id for rule in _RULES)


def find_stage(shop_facts: Mapping[str, int]) -> Finding:
    """The first rule that holds decides.

    Raises ValueError when a fact is missing, unknown, or no band's lower end.
    """
    if shop_facts.keys() != SHOP_FACTS.keys():
        odd = sorted(shop_facts.keys() ^ SHOP_FACTS.keys())
        raise ValueError(f"Give each fact once and no other: {', '.join(odd)}.")
    for name, value in shop_facts.items():
        if value not in SHOP_FACTS[name]:
            bands = ", ".join(map(str, SHOP_FACTS[name]))
            raise ValueError(f"'{value}' is no band of {name}. Use one of {bands}.")
    rule = next(rule for rule in _RULES if rule.holds(shop_facts))
    return Finding(rule.stage, rule.id)
