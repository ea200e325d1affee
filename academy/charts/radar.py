"""The capability radar: abilities around the rim, dimensions in the hub.

Each dimension is an arc of its own colour on the rim, and a petal of that colour in the hub, as
long as its score. The scale runs from the edge of the hub (0) to the rim (100). What is not known
breaks a line and is named in the label; it is never drawn as zero.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, pi, radians, sin
from operator import attrgetter

from academy.charts.canvas import (
    NARROW,
    Row,
    Spec,
    either,
    filled,
    interval_text,
    rounded,
    sentence,
    text_width,
    wrapped,
)
from academy.charts.legend import (
    BAND,
    NOT_TESTED,
    OWN,
    PREVIOUS,
    RATED,
    ROW,
    SHOWN,
    TARGET,
    band_entry,
    colour_entries,
    placed,
    series_entries,
)
from academy.charts.radar_layers import CLEARANCE, HUB, LINE, LINES, radar_drawing
from academy.charts.theme import DIMENSIONS, Mode
from academy.language import Language

RINGS = (20, 40, 60, 80, 100)
GAP = 5.0
"""Degrees between two dimensions."""
LARGEST = 225
"""The radar's radius in pixels, however wide the page."""
EM_WIDE = 14
_FORMS = {"wide": 700, "narrow": 358}
"""The two layouts, and the width at which each one's labels are parted from one another."""
_EM_NARROW: Mapping[Language, tuple[float, float]] = {"zh": (9.5, 12), "en": (9, 11)}
_LABEL_EMS: Mapping[Language, Mapping[str, float]] = {
    "zh": {"wide": 9, "narrow": 4},
    "en": {"wide": 10, "narrow": 6},
}
_LEGEND_EMS = {"wide": 39.0, "narrow": 29.0}


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One ability or dimension with what is known of it, in points 0 to 100; None is not known."""

    id: str
    label: str
    dimension: str
    own: float | None = None
    """How the merchant rates himself."""
    shown: float | None = None
    """What he showed in quizzes."""
    low: float | None = None
    high: float | None = None
    """The 90% band around what he showed."""
    target: float | None = None
    """What his stage asks."""
    previous: float | None = None
    """What he showed last time."""


def capability_radar(
    axes: Sequence[RadarAxis],
    inner: Sequence[RadarAxis],
    *,
    mode: Mode,
    language: Language,
) -> Spec:
    """A Vega-Lite specification of the radar, with a description for screen readers in it.

    `axes` are the abilities in the framework's order, those of one dimension together; `inner` the
    dimensions, in the same order. Every call returns a fresh copy of what is kept for these values.
    """
    built: Spec = json.loads(_radar(tuple(axes), tuple(inner), mode, language))
    return built


def radar_description(
    axes: Sequence[RadarAxis], inner: Sequence[RadarAxis], language: Language
) -> str:
    """The radar in one paragraph: each dimension, then each ability, with what is known of it."""
    parts = [spoken(axis, language) for axis in (*inner, *axes)]
    title = {"zh": "能力雷达:", "en": "Capability radar: "}[language]
    return title + sentence(parts, language)


@lru_cache(maxsize=256)
def _radar(
    axes: tuple[RadarAxis, ...], inner: tuple[RadarAxis, ...], mode: Mode, language: Language
) -> str:
    places = _placed(axes)
    labels = _labels(places, mode, language)
    dimensions = [
        (f"{axis.label} {score_text(axis, language)}", DIMENSIONS[axis.dimension].in_(mode))
        for axis in inner
    ]
    series = [line for line in reversed(LINES) if _any(axes, line.id)]
    values = series_entries(series, language)
    if _any(axes, "low"):
        values.append(band_entry(BAND, language))
    legend, legend_rows = placed([colour_entries(dimensions), values], _LEGEND_EMS)
    tables = {
        **_ground(places),
        "dimensions": [
            {
                "x": 0,
                "y": 0,
                "start": group[0].start,
                "end": group[-1].end,
                "colour": DIMENSIONS[group[0].axis.dimension].in_(mode),
            }
            for group in _groups(places)
        ],
        **_petals(places, inner, mode),
        **_areas(places, mode),
        **_values(places, mode),
        "labels": labels,
        "legend": legend,
        "sectors": _sectors(places, language),
    }
    return filled(
        radar_drawing(mode, language, with_previous=_any(axes, "previous")),
        tables,
        _sizes(labels, legend_rows, language),
        radar_description(axes, inner, language),
    )


def spoken(axis: RadarAxis, language: Language) -> str:
    """One axis in words, with what is known of it."""
    known = [
        f"{name.in_(language)} {value}"
        for name, value in (
            (SHOWN.name, rounded(axis.shown, NOT_TESTED.in_(language))),
            (BAND, interval_text(axis.low, axis.high)),
            (OWN.name, rounded(axis.own)),
            (TARGET.name, rounded(axis.target)),
            (PREVIOUS.name, rounded(axis.previous)),
        )
        if value != "–"
    ]
    return f"{axis.label} " + ("," if language == "zh" else ", ").join(known)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an axis stands: its angle, and its sector's bounds, clockwise from noon in radians."""

    axis: RadarAxis
    angle: float
    start: float
    end: float


