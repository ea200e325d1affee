"""Watch over a cohort: what its members' records add up to, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from academy.accounts import Person
from academy.answer_sheets import AnswerSheet
from academy.assignments import Assignment, Deeds, Task, task_of
from academy.cohort_work import MemberWork
from academy.cohorts import Cohort, Member
from academy.curriculum import Curriculum
from academy.services.assigning import assignments_in
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
    assignments: tuple[Assignment, ...]
    """The latest first."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the members whose summary must be worked out before they can be shown."""
        return tuple(each for each in self.members if each not in self.summaries)

    @cached_property
    def works(self) -> tuple[MemberWork, ...]:
        """What each member showed, of whom that is worked out."""
        return tuple(
            MemberWork(member, AnswerSheet.from_text(self.summaries[each].sheet))
            for each, member in self.members.items()
            if each in self.summaries
        )

    @cached_property
    def tasks(self) -> Mapping[str, Mapping[str, Task]]:
        """Assignment id to the members that it was given to, by their ids, and how far each is."""
        found: dict[str, dict[str, Task]] = {each.id: {} for each in self.assignments}
        for learner_id, deeds in self._deeds.items() if self.assignments else ():
            joined_on = self.members[learner_id].joined_at.date()
            for assignment in self.assignments:
                if task := task_of(assignment, deeds, joined_on=joined_on):
                    found[assignment.id][learner_id] = task
        return found

    def answers(self, form_id: str) -> tuple[Mapping[str, frozenset[str]], ...]:
        """What each member who took a form chose, by question id; of a class or an own quiz."""
        forms = [deeds.answered.get(form_id, {}) for deeds in self._deeds.values()]
        return tuple(
            {question: answer.chosen for question, answer in answers.items()}
            for answers in forms
            if answers
        )

    @cached_property
    def _deeds(self) -> Mapping[str, Deeds]:
        return {
            each: Deeds.from_text(self.summaries[each].deeds)
            for each in self.members
            if each in self.summaries
        }

    def late(self, today: date) -> dict[str, tuple[Task, ...]]:
        """Learner id to what he has not done though its last day has passed; only who has such."""
        found: dict[str, tuple[Task, ...]] = {}
        for tasks in self.tasks.values():
            for learner_id, task in tasks.items():
                if task.is_late(today):
                    found[learner_id] = (*found.get(learner_id, ()), task)
        return found


def watch_cohort(
    records: Records, person: Person, curriculum: Curriculum, cohort_id: str
) -> Watched:
    """A cohort as its trainers see it at one look, from summaries alone."""
    cohort = open_cohort(records, person, cohort_id)
    members = cohort_members(records, person, cohort_id)
    summaries = kept_summaries(records, curriculum, members.keys())
    return Watched(cohort, members, summaries, assignments_in(records, cohort.id))
