"""A sheet says of a merchant's answers what his record says, in a line of text as well."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import timedelta

import numpy as np
import pytest

from academy import services
from academy.answer_sheets import AnswerSheet, answer_sheet
from academy.levels import SkillTree, estimate
from academy.occasions import occasion
from academy.storage import open_records
from tests.test_cohort_work import SKILL, practise


@pytest.fixture
def sheet(curriculum, ada, noon):
    """Of Ada, who rated herself, studied a lesson, and practised before and after it."""
    records = open_records("memory:")
    attempt = services.open_assessment(
        records, ada, curriculum, form="short", stage="growing", now=noon
    )
    for statement in attempt.statements[::2]:
        services.rate_statement(records, ada, curriculum, attempt.id, statement, 4, now=noon)
    services.submit_assessment(records, ada, attempt.id, now=noon)
    practise(records, curriculum, ada, random.Random(1), 0.5, noon, False)
    (begun,) = services.read_history(records, ada).quizzes
    services.submit_quiz(records, ada, curriculum, begun, now=noon)
    lesson = curriculum.lessons_of(SKILL)[0].id
    later = noon + timedelta(hours=1)
    services.open_lesson(records, ada, curriculum, lesson, now=later)
    quiz = services.open_quiz(records, ada, curriculum, purpose="lesson", subject=lesson, now=later)
    for item_id in quiz.form:
        services.record_response(
            records, ada, curriculum, quiz.id, item_id, curriculum.bank.item(item_id).key,
            seconds=60, now=later,
        )  # fmt: skip
    services.complete_lesson(records, ada, curriculum, lesson, now=later)
    practise(records, curriculum, ada, random.Random(2), 0.5, noon + timedelta(hours=2), False)
    history = services.read_history(records, ada)
    today = occasion(history, curriculum, until=noon + timedelta(days=1))
    return answer_sheet(curriculum.framework, history, today)


def test_a_sheet_written_and_read_is_the_same(sheet):
    read = AnswerSheet.from_text(sheet.to_text())
    assert (read.stage, read.first, read.chosen) == (sheet.stage, sheet.first, sheet.chosen)
    assert (read.recent == sheet.recent).all()
    for field in fields(sheet.evidence):
        written, now = getattr(sheet.evidence, field.name), getattr(read.evidence, field.name)
        assert written.dtype == now.dtype
        assert now == pytest.approx(written, abs=5e-4)


def test_levels_are_the_same_from_a_sheet_that_was_written(curriculum, sheet):
    tree = SkillTree.of(curriculum.framework)
    read = AnswerSheet.from_text(sheet.to_text())
    before, after = estimate(tree, sheet.evidence), estimate(tree, read.evidence)
    assert np.abs(before.mean - after.mean).max() < 0.01


def test_only_what_came_after_the_last_lesson_is_recent(curriculum, sheet):
    number = [skill.id for skill in curriculum.framework.skills].index(SKILL)
    assert 0 < sheet.recent[number] < (sheet.evidence.skill == number).sum()