def _known(
    places: Sequence[_Place], value: Callable[[RadarAxis], float | None]
) -> dict[int, float]:
    """What is known of the axes, by their place."""
    scores = {index: value(place.axis) for index, place in enumerate(places)}
    return {index: score for index, score in scores.items() if score is not None}


def score_text(axis: RadarAxis, language: Language) -> str:
    """What a label says: the score shown; or else the own rating, called so; or that it is open."""
    if axis.shown is not None:
        return rounded(axis.shown)
    if axis.own is not None:
        return RATED.in_(language).format(score=rounded(axis.own))
    return NOT_TESTED.in_(language)


def _any(axes: Sequence[RadarAxis], field: str) -> bool:
    return any(getattr(axis, field) is not None for axis in axes)


# Tables: what the layers of the drawing show


def _ground(places: Sequence[_Place]) -> dict[str, list[Row]]:
    return {
        "rings": [
            {"x": 0, "y": 0, "start": 0, "end": 2 * pi, "score": score} for score in (0, *RINGS)
        ],
        "ring_values": [{**_point(0, _radius(score)), "score": score} for score in RINGS],
        "spokes": [
            {
                **_point(place.angle, HUB),
                **_point(place.angle, 1, "x2", "y2"),
                "dash": [1, 5] if place.axis.shown is None else [1, 0],
            }
            for place in places
        ],
    }


def _petals(
    places: Sequence[_Place], inner: Sequence[RadarAxis], mode: Mode
) -> dict[str, list[Row]]:
    """A dimension's petal has the length of its score, and is pale if that is only a rating."""
    spans = {group[0].axis.dimension: (group[0].start, group[-1].end) for group in _groups(places)}
    petals: list[Row] = [
        {
            "x": 0,
            "y": 0,
            "start": spans[axis.dimension][0],
            "end": spans[axis.dimension][1],
            "colour": DIMENSIONS[axis.dimension].in_(mode),
            "score": axis.own if axis.shown is None else axis.shown,
            "opacity": 0.4 if axis.shown is None else 1,
            "target": axis.target,
        }
        for axis in inner
        if axis.dimension in spans
    ]
    return {
        "petals": petals,
        "petal_scores": [petal for petal in petals if petal["score"] is not None],
        "petal_targets": [petal for petal in petals if petal["target"] is not None],
    }


def _areas(places: Sequence[_Place], mode: Mode) -> dict[str, list[Row]]:
    """The area up to what was shown, and the band around it, in each dimension's colour."""
    areas: list[Row] = []
    bars: list[Row] = []
    shown = _known(places, lambda axis: axis.shown)
    low = _known(places, lambda axis: axis.low)
    high = _known(places, lambda axis: axis.high)
    for kind, opacity, below, above in (
        ("area", 0.10, dict.fromkeys(shown, 0.0), shown),
        ("band", 0.24, low, high),
    ):
        for number, piece in enumerate(_pieces(places, below.keys() & above.keys())):
            colour = DIMENSIONS[places[piece[0][1]].axis.dimension].in_(mode)
            outside, inside = (list(_edge(places, piece, scores)) for scores in (above, below))
            if len(piece) > 1:
                areas += [
                    {
                        **corner,
                        "piece": f"{kind}-{number}",
                        "order": order,
                        "colour": colour,
                        "opacity": opacity,
                    }
                    for order, corner in enumerate([*outside, *reversed(inside)])
                ]
            elif kind == "band":
                end = inside[0]
                bars.append({**outside[0], "x2": end["x"], "y2": end["y"], "colour": colour})
    return {"areas": areas, "bars": bars}


