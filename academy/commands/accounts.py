"""`python -m academy accounts …`: the first administrator, roles, codes for a new password."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from academy import services
from academy.accounts import ROLES
from academy.cohorts import shown_code
from academy.services import Refusal
from academy.services.account_records import account_of_name
from academy.services.accounts import new_reset_code, set_role
from academy.storage import DamagedRecord, Records, RecordsUnavailable, open_records

_SAID = {
    "name-unusable": "A name has 2 to 40 characters. Choose another.",
    "name-taken": "Somebody has this name already. Choose another, or use set-role.",
    "password-short": "A password has at least 8 characters. Choose a longer one.",
    "password-long": "A password has at most 200 characters. Choose a shorter one.",
    "password-common": "Too many people use this password. Choose a short sentence.",
    "password-like-name": "The password is the name. Choose another.",
    "unknown-account": "Nobody has an account of this name. See: python -m academy accounts list",
}


def add_commands(groups: argparse._SubParsersAction) -> None:
    """Add the group `accounts` to the command line."""
    group = groups.add_parser("accounts", help="accounts: make administrators and trainers")
    commands = group.add_subparsers(required=True, metavar="command")

    create = commands.add_parser(
        "create-admin", help="open an administrator's account; the password is asked, or on stdin"
    )
    create.add_argument("name")
    create.set_defaults(run=_on_records(_create_admin))

    listing = commands.add_parser("list", help="everybody who has an account, with the role")
    listing.set_defaults(run=_on_records(_list))

    role = commands.add_parser("set-role", help="make somebody a trainer, say")
    role.add_argument("name")
    role.add_argument("role", choices=ROLES)
    role.set_defaults(run=_on_records(_set_role))

    code = commands.add_parser("reset-code", help="a code with which to set a new password once")
    code.add_argument("name")
    code.set_defaults(run=_on_records(_reset_code))

    for command in (create, listing, role, code):
        command.add_argument(
            "--records",
            default=os.environ.get("ACADEMY_RECORDS", "tinydb:data"),
            help="where the records are (default: ACADEMY_RECORDS, or tinydb:data)",
        )


def _on_records(
    act: Callable[[Records, argparse.Namespace], None],
) -> Callable[[argparse.Namespace], int]:
    """The act on the records that the command line names; what prevents it is said."""

    def run(args: argparse.Namespace) -> int:
        try:
            with closing(open_records(args.records)) as records:
                act(records, args)
        except Refusal as refusal:
            print(_SAID[refusal.reason], file=sys.stderr)
            return 1
        except (DamagedRecord, RecordsUnavailable, ValueError) as error:
            print(error, file=sys.stderr)
            return 1
        return 0

    return run


def _create_admin(records: Records, args: argparse.Namespace) -> None:
    made = services.create_administrator(records, args.name, _password(), now=datetime.now(UTC))
    print(f"{made.name} is administrator. Sign in on the site at /sign-in, then see /people.")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise ValueError("These were two different passwords. Run the command again.")
    return password


def _list(records: Records, args: argparse.Namespace) -> None:
    everybody = services.everybody(records)
    for person in everybody:
        print(f"{person.role:<14} {person.name}")
    if not everybody:
        print("Nobody has an account yet. Begin with: python -m academy accounts create-admin NAME")


def _set_role(records: Records, args: argparse.Namespace) -> None:
    person = set_role(records, args.name, args.role, by=None, now=datetime.now(UTC))
    print(f"{person.name} is {person.role} from now on.")


def _reset_code(records: Records, args: argparse.Namespace) -> None:
    account = account_of_name(records, args.name)
    if account is None:
        raise Refusal("unknown-account", args.name)
    code = new_reset_code(records, account, by=None, now=datetime.now(UTC))
    print(f"{shown_code(code)}  for {account.name}, at /reset, once and within a day.")
