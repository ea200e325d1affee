"""`python -m academy content …`: check what was written, count it, help the editor."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from academy.content.corpus import Corpus
from academy.content.coverage import as_table, coverage
from academy.content.ledger import LEDGER, write_ledger
from academy.content.loader import check_content
from academy.content.reader import read_corpus
from academy.content.rules import RULES
from academy.content.schema import write_json_schemas
from academy.content.tidy import tidy
from academy.framework import UnknownId


def add_commands(groups: argparse._SubParsersAction) -> None:
    """Add the group `content` to the command line."""
    group = groups.add_parser("content", help="what is taught: check it, count it")
    commands = group.add_subparsers(required=True, metavar="command")

    check = commands.add_parser("check", help="name everything that is wrong, with file and line")
    check.add_argument("under", nargs="*", help="only issues of files that begin with this path")
    check.set_defaults(run=_check)

    cover = commands.add_parser("coverage", help="count what there is, list what is missing")
    cover.add_argument("--json", action="store_true", help="as JSON")
    cover.add_argument("--dimension", help="list the gaps of this dimension only")
    cover.set_defaults(run=_coverage)

    tidy_ = commands.add_parser("tidy", help="set Chinese punctuation at its full width")
    tidy_.set_defaults(run=_tidy)

    ledger = commands.add_parser("ledger", help="write new ids into curriculum/ids.txt")
    ledger.set_defaults(run=_ledger)

    schema = commands.add_parser("schema", help="write the JSON Schemas that editors use")
    schema.set_defaults(run=_schema)

    for command in (check, cover, tidy_, ledger, schema):
        command.add_argument(
            "--root",
            type=Path,
            default=Path("."),
            help="the folder that holds curriculum/ and quizzes/ (default: here)",
        )


def _check(args: argparse.Namespace) -> int:
    corpus, issues = check_content(args.root, datetime.now(UTC).date())
    if args.under:
        prefixes = tuple(path.removeprefix("./") for path in args.under)
        issues = [issue for issue in issues if issue.place.file.startswith(prefixes)]
    for issue in issues:
        print(f"{'warning: ' if issue.severity == 'warning' else ''}{issue}")
    severities = Counter(issue.severity for issue in issues)
    print(
        f"Read {len(corpus.files)} files ({_counts(corpus)}) by {len(RULES)} rules: "
        f"{severities['error']} errors, {severities['warning']} warnings."
    )
    return 1 if severities["error"] else 0


def _counts(corpus: Corpus) -> str:
    counts = {
        "skills": len(corpus.ids["skill"]),
        "outcomes": len(corpus.ids["outcome"]),
        "facts": len(corpus.ids["fact"]),
        "lessons": len(corpus.ids["lesson"]),
        "items": len(corpus.ids["item"]),
        "statements": len(corpus.ids["statement"]),
        "stage texts": len(corpus.stages),
        "terms": len(corpus.ids["term"]),
        "shops": len(corpus.ids["shop"]),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _coverage(args: argparse.Namespace) -> int:
    try:
        found = coverage(read_corpus(args.root), args.dimension)
    except UnknownId as error:
        print(f"{error} Leave --dimension out to see them all.")
        return 1
    print(json.dumps(asdict(found), ensure_ascii=False, indent=2) if args.json else as_table(found))
    return 0


def _tidy(args: argparse.Namespace) -> int:
    changed = tidy(args.root)
    for path in changed:
        print(path)
    print(f"Changed {len(changed)} files.")
    return 0


def _ledger(args: argparse.Namespace) -> int:
    print(f"Added {write_ledger(read_corpus(args.root))} ids to {LEDGER}.")
    return 0


def _schema(args: argparse.Namespace) -> int:
    for path in write_json_schemas(args.root):
        print(path)
    return 0
