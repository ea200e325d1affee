"""Items whose numbers change, and the little arithmetic in their texts."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.items import Item, Option
from academy.language import Text
from academy.variants import FormulaError, computed, drawn_values, filled, variants

ITEM = Item(
    id="roi-01",
    skill="roi",
    outcome="compute-roi",
    level="basic",
    status="active",
    type="single",
    thinking="apply",
    difficulty=3,
    stem=Text("毛利率 {= margin | %}，保本 ROI？", "Margin {= margin | %}: break-even ROI?"),
    options=(
        Option("a", Text("{= 1 / margin | 2}", "{= 1 / margin | 2}"), True, Text("对", "Yes")),
    ),
    variables={"margin": (0.25, 0.4, 0.5), "price": (59.0, 79.0)},
)


def test_every_combination_is_a_variant():
    assert len(list(variants(ITEM))) == 6
    assert list(variants(replace(ITEM, variables={}))) == [{}]


@given(st.integers())
def test_the_same_seed_draws_the_same_values_and_only_known_ones(seed):
    values = drawn_values(ITEM, random.Random(seed))
    assert values == drawn_values(ITEM, random.Random(seed))
    assert values in list(variants(ITEM))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{= price}", "59"),
        ("{= price * 2.5}", "147.5"),
        ("{= 1 / (margin * (1 - 0.2)) | 2}", "3.12"),
        ("{= margin | %}", "40%"),
        ("{= margin / 3 | %}", "13.3%"),
        ("{= price * 1000 | 0} 元", "59,000 元"),
        ("{= ceil(price / 10)} and {= min(price, 20)}", "6 and 20"),
        ("no formula, {fact:cap}", "no formula, {fact:cap}"),
    ],
)
def test_a_text_is_filled_as_its_reader_writes_numbers(text, shown):
    assert filled(text, {"price": 59.0, "margin": 0.4}) == shown


@pytest.mark.parametrize(
    "formula",
    [
        "rent",
        "1 / 0",
        "'a' * 9",
        "__import__('os')",
        "9 ** 9 ** 9",
        "price >",
        "1 < 2",
    ],
)
def test_what_gives_no_number_is_refused_with_what_to_write(formula):
    with pytest.raises(FormulaError, match=r"Use \+|Write a formula"):
        computed(formula, {"price": 59.0})
