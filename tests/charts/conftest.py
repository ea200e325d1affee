"""One merchant's profile: thirteen abilities in four dimensions, most of it known."""

from __future__ import annotations

import pytest

from academy.charts.radar import RadarAxis
from tests.charts.profile import axis


@pytest.fixture
def axes() -> list[RadarAxis]:
    return [axis(number) for number in range(13)]


@pytest.fixture
def inner() -> list[RadarAxis]:
    return [
        RadarAxis(dimension, name, dimension, 50.0, 45.0, 38.0, 52.0, 60.0)
        for dimension, name in (
            ("base", "强阵地"),
            ("traffic", "汇流量"),
            ("conversion", "促转化"),
            ("retention", "聚沉淀"),
        )
    ]
