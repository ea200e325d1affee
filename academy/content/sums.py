"""Sums that a text writes out, such as 59 − 18 − 6 = 35, and whether they come out."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_NUMBER = r"[¥$]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?[%万亿]|\s(?:million|thousand)\b)?"
_UNIT = r"(?:\s?[\u4e00-\u9fff]{1,3}(?=\s?[-+−×÷=≈＝()（）])|\s[a-z]{1,9}(?=\s[-+−×÷=≈＝]))?"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})(?:{_UNIT})|(?P<sign>[-+−×÷()（）=≈＝\[\]])|(?P<gap>\s+)"
)
_ALONE = re.compile(rf"−?\s?({_NUMBER})[^\d]*")
_EQUALS = re.compile(r"([=≈＝])")
_BULLET = re.compile(r"^\s*(?:- |\d+\. )")
_PLAIN = str.maketrans({"−": "-", "×": "*", "÷": "/", "（": "(", "）": ")", "[": "(", "]": ")"})
_SCALES = {"%": 0.01, "万": 1e4, "亿": 1e8, "million": 1e6, "thousand": 1e3}
_CHANGES_OF_UNIT = (1.0, 1e2, 1e-2, 1e4, 1e-4, 1e6, 1e-6)
"""Points make percent, and money may be counted in ten thousands, without the sum saying so."""
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class Sum(NamedTuple):
    """One equation as it is written, what its left side gives, and whether that is what it says."""

    written: str
    result: float
    is_right: bool


def sums(line: str) -> Iterator[Sum]:
    """Every sum of a line; what cannot be read as one is passed over.

    A result may be rounded to its last place; after ≈ up or down, and to tens.
    """
    for stretch in _stretches(_BULLET.sub("", line)):
        left, *rest = (side.strip() for side in _EQUALS.split(stretch))
        for sign, right in zip(rest[::2], rest[1::2], strict=True):
            value, other = _computed(left), _computed(right)
            is_formula = any(each in side[1:] for side in (left, right) for each in "+−-×÷")
            if value is not None and other is not None and is_formula:
                is_right = _agree(value, other, _slack(left, right, is_rough=sign == "≈"))
                yield Sum(f"{left} {sign} {right}", value, is_right)
            left = right


def _stretches(line: str) -> Iterator[str]:
    """The longest stretches of numbers with their units, and signs."""
    start = 0
    while start < len(line):
        end = start
        while match := _TOKEN.match(line, end):
            end = match.end()
        if end > start:
            yield line[start:end]
        start = max(end, start + 1)


def _computed(side: str) -> float | None:
    """What a side gives; None where it is no formula."""
    try:
        return _evaluated(ast.parse(_TOKEN.sub(_plain, side), mode="eval").body)
    except (SyntaxError, ZeroDivisionError, ValueError):
        return None


def _plain(token: re.Match[str]) -> str:
    if token["number"] is None:
        return token[0].translate(_PLAIN)
    digits, scale = _digits(token["number"])
    return f"({digits}*{scale!r})"


def _digits(number: str) -> tuple[str, float]:
    """The bare digits of a number, and what its ending multiplies them by."""
    digits = re.sub(r"[¥$,\s]", "", number)
    for ending, scale in _SCALES.items():
        if digits.endswith(ending):
            return digits.removesuffix(ending), scale
    return digits, 1.0


def _evaluated(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluated(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_evaluated(node.left), _evaluated(node.right))
    raise ValueError(ast.dump(node))


def _step(side: str, is_rough: bool) -> float | None:
    """The last place of a side that is a number alone, that of its last figure but 0 if rough."""
    found = _ALONE.fullmatch(side)
    if not found:
        return None
    digits, scale = _digits(found[1])
    if is_rough:
        kept = digits.rstrip("0") if "." in digits else digits
        digits = kept.removesuffix(".") if kept.endswith(".") else kept
    decimals = len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0")) if is_rough and not decimals else 0
    return 10.0 ** (zeros - decimals) * scale


def _slack(left: str, right: str, *, is_rough: bool) -> float:
    """By how much the sides may differ: the last place of whichever is a number alone."""
    step = _step(right, is_rough) or _step(left, is_rough)
    if step is None:
        return abs(_computed(right) or 0.0) / 1000
    return step if is_rough else step / 2


def _agree(value: float, other: float, slack: float) -> bool:
    allowed = slack + 1e-9 * abs(value)
    return any(abs(value * change - other) <= allowed for change in _CHANGES_OF_UNIT)
