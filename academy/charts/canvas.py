"""What all charts share: the breaking of labels, the printing of scores, the finished form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from academy.charts.theme import BACKGROUND, FONT, Mode
from academy.language import Language

Spec = dict[str, Any]
Row = dict[str, Any]

NARROW = 560
"""Charts below this width, in pixels, are laid out for a phone."""
LAYOUTS = ("wide", "narrow")

_WORD = re.compile(r"[!-~]+|\s+|[与和及]|(?:(?![与和及])[\u3400-\u9fff]){1,2}|.")
_NO_LINE_START = frozenset("、,。;:!?)》”’·/&")


def text_width(text: str) -> float:
    """Width of one line in ems, by rule of thumb: the server has no font to measure with."""
    return sum(_em(character) for character in text)


def wrapped(text: str, ems: float) -> tuple[str, ...]:
    """The text in as few lines of at most `ems` as will do, their lengths even.

    English breaks between words. Chinese breaks beside 与 and 和 or after each second character,
    where most of its words end, and never before punctuation. A word that is longer than a line
    stands alone on it.
    """
    lines = _filled(text, ems)
    if len(lines) > 1:
        for tighter in range(int(ems), 1, -1):
            candidate = _filled(text, tighter)
            if len(candidate) > len(lines):
                break
            lines = candidate
    return lines


def table(name: str) -> Any:
    """Data of a layer that `filled` puts in later: drawing costs much more than filling in."""
    import altair as alt

    return alt.NamedData(name=name)


def drawn(layers: Sequence[Any], mode: Mode) -> Spec:
    """Layers as one validated drawing, in our font, without their data and sizes.

    The background of the mode is painted, so that a chart for the wrong mode can still be read.
    """
    import altair as alt

    spec: Spec = alt.layer(*layers).to_dict()
    return {
        **spec,
        "background": BACKGROUND.in_(mode),
        "padding": {"left": 0, "right": 0, "top": 0, "bottom": 0},
        "autosize": {"type": "none", "contains": "padding"},
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            # The description and the page's table speak to screen readers, not each of the marks.
            "mark": {"tooltip": None, "aria": False},
        },
    }


def filled(
    drawing: Spec,
    tables: Mapping[str, Sequence[Row]],
    sizes: Mapping[str, str],
    description: str,
) -> str:
    """A drawing with its data inside each layer, as JSON. Layers that have no rows are left out.

    Data inside layers goes through Streamlit as it is, without pandas and pyarrow. `sizes` are
    expressions of `width`; the one called `height` makes the chart as tall as its width asks.
    """
    layers = [
        {**layer, "data": {"values": rows}}
        for layer in drawing["layer"]
        if (rows := list(tables.get(layer["data"]["name"], ())))
    ]
    spec = {
        **drawing,
        "description": description,
        "width": 640,
        "height": 640,
        "params": [
            *({"name": name, "expr": expression} for name, expression in sizes.items()),
            *drawing.get("params", ()),
        ],
        "layer": layers,
    }
    return json.dumps(spec, ensure_ascii=False)


def either(values: Mapping[str, float | str]) -> str:
    """The expression that takes the value of the layout that is in force."""
    return f"(narrow ? {values['narrow']} : {values['wide']})"


def rounded(value: float | None, absent: str = "–") -> str:
    """A score as it is printed: a whole number, or a dash."""
    return absent if value is None else f"{value:.0f}"


def interval_text(low: float | None, high: float | None) -> str:
    """A band as it is printed: 48–72, or a dash."""
    return "–" if low is None or high is None else f"{low:.0f}–{high:.0f}"


def sentence(parts: Sequence[str], language: Language) -> str:
    """Parts of a description, joined and closed as the language does it."""
    return "；".join(parts) + "。" if language == "zh" else "; ".join(parts) + "."


def _em(character: str) -> float:
    if ord(character) > 0x2E7F:
        return 1.0
    if character in "ijlrtfI .,'|-":
        return 0.32
    if character in "mwMW%&+":
        return 0.86
    return 0.66 if character.isupper() else 0.54


def _filled(text: str, ems: float) -> tuple[str, ...]:
    lines = [""]
    for word in _WORD.findall(text):
        fits = text_width((lines[-1] + word).strip()) <= ems
        if fits or not lines[-1] or word in _NO_LINE_START:
            lines[-1] += word
        else:
            lines[-1] = lines[-1].rstrip()
            lines.append(word.lstrip())
    return tuple(line.strip() for line in lines if line.strip())
