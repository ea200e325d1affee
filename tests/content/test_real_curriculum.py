"""What must be true of the curriculum that the site is served with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from academy.content import check_content
from academy.content.coverage import coverage
from academy.content.rules.framework import tree_rows

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def checked():
    return check_content(ROOT, datetime.now(UTC).date())


def test_the_curriculum_breaks_no_rule(checked):
    errors = [str(issue) for issue in checked[1] if issue.severity == "error"]
    assert errors == []


def test_four_dimensions_hold_thirteen_abilities_and_140_outcomes(checked):
    counts = coverage(checked[0]).counts
    assert counts["dimensions"] == 4
    assert counts["abilities"] == 13
    assert counts["skills"] == 42
    assert counts["outcomes"] == 140
    assert counts["stages"] == 4


def test_every_row_of_the_competency_tree_has_an_outcome(checked):
    assert len(tree_rows(ROOT)) == 140
    assert coverage(checked[0]).untraced == []


def test_a_basic_and_an_advanced_outcome_are_there_in_every_dimension(checked):
    framework = checked[0].framework.noun
    for dimension in framework.dimensions:
        levels = {
            outcome.level
            for ability in dimension.abilities
            for skill in ability.skills
            for outcome in skill.outcomes
        }
        assert levels == {"basic", "advanced"}, dimension.id
