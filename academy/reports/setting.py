"""Set data into a page by Typst, and charts into pictures by vl-convert.

What people wrote reaches Typst as data and never as markup, so nothing in it can be an order. The
fonts come with a package, so that a report looks the same on every machine, Chinese included.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from academy.records import JSON

TEMPLATES = Path(__file__).parent
FONT = "Noto Sans CJK TC"
"""It holds the Simplified forms as well, and Typst takes them where the language says so."""


_FONT_PACKAGES = ("cvttf_NotoSansCJK_Regular", "cvttf_NotoSansCJK_Bold")


class ReportsMissing(Exception):
    """What reports are made with is not installed; the message says what to do."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"Reports need {missing}, which is not installed. "
            "Run: pip install -r requirements-reports.txt"
        )


@cache
def can_print() -> bool:
    """Whether what reports are made with is installed."""
    needed = ("typst", "vl_convert", *_FONT_PACKAGES)
    return all(find_spec(each) is not None for each in needed)


def set_pages(template: str, data: Mapping[str, JSON]) -> bytes:
    """A PDF of the template `<template>.typ` filled with the data. Raises `ReportsMissing`."""
    try:
        import typst
    except ModuleNotFoundError as missing:
        raise ReportsMissing(str(missing.name)) from missing
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in _font_folders()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
    )


def drawn(chart: Mapping[str, Any], *, width: int, height: int) -> str:
    """A Vega-Lite specification as SVG, `width` by `height` pixels. Raises `ReportsMissing`."""
    try:
        import vl_convert
    except ModuleNotFoundError as missing:
        raise ReportsMissing(str(missing.name)) from missing
    _register_fonts()
    config = {**chart.get("config", {}), "font": FONT}
    sized = {**chart, "width": width, "height": height, "config": config, "background": "white"}
    return vl_convert.vegalite_to_svg(sized, vl_version="v6.4")


@cache
def _font_folders() -> tuple[Path, ...]:
    found = [find_spec(package) for package in _FONT_PACKAGES]
    if any(spec is None or spec.origin is None for spec in found):
        raise ReportsMissing("a Chinese font")
    return tuple(Path(str(spec.origin)).parent for spec in found if spec)


@cache
def _register_fonts() -> None:
    import vl_convert

    for folder in _font_folders():
        vl_convert.register_font_directory(str(folder))
