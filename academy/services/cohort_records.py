"""Where the records keep cohorts, their members and their invitations.

A cohort is one document, its members another, so that a list of cohorts need not read five
thousand names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from academy.cohorts import Cohort, Member
from academy.records import JSON
from academy.storage.base import Records

_COHORT = "cohort-"
_INVITATION = "invitation-"


def find_cohort(records: Records, cohort_id: str) -> Cohort | None:
    """The cohort of this id; None for an id that nobody has, or that is none."""
    if not (cohort_id.isascii() and cohort_id.isalnum() and len(cohort_id) <= 40):
        return None
    return _cohort(records.document(f"{_COHORT}{cohort_id.lower()}"))


def all_cohorts(records: Records) -> tuple[Cohort, ...]:
    """Every cohort, by title."""
    kept = [_cohort(records.document(name)) for name in records.document_names(_COHORT)]
    return tuple(sorted((each for each in kept if each), key=lambda each: each.title))


def put_cohort(
    records: Records, cohort: Cohort, change: Callable[[Cohort], Cohort] = lambda cohort: cohort
) -> Cohort:
    """Keep a new cohort, or what `change` makes of the one that is kept; returns what is kept."""

    def changed(kept: JSON) -> JSON:
        return change(_cohort(kept) or cohort).to_dict()

    return _cohort(records.update_document(f"{_COHORT}{cohort.id}", changed)) or cohort


def put_invitation(records: Records, cohort: Cohort) -> None:
    """From now on the cohort's code leads to it."""
    records.update_document(f"{_INVITATION}{cohort.code}", lambda _: cohort.id)


def invited_to(records: Records, code: str) -> Cohort | None:
    """The cohort that a code, as `typed_code` reads it, leads to."""
    kept = records.document(f"{_INVITATION}{code}") if code else None
    cohort = find_cohort(records, kept) if isinstance(kept, str) else None
    return cohort if cohort and cohort.code == code else None


def drop_invitation(records: Records, code: str) -> None:
    records.drop_document(f"{_INVITATION}{code}")


def members_of(records: Records, cohort_id: str) -> dict[str, Member]:
    """Members by learner id, in the order of joining."""
    return _members(records.document(_members_document(cohort_id)))


def put_member(records: Records, cohort_id: str, member: Member) -> None:
    """Add a member; one who is there already keeps his place and takes the new name."""
    put_members(records, cohort_id, [member])


def put_members(records: Records, cohort_id: str, added: Sequence[Member]) -> None:
    """The same for many at once."""

    def change(kept: JSON) -> JSON:
        members = _members(kept)
        for member in added:
            known = members.get(member.learner_id)
            members[member.learner_id] = replace(known, name=member.name) if known else member
        return _plain(members)

    records.update_document(_members_document(cohort_id), change)


def drop_member(records: Records, cohort_id: str, learner_id: str) -> None:
    def change(kept: JSON) -> JSON:
        members = _members(kept)
        members.pop(learner_id, None)
        return _plain(members)

    if learner_id in members_of(records, cohort_id):
        records.update_document(_members_document(cohort_id), change)


def move_membership(records: Records, cohort_id: str, guest: str, learner_id: str) -> None:
    """Put a learner in the place of a guest that turned out to be he."""

    def change(kept: JSON) -> JSON:
        members = _members(kept)
        member = members.pop(guest, None)
        if member:
            members.setdefault(learner_id, replace(member, learner_id=learner_id))
        return _plain(members)

    if guest in members_of(records, cohort_id):
        records.update_document(_members_document(cohort_id), change)


def _cohort(kept: JSON) -> Cohort | None:
    return Cohort.from_dict(kept) if isinstance(kept, Mapping) else None


def _members_document(cohort_id: str) -> str:
    return f"members-{cohort_id}"


def _members(kept: Any) -> dict[str, Member]:
    plain = kept if isinstance(kept, Mapping) else {}
    return {
        learner_id: Member(learner_id, each["name"], datetime.fromisoformat(each["joined_at"]))
        for learner_id, each in plain.items()
    }


def _plain(members: Mapping[str, Member]) -> JSON:
    return {
        member.learner_id: {"name": member.name, "joined_at": member.joined_at.isoformat()}
        for member in members.values()
    }
