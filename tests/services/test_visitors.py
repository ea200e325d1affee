from datetime import timedelta

import pytest

from academy import services

EVES_SESSION = "e" * 64
ADAS_SESSION = "a" * 64


def test_a_guest_becomes_a_learner_with_the_first_act_and_stays_the_same(records, noon):
    assert services.learner_of(records, ADAS_SESSION) is None
    ada = services.join(records, ADAS_SESSION, now=noon)
    assert services.join(records, ADAS_SESSION, now=noon + timedelta(days=3)) == ada
    assert services.learner_of(records, ADAS_SESSION) == ada
    assert [event.kind for event in records.events(ada)] == ["learner-joined"]


def test_two_guests_are_two_learners(records, noon):
    ada, eve = (services.join(records, each, now=noon) for each in (ADAS_SESSION, EVES_SESSION))
    assert ada != eve


def test_somebody_without_a_session_is_nobody(records):
    assert services.learner_of(records, None) is None
    assert services.read_history(records, None).stage is None


def test_the_language_is_remembered_and_saved_once(records, ada, noon):
    for _ in range(2):
        services.choose_language(records, ada, "en", now=noon)
    assert services.read_history(records, ada).language == "en"
    assert len(records.events(ada)) == 1


def test_a_third_language_is_refused_with_the_two_there_are(records, ada, noon):
    with pytest.raises(ValueError, match=r"zh.*en"):
        services.choose_language(records, ada, "fr", now=noon)