def _values(places: Sequence[_Place], mode: Mode) -> dict[str, list[Row]]:
    """Of each kind of value, the points, and the stretches of line between neighbours."""
    tables: dict[str, list[Row]] = {}
    for line in LINES:
        known = _known(places, attrgetter(line.id))
        tables[f"{line.id}_points"] = [
            {
                **_at(places[index], score),
                "id": places[index].axis.id,
                "score": score,
                "colour": DIMENSIONS[places[index].axis.dimension].in_(mode),
            }
            for index, score in known.items()
        ]
        tables[f"{line.id}_stretches"] = [
            {**_at(places[index], known[index]), "stretch": number, "order": order}
            for number, stretch in enumerate(_stretches(len(places), known.keys()))
            for order, index in enumerate(stretch)
        ]
    return tables


def _labels(places: Sequence[_Place], mode: Mode, language: Language) -> list[Row]:
    """Each ability's name in both layouts, with what is known of it, no label upon another."""
    labels: list[Row] = []
    for place in places:
        across, up = sin(place.angle), cos(place.angle)
        score = score_text(place.axis, language)
        label: Row = {
            **_point(place.angle, 1),
            "sin": round(across, 4),
            "cos": round(up, 4),
            "align": "center" if abs(across) < 0.1 else "left" if across > 0 else "right",
            "score": score,
            "weight": "normal" if place.axis.shown is None else "bold",
            "colour": DIMENSIONS[place.axis.dimension].in_(mode),
        }
        for form, ems in _LABEL_EMS[language].items():
            lines = wrapped(place.axis.label, ems)
            label[form] = "\n".join(lines)
            label[f"lines_{form}"] = len(lines)
            label[f"ems_{form}"] = round(max(map(text_width, (*lines, score))), 2)
            label[f"top_{form}"] = -LINE * (1 + len(lines)) * (1 + up) / 2
        labels.append(label)
    _part(labels, "wide", EM_WIDE)
    _part(labels, "narrow", _EM_NARROW[language][1])
    return labels


def _part(labels: Sequence[Row], form: str, em: float) -> None:
    """Labels moved up above the middle, and down below it, until none lies on another."""
    bounds = [
        (_FORMS[form] / 2 - label[f"ems_{form}"] * em) / abs(label["sin"])
        for label in labels
        if label["align"] != "center"
    ]
    reach = min([LARGEST + CLEARANCE, *bounds])

    def box(label: Row) -> tuple[float, float, float, float]:
        width = label[f"ems_{form}"] * em
        shift = {"left": 0, "center": width / 2, "right": width}[label["align"]]
        left = reach * label["sin"] - shift
        top = -reach * label["cos"] + label[f"top_{form}"] * em
        return left, left + width, top, top + LINE * (1 + label[f"lines_{form}"]) * em

    settled: list[Row] = []
    for label in sorted(labels, key=lambda label: abs(label["cos"])):
        for other in settled:
            left, right, top, bottom = box(label)
            other_left, other_right, other_top, other_bottom = box(other)
            if left < other_right + 3 and other_left < right + 3:
                if label["cos"] > 0 and other_top < bottom and top < other_bottom:
                    label[f"top_{form}"] += (other_top - bottom) / em
                elif label["cos"] < 0 and top < other_bottom and other_top < bottom:
                    label[f"top_{form}"] += (other_bottom - top) / em
        settled.append(label)


def _sectors(places: Sequence[_Place], language: Language) -> list[Row]:
    return [
        {
            "x": 0,
            "y": 0,
            "start": place.start,
            "end": place.end,
            "label": place.axis.label,
            "shown": rounded(place.axis.shown, NOT_TESTED.in_(language)),
            "band": interval_text(place.axis.low, place.axis.high),
            "own": rounded(place.axis.own),
            "target": rounded(place.axis.target),
            "previous": rounded(place.axis.previous),
        }
        for place in places
    ]


