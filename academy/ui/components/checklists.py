"""A lesson's checklist, to tick in the shop tomorrow."""

from __future__ import annotations

import re

import streamlit as st

from academy import services
from academy.attempts import QuizAttempt
from academy.lessons import Lesson
from academy.ui import resources, session
from academy.ui.components.items import begin_lesson
from academy.ui.components.prose import prose, rendered

_ENTRY = re.compile(r"^- \[[ x]\] ", re.MULTILINE)


def checklist(lesson: Lesson, source: str, *, shown: QuizAttempt) -> None:
    """Entries that can be ticked, with whatever stands before them; each tick is saved.

    A tick may be the first thing done in a lesson, of whose questions `shown` are on the way.
    """
    before, *entries = _ENTRY.split(source)
    if before.strip():
        prose(before)
    done = services.ticked(resources.records(), session.require_learner(), lesson.id)
    with st.container(gap="xsmall"):
        for number, entry in enumerate(entries):
            st.checkbox(
                rendered(entry.strip()),
                value=number in done,
                key=f"tick:{lesson.id}:{number}",
                on_change=_tick,
                args=(shown, lesson.id, number),
            )


def _tick(shown: QuizAttempt, lesson_id: str, number: int) -> None:
    begin_lesson(shown)
    services.tick(
        resources.records(),
        session.require_learner(),
        resources.curriculum(),
        lesson_id,
        number,
        is_done=st.session_state[f"tick:{lesson_id}:{number}"],
    )
