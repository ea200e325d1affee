"""Ratings that hardly differ are asked about once, and taken as they are if they are meant."""

from __future__ import annotations

import pytest

from academy import services
from academy.ui import resources
from tests.pages.conftest import words

ASKED = "Your ratings hardly differ from each other."


@pytest.fixture
def rated(records, learner, noon):
    """Ada has rated every statement of the short form and not handed it in."""

    def rate(values):
        ada, curriculum = learner("ada"), resources.curriculum()
        services.choose_stage(records, ada, curriculum.framework, "growing", now=noon)
        attempt = services.open_assessment(
            records, ada, curriculum, form="short", stage="growing", now=noon
        )
        for number, statement in enumerate(attempt.statements):
            value = values[number % len(values)]
            services.rate_statement(
                records, ada, curriculum, attempt.id, statement, value, now=noon
            )
        return ada

    return rate


def handed_in(records, ada) -> bool:
    (attempt,) = services.read_history(records, ada).assessments.values()
    return attempt.is_submitted


def press_hand_in(at):
    abilities = list(resources.curriculum().framework.abilities)
    at.query_params["ability"] = abilities[-1].id
    at.run()
    at.button(key="hand-in").click().run()
    assert not at.exception
    return at


def test_the_same_rating_everywhere_is_asked_about_and_then_taken(visit, records, rated):
    ada = rated((3,))
    at = press_hand_in(visit("ada", "assessment"))
    assert ASKED in words(at)
    assert not handed_in(records, ada)
    at.button(key="hand-in").click().run()
    assert handed_in(records, ada)


def test_ratings_that_differ_are_taken_at_once(visit, records, rated):
    ada = rated((2, 4, 1, 5, 3))
    press_hand_in(visit("ada", "assessment"))
    assert handed_in(records, ada)
