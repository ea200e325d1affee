"""Expect somebody in a cohort: names from a list, each with a link of its own.

The list lies beside the cohort and holds names alone; who comes leaves it, and then is a member.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from academy import access
from academy.accounts import Person
from academy.cohorts import LONGEST_NAME
from academy.enrolment import MOST_EXPECTED, Expected, Line, new_token, read_list
from academy.one_line import one_line
from academy.records import JSON
from academy.services.cohort_records import find_cohort, members_of
from academy.services.refusals import Refusal
from academy.storage.base import Records


def expected_members(records: Records, person: Person, cohort_id: str) -> tuple[Expected, ...]:
    """Who was told to join and has not yet, in the order of the list; for the trainers."""
    _check(records, person, cohort_id)
    return _kept(records.document(_document(cohort_id)))


def check_list(
    records: Records, person: Person, cohort_id: str, rows: Sequence[Sequence[str]]
) -> tuple[Line, ...]:
    """What a list would do, row by row; nothing is done."""
    _check(records, person, cohort_id)
    expected = [each.name for each in _kept(records.document(_document(cohort_id)))]
    members = [member.name for member in members_of(records, cohort_id).values() if member.name]
    return read_list(rows, expected=expected, members=members)


def expect_members(
    records: Records, person: Person, cohort_id: str, names: Sequence[str]
) -> tuple[Expected, ...]:
    """Expect these names, each under a link of its own; who is there already stays as he was.

    Returns all who are expected now. Raises Refusal when the list would grow too long.
    """
    _check(records, person, cohort_id)
    usable = [name for name in (one_line(each, LONGEST_NAME) for each in names) if name]
    added = {new_token(): name for name in dict.fromkeys(usable)}
    before = _kept(records.document(_document(cohort_id)))
    if len(before) + len(added) > MOST_EXPECTED:
        raise Refusal("list-too-long", str(MOST_EXPECTED))

    def change(kept: JSON) -> JSON:
        known = {each.token: each.name for each in _kept(kept)}
        names = set(known.values())
        return {**known, **{token: name for token, name in added.items() if name not in names}}

    return _kept(records.update_document(_document(cohort_id), change))


def expect_no_more(records: Records, person: Person, cohort_id: str, tokens: Sequence[str]) -> None:
    """Take names off the list; their links lead no further than the cohort's own."""
    _check(records, person, cohort_id)
    take_off(records, cohort_id, tokens)


def expected_name(records: Records, cohort_id: str, token: str) -> str:
    """The name that a personal link stands for, for whoever has the link; empty if none."""
    kept = records.document(_document(cohort_id)) if token else None
    return next((each.name for each in _kept(kept) if each.token == token), "")


def take_off(records: Records, cohort_id: str, tokens: Sequence[str]) -> None:
    """The same as `expect_no_more`, for one who came; who may is not asked here."""
    gone = frozenset(tokens)

    def change(kept: JSON) -> JSON:
        return {each.token: each.name for each in _kept(kept) if each.token not in gone}

    if any(each.token in gone for each in _kept(records.document(_document(cohort_id)))):
        records.update_document(_document(cohort_id), change)


def _check(records: Records, person: Person, cohort_id: str) -> None:
    cohort = find_cohort(records, cohort_id)
    if cohort is None or not access.may(person, "invite", cohort=cohort):
        raise Refusal("unknown-cohort", cohort_id[:20])


def _document(cohort_id: str) -> str:
    return f"expected-{cohort_id.lower()}"


def _kept(kept: Any) -> tuple[Expected, ...]:
    plain = kept if isinstance(kept, Mapping) else {}
    return tuple(Expected(token, str(name)) for token, name in plain.items())
