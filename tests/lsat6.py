"""LSAT6, 1000 people by 5 items (Bock & Lieberman 1970), as counts of each pattern of answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NAMES = ("Item 1", "Item 2", "Item 3", "Item 4", "Item 5")
COUNTS = (
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
    10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
)  # fmt: skip
"""How many answered 00000, 00001, … 11111."""


def lsat6() -> NDArray[np.float64]:
    patterns = [[float(digit) for digit in f"{number:05b}"] for number in range(32)]
    return np.repeat(np.array(patterns), COUNTS, axis=0)
