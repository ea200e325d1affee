"""Reports that are read while they grow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def print_and_keep(lines: Iterable[str], result: Path) -> None:
    """Print each line as it comes; all of them are written to the file at the end."""
    kept = []
    for line in lines:
        print(line, flush=True)
        kept.append(line)
    result.write_text("\n".join(kept) + "\n", encoding="utf-8")
