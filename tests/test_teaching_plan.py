"""What a trainer is told to teach helps many, and names nobody in a group of few."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from academy.answer_sheets import answer_sheet
from academy.cohort_analytics import LEAST_PEOPLE
from academy.cohort_work import ItemFigures, MemberWork, OptionShare, levels_today
from academy.cohorts import Member
from academy.history import History, StageChoice
from academy.item_analysis import analyse
from academy.occasions import occasion
from academy.proficiency import Answer, gather
from academy.teaching_plan import missed_items, teaching_plan
from tests.conftest import NOON


@pytest.fixture
def work(curriculum):
    """Makes a growing merchant who is good at everything but these skills."""

    def make(number: int, *weak: str, good: bool = True) -> MemberWork:
        history = History(stages=[StageChoice("growing", "growing", "own-choice", {}, NOON)])
        later = NOON + timedelta(hours=1)
        member = Member(f"merchant-{number:04}", f"M{number}", NOON)
        framework = curriculum.framework
        sheet = answer_sheet(framework, history, occasion(history, curriculum, until=later))
        answers = [
            Answer(skill.id, f"{skill.id}-{n}", skill.id not in weak, NOON, 0.0, 0.25)
            for skill in framework.skills
            for n in range(25 if skill.id in weak else 4)
            if good or skill.id in weak
        ]
        evidence = gather(framework, answers, [], stage="growing", units_done={}, now=later)
        first = dict.fromkeys((answer.item_id for answer in answers), None)
        return MemberWork(member, replace(sheet, evidence=evidence, first=first))

    return make


def plan_for(curriculum, works):
    return teaching_plan(curriculum, works, levels_today(curriculum.framework, works), ())


def test_what_most_miss_and_can_learn_comes_first(curriculum, work):
    works = [work(n, "ad-planning") for n in range(20)]
    works += [work(20 + n, "live-pitch") for n in range(6)]
    plan = plan_for(curriculum, works)
    assert plan.topics[0].skill_id == "ad-planning"
    assert len(plan.topics[0].helped) >= 20
    assert plan.topics[0].points >= 2
    assert [topic.worth for topic in plan.topics] == sorted(
        (topic.worth for topic in plan.topics), reverse=True
    )
    assert curriculum.lesson(plan.topics[0].lesson_id).skill == "ad-planning"


def test_a_topic_names_the_items_most_got_wrong_and_what_five_or_more_thought(curriculum):
    bank = curriculum.bank.of_skill("ad-planning")
    easy, hard, few = (item.id for item in bank[:3])

    def figures(item_id, right, *wrong):
        item = curriculum.bank.item(item_id)
        counts = iter(wrong)
        n = right + sum(wrong)
        options = tuple(
            OptionShare(o.id, o.is_key, count, count / n, math.nan)
            for o in item.options
            for count in [right if o.is_key else next(counts, 0)]
        )
        scores = np.array([[1.0]] * right + [[0.0]] * sum(wrong))
        return ItemFigures(item_id, analyse(scores, [item_id]).items[0], options)

    found = missed_items(
        curriculum,
        [figures(easy, 20, 6, 2), figures(hard, 4, 9, 7), figures(few, 12, 4)],
        "ad-planning",
    )
    assert [(each.item_id, each.wrong, each.answered_by) for each in found] == [
        (hard, 16, 20),
        (easy, 8, 28),
    ]
    assert [each.chosen_by for each in found[0].misconceptions] == [9, 7]
    assert [each.chosen_by for each in found[1].misconceptions] == [6]


def test_those_who_miss_the_same_are_one_group(curriculum, work):
    works = [work(n, "ad-planning") for n in range(7)] + [work(7 + n) for n in range(5)]
    plan = plan_for(curriculum, works)
    group = next(each for each in plan.groups if each.skill_id == "ad-planning")
    assert {member.name for member in group.members} >= {f"M{n}" for n in range(7)}


def test_no_topic_and_no_group_is_of_fewer_than_five(curriculum, work):
    works = [work(n, "ad-planning") for n in range(4)] + [work(4 + n) for n in range(10)]
    plan = plan_for(curriculum, works)
    assert all(len(topic.helped) >= LEAST_PEOPLE for topic in plan.topics)
    assert all(len(group.members) >= LEAST_PEOPLE for group in plan.groups)
    placed = [m for group in plan.groups for m in group.members] + list(plan.others)
    assert sorted(m.name for m in placed) == sorted(w.member.name for w in works)


def test_of_fewer_than_five_there_is_no_plan(curriculum, work):
    blank = [replace(w := work(9 + n), sheet=replace(w.sheet, first={})) for n in range(30)]
    plan = plan_for(curriculum, [*(work(n) for n in range(4)), *blank])
    assert (plan.topics, plan.groups, plan.unknown) == ((), (), 30)
