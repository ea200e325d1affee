"""Variants: one item with other numbers each time, so that practice of a calculation never ends.

An item may have variables, each with the values it can take. Its texts say where a number belongs:
`{= price}`, or `{= 1 / (margin * (1 - refund)) | 2}` with two decimals, or `{= refund | %}` as a
percentage. An attempt keeps the values it drew, so that it always shows the same question; which
option is the key never depends on them.
"""

from __future__ import annotations

import itertools
import math
import random
import re
from collections.abc import Iterator, Mapping

from simpleeval import SimpleEval

from academy.items import Item

Values = Mapping[str, float]

PLACE = re.compile(r"\{=\s*(?P<formula>[^{}|]+?)\s*(?:\|\s*(?P<form>[0-4]|%)\s*)?\}")
MOST_VARIANTS = 500
"""More combinations than this are not checked one by one; an item has fewer."""
_FUNCTIONS = {"min": min, "max": max, "round": round, "ceil": math.ceil, "floor": math.floor}


class FormulaError(ValueError):
    """A formula that gives no number; the message says what to write."""


def variants(item: Item) -> Iterator[Values]:
    """Every combination of an item's values; one without values for an item without variables."""
    names = list(item.variables)
    for values in itertools.product(*item.variables.values()):
        yield dict(zip(names, values, strict=True))


def example_values(item: Item) -> Values:
    """The first combination: for where an item is spoken of, and nobody is asked it."""
    return next(variants(item))


def drawn_values(item: Item, rng: random.Random) -> Values:
    """One combination, chosen by `rng`."""
    return {name: rng.choice(values) for name, values in item.variables.items()}


def filled(text: str, values: Values) -> str:
    """A text with its numbers in place. Raises `FormulaError` for a formula that gives none."""
    return PLACE.sub(lambda place: _written(place["formula"], place["form"], values), text)


def _written(formula: str, form: str | None, values: Values) -> str:
    number = computed(formula, values)
    if form == "%":
        return f"{number:.1%}".replace(".0%", "%")
    if form is not None:
        return f"{number:,.{form}f}"
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def computed(formula: str, values: Values) -> float:
    """The number that a formula gives, from + - * / and brackets, min, max, round, ceil, floor."""
    try:
        result = SimpleEval(names=dict(values), functions=_FUNCTIONS).eval(formula)
    except Exception as error:  # the library raises what Python does, whatever was written
        raise FormulaError(
            f"'{formula}' cannot be computed ({error}). Use + - * / and brackets, min, max, round, "
            f"ceil, floor, and the variables {', '.join(values) or '(there are none)'}."
        ) from error
    if isinstance(result, bool) or not isinstance(result, int | float) or not math.isfinite(result):
        raise FormulaError(f"'{formula}' gives {result!r}. Write a formula that gives a number.")
    return float(result)
