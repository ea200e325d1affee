"""`python -m academy items …`: what answers say about the items."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from academy.content import ContentErrors, load_content
from academy.exchange.spreadsheets import NotATable, decoded, rows_of_workbook
from academy.item_analysis import DISTRACTORS_FROM, JUDGED_FROM, TestStatistics, analyse
from academy.response_files import Cells, NotResponses, Reading, cells_of_text, read_responses
from academy.services.item_parameters import calibrate, item_states
from academy.storage import open_records
from academy.storage.base import DamagedRecord, RecordsUnavailable


def add_commands(groups: argparse._SubParsersAction) -> None:
    """Add the group `items` to the command line."""
    group = groups.add_parser("items", help="items: learn their difficulty from answers")
    commands = group.add_subparsers(required=True, metavar="command")
    fit = commands.add_parser(
        "calibrate", help="fit every item's difficulty to all answers so far; run it each night"
    )
    fit.add_argument("--root", type=Path, default=Path("."), help="where curriculum/ lies")
    fit.add_argument(
        "--records",
        default=os.environ.get("ACADEMY_RECORDS", "tinydb:data"),
        help="where the records are (default: ACADEMY_RECORDS, or tinydb:data)",
    )
    fit.set_defaults(run=_calibrate)
    look = commands.add_parser(
        "analyse", help="facility, correlations, alpha and doubtful items of any response file"
    )
    look.add_argument(
        "responses", type=Path, help="CSV or XLSX: one line a person, one column an item"
    )
    look.add_argument("--key", type=Path, help="CSV or XLSX: the right option of each column")
    look.add_argument("--json", action="store_true", help="print JSON, every digit")
    look.add_argument(
        "--missing", action="append", default=[], metavar="CODE", help="a code for no answer, as 9"
    )
    look.add_argument(
        "--blanks-wrong", action="store_true", help="count what was not answered as wrong"
    )
    look.add_argument(
        "--points", action="store_true", help="cells are points or ratings, any number"
    )
    look.set_defaults(run=_analyse)


def _analyse(args: argparse.Namespace) -> int:
    try:
        given = read_responses(
            _cells(args.responses),
            file=str(args.responses),
            key=_cells(args.key) if args.key else None,
            key_file=str(args.key),
            reading=Reading(frozenset(args.missing), args.blanks_wrong, args.points),
        )
    except NotResponses as error:
        print(error, file=sys.stderr)
        return 1
    if given.left_out:
        print(f"No items: {', '.join(given.left_out)}.", file=sys.stderr)
    found = analyse(
        given.scores, given.items, choices=given.choices, key=given.key, offered=given.offered
    )
    print(_as_json(found) if args.json else _as_table(found))
    return 0


def _cells(path: Path) -> Cells:
    """The rows of a file, whichever kind of table it is. Raises `NotResponses`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise NotResponses(
            f"{path}: it cannot be read ({error.strerror}). Give the path of a CSV file."
        ) from error
    try:
        if raw.startswith(b"PK"):
            rows = list(rows_of_workbook(raw, str(path)))
            width = max(map(len, rows), default=0)
            return [
                (number, [*row, *[""] * (width - len(row))])
                for number, row in enumerate(rows, start=1)
                if any(row)
            ]
        return cells_of_text(decoded(raw, str(path)), str(path))
    except NotATable as error:
        raise NotResponses(str(error)) from error


def _as_json(found: TestStatistics) -> str:
    """Everything, with null for what cannot be computed."""

    def plain(value: object) -> object:
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        return value

    return json.dumps(plain(asdict(found)), ensure_ascii=False, indent=2)


def _as_table(found: TestStatistics) -> str:
    lines = [f"{'item':20} {'n':>6} facility    sd  item-rest  item-total  alpha without  flags"]
    for each in found.items:
        lines.append(
            f"{each.item[:20]:20} {each.n:6} {_short(each.facility):>8} {_short(each.sd):>5} "
            f"{_short(each.item_rest):>10} {_short(each.item_total):>11} "
            f"{_short(each.alpha_if_deleted):>14}  {', '.join(each.flags)}"
        )
    lines.append(
        f"{found.n} people, {found.n_complete} with every item answered; total "
        f"{_short(found.mean)} ± {_short(found.sd)}, alpha {_short(found.alpha)}, "
        f"standard error {_short(found.sem)}"
    )
    if found.n < DISTRACTORS_FROM:
        lines.append(
            f"Items are called weak or harmful from {JUDGED_FROM} answers on, options and keys are "
            f"doubted from {DISTRACTORS_FROM} on; below that the numbers say little."
        )
    return "\n".join(lines)


def _short(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def _calibrate(args: argparse.Namespace) -> int:
    try:
        records, curriculum = open_records(args.records), load_content(args.root)
        before = item_states(records, curriculum.bank.items.values())
        fitted = calibrate(records, curriculum, now=datetime.now(UTC))
    except (ContentErrors, DamagedRecord, RecordsUnavailable, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    answered = [item for item in fitted.items.values() if item.n_answers]
    for item in sorted(answered, key=lambda item: -abs(item.b - before[item.item_id].difficulty)):
        was = before[item.item_id]
        print(
            f"{item.item_id}  {was.difficulty:+.2f} ({was.version})  ->  {item.b:+.2f} "
            f"± {item.variance**0.5:.2f} ({item.n_answers} answers)"
        )
    print(
        f"Fit {fitted.version}: {len(answered)} of {len(fitted.items)} items have answers. "
        "Attempts under way keep the difficulties they were begun with."
    )
    return 0
