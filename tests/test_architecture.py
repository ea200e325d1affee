"""Every foreign library has one room, and no room looks into one above it."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What a room may import besides the standard library and itself; the first room that fits counts.
ROOMS = {
    "academy/__main__.py": {"domain", "content", "commands"},
    "academy/commands/": {"domain", "services", "content", "storage", "exchange"},
    "academy/passwords.py": {"domain", "argon2"},
    "academy/metrics.py": {"prometheus_client"},
    "academy/review.py": {"domain", "numpy", "pandas", "fsrs"},
    "academy/variants.py": {"domain", "simpleeval"},
    "academy/services/": {"domain", "storage.base"},
    "academy/content/": {"domain", "yaml", "pydantic", "pydantic_core", "markdown_it"},
    "academy/exchange/": {"domain", "openpyxl", "segno", "xlsxwriter"},
    "academy/search/": {"domain", "content", "pypinyin"},
    "academy/reports/": {"domain", "typst", "vl_convert"},
    "academy/ui/cohort_reports.py": {"domain", "charts", "exchange", "reports", "ui"},
    "academy/ui/reports.py": {
        "domain",
        "services",
        "charts",
        "reports",
        "ui",
        "streamlit",
        "segno",
    },
    "academy/storage/embedded.py": {"domain", "storage", "tinydb"},
    "academy/storage/postgres.py": {"domain", "storage", "psycopg", "psycopg_pool"},
    "academy/storage/": {"domain"},
    "academy/charts/": {"domain", "altair", "pandas", "numpy"},
    "academy/ui/": {
        "domain",
        "services",
        "content",
        "search",
        "storage",
        "charts",
        "exchange",
        "streamlit",
    },
    "academy/web/": {
        "domain",
        "services",
        "storage",
        "exchange",
        "streamlit",
        "starlette",
        "anyio",
        "brotli",
    },
    "academy/": {"domain", "numpy", "pandas"},
    "pages/": {"domain", "services", "charts", "exchange", "ui", "streamlit"},
    "app.py": {"domain", "ui", "web", "streamlit"},
}
SUBROOMS = {
    "charts", "commands", "content", "exchange", "reports", "search", "services", "storage", "ui",
    "web",
}  # fmt: skip


def sources() -> list[str]:
    found = [ROOT / "app.py", *ROOT.glob("academy/**/*.py"), *ROOT.glob("pages/**/*.py")]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def imported(path: str) -> set[str]:
    """Every module that a file imports anywhere, 'from a import b' counted as a.b."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def room_of(module: str) -> str:
    """The room that a module stands in: a room's name, 'domain', or a foreign library."""
    top, _, inside = module.partition(".")
    if top == "academy":
        return inside if inside.split(".")[0] in SUBROOMS else "domain"
    return top


def stray_imports(path: str) -> list[str]:
    room = next(room for room in ROOMS if path.startswith(room))
    may = ROOMS[room] | {room.removeprefix("academy/").rstrip("/")}
    return sorted(
        module
        for module in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not any(f"{room_of(module)}.".startswith(f"{allowed}.") for allowed in may)
    )


@pytest.mark.parametrize("path", sources())
def test_a_file_imports_only_what_its_room_may(path):
    assert stray_imports(path) == [], f"{path} may not import these; see ROOMS above"
