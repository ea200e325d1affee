"""What to study next follows from numbers anyone can recompute, and never gets stuck."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.framework import UnknownId
from academy.levels import UNITS
from academy.proficiency import estimate_profile
from academy.recommender import (
    CHECK_MINUTES,
    FrameworkError,
    Links,
    Situation,
    choose,
    rank,
    recommend,
    teaching_order,
    values,
)
from tests.small_framework import NOW, answer, answers_on, framework_of

NEEDS = {"s1": ["s0"], "s3": ["s1"], "s5": ["s4", "s0"]}
FRAMEWORK = framework_of(((2, 1), (3,)), needs=NEEDS)
IDS = [skill.id for skill in FRAMEWORK.skills]
ANSWERS = answers_on(FRAMEWORK)
laws = settings(max_examples=40, deadline=None)


def lessons_of(framework, minutes=10.0):
    return {(s.id, level): minutes for s in framework.skills for level in ("basic", "advanced")}


def profile_of(answers=(), framework=FRAMEWORK, units=None, stage="growing"):
    return estimate_profile(framework, answers, [], stage=stage, units_done=units or {}, now=NOW)


def ranking_of(answers=(), framework=FRAMEWORK, units=None, **more):
    given = {"units_done": units or {}, "lesson_minutes": lessons_of(framework), "now": NOW} | more
    return rank(framework, profile_of(answers, framework, units), **given)


def recommended(answers=(), framework=FRAMEWORK, limit=6, **more):
    return ranking_of(answers, framework, **more).recommendations(limit)


def mastered(skill_ids) -> list:
    return [answer(s, f"{s}-{n}", True, b=1.5) for s in skill_ids for n in range(40)]


def situations(skills: int) -> st.SearchStrategy[Situation]:
    def table(low, high):
        return st.lists(st.floats(low, high), min_size=skills, max_size=skills).map(
            lambda row: np.array([row])
        )

    return st.builds(
        Situation,
        mean=table(-2, 2),
        se=table(0.1, 1),
        target=table(-1, 2),
        importance=table(0, 3).map(np.round),
        units=st.just(np.zeros((1, skills, 2), dtype=int)),
        minutes=table(4, 20).map(lambda row: np.stack([row[0], row[0] + 3], axis=1)),
        recent_answers=st.just(np.zeros((1, skills))),
        retrievability=st.just(np.ones((1, skills))),
    )


LINKS = Links.of(FRAMEWORK)
SITUATIONS = situations(len(IDS))


# --------------------------------------------------------------------------------------- laws


@laws
@given(ANSWERS)
def test_the_same_evidence_gives_the_same_recommendations(answers):
    assert recommended(answers) == recommended(answers)


@laws
@given(ANSWERS)
def test_an_index_can_be_recomputed_from_the_terms_shown(answers):
    for number, found in enumerate(recommended(answers), start=1):
        terms = found.terms
        assert found.rank == number
        assert found.index > 0
        assert found.index == pytest.approx((terms.direct + terms.unlock) / terms.minutes)
        assert terms.unlock == pytest.approx(sum(share for _, share in terms.unlocks))
        assert 0 <= terms.direct <= terms.importance * min(terms.gap, terms.gain) + 1e-9
        assert 0 < terms.readiness <= 1


@laws
@given(ANSWERS)
def test_every_term_follows_from_the_five_levels_and_from_what_waits(answers):
    units = {"s3": (1, 0)}
    studied = {"s3": NOW - timedelta(days=400)}
    for found in recommended(answers, units=units, last_studied=studied):
        terms = found.terms

        def average(name, cases=terms.cases):
            return sum(case.chance * getattr(case, name) for case in cases)

        assert terms.gap == pytest.approx(average("missing"))
        assert terms.gain == pytest.approx(average("rise"))
        assert terms.direct == pytest.approx(terms.importance * average("closed"))
        for case in terms.cases:
            assert case.closed == min(case.missing, case.rise)
        ready = math.prod(0.2 + 0.8 * solid for _, solid in terms.needs)
        assert terms.readiness == pytest.approx(ready)
        demand = {each.skill_id: each.demand for each in terms.waiting}
        for each in terms.waiting:
            behind = sum(1.5 * 0.8 * (1 - each.solid) * demand[n] for n in each.needed_by)
            assert each.demand == pytest.approx(each.importance * each.gap + behind)
        if found.action != "review":
            assert terms.opened == pytest.approx(average("opened"))
            for skill_id, share in terms.unlocks:
                assert share == pytest.approx(1.5 * 0.8 * demand[skill_id] * terms.opened)


@laws
@given(SITUATIONS)
def test_worth_is_never_negative_and_twice_the_minutes_are_worth_less(now):
    found = choose(LINKS, now)
    slower = choose(LINKS, replace(now, minutes=2 * now.minutes))
    assert (found.index >= 0).all()
    assert (slower.index <= found.index).all()


@laws
@given(SITUATIONS)
def test_a_skill_that_nothing_asks_for_and_nothing_needs_is_worth_nothing(now):
    importance = now.importance.copy()
    importance[0, [2, 5]] = 0
    assert (choose(LINKS, replace(now, importance=importance)).index[0, [2, 5]] == 0).all()


@laws
@given(SITUATIONS, st.integers(0, 5), st.floats(0.1, 2))
def test_a_higher_target_never_narrows_the_gap(now, skill, more):
    target = now.target.copy()
    target[0, skill] += more
    before, after = values(LINKS, now), values(LINKS, replace(now, target=target))
    assert (after.gap >= before.gap).all()


@laws
@given(SITUATIONS)
def test_another_prerequisite_never_makes_a_skill_readier(now):
    needs = LINKS.needs.copy()
    needs[5, 1] = 1
    more = values(Links(needs, LINKS.order), now)
    assert (more.readiness <= values(LINKS, now).readiness + 1e-12).all()


@laws
@given(SITUATIONS, st.permutations(range(6)))
def test_reordering_skills_reorders_the_worth(now, order):
    order = list(order)
    place = {old: new for new, old in enumerate(order)}
    links = Links(LINKS.needs[np.ix_(order, order)], tuple(place[n] for n in LINKS.order))
    tables = ("mean", "se", "target", "importance", "units", "recent_answers", "retrievability")
    moved = replace(
        now,
        minutes=now.minutes[order],
        **{name: getattr(now, name)[:, order] for name in tables},
    )
    assert choose(links, moved).index[0] == pytest.approx(choose(LINKS, now).index[0][order])


@laws
@given(SITUATIONS)
def test_a_gap_is_the_expected_shortfall(now):
    u = (now.target - now.mean) / now.se
    density = np.exp(-u * u / 2) / math.sqrt(2 * math.pi)
    below = np.vectorize(lambda z: 0.5 * math.erfc(-z / math.sqrt(2)))(u)
    exact = now.se * (density + u * below)
    assert values(LINKS, now).gap == pytest.approx(exact, abs=0.12)


def test_a_merchant_who_never_gets_it_is_not_sent_to_the_same_skill_for_ever():
    rng = random.Random(2)
    answers, units, picks = [], {}, []
    for step in range(60):
        found = recommended(answers, units=units, limit=1)
        if not found:
            break
        skill_id, level = found[0].skill_id, found[0].level
        picks.append(skill_id)
        basic, advanced = units.get(skill_id, (0, 0))
        if found[0].action == "lesson":
            basic, advanced = basic + (level == "basic"), advanced + (level == "advanced")
            units[skill_id] = (basic, advanced)
        for question in range(3):
            answers.append(
                answer(
                    skill_id,
                    f"{step}-{question}",
                    rng.random() < 0.25,
                    units_before=(basic, advanced),
                )
            )
    longest = run = 1
    for before, after in itertools.pairwise(picks):
        run = run + 1 if before == after else 1
        longest = max(longest, run)
    assert longest <= sum(UNITS.values()) + 2
    assert len(set(picks)) > 3


def test_with_all_lessons_of_a_level_done_the_next_is_a_repetition():
    """Who did the only lesson there is goes on to another skill; with a second one he stays."""

    def rate(lessons: int, done: int, answers: int = 0) -> float:
        found = ranking_of(
            units={"s0": (done, 0)},
            lessons={("s0", "basic"): lessons},
            recent_answers={"s0": answers},
        )
        return float(found.choice.values.rate[0, 0, 0])

    assert rate(lessons=1, done=0) == rate(lessons=2, done=0) == rate(lessons=2, done=1)
    assert rate(lessons=1, done=1) == rate(lessons=2, done=2) < 0.5 * rate(lessons=2, done=1)
    assert rate(lessons=1, done=1, answers=5) == rate(lessons=1, done=1)
    assert rate(lessons=1, done=1, answers=12) < 0.8 * rate(lessons=1, done=1)
    assert rate(lessons=2, done=1, answers=12) == rate(lessons=2, done=1)


# ----------------------------------------------------------------------------------- behaviour


def test_when_everything_is_met_there_is_nothing_to_recommend():
    answers = mastered(IDS)
    assert recommended(answers) == ()
    (reason,) = ranking_of(answers).why_not("s0")
    assert reason.code == "target-met"
    assert reason.numbers["score"] > reason.numbers["target"] == 60


def test_a_prerequisite_comes_before_what_it_unlocks():
    weak = [answer(s, f"{s}-{n}", False) for s in ("s0", "s1") for n in range(10)]
    ranks = {found.skill_id: found for found in recommended(weak)}
    assert ranks["s0"].rank < ranks["s1"].rank
    assert "s1" in dict(ranks["s0"].terms.unlocks)
    codes = {reason.code: reason for reason in ranks["s0"].reasons}
    assert codes["unlocks"].skills[0] == "s1"
    assert codes["gap"].numbers["target"] == 60
    (missing,) = [r for r in ranks["s1"].reasons if r.code == "prerequisites-missing"]
    assert missing.skills == ("s0",)


def test_more_importance_or_fewer_minutes_come_first():
    framework = framework_of(((1, 1, 1),), importance={"s0": 1, "s1": 3, "s2": 1})
    minutes = lessons_of(framework) | {("s2", "basic"): 4.0, ("s2", "advanced"): 4.0}
    found = recommended(framework=framework, lesson_minutes=minutes)
    assert [r.skill_id for r in found] == ["s1", "s2", "s0"]
    assert "decisive" in {reason.code for reason in found[0].reasons}


def test_pins_come_first_and_exclusions_not_at_all_and_both_are_said():
    answers = mastered(["s4"])
    found = recommended(answers, pins=["s4"], exclusions=["s0"])
    assert found[0].skill_id == "s4"
    assert found[0].is_pinned
    assert found[0].reasons[0].code == "pinned"
    assert "s0" not in {r.skill_id for r in found}
    ranking = ranking_of(answers, exclusions=["s0"])
    assert [reason.code for reason in ranking.why_not("s0")] == ["excluded"]
    assert ranking.why_not(found[1].skill_id) == ()


def test_why_not_names_what_stands_before_a_skill():
    ranking = ranking_of([answer("s0", f"i{n}", False) for n in range(20)])
    last = ranking.recommendations(6)[-1].skill_id
    reasons = ranking.why_not(last, limit=1)
    assert reasons[-1].code == "lower-index"
    assert reasons[-1].numbers["index"] < reasons[-1].numbers["last_shown"]


def test_a_skill_rather_met_than_not_is_checked_before_it_is_taught():
    answers = [answer(s, f"{s}-{n}") for s in ("s0", "s1", "s3") for n in range(6)]
    unchecked = {r.skill_id: r for r in recommended(answers)}["s2"]
    assert (unchecked.action, unchecked.minutes) == ("check", CHECK_MINUTES)
    checked = {r.skill_id: r for r in recommended(answers, recent_answers={"s2": 3})}["s2"]
    assert (checked.action, checked.minutes) == ("lesson", 10 + CHECK_MINUTES)


def test_a_studied_skill_that_faded_is_reviewed():
    units = {"s4": (2, 3)}
    answers = [answer("s4", f"i{n}", n % 3 > 0, units_before=(2, 3)) for n in range(12)]
    long_ago = {"s4": NOW - timedelta(days=900)}
    (found,) = [
        r for r in recommended(answers, units=units, last_studied=long_ago) if r.skill_id == "s4"
    ]
    assert found.action == "review"
    assert "faded" in {reason.code for reason in found.reasons}
    recent = recommended(answers, units=units, last_studied={"s4": NOW})
    assert "review" not in {r.action for r in recent}


def test_without_a_lesson_nothing_can_be_recommended():
    assert recommended(lesson_minutes={}) == ()
    codes = [reason.code for reason in ranking_of(lesson_minutes={}).why_not("s0")]
    assert codes == ["no-lesson"]
    only = recommended(lesson_minutes={("s2", "advanced"): 5.0})
    assert [(r.skill_id, r.level) for r in only] == [("s2", "advanced")]


def test_a_skill_the_stage_does_not_ask_for_is_said_to_be_so():
    framework = framework_of(((2,),), importance={"s1": 0})
    (reason,) = ranking_of(framework=framework).why_not("s1")
    assert reason.code == "not-asked"


def test_recommend_is_the_ranking_cut_short():
    given = {"units_done": {}, "lesson_minutes": lessons_of(FRAMEWORK), "now": NOW}
    found = recommend(FRAMEWORK, profile_of(), limit=2, **given)
    assert found == recommended(limit=2)
    assert len(found) == 2


# ------------------------------------------------------------------------------------ bad input


def test_prerequisites_come_first_in_teaching_order():
    order = teaching_order(FRAMEWORK)
    assert sorted(order) == sorted(IDS)
    for skill_id, needed in NEEDS.items():
        assert all(order.index(n) < order.index(skill_id) for n in needed)


def test_circular_prerequisites_are_spelled_out_with_the_next_step():
    framework = framework_of(((3,),), needs={"s0": ["s2"], "s2": ["s1"], "s1": ["s0"]})
    with pytest.raises(FrameworkError, match=r"s0 needs s2 needs s1 needs s0.*Take one of these"):
        recommended(framework=framework)


def test_an_unknown_prerequisite_is_named():
    framework = framework_of(((1,),), needs={"s0": ["s9"]})
    with pytest.raises(FrameworkError, match=r"'s0' needs 's9', which does not exist\. Correct"):
        recommended(framework=framework)


@pytest.mark.parametrize(
    "wrong",
    [
        {"pins": ["s99"]},
        {"exclusions": ["s99"]},
        {"recent_answers": {"s99": 1}},
        {"last_studied": {"s99": NOW}},
        {"lesson_minutes": {("s99", "basic"): 5.0}},
    ],
)
def test_an_unknown_skill_is_named(wrong):
    with pytest.raises(UnknownId, match="no skill 's99'"):
        ranking_of(**wrong)
