"""Keep for whom the at-risk rules fired, so that one learns whether they are right."""

from __future__ import annotations

from datetime import datetime

from academy import access
from academy.accounts import Person
from academy.cohort_analytics import CohortTable
from academy.flag_outcomes import FlagRecord, Outcomes, looked_at
from academy.records import JSON
from academy.services.cohort_records import find_cohort
from academy.services.refusals import Refusal
from academy.storage.base import Records


def note_flags(
    records: Records, person: Person, cohort_id: str, table: CohortTable, *, now: datetime
) -> Outcomes:
    """Note for whom the rules fire today, once a week; what became of those before.

    `table` holds the whole cohort. An archived one is looked at no more.
    """
    cohort, today = find_cohort(records, cohort_id), now.date()
    if cohort is None or not access.may(person, "see-cohort", cohort=cohort):
        raise Refusal("unknown-cohort", cohort_id[:20])
    kept = FlagRecord.from_dict(records.document(_document(cohort.id)))
    if not cohort.is_open or (kept.latest and not kept.latest.is_over(today)):
        return kept.outcomes

    def look(plain: JSON) -> JSON:
        known = FlagRecord.from_dict(plain)
        return looked_at(known, table.merchants, cohort.id, today=today).to_dict()

    return FlagRecord.from_dict(records.update_document(_document(cohort.id), look)).outcomes


def forget_flags(records: Records, cohort_id: str, learner_id: str) -> None:
    """Take somebody out of what a cohort noted, because he leaves it; who may is not asked here."""
    kept = FlagRecord.from_dict(records.document(_document(cohort_id)))
    if kept.latest and learner_id in kept.latest.rules:
        records.update_document(
            _document(cohort_id),
            lambda plain: FlagRecord.from_dict(plain).without(learner_id).to_dict(),
        )


def _document(cohort_id: str) -> str:
    return f"flags-{cohort_id}"
