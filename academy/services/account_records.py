"""What the records keep of an account, by the hash of its name.

The name itself and the role stand in the learner's record, where every page has them at hand; here
is only what it takes to let somebody in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from academy.accounts import name_key
from academy.records import JSON
from academy.storage.base import Records

_PREFIX = "account-"
_STAFF = "staff"


@dataclass(frozen=True, slots=True)
class ResetCode:
    """A code, by its SHA-256, with which a new password can be set once and for a while."""

    hashed: str
    until: datetime

    def to_dict(self) -> dict[str, JSON]:
        return {"hashed": self.hashed, "until": self.until.isoformat()}


@dataclass(frozen=True, slots=True)
class Account:
    """What lets somebody in.

    Without a `password` he comes by an outside identity provider, by the document `outside`.
    `bringing` is a guest whose work is on its way into the account.
    """

    name: str
    learner_id: str
    password: str | None
    reset: ResetCode | None = None
    bringing: str | None = None
    outside: str | None = None

    def to_dict(self) -> dict[str, JSON]:
        return {
            "name": self.name,
            "learner": self.learner_id,
            "password": self.password,
            "reset": self.reset.to_dict() if self.reset else None,
            "bringing": self.bringing,
            "outside": self.outside,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Account:
        reset = plain["reset"]
        return cls(
            plain["name"],
            plain["learner"],
            plain["password"],
            reset and ResetCode(reset["hashed"], datetime.fromisoformat(reset["until"])),
            plain["bringing"],
            plain["outside"],
        )


def account_of_name(records: Records, name: str) -> Account | None:
    """The account of this name, however it is written; None if there is none."""
    return _account(records.document(_document(name)))


def put_account(records: Records, account: Account) -> Account:
    """Open an account, unless there is one of its name; the one that is there then."""

    def change(kept: JSON) -> JSON:
        return kept or account.to_dict()

    stored = _account(records.update_document(_document(account.name), change))
    return stored or account


def change_account(
    records: Records, name: str, change: Callable[[Account], Account]
) -> Account | None:
    """Put what `change` makes of an account in its place; None if there is none."""

    def changed(kept: JSON) -> JSON:
        account = _account(kept)
        return change(account).to_dict() if account else None

    return _account(records.update_document(_document(name), changed))


def drop_account(records: Records, account: Account) -> None:
    if account.outside:
        records.drop_document(account.outside)
    records.drop_document(_document(account.name))
    records.update_document(_STAFF, lambda kept: _without(kept, account.learner_id))


def every_account(records: Records) -> tuple[Account, ...]:
    """All accounts, by name."""
    kept = [_account(records.document(name)) for name in records.document_names(_PREFIX)]
    return tuple(sorted((each for each in kept if each), key=lambda each: each.name))


def note_staff(records: Records, account: Account) -> None:
    """Remember where to look for those who are more than learners."""
    records.update_document(
        _STAFF, lambda kept: {**_mapping(kept), account.learner_id: account.name}
    )


def staff_names(records: Records) -> dict[str, str]:
    """The names of all who ever were more than learners, by learner id."""
    return {
        learner_id: str(name) for learner_id, name in _mapping(records.document(_STAFF)).items()
    }


def _document(name: str) -> str:
    return f"{_PREFIX}{name_key(name)}"


def _account(kept: JSON) -> Account | None:
    return Account.from_dict(kept) if isinstance(kept, Mapping) else None


def _mapping(kept: JSON) -> Mapping[str, JSON]:
    return kept if isinstance(kept, Mapping) else {}


def _without(kept: JSON, learner_id: str) -> JSON:
    return {each: name for each, name in _mapping(kept).items() if each != learner_id}
