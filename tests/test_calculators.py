"""The formulas against worked examples with known results."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.calculators import CALCULATORS, break_even_roi

KNOWN = [
    ("live-gpm", {}, (600, 250, 1.5, 7.5)),
    ("ecpm", {}, (24, 26.4)),
    ("completion-rate", {}, (0.02, 8 / 30)),
    ("net-followers", {}, (66, 0.02, 66 / 90)),
    ("live-funnel", {}, (0.08, 0.8, 0.15, 0.1, 0.012)),
    ("order-profit", {"commission": 0.0, "refund": 0.0}, (35, 35)),
    ("order-profit", {}, (59 * 0.8 - 24, (59 * 0.8 - 24) * 0.94)),
    (
        "break-even-roi",
        {"price": 100, "cost": 60, "fulfilment": 0, "refund": 0.2},
        (0.4, 2.5, 3.125),
    ),
    ("creator-deal", {}, (1500 * (89 * 0.8 - 39) * 0.7 - 20_000, 888)),
    ("repeat-rate", {}, (0.14, 399 * 1.182)),
]


@pytest.mark.parametrize(("name", "changed", "expected"), KNOWN)
def test_a_calculator_reproduces_its_worked_example(name, changed, expected):
    calculator = CALCULATORS[name]
    start = {each.id: float(each.start) for each in calculator.inputs}
    assert calculator.results_for({**start, **changed}) == pytest.approx(expected)


def test_every_calculator_has_a_worked_example():
    assert {name for name, _, _ in KNOWN} == set(CALCULATORS)


@pytest.mark.parametrize("name", CALCULATORS)
def test_nothing_out_of_nothing_is_no_number_and_no_error(name):
    calculator = CALCULATORS[name]
    results = calculator.results_for({each.id: max(0.0, each.least) for each in calculator.inputs})
    assert all(math.isnan(each) or math.isfinite(each) for each in results)


@given(margin=st.floats(0.01, 0.99), low=st.floats(0, 0.98), more=st.floats(0.001, 0.01))
def test_more_refunds_need_a_higher_roi(margin, low, more):
    assert break_even_roi(margin, low + more) > break_even_roi(margin, low) >= 1


def test_a_number_that_cannot_be_is_refused_with_its_bounds():
    calculator = CALCULATORS["ecpm"]
    with pytest.raises(ValueError, match=r"'ctr' is 3.*from 0 to 1"):
        calculator.results_for({"bid": 40, "ctr": 3, "cvr": 0.02})
    with pytest.raises(ValueError, match="takes bid, ctr, cvr"):
        calculator.results_for({"bid": 40})


@pytest.mark.parametrize("name", [name for name, each in CALCULATORS.items() if each.curve])
def test_the_curve_passes_through_what_the_calculator_says(name):
    calculator = CALCULATORS[name]
    start = {each.id: float(each.start) for each in calculator.inputs}
    curve = calculator.curve
    for value, result in calculator.curve_for(start)[::6]:
        expected = calculator.results_for({**start, curve.input: value})[curve.result]
        assert result == pytest.approx(expected)
    assert curve.least <= start[curve.input] <= curve.most