def _sizes(
    labels: Sequence[Row], legend_rows: Mapping[str, int], language: Language
) -> dict[str, str]:
    """Every size as an expression of the width, which only the browser knows.

    The radius is the largest at which no label is cut; the height follows from it.
    """
    above, below, room = ({} for _ in range(3))
    for form in _FORMS:
        blocks = [(row[f"top_{form}"], row["cos"], row[f"lines_{form}"]) for row in labels]
        above[form] = max((-top for top, up, _ in blocks if up > 0), default=0)
        below[form] = max(
            (top + LINE * (1 + lines) for top, up, lines in blocks if up < 0), default=0
        )
        bounds = [
            f"(width / 2 - {row[f'ems_{form}']:.2f} * em) / {abs(row['sin']):.3f}"
            for row in labels
            if row["align"] != "center"
        ]
        room[form] = f"min({', '.join(bounds) or 'width / 2'}) - {CLEARANCE + 2}"

    smallest, largest = _EM_NARROW[language]
    return {
        "narrow": f"width < {NARROW}",
        "em": f"narrow ? clamp(width / 30, {smallest}, {largest}) : {EM_WIDE}",
        "R": f"clamp({either(room)}, 60, {LARGEST})",
        "middle": f"R + {CLEARANCE} + em * {either(above)}",
        "legend_top": f"middle + R + {CLEARANCE} + em * (1 + {either(below)})",
        "height": f"legend_top + {ROW} * em * {either(legend_rows)}",
    }


# Geometry


def _groups(places: Sequence[_Place]) -> Iterator[list[_Place]]:
    """The places of each dimension."""
    group: list[_Place] = []
    for place in places:
        if group and group[-1].axis.dimension != place.axis.dimension:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _placed(axes: Sequence[RadarAxis]) -> list[_Place]:
    """The axes clockwise from noon, all equally far apart but for the gaps between dimensions."""
    seams = sum(axis.dimension != before.dimension for before, axis in pairwise(axes))
    gap = radians(GAP) if seams else 0.0
    step = (2 * pi - gap * (seams + 1 if seams else 0)) / max(len(axes), 1)
    places: list[_Place] = []
    start = gap / 2
    for axis in axes:
        if places and places[-1].axis.dimension != axis.dimension:
            start += gap
        places.append(_Place(axis, start + step / 2, start, start + step))
        start += step
    return places


def _radius(score: float) -> float:
    return HUB + (1 - HUB) * score / 100


def _point(angle: float, radius: float, x: str = "x", y: str = "y") -> dict[str, float]:
    return {x: round(radius * sin(angle), 4), y: round(radius * cos(angle), 4)}


def _at(place: _Place, score: float) -> dict[str, float]:
    return _point(place.angle, _radius(score))


def _stretches(count: int, present: Set[int]) -> list[list[int]]:
    """The unbroken stretches of a line around the circle; a whole circle returns to its start."""
    if len(present) == count:
        return [[*range(count), 0]] if count else []
    first_gap = min(set(range(count)) - present)
    stretches: list[list[int]] = [[]]
    for index in ((first_gap + offset) % count for offset in range(1, count)):
        if index in present:
            stretches[-1].append(index)
        else:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _pieces(places: Sequence[_Place], present: Set[int]) -> Iterator[list[tuple[int, int]]]:
    """Corners of the areas, one area a dimension and stretch, each corner a pair of places.

    A pair of one place twice is a corner on its spoke; of two neighbours, the point where the line
    between them crosses the seam from one dimension to the next.
    """
    for stretch in _stretches(len(places), present):
        pieces: list[list[tuple[int, int]]] = [[(stretch[0], stretch[0])]]
        for before, index in pairwise(stretch):
            if places[before].axis.dimension != places[index].axis.dimension:
                pieces[-1].append((before, index))
                pieces.append([(before, index)])
            pieces[-1].append((index, index))
        goes_round = len(stretch) > len(places)
        if goes_round and len(pieces) > 1:
            pieces[0][:0] = pieces.pop()[:-1]
        yield from pieces


def _edge(
    places: Sequence[_Place], piece: Sequence[tuple[int, int]], scores: Mapping[int, float]
) -> Iterator[dict[str, float]]:
    """One edge of an area."""
    for first, second in piece:
        if first == second:
            yield _at(places[first], scores[first])
        else:
            half = ((places[second].angle - places[first].angle) % (2 * pi)) / 2
            near, far = _radius(scores[first]), _radius(scores[second])
            yield _point(places[first].angle + half, 2 * near * far * cos(half) / (near + far))
