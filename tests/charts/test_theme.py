"""The look: readable for everyone, and the same in the settings and in the charts."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from academy.charts import theme
from academy.charts.theme import DIMENSION_NAMED_COLOURS, DIMENSIONS, STAGES, Mode, Shade

MODES: tuple[Mode, ...] = ("light", "dark")
SETTINGS = tomllib.loads(Path(".streamlit/config.toml").read_text("utf-8"))["theme"]
STYLESHEET = Path("academy/web/site.css").read_text("utf-8")
AA = 4.5
AA_OF_A_CONTROL = 3.0

VISION = {
    "ordinary": np.eye(3),
    "protanopia": np.array(
        [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]
    ),
    "deuteranopia": np.array(
        [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]
    ),
    "tritanopia": np.array(
        [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]
    ),
}
"""What eyes make of linear red, green and blue (Machado, Oliveira and Fernandes 2009)."""


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio."""
    dark, light = sorted(float(linear(each) @ [0.2126, 0.7152, 0.0722]) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


def difference(one: str, other: str, vision: np.ndarray) -> float:
    """Distance in Oklab, in hundredths: 2 can just be told apart."""
    to_cones = np.array(
        [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]
    )
    to_lab = np.array(
        [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]
    )
    seen = [
        to_lab @ np.cbrt(to_cones @ np.clip(vision @ linear(each), 0, 1)) for each in (one, other)
    ]
    return 100 * float(np.linalg.norm(seen[0] - seen[1]))


def mixed(over: str, under: str, share: float) -> str:
    parts = [
        round(share * int(over[at : at + 2], 16) + (1 - share) * int(under[at : at + 2], 16))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize("mode", MODES)
def test_the_ring_of_what_can_be_chosen_stands_out_from_every_ground(mode: Mode):
    (share,) = re.findall(r"border-color: color-mix\(in srgb, currentColor (\d+)%", STYLESHEET)
    for ground in (theme.BACKGROUND, theme.SURFACE, theme.SIDEBAR):
        ring = mixed(theme.TEXT.in_(mode), ground.in_(mode), int(share) / 100)
        assert contrast(ring, ground.in_(mode)) >= AA_OF_A_CONTROL


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "shade",
    [*DIMENSIONS.values(), *STAGES.values(), theme.TEXT, theme.MUTED, theme.LINK],
)
def test_what_is_written_in_a_colour_can_be_read_on_every_ground(shade: Shade, mode: Mode):
    for ground in (theme.BACKGROUND, theme.SURFACE, theme.SIDEBAR):
        assert contrast(shade.in_(mode), ground.in_(mode)) >= AA


@pytest.mark.parametrize("mode", MODES)
def test_a_caption_can_be_read(mode: Mode):
    for ground in (theme.BACKGROUND.in_(mode), theme.SIDEBAR.in_(mode)):
        assert contrast(mixed(theme.TEXT.in_(mode), ground, 0.6), ground) >= AA


@pytest.mark.parametrize("mode", MODES)
def test_white_can_be_read_on_a_button(mode: Mode):
    assert contrast("#ffffff", theme.PRIMARY.in_(mode)) >= AA


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["red", "orange", "yellow", "blue", "green", "violet", "gray"])
def test_a_badge_can_be_read(name: str, mode: Mode):
    settings = SETTINGS[mode]
    assert contrast(settings[f"{name}TextColor"], settings[f"{name}BackgroundColor"]) >= AA


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("mode", MODES)
def test_the_dimensions_are_apart_for_every_kind_of_eye(mode: Mode, vision: str):
    colours = [shade.in_(mode) for shade in DIMENSIONS.values()]
    for one, other in combinations(colours, 2):
        assert difference(one, other, VISION[vision]) > 8


@pytest.mark.parametrize("mode", MODES)
def test_the_settings_have_the_colours_of_the_theme(mode: Mode):
    expected = {
        "primaryColor": theme.PRIMARY,
        "backgroundColor": theme.BACKGROUND,
        "secondaryBackgroundColor": theme.SURFACE,
        "textColor": theme.TEXT,
        "linkColor": theme.LINK,
        "borderColor": theme.BORDER,
        **{f"{DIMENSION_NAMED_COLOURS[id_]}Color": each for id_, each in DIMENSIONS.items()},
        **{f"{DIMENSION_NAMED_COLOURS[id_]}TextColor": each for id_, each in DIMENSIONS.items()},
    }
    assert {name: SETTINGS[mode][name] for name in expected} == {
        name: shade.in_(mode) for name, shade in expected.items()
    }
    assert SETTINGS[mode]["sidebar"]["backgroundColor"] == theme.SIDEBAR.in_(mode)
    assert SETTINGS[mode]["chartCategoricalColors"] == [
        *(shade.in_(mode) for shade in DIMENSIONS.values()),
        theme.MUTED.in_(mode),
    ]


def test_no_font_is_downloaded():
    assert SETTINGS["font"] == theme.FONT
    assert "fontFaces" not in SETTINGS
    assert "http" not in SETTINGS["font"] + SETTINGS["codeFont"]
