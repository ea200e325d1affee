"""A cohort's own items: take a table in and back out, offer an item, accept it for the bank."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from academy import access
from academy.access import Act
from academy.accounts import Person
from academy.cohort_forms import Question
from academy.cohorts import Cohort
from academy.curriculum import Curriculum
from academy.framework import UnknownId
from academy.one_line import one_line
from academy.own_items import MOST_ITEMS, Import, Line, OwnItem, OwnStatus, read_table, stem_key
from academy.records import JSON
from academy.services.cohort_records import find_cohort
from academy.services.refusals import Refusal
from academy.storage.base import Records

_PREFIX = "own-items-"
LONGEST_FILE_NAME = 80


@dataclass(frozen=True, slots=True)
class OwnItems:
    """What a cohort has of its own: items in the order taken in, and the tables they came from."""

    items: tuple[OwnItem, ...] = ()
    imports: tuple[Import, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """An item that a cohort offers to the bank."""

    cohort: Cohort
    item: OwnItem


def own_items(records: Records, person: Person, cohort_id: str) -> OwnItems:
    """The items that a cohort's trainers wrote, for them."""
    cohort = _checked(records, person, cohort_id)
    return _kept(records.document(f"{_PREFIX}{cohort.id}"))


def check_table(
    records: Records,
    person: Person,
    curriculum: Curriculum,
    cohort_id: str,
    rows: Sequence[Sequence[str]],
) -> tuple[Line, ...]:
    """What a table would do, row by row; nothing is done. Raises NoSuchColumns."""
    known = own_items(records, person, cohort_id)
    bank = {
        words
        for item in curriculum.bank.items.values()
        if item.status != "retired"
        for words in (item.stem.zh, item.stem.en)
    }
    return read_table(rows, known=[item.stem for item in known.items], bank=bank)


def take_in(
    records: Records,
    person: Person,
    cohort_id: str,
    found: Sequence[OwnItem],
    *,
    file: str,
    now: datetime,
) -> Import:
    """Take items of one table in. Those that the cohort has already are left out.

    Raises Refusal when nothing is left, or when there would be too many.
    """
    cohort = _checked(records, person, cohort_id)
    known = _kept(records.document(f"{_PREFIX}{cohort.id}"))
    has = {stem_key(item.stem) for item in known.items}
    fresh = {stem_key(item.stem): item for item in found if stem_key(item.stem) not in has}
    if not fresh:
        raise Refusal("nothing-new", cohort.id)
    if len(known.items) + len(fresh) > MOST_ITEMS:
        raise Refusal("too-many-items", str(MOST_ITEMS))
    taken = Import(
        secrets.token_hex(4),
        one_line(file, LONGEST_FILE_NAME),
        len(fresh),
        now,
    )
    items = [
        replace(item, id=f"own-{secrets.token_hex(5)}", import_id=taken.id)
        for item in fresh.values()
    ]
    _change(
        records,
        cohort.id,
        lambda kept: OwnItems((*kept.items, *items), (*kept.imports, taken)),
    )
    return taken


def undo_import(records: Records, person: Person, cohort_id: str, import_id: str) -> None:
    """Take everything out again that one table brought, as if it had never been taken in.

    What was accepted for the bank meanwhile stays, and forms that were made of it keep their
    questions. Twice is the same as once.
    """
    cohort = _checked(records, person, cohort_id)
    _change(
        records,
        cohort.id,
        lambda kept: OwnItems(
            tuple(
                item
                for item in kept.items
                if item.import_id != import_id or item.status == "accepted"
            ),
            tuple(each for each in kept.imports if each.id != import_id),
        ),
    )


def take_out_item(records: Records, person: Person, cohort_id: str, item_id: str) -> None:
    """Take a single item out again; what was accepted for the bank stays."""
    cohort = _checked(records, person, cohort_id)

    def without(kept: OwnItems) -> OwnItems:
        items = tuple(
            item for item in kept.items if item.id != item_id or item.status == "accepted"
        )
        left = {item.import_id for item in items}
        return OwnItems(items, tuple(each for each in kept.imports if each.id in left))

    _change(records, cohort.id, without)


def offer_items(
    records: Records, person: Person, cohort_id: str, item_ids: Collection[str]
) -> None:
    """Offer items to the bank, or no more those that are not among `item_ids`."""
    cohort = _checked(records, person, cohort_id)

    def status(item: OwnItem) -> OwnStatus:
        if item.status == "accepted":
            return "accepted"
        return "offered" if item.id in item_ids else "own"

    _change(
        records,
        cohort.id,
        lambda kept: replace(
            kept, items=tuple(replace(item, status=status(item)) for item in kept.items)
        ),
    )


