"""What the radar and the list say of a profile."""

from datetime import timedelta

import pytest

from academy.proficiency import Answer, Rating, estimate_profile
from academy.standings import (
    ability_standings,
    dimension_standings,
    neediest_first,
    scores_shown,
)
from tests.conftest import NOON

ABILITY = "platform"


@pytest.fixture
def profile_from(curriculum):
    """A growing merchant's profile from answers and ratings on one ability."""
    skills = [skill.id for skill in curriculum.framework.ability(ABILITY).skills]

    def make(right: int = 0, wrong: int = 0, rating: int | None = None):
        answers = [
            Answer(
                skills[number % len(skills)],
                f"item-{number}",
                number < right,
                NOON - timedelta(hours=number),
                b=0.0,
                guessing=0.25,
            )
            for number in range(right + wrong)
        ]
        ratings = [
            Rating(skill, f"{skill}-s1", rating, NOON) for skill in skills if rating is not None
        ]
        return estimate_profile(
            curriculum.framework, answers, ratings, stage="growing", units_done={}, now=NOON
        )

    return make


def standing(profile):
    return next(each for each in ability_standings(profile) if each.id == ABILITY)


def test_there_are_thirteen_abilities_and_four_dimensions_in_the_frameworks_order(profile_from):
    framework = profile_from().framework
    assert [s.id for s in ability_standings(profile_from())] == [a.id for a in framework.abilities]
    assert [s.id for s in dimension_standings(profile_from())] == [
        d.id for d in framework.dimensions
    ]


def test_what_was_neither_said_nor_shown_is_unknown_and_never_zero(profile_from):
    unknown = standing(profile_from())
    assert (unknown.own, unknown.shown, unknown.remarks) == (None, None, frozenset())
    assert unknown.estimate.score > 1


def test_a_rating_shows_what_is_said_and_proves_nothing(profile_from):
    said = standing(profile_from(rating=5))
    assert said.own > 90
    assert said.shown is None
    assert "strength" not in said.remarks


def test_many_right_answers_are_a_strength_and_many_wrong_ones_a_gap(profile_from):
    assert "strength" in standing(profile_from(right=16)).remarks
    assert "gap" in standing(profile_from(wrong=16)).remarks


def test_rated_high_and_shown_low_is_a_blind_spot(profile_from):
    assert "blind-spot" in standing(profile_from(wrong=12, rating=5)).remarks


def test_rated_low_and_shown_high_is_a_hidden_strength(profile_from):
    assert "hidden-strength" in standing(profile_from(right=16, rating=1)).remarks


def test_two_answers_are_too_few_to_call_a_rating_blind(profile_from):
    assert "blind-spot" not in standing(profile_from(wrong=2, rating=5)).remarks


def test_most_is_missing_at_the_top(profile_from):
    missing = [each.missing for each in neediest_first(ability_standings(profile_from(wrong=9)))]
    assert missing == sorted(missing, reverse=True)


@pytest.mark.parametrize("answers", [{}, {"right": 5, "wrong": 2}])
def test_what_answers_showed_is_the_same_alone_and_in_a_standing(profile_from, answers):
    profile = profile_from(**answers, rating=4)
    standings = (*ability_standings(profile), *dimension_standings(profile))
    shown = {each.id: each.shown.score for each in standings if each.shown}
    assert scores_shown(profile) == shown
    assert bool(shown) == bool(answers)
