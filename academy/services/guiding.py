"""Guide one merchant: note something about him, put skills first for him or leave them out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from academy import access
from academy.accounts import Person
from academy.curriculum import Curriculum
from academy.framework import UnknownId
from academy.guidance import LONGEST_NOTE, MOST_PINS
from academy.one_line import one_line
from academy.services.cohort_records import find_cohort
from academy.services.cohorts import member_history
from academy.services.histories import happened
from academy.services.refusals import Refusal
from academy.services.summaries import note_talks
from academy.storage.base import Records


def note_on(
    records: Records,
    person: Person,
    cohort_id: str,
    learner_id: str,
    text: str,
    *,
    is_talk: bool = False,
    now: datetime,
) -> None:
    """Write something down about a member, for the cohort's trainers and for himself.

    `is_talk` says that one talked to him; then nothing more need be written.
    """
    _check(records, person, cohort_id, learner_id)
    note = one_line(text, LONGEST_NOTE)
    if not note and not is_talk:
        raise Refusal("note-missing", cohort_id)
    records.append(
        learner_id,
        happened(
            "trainer-noted",
            now,
            {
                "note": secrets.token_hex(6),
                "cohort": cohort_id,
                "by": person.learner_id,
                "name": person.name,
                "text": note,
                "talk": is_talk,
            },
        ),
    )
    note_talks(records, learner_id)


def take_back_note(
    records: Records, person: Person, cohort_id: str, learner_id: str, note: str, *, now: datetime
) -> None:
    """Show a note of this cohort's no more. Twice is the same as once."""
    _check(records, person, cohort_id, learner_id)
    _, history = member_history(records, person, cohort_id, learner_id)
    known = history.notes.get(note)
    if known and known.cohort_id == cohort_id:
        data = {"note": note, "cohort": cohort_id, "by": person.learner_id}
        records.append(learner_id, happened("trainer-note-taken-back", now, data))
        note_talks(records, learner_id)


def guide(
    records: Records,
    person: Person,
    curriculum: Curriculum,
    cohort_id: str,
    learner_id: str,
    *,
    pins: Sequence[str],
    exclusions: Sequence[str],
    now: datetime,
) -> None:
    """Put these skills first for a member, in this order, and leave those out; no others."""
    _check(records, person, cohort_id, learner_id)
    for skill_id in (*pins, *exclusions):
        try:
            curriculum.framework.skill(skill_id)
        except UnknownId as unknown:
            raise Refusal("unknown-skill", skill_id[:40]) from unknown
    first = list(dict.fromkeys(pins))[:MOST_PINS]
    out = [each for each in dict.fromkeys(exclusions) if each not in first]
    _, history = member_history(records, person, cohort_id, learner_id)
    known = history.guidance.get(cohort_id)
    if [list(known.pins), list(known.exclusions)] != [first, out] if known else first or out:
        records.append(
            learner_id,
            happened(
                "trainer-guided",
                now,
                {
                    "cohort": cohort_id,
                    "by": person.learner_id,
                    "name": person.name,
                    "pins": first,
                    "exclusions": out,
                },
            ),
        )


def _check(records: Records, person: Person, cohort_id: str, learner_id: str) -> None:
    """Raise Refusal unless the person trains this member; reading his work is asked first."""
    member_history(records, person, cohort_id, learner_id)
    cohort = find_cohort(records, cohort_id)
    if not access.may(
        person, "guide-learner", learner_id=learner_id, cohort=cohort, is_member=True
    ):
        raise Refusal("not-allowed", "guide-learner")
