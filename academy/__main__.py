"""`python -m academy …`: what is done from the command line, in groups."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from academy.commands import accounts, demo, items, records
from academy.content import commands as content

GROUPS = (accounts, content, demo, items, records)
"""Modules with a function `add_commands`; each adds a group or a command, which sets `run`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m academy", description=__doc__)
    groups = parser.add_subparsers(required=True, metavar="group")
    for group in GROUPS:
        group.add_commands(groups)
    args = parser.parse_args(arguments)
    return args.run(args)


if __name__ == "__main__":
    sys.exit(main())
