"""Read what a whole cohort answered, for the pages on its items and on what to teach next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from academy.accounts import Person
from academy.cohort_work import MemberWork, member_work
from academy.curriculum import Curriculum
from academy.occasions import occasion
from academy.services.cohorts import cohort_members
from academy.services.histories import read_history
from academy.storage.base import Records


def cohort_work(
    records: Records, person: Person, curriculum: Curriculum, cohort_id: str, *, now: datetime
) -> Iterator[MemberWork]:
    """What each member of a cohort showed, one by one, for its trainers."""
    members = cohort_members(records, person, cohort_id)

    def read() -> Iterator[MemberWork]:
        for learner_id, member in members.items():
            history = read_history(records, learner_id)
            yield member_work(curriculum, member, history, occasion(history, curriculum, until=now))

    return read()
