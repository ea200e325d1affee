"""`python -m academy items …`: what answers say about the items."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from academy.content import ContentErrors, load_content
from academy.services.item_parameters import calibrate, item_state
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


def _calibrate(args: argparse.Namespace) -> int:
    try:
        records, curriculum = open_records(args.records), load_content(args.root)
        before = {item.id: item_state(records, item) for item in curriculum.bank.items.values()}
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
