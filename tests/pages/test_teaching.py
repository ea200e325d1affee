"""What a trainer reads about a cohort's items, and what to teach it next."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from academy import services
from academy.cohort_work import levels_today
from academy.teaching_plan import teaching_plan
from academy.ui import resources
from tests.cast import Cast, gather
from tests.pages.test_rights import Tab
from tests.test_cohort_work import practise, works_of


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


def test_a_class_begins_with_the_questions_that_the_plan_asks_for(answered):
    tab = Tab("Dana")
    tab.read("classroom", cohort=answered.cohort.id, source="dou-plus", first="dou-plus-07")
    assert tab.at.multiselect(key="form").value[0] == "dou-plus-07"


def test_a_form_that_enough_took_shows_its_figures_and_alpha_waits_for_thirty(answered):
    curriculum = resources.curriculum()
    services.start_class(
        answered.records, answered["Dana"], curriculum, answered.cohort.id,
        ["dou-plus-01", "dou-plus-02"], now=answered.now,
    )  # fmt: skip
    for number in range(12):
        services.answer_in_class(
            answered.records, f"merchant-{number:04}", answered.cohort.id, "dou-plus-01", ["a"],
            now=answered.now,
        )  # fmt: skip
    tab = Tab("Dana")
    said = tab.read("items", cohort=answered.cohort.id, view="forms")
    assert "Cronbach's, of the 0 who answered every question" in said
    metrics = {metric.label: metric.value for metric in tab.at.metric}
    assert (metrics["Took it"], metrics["Alpha"]) == ("12", "–")


def test_a_plans_lesson_stands_ready_to_be_given_to_those_it_helps(answered):
    curriculum = resources.curriculum()
    works = works_of(answered, curriculum, answered.now + timedelta(hours=1))
    levels = levels_today(curriculum.framework, works)
    topic = teaching_plan(curriculum, works, levels, ()).topics[-1]
    tab = Tab("Dana")
    tab.read(
        "assignments",
        cohort=answered.cohort.id,
        lesson=topic.lesson_id,
        to=f"helped:{topic.skill_id}",
    )
    assert tab.at.selectbox(key="subject").value == topic.lesson_id
    assert tab.at.selectbox(key="of-group").value == f"helped:{topic.skill_id}"
    tab.at.button(key="assign").click().run()
    (given,) = services.assignments(answered.records, answered["Dana"], answered.cohort.id)
    assert (given.kind, given.subject) == ("lesson", topic.lesson_id)
    assert (given.is_for_all, given.given_to) == (False, len(topic.helped))
