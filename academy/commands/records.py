"""`python -m academy records …`: look after what learners did."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from academy.storage import DamagedRecord, RecordsUnavailable, open_records
from academy.storage.transfer import TransferRefused, back_up, copy, is_empty, restore


def add_commands(groups: argparse._SubParsersAction) -> None:
    """Add the group `records` to the command line."""
    group = groups.add_parser("records", help="records: check them, back them up, move them")
    commands = group.add_subparsers(required=True, metavar="command")

    check = commands.add_parser("check", help="name what is damaged, and mend what safely can be")
    _add_place(check)
    check.set_defaults(run=_told(_check))

    backup = commands.add_parser("backup", help="write everything into a file; the site may run")
    backup.add_argument("file", type=Path, help="a new file; one that ends in .gz is packed")
    _add_place(backup)
    backup.set_defaults(run=_told(_backup))

    restoring = commands.add_parser("restore", help="put a backup where nothing is yet")
    restoring.add_argument("file", type=Path, help="what backup wrote")
    _add_place(restoring)
    restoring.set_defaults(run=_told(_restore))

    copying = commands.add_parser(
        "copy", help="move to another store; stop the site first, and run it again if it stopped"
    )
    copying.add_argument("source", metavar="FROM", help="tinydb:PATH or postgresql://…")
    copying.add_argument("target", metavar="TO", help="the other one")
    copying.set_defaults(run=_told(_copy))


def _add_place(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--records",
        default=os.environ.get("ACADEMY_RECORDS", "tinydb:data"),
        help="where the records are (default: ACADEMY_RECORDS, or tinydb:data)",
    )


def _told(act: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The act, with whatever prevents it said in its own words."""

    def run(args: argparse.Namespace) -> int:
        try:
            return act(args)
        except (DamagedRecord, OSError, RecordsUnavailable, TransferRefused, ValueError) as error:
            print(error, file=sys.stderr)
            return 1

    return run


def _check(args: argparse.Namespace) -> int:
    with closing(open_records(args.records)) as records:
        findings = list(records.check())
        learners = len(records.learner_ids())
    for found in findings:
        print(f"{'mended' if found.is_mended else 'DAMAGED'}: {found.place}: {found.what}")
    damaged = sum(not found.is_mended for found in findings)
    if damaged:
        print(
            f"{damaged} damaged. Put them back from a backup; until then nothing overwrites them."
        )
        return 1
    print(f"In order: learners {learners}.")
    return 0


def _backup(args: argparse.Namespace) -> int:
    with closing(open_records(args.records)) as records:
        if is_empty(records):
            raise TransferRefused("There is nothing to back up there. Name the place: --records")
        done = back_up(records, args.file)
    print(f"Wrote to {args.file}: {done}.")
    for damage in done.damaged:
        print(f"LEFT OUT: {damage}", file=sys.stderr)
    return 1 if done.damaged else 0


def _restore(args: argparse.Namespace) -> int:
    with closing(open_records(args.records)) as records:
        print(f"Restored: {restore(args.file, records)}.")
    return 0


def _copy(args: argparse.Namespace) -> int:
    with closing(open_records(args.source)) as source, closing(open_records(args.target)) as target:
        if is_empty(source):
            raise TransferRefused("There is nothing to copy there. See that FROM is right.")
        print(f"Copied: {copy(source, target)}. Now let ACADEMY_RECORDS name the new place.")
    return 0
