"""Keep each learner's summary as new as his record, for whoever reads many at once.

Only those whom a trainer may see have one. Acts that know the curriculum write it at once; after
the others it is gone, and worked out again before it is next shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from academy.assignments import deeds_of
from academy.curriculum import Curriculum
from academy.history import History
from academy.occasions import occasion
from academy.records import JSON
from academy.services.histories import read_history
from academy.services.results import profile_of
from academy.storage.base import Records
from academy.summaries import Summary, rule_in_force, summary_of, talks


def keep_summary(
    records: Records, curriculum: Curriculum, learner_id: str, *, now: datetime
) -> None:
    """Write down what a learner's record adds up to, if he is in a cohort."""
    history = read_history(records, learner_id)
    if history.memberships:
        today = occasion(history, curriculum, until=now)
        profile = profile_of(curriculum, history, now=now, evidence=today)
        summary = summary_of(curriculum, history, today, profile)
        records.save_summary(learner_id, summary.to_dict())


def outdate_summary(records: Records, learner_id: str) -> None:
    """Forget a summary that says something else than the record."""
    if records.summaries([learner_id]).get(learner_id):
        records.save_summary(learner_id, None)


def note_activity(records: Records, learner_id: str, history: History, *, now: datetime) -> None:
    """Let the summary say, from the first act of a day on, that the learner was active."""
    if not history.memberships:
        return
    kept = records.summaries([learner_id]).get(learner_id)
    if isinstance(kept, Mapping) and str(kept.get("active_at"))[:10] < now.isoformat()[:10]:
        instant = now.isoformat()
        known = kept.get("active_on")
        days = [*(known if isinstance(known, list) else []), instant[:10]]
        records.save_summary(learner_id, {**kept, "active_at": instant, "active_on": days})


def note_deeds(records: Records, learner_id: str) -> None:
    """Let the summary say what now stands in the record of what assignments ask about."""
    kept = records.summaries([learner_id]).get(learner_id)
    if isinstance(kept, Mapping):
        deeds = deeds_of(read_history(records, learner_id)).to_text()
        records.save_summary(learner_id, {**kept, "deeds": deeds})


def note_talks(records: Records, learner_id: str) -> None:
    """Let the summary say when trainers noted that they talked to the learner."""
    kept = records.summaries([learner_id]).get(learner_id)
    if isinstance(kept, Mapping):
        found = talks(read_history(records, learner_id))
        plain: JSON = [[cohort, day.isoformat()] for cohort, day in found]
        records.save_summary(learner_id, {**kept, "talked_on": plain})


def kept_summaries(
    records: Records, curriculum: Curriculum, learner_ids: Collection[str]
) -> dict[str, Summary]:
    """The summaries made by the rule in force; absent are those that must be worked out first."""
    rule = rule_in_force(curriculum)
    kept = records.summaries(learner_ids)
    return {
        learner_id: Summary.from_dict(plain)
        for learner_id, plain in kept.items()
        if isinstance(plain, dict) and plain.get("rule") == rule
    }


def work_out_summaries(
    records: Records, curriculum: Curriculum, learner_ids: Collection[str], *, now: datetime
) -> Iterator[str]:
    """Work out the summaries of these learners one by one; each is kept when its id is given."""
    for learner_id in learner_ids:
        keep_summary(records, curriculum, learner_id, now=now)
        yield learner_id
