"""How often one may try what only its owner should manage.

Each try is noted before it is judged, so that many at once count as many; a success takes its note
back. The notes lie in the records and outlive a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from academy.services.fading_notes import add_note, drop_notes
from academy.services.refusals import TooManyTries
from academy.storage.base import Records


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tries within so long."""

    subject: str
    tries: int
    within: timedelta


PER_ACCOUNT = Allowance("tries-of-account", 6, timedelta(minutes=15))
PER_ADDRESS = Allowance("tries-of-address", 40, timedelta(minutes=15))
"""A market hall full of phones has one address."""
NEW_ACCOUNTS = Allowance("accounts-of-address", 200, timedelta(hours=1))


def note_try(records: Records, allowance: Allowance, key: str, *, now: datetime) -> None:
    """Note a try; raises TooManyTries when there were too many."""
    until = add_note(
        records,
        allowance.subject,
        key,
        lasts=allowance.within,
        at_most=allowance.tries,
        now=now,
    )
    if until is not None:
        raise TooManyTries(until)


def forgive_last(records: Records, allowance: Allowance, key: str, *, now: datetime) -> None:
    """Take back the note on the last try, because it was a good one."""
    drop_notes(records, allowance.subject, key, latest_only=True, now=now)


def forgive_all(records: Records, allowance: Allowance, key: str, *, now: datetime) -> None:
    drop_notes(records, allowance.subject, key, now=now)


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the 64 bits that one household or phone is given."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(int(known) >> 64)
    return str(known)
