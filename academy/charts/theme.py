"""The look: every colour of the site and its charts, once, for light and for dark.

Hue says one thing only, which dimension. What a line means is said by its dash and its symbol, so
that nothing depends on seeing colours. The same values stand in `.streamlit/config.toml`, where
each dimension has one of Streamlit's named colours: `:violet-badge[强阵地]` and the radar's arc are
the same indigo, in light and in dark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Mode = Literal["light", "dark"]

FONT = (
    '"PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC", "Noto Sans CJK SC", '
    '"Microsoft YaHei", sans-serif'
)
"""Only fonts that phones and computers already have: nothing is downloaded to read Chinese."""


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour, as it looks on the light and on the dark site."""

    light: str
    dark: str

    def in_(self, mode: Mode) -> str:
        return self.light if mode == "light" else self.dark


BACKGROUND = Shade("#fdfcf9", "#191816")
SURFACE = Shade("#f6f3ec", "#262421")
"""Inputs, code and quiet areas."""
SIDEBAR = Shade("#f7f4ee", "#1f1d1b")
BORDER = Shade("#cfc7b8", "#57514a")
TEXT = Shade("#1a1714", "#ece8e1")
"""Dark enough that Streamlit's captions, 60% of it, stay readable (AA)."""
MUTED = Shade("#665f55", "#b3aca1")
"""Text of second rank; still readable (AA) on background and surface."""
GRID = Shade("#e6e1d6", "#38342f")
"""Rings and spokes."""
PRIMARY = Shade("#0f6b5c", "#1e8471")
"""What buttons are made of: white text on it is readable (AA)."""
LINK = Shade("#0f6b5c", "#4fb8a3")

DIMENSIONS: Mapping[str, Shade] = {
    "base": Shade("#38379b", "#a3b0fb"),
    "traffic": Shade("#945d05", "#f1c57f"),
    "conversion": Shade("#98234a", "#ec92a8"),
    "retention": Shade("#006c96", "#7fdcf0"),
}
"""Readable as text, and apart from each other with each kind of colour blindness."""
DIMENSION_NAMED_COLOURS: Mapping[str, str] = {
    "base": "violet",
    "traffic": "orange",
    "conversion": "red",
    "retention": "blue",
}
"""Dimension id to the name that `st.badge(color=…)` and `:violet[…]` know."""

STAGES: Mapping[str, Shade] = {
    "preparing": Shade("#665f55", "#b3aca1"),
    "exploring": Shade("#726000", "#d9cf72"),
    "growing": Shade("#2d6f35", "#93d08f"),
    "mature": Shade("#0f6b5c", "#4fb8a3"),
}
"""From bare soil to evergreen."""

SCORES = (Shade("#a8501f", "#d98a4a"), Shade("#e6d7a8", "#6f6a52"), Shade("#0f6b5c", "#4fb8a3"))
"""Of a score of 0, 50 and 100, where it is told by colour: from clay over sand to evergreen.

Apart with each kind of colour blindness; what lies between is mixed.
"""
INKS = ("#000000", "#ffffff")
"""Of what stands on such a colour."""

SHOWN = TEXT
OWN = MUTED
TARGET = LINK
PREVIOUS = MUTED
"""Lines of the charts: the target evergreen, the rest ink. Dash and symbol tell them apart."""
