"""What learners did, as it is kept: one event after another, each with its instant.

An event is never changed and never taken back; what a learner's record says today is computed
from all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

SCHEMA = 1
"""The version of the plain form below; a change of its shape raises it by one."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a learner did, once.

    The id is unique within the learner's record, so saving twice is harmless. `at` is aware UTC.
    `data` is plain JSON and is not to be changed afterwards.
    """

    id: str
    kind: str
    at: datetime
    data: Mapping[str, JSON]

    def __post_init__(self) -> None:
        if not self.id or not self.kind:
            raise ValueError("An event needs an id and a kind.")
        if self.at.utcoffset() != timedelta(0):
            raise ValueError(f"An event needs an instant in UTC, not {self.at.isoformat()}.")

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "kind": self.kind,
            "at": self.at.isoformat(),
            "data": self.data,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Event:
        """The event that `to_dict` described.

        Raises ValueError when a later version wrote it, KeyError or TypeError when it is no event.
        """
        if plain["schema"] > SCHEMA:
            raise ValueError(
                f"it was written by a later version of the academy (schema {plain['schema']})"
            )
        return cls(
            id=plain["id"],
            kind=plain["kind"],
            at=datetime.fromisoformat(plain["at"]),
            data=plain["data"],
        )
