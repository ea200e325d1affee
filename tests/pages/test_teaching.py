"""What a trainer reads about a cohort's items, and what to teach it next."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from academy import services
from academy.ui import resources
from tests.cast import Cast, gather
from tests.pages.test_rights import Tab
from tests.test_cohort_work import practise


@pytest.fixture
def cast(records) -> Cast:
    return gather(records, datetime.now(UTC) - timedelta(days=1))


@pytest.fixture
def answered(cast):
    """A cohort in which twelve more merchants practised a skill and got most of it wrong."""
    for number in range(12):
        learner = f"merchant-{number:04}"
        services.join_cohort(
            cast.records,
            learner,
            cast.cohort.code,
            name=f"M{number}",
            address="192.0.2.1",
            now=cast.now,
        )
        practise(
            cast.records,
            resources.curriculum(),
            learner,
            random.Random(1),
            0.1,
            cast.now,
            False,
        )
    return cast


def test_an_empty_cohort_says_what_will_appear_and_when(cast):
    tab = Tab("Dana")
    assert "when 10 members have answered it" in tab.read("items", cohort=cast.cohort.id)
    assert "when something is known of 5 merchants" in tab.read("plan", cohort=cast.cohort.id)


def test_items_show_their_share_and_the_options_with_what_each_catches(answered):
    tab = Tab("Dana")
    said = tab.read("items", cohort=answered.cohort.id)
    assert " people answered · " in said
    assert "correlation with the rest" not in said, "thirty are needed"


def test_the_plan_names_what_helps_most_and_who_belongs_together(answered):
    said = Tab("Dana").read("plan", cohort=answered.cohort.id)
    assert "Where an hour helps most" in said
    assert "of 12 merchants" in said
    assert "M11" in said
    assert "Of 2 merchants nothing is known yet." in said


@pytest.mark.parametrize("page", ["items", "plan"])
def test_another_trainer_sees_nothing_of_it(answered, page):
    said = Tab("Finn").read(page, cohort=answered.cohort.id)
    assert "There is no such cohort" in said
    assert "Spring" not in said
