"""Calculators on the screen: change a number, see what follows."""

from __future__ import annotations

import math

import streamlit as st

from academy.calculators import CALCULATORS, Calculator, Input, Unit
from academy.charts.curve import curve
from academy.ui.components.standings import mode
from academy.ui.language import _, text


@st.fragment
def calculator(calculator_id: str, *, place: str) -> None:
    """One calculator; `place` tells two of the same kind on one page apart."""
    shown = CALCULATORS[calculator_id]
    with st.container(border=True, key=f"calculator-{place}"):
        st.markdown(f":material/calculate: **{text(shown.title)}**")
        with st.grid(min_column_width=130):
            given = {each.id: _number(each, place) for each in shown.inputs}
        lines = [
            f"| {text(result.label)}  \n:small[:gray[{text(result.formula)}]] | "
            f"**{_written(value, result.unit)}** |"
            for result, value in zip(shown.results, shown.results_for(given), strict=True)
        ]
        lines = [line.replace("  \n", " ") for line in lines]
        st.markdown("\n".join([f"| {_('result')} | |", "|:--|--:|", *lines]))
        _draw(shown, given)
        st.caption(text(shown.note))


def _draw(shown: Calculator, given: dict[str, float]) -> None:
    """How one result moves with one input, and where the reader stands."""
    if not shown.curve:
        return
    points = shown.curve_for(given)
    moved = next(each for each in shown.inputs if each.id == shown.curve.input)
    result = shown.results[shown.curve.result]
    value = shown.results_for(given)[shown.curve.result]
    spec = curve(
        points,
        (given[moved.id], value) if math.isfinite(value) else None,
        x_title=text(moved.label),
        y_title=text(result.label),
        x_is_share=moved.unit == "share",
        y_is_share=result.unit == "share",
        mode=mode(),
    )
    st.vega_lite_chart(spec, theme=None, width="stretch")


def _number(each: Input, place: str) -> float:
    """What the reader entered, kept within its bounds; shares are entered in percent."""
    scale = 100 if each.unit == "share" else 1
    is_whole = each.unit in ("count", "seconds")
    entered = st.number_input(
        text(each.label) + (" (%)" if each.unit == "share" else ""),
        min_value=each.least * scale,
        max_value=each.most * scale,
        value=float(each.start * scale),
        step=1.0,
        format="%.0f" if is_whole else "%.1f" if each.unit == "share" else "%.2f",
        key=f"calculator:{place}:{each.id}",
    )
    return min(each.most, max(each.least, (entered or 0.0) / scale))


def _written(value: float, unit: Unit) -> str:
    """A result as its reader writes it; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    if unit == "yuan":
        return f"¥{value:,.2f}" if value >= 0 else f"−¥{-value:,.2f}"
    if unit == "share":
        return f"{value:.1%}"
    if unit == "ratio":
        return f"{value:,.2f}"
    return f"{value:,.0f}"
