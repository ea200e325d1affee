"""Watch over a cohort: what its members' records add up to, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from academy.accounts import Person
from academy.cohorts import Cohort, Member
from academy.curriculum import Curriculum
from academy.services.cohorts import cohort_members, open_cohort
from academy.services.summaries import kept_summaries
from academy.storage.base import Records
from academy.summaries import Summary


@dataclass(frozen=True)
class Watched:
    """A cohort with its members and what is known of them."""

    cohort: Cohort
    members: Mapping[str, Member]
    summaries: Mapping[str, Summary]

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the members whose summary must be worked out before they can be shown."""
        return tuple(each for each in self.members if each not in self.summaries)


def watch_cohort(
    records: Records, person: Person, curriculum: Curriculum, cohort_id: str
) -> Watched:
    """A cohort as its trainers see it at one look, from summaries alone."""
    cohort = open_cohort(records, person, cohort_id)
    members = cohort_members(records, person, cohort_id)
    return Watched(cohort, members, kept_summaries(records, curriculum, members.keys()))
