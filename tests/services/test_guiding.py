"""A trainer's notes and choices lie in the merchant's record and change what he is told next."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from academy import services
from academy.services import Refusal


@pytest.fixture
def ada(cast):
    return cast.id("Ada")


@pytest.fixture
def guided(cast, curriculum, noon, ada):
    """Dana guides Ada."""

    def guide(pins=(), exclusions=(), by="Dana", cohort=None, at=noon):
        services.guide(
            cast.records,
            cast[by],
            curriculum,
            (cohort or cast.cohort).id,
            ada,
            pins=pins,
            exclusions=exclusions,
            now=at,
        )

    return guide


@pytest.fixture
def plan(cast, curriculum, noon, ada):
    def of():
        history = services.read_history(cast.records, ada)
        return services.study_plan(curriculum, history, now=noon)

    return of


def test_what_the_trainer_puts_first_comes_first_and_says_so(guided, plan):
    guided(pins=["brand-output", "dou-plus"])
    first, second, *rest = plan().recommendations(limit=5)
    assert [first.skill_id, second.skill_id] == ["brand-output", "dou-plus"]
    assert first.reasons[0].code == second.reasons[0].code == "pinned"
    assert not any(each.is_pinned for each in rest)


def test_what_the_trainer_leaves_out_is_not_recommended_and_says_so(guided, plan):
    best = plan().recommendations(limit=1)[0].skill_id
    guided(exclusions=[best])
    assert best not in {each.skill_id for each in plan().recommendations(limit=42)}
    assert plan().why_not(best)[0].code == "excluded"


def test_the_latest_choice_holds_and_is_kept_once(cast, guided, plan, ada, noon):
    guided(pins=["dou-plus"])
    guided(pins=["dou-plus"])
    kinds = [event.kind for event in cast.records.events(ada)]
    assert kinds.count("trainer-guided") == 1
    guided(at=noon + timedelta(hours=1))
    assert not any(each.is_pinned for each in plan().recommendations(limit=5))


def test_a_skill_that_is_put_first_is_not_left_out(cast, guided, ada):
    guided(pins=["dou-plus"], exclusions=["dou-plus", "brand-output"])
    (guidance,) = services.read_history(cast.records, ada).guidance.values()
    assert (guidance.pins, guidance.exclusions) == (("dou-plus",), ("brand-output",))


def test_an_unknown_skill_is_refused(cast, guided, ada):
    before = cast.records.events(ada)
    with pytest.raises(Refusal) as refused:
        guided(pins=["juggling"])
    assert refused.value.reason == "unknown-skill"
    assert cast.records.events(ada) == before


def test_who_leaves_the_cohort_is_guided_by_it_no_more(cast, guided, plan, ada, noon):
    guided(pins=["brand-output"])
    services.leave_cohort(cast.records, ada, cast.cohort.id, now=noon)
    assert not any(each.is_pinned for each in plan().recommendations(limit=5))


def test_a_note_names_its_trainer_and_is_in_what_the_merchant_takes_with_him(cast, ada, noon):
    services.note_on(
        cast.records, cast["Dana"], cast.cohort.id, ada, " Calls\nback  on Monday ", now=noon
    )
    (note,) = services.read_history(cast.records, ada).notes.values()
    assert (note.text, note.name, note.at) == ("Calls back on Monday", "Dana", noon)
    taken = json.dumps(services.everything(cast.records, ada, now=noon), default=str)
    assert "Calls back on Monday" in taken
    services.erase(cast.records, ada, now=noon)
    assert services.read_history(cast.records, ada).notes == {}


def test_a_note_can_be_taken_back_and_an_empty_one_is_none(cast, ada, noon):
    arguments = (cast.records, cast["Dana"], cast.cohort.id, ada)
    services.note_on(*arguments, "Wrong shop", now=noon)
    (note,) = services.read_history(cast.records, ada).notes
    for _ in range(2):
        services.take_back_note(*arguments, note, now=noon)
    assert services.read_history(cast.records, ada).notes == {}
    with pytest.raises(Refusal) as refused:
        services.note_on(*arguments, " \u200b ", now=noon)
    assert refused.value.reason == "note-missing"


def test_a_note_is_no_activity_of_the_merchant(cast, curriculum, ada, noon):
    services.note_on(cast.records, cast["Dana"], cast.cohort.id, ada, "Quiet", now=noon)
    list(services.work_out_summaries(cast.records, curriculum, [ada], now=noon))
    watched = services.watch_cohort(cast.records, cast["Dana"], curriculum, cast.cohort.id)
    assert watched.summaries[ada].active_at is None
    assert watched.missing == (cast.id("Bea"),)


def test_whatever_is_put_first_has_a_lesson_and_minutes(guided, plan, curriculum):
    for skill in curriculum.framework.skills:
        guided(pins=[skill.id])
        first = plan().recommendations(limit=1)[0]
        assert first.skill_id == skill.id
        assert first.minutes < 100
