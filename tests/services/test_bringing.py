"""A guest who signs in to an account brings what he did along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from academy import services
from academy.services.bringing import bring_along, work_done
from academy.stage_finder import SHOP_FACTS

GUEST = "9" * 64
SHOP = {name: bands[0] for name, bands in SHOP_FACTS.items()}


@pytest.fixture
def guest(cast, noon):
    return services.join(cast.records, GUEST, now=noon)


def quiz_done(records, learner, curriculum, noon, answers=2):
    quiz = services.open_quiz(
        records, learner, curriculum, purpose="practice", subject="shop-health", now=noon
    )
    for item_id in quiz.form[:answers]:
        key = curriculum.bank.item(item_id).key
        services.record_response(
            records, learner, curriculum, quiz.id, item_id, key, seconds=20, now=noon
        )
    return quiz


def test_everything_comes_along_and_nothing_stays_behind(cast, guest, curriculum, noon):
    records, ada = cast.records, cast.id("Ada")
    own = quiz_done(records, ada, curriculum, noon)
    brought = quiz_done(records, guest, curriculum, noon)
    services.open_lesson(records, guest, curriculum, "shop-setup-basic", now=noon)
    services.tick(records, guest, curriculum, "shop-setup-basic", 1, is_done=True)
    done = work_done(records, guest)
    assert {kind: n for kind, n in done.items() if n} == {"lessons": 1, "answers": 2}
    bring_along(records, guest, ada, now=noon)
    history = services.read_history(records, ada)
    assert set(history.quizzes) == {own.id, brought.id}
    assert len(history.responses()) == 4
    assert services.ticked(records, ada, "shop-setup-basic") == {1}
    assert guest not in records.learner_ids()
    assert services.learner_of(records, GUEST) is None


def test_what_both_did_counts_once(cast, guest, curriculum, noon):
    records, ada = cast.records, cast.id("Ada")
    for learner, entry in ((ada, 0), (guest, 1)):
        services.open_lesson(records, learner, curriculum, "shop-setup-basic", now=noon)
        services.tick(records, learner, curriculum, "shop-setup-basic", entry, is_done=True)
    bring_along(records, guest, ada, now=noon)
    kinds = [event.kind for event in records.events(ada)]
    assert kinds.count("lesson-opened") == kinds.count("learner-joined") == 1
    assert services.ticked(records, ada, "shop-setup-basic") == {0, 1}


def test_bringing_along_again_after_an_interruption_adds_nothing(cast, guest, curriculum, noon):
    records, ada = cast.records, cast.id("Ada")
    quiz_done(records, guest, curriculum, noon)
    for event in records.events(guest)[:2]:
        records.append(ada, event)
    bring_along(records, guest, ada, now=noon)
    once = records.events(ada)
    bring_along(records, guest, ada, now=noon)
    assert records.events(ada) == once
    assert len(services.read_history(records, ada).responses()) == 2


@pytest.mark.parametrize(("hours", "language"), [(-1, "zh"), (1, "en")])
def test_of_two_settings_the_later_one_holds(cast, guest, curriculum, noon, hours, language):
    records, ada = cast.records, cast.id("Ada")
    then = noon + timedelta(hours=hours)
    services.choose_language(records, ada, "zh", now=noon)
    services.choose_stage(records, ada, curriculum.framework, "mature", now=noon)
    services.choose_language(records, guest, "en", now=then)
    services.find_and_choose_stage(records, guest, SHOP, now=then)
    bring_along(records, guest, ada, now=noon)
    history = services.read_history(records, ada)
    assert history.language == language
    assert (history.stage == "mature") == (language == "zh")


def test_a_guest_in_a_cohort_stays_in_it_as_himself(cast, guest, noon):
    records, cyrus = cast.records, cast.id("Cyrus")
    services.join_cohort(
        records, guest, cast.cohort.code, name="C. from the hall", address="-", now=noon
    )
    bring_along(records, guest, cyrus, now=noon)
    members = services.cohort_members(records, cast["Dana"], cast.cohort.id)
    assert [member.name for member in members.values()] == ["Ada", "Bea", "C. from the hall"]
    assert cyrus in members
    assert {each.cohort.title for each in services.onlookers(records, cyrus)} == {
        "Spring",
        "Autumn",
    }


def test_a_cohort_that_both_are_in_lists_him_once(cast, guest, noon):
    records = cast.records
    services.join_cohort(records, guest, cast.cohort.code, name="A.", address="-", now=noon)
    bring_along(records, guest, cast.id("Ada"), now=noon)
    members = services.cohort_members(records, cast["Dana"], cast.cohort.id)
    assert sorted(member.name for member in members.values()) == ["Ada", "Bea"]


def test_from_outside_too_a_guest_brings_his_work(cast, guest, curriculum, noon):
    quiz_done(cast.records, guest, curriculum, noon)
    known, brought = services.come_in_from_outside(
        cast.records, "https://people.example", "Ada", "Ada", session_hash=GUEST, now=noon
    )
    assert (known, brought) == (cast.id("Ada"), True)
    assert len(services.read_history(cast.records, known).responses()) == 2


def test_what_a_guest_does_not_want_to_bring_is_erased_with_its_places_in_cohorts(
    cast, guest, noon
):
    records = cast.records
    services.join_cohort(records, guest, cast.cohort.code, name="X", address="-", now=noon)
    services.erase(records, guest, now=noon)
    assert guest not in records.learner_ids()
    assert guest not in services.cohort_members(records, cast["Dana"], cast.cohort.id)
