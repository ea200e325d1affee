"""A class goes on question by question; each answer is saved once, when it is given."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from academy import services
from academy.services import Refusal

ITEMS = ("dou-plus-01", "dou-plus-02")


@pytest.fixture
def begun(cast, curriculum, noon):
    return services.start_class(
        cast.records, cast["Dana"], curriculum, cast.cohort.id, ITEMS, now=noon
    )


@pytest.fixture
def answer(cast, noon):
    def give(who, question, *chosen):
        return services.answer_in_class(
            cast.records, cast.id(who), cast.cohort.id, question, chosen, now=noon
        )

    return give


def tally(cast):
    return services.class_tally(cast.records, cast["Dana"], cast.cohort.id)


def test_members_find_the_class_and_others_do_not(cast, begun):
    found = {
        who: services.class_going_on(cast.records, cast.id(who), cast.cohort.id) is not None
        for who in ("Ada", "Bea", "Cyrus", "Dana", "Finn", "Gail")
    }
    assert found == {
        "Ada": True, "Bea": True, "Cyrus": False, "Dana": False, "Finn": False, "Gail": False
    }  # fmt: skip


def test_an_answer_is_saved_once_and_counted_once(cast, begun, answer):
    assert answer("Ada", "dou-plus-01", "c").is_correct
    assert answer("Ada", "dou-plus-01", "a").chosen == {"c"}
    answer("Bea", "dou-plus-01", "a")
    found = tally(cast)["dou-plus-01"]
    assert (found.people, found.counts) == (2, {"c": 1, "a": 1})


def test_many_answer_at_once_and_each_is_counted(cast, begun, noon):
    learners = [f"merchant-{number:04}" for number in range(12)]
    for learner in learners:
        services.join_cohort(
            cast.records, learner, cast.cohort.code, name="", address="192.0.2.1", now=noon
        )

    def give(learner):
        services.answer_in_class(
            cast.records, learner, cast.cohort.id, "dou-plus-01", ["b"], now=noon
        )

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(give, learners * 2))
    assert tally(cast)["dou-plus-01"].counts == {"b": 12}


def test_only_the_question_that_is_asked_takes_answers_and_none_once_it_is_shown(
    cast, begun, answer
):
    records, dana, cohort = cast.records, cast["Dana"], cast.cohort.id
    for wrong in ("dou-plus-02", "dou-plus-99"):
        with pytest.raises(Refusal) as refused:
            answer("Ada", wrong, "a")
        assert refused.value.reason == "class-moved-on"
    services.show_answer(records, dana, cohort, place=0)
    with pytest.raises(Refusal):
        answer("Ada", "dou-plus-01", "c")
    services.move_on(records, dana, cohort, place=0)
    assert answer("Ada", "dou-plus-02", "a").is_correct


def test_moving_on_twice_from_the_same_question_moves_on_once(cast, begun):
    for _ in range(2):
        services.move_on(cast.records, cast["Dana"], cast.cohort.id, place=0)
    held = services.class_of(cast.records, cast["Dana"], cast.cohort.id)
    assert (held.place, held.is_shown) == (1, False)
    services.move_on(cast.records, cast["Dana"], cast.cohort.id, place=1)
    assert services.class_of(cast.records, cast["Dana"], cast.cohort.id).place == 1


def test_options_that_there_are_not_are_refused(begun, answer):
    for chosen, reason in (
        ((), "nothing-chosen"),
        (("z",), "no-such-option"),
        (("a", "b"), "no-such-option"),
    ):
        with pytest.raises(Refusal) as refused:
            answer("Ada", "dou-plus-01", *chosen)
        assert refused.value.reason == reason


def test_after_the_end_nothing_is_taken_and_the_choices_remain(cast, begun, answer, noon):
    answer("Ada", "dou-plus-01", "c")
    services.end_class(cast.records, cast["Dana"], cast.cohort.id, now=noon)
    with pytest.raises(Refusal) as refused:
        answer("Bea", "dou-plus-01", "c")
    assert refused.value.reason == "no-class"
    assert tally(cast)["dou-plus-01"].people == 1


def test_a_class_counts_in_no_profile_and_is_erased_with_the_learner(
    cast, curriculum, begun, answer, noon
):
    answer("Ada", "dou-plus-01", "c")
    ada = cast.id("Ada")
    history = services.read_history(cast.records, ada)
    assert services.profile_of(curriculum, history, now=noon).overall.n_answers == 0
    assert "dou-plus-01" in json.dumps(
        services.everything(cast.records, ada, now=noon), default=str
    )
    services.erase(cast.records, ada, now=noon)
    kept = {name: cast.records.document(name) for name in cast.records.document_names("")}
    assert ada not in json.dumps(kept)


def test_a_class_without_a_question_is_refused(cast, curriculum, noon):
    with pytest.raises(Refusal) as refused:
        services.start_class(
            cast.records, cast["Dana"], curriculum, cast.cohort.id, ["none"], now=noon
        )
    assert refused.value.reason == "nothing-to-ask"
