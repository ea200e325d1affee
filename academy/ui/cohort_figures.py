"""What a cohort's answers come to, worked out once for all its trainers and kept a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from academy import services
from academy.cohort_work import ItemFigures, item_figures, reliability
from academy.services import Watched
from academy.teaching_plan import TeachingPlan, teaching_plan
from academy.ui import clock, resources, session
from academy.ui.language import _

_KEPT = 16
_figures: OrderedDict[tuple, CohortFigures] = OrderedDict()
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
    at: datetime


def cohort_figures(watched: Watched) -> CohortFigures:
    """The figures; worked out anew, behind a bar, when a member did something since."""
    key = _key(watched)
    with _lock:
        if key in _figures:
            _figures.move_to_end(key)
            return _figures[key]
    found = _work_out(watched)
    with _lock:
        _figures[key] = found
        while len(_figures) > _KEPT:
            _figures.popitem(last=False)
    return found


def _work_out(watched: Watched) -> CohortFigures:
    curriculum, now = resources.curriculum(), clock.now()
    bar = st.progress(0.0, text=_("Reading what everybody answered …"))
    works = []
    for work in services.cohort_work(
        resources.records(), session.person(), curriculum, watched.cohort.id, now=now
    ):
        works.append(work)
        if len(works) % 20 == 0:
            bar.progress(min(1.0, len(works) / max(1, len(watched.members))))
    items = item_figures(curriculum, works)
    reliable, people = reliability(curriculum.framework, works)
    plan = teaching_plan(curriculum, works, items)
    bar.empty()
    return CohortFigures(items, reliable, people, plan, now)


def _key(watched: Watched) -> tuple:
    """What the figures depend on: the content, the members, and what each has done."""
    done = frozenset(
        (each, known.answers, known.ratings, known.lessons, known.stage)
        if (known := watched.summaries.get(each))
        else (each,)
        for each in watched.members
    )
    return resources.curriculum().revision, watched.cohort.id, hash(done)