def offered_items(records: Records, person: Person) -> tuple[Offered, ...]:
    """Every item that is offered to the bank or was accepted, for administrators."""
    _administers(person)
    found = []
    for name in records.document_names(_PREFIX):
        cohort = find_cohort(records, name.removeprefix(_PREFIX))
        if cohort:
            found += [
                Offered(cohort, item)
                for item in _kept(records.document(name)).items
                if item.status != "own"
            ]
    return tuple(sorted(found, key=lambda each: each.item.status == "accepted"))


def accept_item(
    records: Records,
    person: Person,
    curriculum: Curriculum,
    cohort_id: str,
    item_id: str,
    *,
    outcome: str,
) -> OwnItem:
    """Accept an offered item for the bank, to measure an outcome, under the bank's next free id.

    What the site asks is the curriculum's files, which no act of a visitor changes: the item goes
    there as a draft, for an author to finish.
    """
    _administers(person)
    skill = _skill_measured(curriculum, outcome)
    known = offered_items(records, person)
    found = next((each.item for each in known if _is(each, cohort_id, item_id)), None)
    if found is None:
        raise Refusal("unknown-item", item_id[:20])
    taken = {*curriculum.bank.items, *(each.item.bank_id for each in known)}
    bank_id = next(name for n in count(1) if (name := f"{skill}-{n:02}") not in taken)
    accepted = replace(found, status="accepted", outcome=outcome, bank_id=bank_id)
    _replace_item(records, cohort_id, accepted)
    return accepted


def decline_item(records: Records, person: Person, cohort_id: str, item_id: str) -> None:
    """Leave an item that was offered, or accepted by mistake, to the cohort that it came from."""
    _administers(person)
    for each in offered_items(records, person):
        if _is(each, cohort_id, item_id):
            _replace_item(records, cohort_id, replace(each.item, status="own", bank_id=""))


def own_questions(
    records: Records, cohort_id: str, item_ids: Collection[str]
) -> tuple[Question, ...]:
    """These items of a cohort as questions; who may is asked by whoever makes a form of them."""
    kept = _kept(records.document(f"{_PREFIX}{cohort_id}"))
    return tuple(item.question() for item in kept.items if item.id in item_ids)


def put_form(records: Records, form_id: str, questions: Sequence[Question]) -> None:
    """Keep the questions of a form as they are now."""
    plain: JSON = [question.to_dict() for question in questions]
    records.update_document(f"form-{form_id}", lambda _: plain)


def form_questions(records: Records, form_id: str) -> tuple[Question, ...]:
    """The questions of a form; none for one that there is not."""
    kept: Any = records.document(f"form-{form_id}")
    return tuple(Question.from_dict(each) for each in kept) if isinstance(kept, list) else ()


def _skill_measured(curriculum: Curriculum, outcome: str) -> str:
    try:
        return curriculum.framework.skill_of(outcome).id
    except UnknownId as unknown:
        raise Refusal("unknown-skill", outcome[:40]) from unknown


def _is(offered: Offered, cohort_id: str, item_id: str) -> bool:
    return (offered.cohort.id, offered.item.id) == (cohort_id, item_id)


def _replace_item(records: Records, cohort_id: str, changed: OwnItem) -> None:
    _change(
        records,
        cohort_id,
        lambda kept: replace(
            kept,
            items=tuple(changed if item.id == changed.id else item for item in kept.items),
        ),
    )


def _administers(person: Person) -> None:
    act: Act = "accept-items"
    if not access.may(person, act):
        raise Refusal("not-allowed", act)


def _checked(records: Records, person: Person, cohort_id: str) -> Cohort:
    cohort = find_cohort(records, cohort_id)
    if cohort is None or not access.may(person, "write-items", cohort=cohort):
        raise Refusal("unknown-cohort", cohort_id[:20])
    return cohort


def _kept(kept: Any) -> OwnItems:
    if not isinstance(kept, dict):
        return OwnItems()
    return OwnItems(
        tuple(OwnItem.from_dict(each) for each in kept["items"]),
        tuple(
            Import(
                each["id"],
                each["file"],
                each["items"],
                datetime.fromisoformat(each["at"]),
            )
            for each in kept["imports"]
        ),
    )


def _plain(own: OwnItems) -> JSON:
    return {
        "items": [item.to_dict() for item in own.items],
        "imports": [
            {
                "id": each.id,
                "file": each.file,
                "items": each.items,
                "at": each.at.isoformat(),
            }
            for each in own.imports
        ],
    }


def _change(records: Records, cohort_id: str, change: Callable[[OwnItems], OwnItems]) -> None:
    records.update_document(f"{_PREFIX}{cohort_id}", lambda kept: _plain(change(_kept(kept))))
