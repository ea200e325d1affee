"""Levels follow from what is shown and said, and never claim more than that."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.framework import UnknownId
from academy.levels import (
    GENERAL_VARIANCE,
    PRIOR_SD,
    STAGE_NORM,
    SkillTree,
    expected_gain,
    expected_gain_slope,
    response_curve,
    response_gradient,
    score_of,
)
from academy.proficiency import EvidenceError, Profile, estimate_profile
from tests.small_framework import (
    NOW,
    answer,
    answers_on,
    framework_of,
    rating,
    ratings_on,
)

FRAMEWORK = framework_of(((2, 1), (3,)), needs={"s1": ["s0"], "s5": ["s4", "s0"]})
IDS = [skill.id for skill in FRAMEWORK.skills]
ANSWERS, RATINGS = answers_on(FRAMEWORK), ratings_on(FRAMEWORK)
UNITS = st.dictionaries(
    st.sampled_from(IDS), st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4
)
laws = settings(max_examples=40, deadline=None)


def profile_of(answers=(), ratings=(), units=None, framework=FRAMEWORK, **more) -> Profile:
    given = {"stage": "growing", "now": NOW, "units_done": units or {}} | more
    return estimate_profile(framework, answers, ratings, **given)


def levels(profile: Profile) -> np.ndarray:
    return np.array([profile.skill(skill_id).theta for skill_id in IDS])


def errors(profile: Profile) -> np.ndarray:
    return np.array([profile.skill(skill_id).se for skill_id in IDS])


# --------------------------------------------------------------------------------------- laws


@laws
@given(ANSWERS, RATINGS, st.sampled_from(IDS), st.sampled_from([-1.5, 0.0, 1.5]))
def test_one_more_right_answer_lowers_no_skill_and_one_more_wrong_raises_none(
    answers, ratings, skill_id, b
):
    before = levels(profile_of(answers, ratings))
    right = levels(profile_of([*answers, answer(skill_id, "new", True, b=b)], ratings))
    wrong = levels(profile_of([*answers, answer(skill_id, "new", False, b=b)], ratings))
    assert (right >= before - 3e-4).all()
    assert (wrong <= before + 3e-4).all()


@laws
@given(ANSWERS, RATINGS, UNITS, st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(answers, ratings, units, rng):
    shuffled, said = rng.sample(answers, len(answers)), rng.sample(ratings, len(ratings))
    first, second = profile_of(answers, ratings, units), profile_of(shuffled, said, units)
    assert levels(first) == pytest.approx(levels(second), abs=1e-6)


@laws
@given(ANSWERS, RATINGS, UNITS, st.sampled_from(list(STAGE_NORM)))
def test_scores_stay_inside_0_and_100_and_are_never_less_sure_than_the_stage_norm(
    answers, ratings, units, stage
):
    profile = profile_of(answers, ratings, units, stage=stage)
    for estimate in [*map(profile.skill, IDS), profile.ability("a0"), profile.overall]:
        assert 0 < estimate.low < estimate.score < estimate.high < 100
        assert 0 < estimate.se <= PRIOR_SD + 1e-9
        assert abs(estimate.theta) < 5


@laws
@given(ANSWERS, RATINGS, UNITS)
def test_what_answers_show_is_what_they_would_show_without_any_rating(answers, ratings, units):
    both, alone = profile_of(answers, ratings, units), profile_of(answers, [], units)
    for shown in ("a0", "a1"):
        first, second = both.ability_shown(shown), alone.ability_shown(shown)
        assert (first is None) == (second is None)
        if first and second:
            for part in ("score", "low", "high"):
                assert getattr(first, part) == pytest.approx(getattr(second, part), abs=0.01)


@given(ANSWERS, RATINGS)
def test_the_whole_rests_on_as_many_answers_and_ratings_as_it_says(answers, ratings):
    profile = profile_of(answers, ratings)
    assert profile.counts == (profile.overall.n_answers, profile.overall.n_ratings)


@given(ANSWERS, RATINGS, st.sampled_from(IDS))
def test_an_answer_is_expected_to_make_us_surer(answers, ratings, skill_id):
    profile = profile_of(answers, ratings)
    here = profile.skill(skill_id).theta
    curve = [np.array(value) for value in (1.0, 0.0, 0.25)]
    chance = float(response_curve(np.array(here), *curve)[0])
    right, wrong = (
        errors(profile_of([*answers, answer(skill_id, "new", is_correct)], ratings))
        for is_correct in (True, False)
    )
    expected = chance * right**2 + (1 - chance) * wrong**2
    assert (expected <= errors(profile) ** 2 * 1.02).all()
    assert (right <= errors(profile) * 1.10).all()
    assert (wrong <= errors(profile) * 1.10).all()


@laws
@given(ANSWERS, st.sampled_from(IDS), st.integers(1, 4))
def test_rating_oneself_higher_does_not_lower_the_skill_rated(answers, skill_id, value):
    lower = profile_of(answers, [rating(skill_id, 0, value)])
    higher = profile_of(answers, [rating(skill_id, 0, value + 1)])
    assert higher.skill(skill_id).theta >= lower.skill(skill_id).theta


@laws
@given(ANSWERS, RATINGS, st.sampled_from(IDS))
def test_what_weighs_nothing_changes_nothing(answers, ratings, skill_id):
    rapid = answer(skill_id, "rapid", True, weight=0.0)
    with_it, without = profile_of([*answers, rapid], ratings), profile_of(answers, ratings)
    assert levels(with_it) == pytest.approx(levels(without), abs=1e-12)
    assert with_it.overall.n_answers == without.overall.n_answers


@laws
@given(ANSWERS, RATINGS, st.sampled_from(IDS), st.integers(0, 2), st.integers(0, 2))
def test_a_finished_lesson_unit_lowers_nothing(answers, ratings, skill_id, basic, advanced):
    before = profile_of(answers, ratings, {skill_id: (basic, advanced)})
    for more in ((basic + 1, advanced), (basic, advanced + 1)):
        after = profile_of(answers, ratings, {skill_id: more})
        assert (levels(after) >= levels(before) - 3e-4).all()


@laws
@given(ANSWERS, RATINGS)
def test_the_same_evidence_given_twice_counts_once(answers, ratings):
    once, twice = profile_of(answers, ratings), profile_of(answers * 2, ratings * 2)
    assert levels(once) == pytest.approx(levels(twice), abs=1e-12)
    assert once.overall.n_answers == twice.overall.n_answers


@laws
@given(ANSWERS, RATINGS, UNITS)
def test_the_parts_of_a_level_add_up_to_it(answers, ratings, units):
    profile = profile_of(answers, ratings, units)
    for estimate in (profile.skill("s5"), profile.ability("a0"), profile.overall):
        assert estimate.parts.total == pytest.approx(estimate.theta, abs=1e-3)
        assert sum(estimate.parts.in_points().values()) == pytest.approx(estimate.score, abs=0.05)


@laws
@given(ANSWERS, RATINGS)
def test_renaming_skills_changes_nothing_but_names(answers, ratings):
    def renamed(skill_id: str) -> str:
        return f"技能-{skill_id}"

    def rename_skill(skill):
        needs = tuple(map(renamed, skill.prerequisites))
        return replace(skill, id=renamed(skill.id), prerequisites=needs)

    other = replace(
        FRAMEWORK,
        dimensions=tuple(
            replace(
                dimension,
                abilities=tuple(
                    replace(ability, skills=tuple(map(rename_skill, ability.skills)))
                    for ability in dimension.abilities
                ),
            )
            for dimension in FRAMEWORK.dimensions
        ),
    )
    here = profile_of(answers, ratings)
    there = profile_of(
        [replace(a, skill_id=renamed(a.skill_id)) for a in answers],
        [replace(r, skill_id=renamed(r.skill_id)) for r in ratings],
        framework=other,
    )
    for skill_id in IDS:
        assert there.skill(renamed(skill_id)).theta == here.skill(skill_id).theta


@laws
@given(st.sampled_from(IDS), st.integers(0, 700), st.integers(1, 700))
def test_older_evidence_says_less(skill_id, days, more):
    newer, older = (
        profile_of([answer(skill_id, answered_at=NOW - timedelta(days=age))])
        for age in (days, days + more)
    )
    norm = STAGE_NORM["growing"]
    assert norm < older.skill(skill_id).theta < newer.skill(skill_id).theta


@laws
@given(ANSWERS, st.integers(1, 700))
def test_ageing_adds_next_to_no_information(answers, days):
    earlier = [replace(a, answered_at=a.answered_at - timedelta(days=days)) for a in answers]
    newer, older = (profile_of(each).posterior.precision for each in (answers, earlier))
    assert (older <= 1.6 * newer + 1e-9).all()


@laws
@given(st.floats(-4, 4), st.floats(0.1, 1), st.sampled_from([0.0, 1.0]))
def test_the_slope_of_a_lessons_effect_is_its_derivative(theta, rate, level):
    step = 1e-5
    before, gain, after = expected_gain(theta + np.array([-step, 0, step]), rate, level)
    slope = float(expected_gain_slope(np.array(theta), gain, rate, level))
    assert (after - before) / (2 * step) == pytest.approx(slope, abs=1e-6)
    assert slope > -1


@laws
@given(st.floats(-4, 4), st.floats(-2, 2), st.sampled_from([0.0, 0.25, 0.5]), st.booleans())
def test_the_pull_of_an_answer_is_the_derivative_of_its_likelihood(theta, b, c, is_correct):
    step, curve = 1e-5, (np.array(1.0), np.array(b), np.array(c))
    chances = [float(response_curve(np.array(theta + d), *curve)[0]) for d in (-step, step)]
    logs = [np.log(p if is_correct else 1 - p) for p in chances]
    p, _ = response_curve(np.array(theta), *curve)
    pull = float(response_gradient(p, np.array(float(is_correct)), curve[0], curve[2]))
    assert (logs[1] - logs[0]) / (2 * step) == pytest.approx(pull, abs=1e-5)


def test_the_sweep_of_the_tree_agrees_with_inverting_the_whole_matrix():
    rng = np.random.default_rng(3)
    tree = SkillTree.of(framework_of(((3, 1), (2,), (1, 1, 2))))
    precision, pull = rng.uniform(0, 3, (2, 10)), rng.normal(0, 1, (2, 10))
    mean, variance = tree.solve(precision, pull, np.full((2, 1), 0.4))
    for n in range(2):
        prior = np.linalg.inv(tree.covariance)
        covariance = np.linalg.inv(prior + np.diag(precision[n]))
        expected = covariance @ (pull[n] + prior @ np.full(10, 0.4))
        assert mean[n] == pytest.approx(expected, abs=1e-9)
        assert variance[n] == pytest.approx(np.diagonal(covariance), abs=1e-9)
    assert tree.covariance.min() == pytest.approx(GENERAL_VARIANCE)


# ---------------------------------------------------------------------------------- edge cases


@pytest.mark.parametrize("stage", STAGE_NORM)
def test_without_evidence_everything_is_the_stage_norm(stage):
    profile = profile_of(stage=stage)
    estimate = profile.skill("s0")
    assert estimate.score == pytest.approx(score_of(STAGE_NORM[stage]))
    assert estimate.se == pytest.approx(PRIOR_SD)
    assert estimate.status == profile.overall.status == "no-evidence"
    assert profile.ability_rated("a0") is None
    assert profile.ability_shown("a0") is None
    assert profile.self_view.verdict == "not-enough"


def test_ratings_alone_only_declare():
    ratings = [rating(skill_id, number, 5) for skill_id in IDS for number in (0, 1)]
    profile = profile_of([], ratings)
    assert profile.skill("s0").status == "declared"
    assert not profile.is_target_met("s0")
    assert profile.ability_rated("a0") > 90
    assert profile.ability_shown("a0") is None
    assert profile.skill("s0").theta - STAGE_NORM["growing"] < 2


def test_many_statements_on_one_skill_move_it_no_further_than_two_do():
    two = profile_of([], [rating("s0", number, 5) for number in range(2)])
    ten = profile_of([], [rating("s0", number, 5) for number in range(10)])
    assert ten.skill("s0").se == pytest.approx(two.skill("s0").se)
    assert ten.posterior.precision.max() <= 0.5


def test_all_right_is_above_all_wrong_and_neither_is_an_extreme():
    def all_of(is_correct):
        return profile_of(
            [answer(s, f"{s}-{n}", is_correct) for s in IDS for n in range(40)]
        ).overall.score

    assert 1 < all_of(False) < all_of(True) < 99


def test_an_unanswered_skill_follows_its_family():
    profile = profile_of([answer("s0", f"i{n}") for n in range(8)])
    norm = STAGE_NORM["growing"]
    assert profile.skill("s1").status == "no-evidence"
    assert norm < profile.skill("s5").theta < profile.skill("s2").theta
    assert profile.skill("s2").theta < profile.skill("s1").theta < profile.skill("s0").theta
    assert profile.skill("s1").parts.family > 0
    assert profile.skill("s1").parts.own_answers == pytest.approx(0)


def test_a_status_is_verified_by_answers_enough():
    def status(n):
        return profile_of([answer("s0", f"i{k}") for k in range(n)]).skill("s0").status

    assert [status(n) for n in (0, 3, 8)] == ["no-evidence", "provisional", "verified"]


def test_a_target_is_met_by_three_answers_at_least_however_low_it_is():
    easy = framework_of(((2, 1), (3,)), target=5)

    def is_met(n):
        answers = [answer("s0", f"i{k}") for k in range(n)]
        return profile_of(answers, framework=easy).is_target_met("s0")

    assert [is_met(n) for n in (0, 2, 3)] == [False, False, True]


def test_an_item_whose_solution_was_seen_proves_less():
    fresh = profile_of([answer("s0")]).skill("s0")
    seen = profile_of([answer("s0", was_seen=True)]).skill("s0")
    assert STAGE_NORM["growing"] < seen.theta < fresh.theta


def test_someone_who_rates_everything_high_is_corrected_down():
    answers = [answer(s, f"{s}-{n}", n == 0) for s in IDS for n in range(5)]
    ratings = [rating(s, number, 5) for s in IDS for number in (0, 1)]
    profile = profile_of(answers, ratings)
    assert profile.self_view.verdict == "higher"
    assert profile.self_view.low > 0
    assert profile.dimension_self_view("d0").verdict == "higher"
    assert profile.overall.parts.bias_correction < 0 < profile.overall.parts.own_ratings


@pytest.mark.parametrize(
    ("answers", "ratings", "is_compared"), [(19, 12, False), (20, 11, False), (20, 12, True)]
)
def test_ratings_are_compared_with_answers_only_where_there_are_enough_of_both(
    answers, ratings, is_compared
):
    given = [answer(IDS[n % 6], f"i{n}", False) for n in range(answers)]
    said = [rating(IDS[n % 6], n // 6, 5) for n in range(ratings)]
    verdict = profile_of(given, said).self_view.verdict
    assert (verdict == "higher") if is_compared else (verdict == "not-enough")


def test_a_small_or_an_unsure_difference_is_in_line():
    answers = [answer(IDS[n % 6], f"i{n}", n % 3 > 0) for n in range(36)]
    assert profile_of(
        answers, [rating(s, n, 3) for s in IDS for n in (0, 1)]
    ).self_view.verdict == ("in-line")


def test_of_two_ratings_of_a_statement_the_later_counts():
    earlier = rating("s0", 0, 1, rated_at=NOW - timedelta(days=9))
    later = rating("s0", 0, 5, rated_at=NOW - timedelta(days=2))
    both, only = profile_of([], [later, earlier]), profile_of([], [later])
    assert levels(both) == pytest.approx(levels(only))


def test_an_answer_from_the_future_counts_as_from_today():
    ahead = answer(answered_at=NOW + timedelta(days=3))
    assert levels(profile_of([ahead])) == pytest.approx(
        levels(profile_of([answer(answered_at=NOW)]))
    )


def test_another_stage_moves_the_norm_and_not_the_evidence():
    answers = [answer("s0", f"i{n}") for n in range(4)]
    here, there = profile_of(answers), profile_of(answers, stage="mature")
    assert here.skill("s0").parts.own_answers > 0 < there.skill("s0").parts.own_answers
    assert here.skill("s0").theta < there.skill("s0").theta


def test_answers_after_a_lesson_are_scored_at_the_level_of_then():
    before = [answer("s0", f"i{n}", False) for n in range(6)]
    after = [answer("s0", f"j{n}", True, units_before=(2, 0)) for n in range(6)]
    studied = profile_of([*before, *after], units={"s0": (2, 0)}).skill("s0")
    unaware = profile_of([*before, *(replace(a, units_before=(0, 0)) for a in after)]).skill("s0")
    assert studied.theta > unaware.theta + 0.3
    assert studied.parts.lessons > 0.3


def test_an_advanced_lesson_teaches_little_to_whoever_lacks_the_basics():
    weak, solid = np.array(-1.5), np.array(0.5)
    assert expected_gain(weak, 0.4, 1) < 0.1 < expected_gain(solid, 0.4, 1)
    assert expected_gain(weak, 0.4, 0) > expected_gain(solid, 0.4, 0)


def test_targets_are_weighed_by_importance_and_absent_where_nothing_is_asked():
    framework = framework_of(((2,), (1,)), importance={"s1": 0, "s2": 0}, target=70)
    profile = profile_of([answer("s0")], framework=framework)
    assert profile.ability_target("a0") == pytest.approx(70)
    assert profile.dimension_target("d1") is None
    assert profile.ability("a0").theta == pytest.approx(profile.skill("s0").theta)
    assert profile.overall_target == pytest.approx(70)
    assert profile.is_target_met("s2")


@pytest.mark.parametrize("sizes", [((1,),), ((1, 1),), ((1,), (4, 2), (1, 1, 1))])
def test_a_framework_of_any_shape_has_a_profile(sizes):
    framework = framework_of(sizes)
    profile = profile_of([answer("s0")], [rating("s0")], {"s0": (1, 0)}, framework)
    assert 0 < profile.overall.score < 100
    assert profile.dimension("d0").n_answers == 1
    assert profile.dimension_shown("d0").low < profile.dimension_shown("d0").score


def test_a_hundred_thousand_answers_have_a_right_answer():
    rng = random.Random(5)
    answers = [
        answer(rng.choice(IDS), f"i{n}", rng.random() < 0.25 + 0.75 / (1 + np.exp(-0.8)))
        for n in range(100_000)
    ]
    profile = profile_of(answers)
    assert profile.overall.theta == pytest.approx(0.8, abs=0.05)
    assert profile.overall.se < 0.05


# -------------------------------------------------------------------------------- bad input


def test_evidence_of_an_unknown_skill_says_what_to_do():
    for evidence in (
        {"answers": [answer("s99")]},
        {"ratings": [rating("s99")]},
        {"units": {"s99": (1, 0)}},
    ):
        with pytest.raises(EvidenceError, match=r"no skill 's99'.*leave this evidence out\."):
            profile_of(**evidence)


def test_an_unknown_stage_is_named():
    with pytest.raises(UnknownId, match="no stage 'retired'"):
        profile_of(stage="retired")


@pytest.mark.parametrize("value", [0, 6, -1, 2.5, None])
def test_a_rating_outside_1_to_5_says_what_to_give(value):
    with pytest.raises(EvidenceError, match="whole number from 1 to 5"):
        rating(value=value)


def test_lesson_units_below_zero_are_refused():
    with pytest.raises(EvidenceError, match="counts of 0 or more"):
        profile_of(units={"s0": (-1, 0)})


def test_the_most_extreme_items_have_a_right_answer():
    odd = [answer("s0", f"i{n}", n % 2 > 0, b=b, guessing=0.0) for n, b in enumerate([-10, 10])]
    assert abs(profile_of(odd).skill("s0").theta) < 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"guessing": 1.0},
        {"b": 11.0},
        {"guessing": -0.1},
        {"b": float("nan")},
        {"a": 0.0},
        {"weight": 2.0},
        {"units_before": (-1, 0)},
    ],
)
def test_an_impossible_answer_is_refused(wrong):
    with pytest.raises(EvidenceError, match=r"(Take b|Give a weight)"):
        answer(**wrong)


def test_a_date_without_a_time_zone_is_refused():
    with pytest.raises(EvidenceError, match="aware datetime in UTC"):
        answer(answered_at=datetime(2026, 1, 1))
