import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.framework import STAGE_IDS
from academy.stage_finder import RULE_IDS, SHOP_FACTS, find_stage

SHOPS = st.fixed_dictionaries({name: st.sampled_from(bands) for name, bands in SHOP_FACTS.items()})
SMALLEST = {name: bands[0] for name, bands in SHOP_FACTS.items()}
GROWN = {"months_open": 12, "orders": 300, "turnover": 50_000, "staff": 4, "live_sessions": 3}


@given(SHOPS)
def test_every_shop_has_a_stage_and_the_rule_that_decided(shop):
    finding = find_stage(shop)
    assert finding.stage in STAGE_IDS
    assert finding.rule in RULE_IDS


@given(SHOPS, st.sampled_from(["orders", "turnover"]))
def test_more_sales_never_lead_to_an_earlier_stage(shop, name):
    bands = SHOP_FACTS[name]
    stages = [
        STAGE_IDS.index(find_stage({**shop, name: more}).stage)
        for more in bands[bands.index(shop[name]) :]
    ]
    assert stages == sorted(stages)


@pytest.mark.parametrize(
    ("shop", "stage", "rule"),
    [
        (SMALLEST, "preparing", "not-open"),
        ({**SMALLEST, "months_open": 6}, "preparing", "no-orders"),
        ({**SMALLEST, "months_open": 1, "orders": 1}, "preparing", "barely-open"),
        ({**SMALLEST, "months_open": 3, "orders": 30}, "exploring", "first-sales"),
        ({**SMALLEST, **GROWN}, "growing", "steady-sales"),
        (
            {**SMALLEST, "months_open": 3, "orders": 30, "live_sessions": 6, "staff": 4},
            "growing",
            "small-but-regular",
        ),
        (
            {**SMALLEST, **GROWN, "orders": 5000, "staff": 20, "repeat_share": 10},
            "mature",
            "scale-and-base",
        ),
    ],
)
def test_each_rule_decides_for_the_shop_it_describes(shop, stage, rule):
    assert (find_stage(shop).stage, find_stage(shop).rule) == (stage, rule)


def test_a_missing_fact_is_named():
    with pytest.raises(ValueError, match="turnover"):
        find_stage({name: low for name, low in SMALLEST.items() if name != "turnover"})


def test_a_number_that_is_no_band_is_refused_with_the_bands():
    with pytest.raises(ValueError, match=r"'7' is no band of orders.*30"):
        find_stage({**SMALLEST, "orders": 7})
