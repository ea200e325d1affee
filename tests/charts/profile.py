"""A merchant's profile of thirteen abilities."""

from __future__ import annotations

from academy.charts.radar import RadarAxis

DIMENSIONS = ("base",) * 2 + ("traffic",) * 2 + ("conversion",) * 5 + ("retention",) * 4


def axis(number: int, **values: float | None) -> RadarAxis:
    known: dict[str, float | None] = {
        "own": 30.0 + 5 * number,
        "shown": 20.5 + 4 * number,
        "low": 12.0 + 4 * number,
        "high": 31.0 + 4 * number,
        "target": 60.0,
    }
    return RadarAxis(
        f"ability-{number}", f"能力{number}", DIMENSIONS[number], **{**known, **values}
    )
