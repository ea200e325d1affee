"""What a cohort's answers come to, worked out once for all its trainers and kept a while."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from academy.cohort_forms import question_of
from academy.cohort_work import (
    ItemFigures,
    MemberWork,
    form_statistics,
    item_figures,
    levels_today,
    reliability,
)
from academy.item_analysis import TestStatistics
from academy.services import Watched
from academy.teaching_plan import TeachingPlan, teaching_plan
from academy.ui import clock, resources
from academy.ui.language import _

_KEPT = 16
_WORTH_KEEPING = 0.3
"""Seconds of work from which on figures serve for a while though somebody has done something."""
_SERVES = 60
"""For so many times as long as they took."""
_figures: OrderedDict[tuple[str, str], CohortFigures] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class CohortFigures:
    """The figures of a cohort's items and what follows for teaching, as of an instant."""

    items: tuple[ItemFigures, ...]
    reliability: float
    """Of the members' overall levels; NaN where too few answered."""
    reliable_of: int
    """Of so many members."""
    plan: TeachingPlan
    takers: Mapping[str, int]
    """How many answered questions of a lesson, by its id."""
    at: datetime
    seconds: float
    """That they took to work out."""
    known: int
    """What they rest on, as a fingerprint."""

    def serves(self, known: int, now: datetime) -> bool:
        """Whether they will do for what is known now."""
        if self.known == known:
            return True
        age = (now - self.at).total_seconds()
        return self.seconds >= _WORTH_KEEPING and age < _SERVES * self.seconds


def cohort_figures(watched: Watched) -> CohortFigures:
    """The figures, worked out anew when a member did something since.

    Of a large cohort, where somebody always does, those of a few minutes ago.
    """
    place = resources.curriculum().revision, watched.cohort.id
    known = _fingerprint(watched)
    with _lock:
        kept = _figures.get(place)
        if kept and kept.serves(known, clock.now()):
            _figures.move_to_end(place)
            return kept
    with st.spinner(_("Laying everybody's answers side by side …")):
        found = _work_out(watched, known)
    with _lock:
        _figures[place] = found
        while len(_figures) > _KEPT:
            _figures.popitem(last=False)
    return found


def _work_out(watched: Watched, known: int) -> CohortFigures:
    begun, curriculum = time.monotonic(), resources.curriculum()
    works = watched.works
    if not works:
        nothing = TeachingPlan((), (), (), 0)
        return CohortFigures((), math.nan, 0, nothing, {}, clock.now(), 0.0, known)
    levels = levels_today(curriculum.framework, works)
    items = item_figures(curriculum, works, levels)
    reliable, people = reliability(works, levels)
    plan = teaching_plan(curriculum, works, levels, items)
    takers = _takers(works)
    seconds = time.monotonic() - begun
    return CohortFigures(items, reliable, people, plan, takers, clock.now(), seconds, known)


def lesson_check(watched: Watched, lesson_id: str) -> TestStatistics:
    """How the questions of a lesson worked as a test, for those who met any of them."""
    curriculum = resources.curriculum()
    items = [curriculum.bank.item(each) for each in curriculum.lesson(lesson_id).items]
    answers = [
        {item.id: sheet.options(item.id) for item in items if item.id in sheet.first}
        for sheet in (work.sheet for work in watched.works)
    ]
    return form_statistics([question_of(item) for item in items], list(filter(None, answers)))


def _takers(works: Sequence[MemberWork]) -> dict[str, int]:
    """Of each lesson with two questions or more, how many met any of them."""
    met = [work.sheet.first.keys() for work in works]
    found = {}
    for lesson in resources.curriculum().lessons.values():
        asked = lesson.items
        if len(asked) > 1:
            found[lesson.id] = sum(not first.isdisjoint(asked) for first in met)
    return found


def _fingerprint(watched: Watched) -> int:
    """Changes when a member joins or goes, answers, rates, studies or chooses a stage."""
    done = frozenset(
        (each, known.name, summary.sheet)
        for each, known in watched.members.items()
        if (summary := watched.summaries.get(each))
    )
    return hash(done)
