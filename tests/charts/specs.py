"""Ways into a finished specification."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt

from academy.charts import theme
from academy.charts.theme import DIMENSIONS, Mode, Shade


def assert_valid(spec: dict[str, Any]) -> None:
    """Altair, which knows the schema of Vega-Lite, takes it."""
    alt.LayerChart.from_dict(spec).to_dict()


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every layer with data of its own, from the lowest."""
    for layer in spec["layer"]:
        if "data" in layer:
            yield layer
        else:
            yield from layers(layer)


def tables_with(spec: dict[str, Any], *fields: str) -> list[list[dict[str, Any]]]:
    """The tables whose rows have exactly these fields."""
    return [
        layer["data"]["values"]
        for layer in layers(spec)
        if set(layer["data"]["values"][0]) == set(fields)
    ]


def texts(spec: dict[str, Any], field: str) -> list[Any]:
    """What one field says, in each table that has it."""
    return [row[field] for layer in layers(spec) for row in layer["data"]["values"] if field in row]


def assert_colours_of(spec: dict[str, Any], mode: Mode) -> None:
    """Nothing has a colour that the theme does not know in this mode."""
    shades = [each for each in vars(theme).values() if isinstance(each, Shade)]
    known = {shade.in_(mode) for shade in (*shades, *DIMENSIONS.values())}
    used = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", json.dumps(spec)))
    used.discard("#")
    assert used - known == set()
