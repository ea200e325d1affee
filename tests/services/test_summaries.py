"""A learner's summary says what his record says, and is gone where it would say something else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from academy import services
from academy.services.summaries import keep_summary, kept_summaries, work_out_summaries
from academy.summaries import Summary, parts_of, rule_in_force


@pytest.fixture
def practise(cast, curriculum, noon):
    """Ada answers practice on a skill, rightly or wrongly, and hands it in."""

    def run(skill="product-selection", *, right=True, at=noon, seconds=30.0, who="Ada"):
        attempt = services.open_quiz(
            cast.records, cast.id(who), curriculum, purpose="practice", subject=skill, now=at
        )
        for item_id in attempt.form:
            item = curriculum.bank.item(item_id)
            wrong = frozenset([next(o.id for o in item.options if not o.is_key)])
            services.record_response(
                cast.records,
                cast.id(who),
                curriculum,
                attempt.id,
                item_id,
                item.key if right else wrong,
                seconds=seconds,
                now=at,
            )
        services.submit_quiz(cast.records, cast.id(who), curriculum, attempt.id, now=at)

    return run


@pytest.fixture
def summary(cast, curriculum):
    """The summary that is kept of somebody; None if it must be worked out first."""

    def of(who="Ada") -> Summary | None:
        return kept_summaries(cast.records, curriculum, [cast.id(who)]).get(cast.id(who))

    return of


def test_handing_in_brings_the_summary_up_to_date(cast, curriculum, noon, practise, summary):
    assert summary() is None
    practise()
    first = summary()
    assert (first.answers, first.active_at, first.stage) == (6, noon, "preparing")
    practise(at=noon + timedelta(days=1))
    assert summary().answers == 12
    history = services.read_history(cast.records, cast.id("Ada"))
    profile = services.profile_of(curriculum, history, now=noon + timedelta(days=1))
    place = parts_of(curriculum.framework).index("product")
    assert summary().levels[place] == pytest.approx(profile.ability("product").theta, abs=1e-3)


def test_the_plain_form_says_all(practise, summary):
    practise()
    kept = summary()
    assert Summary.from_dict(json.loads(json.dumps(kept.to_dict()))) == kept


def test_only_who_may_be_seen_by_a_trainer_has_a_summary(practise, summary):
    practise(who="Gail")
    assert summary("Gail") is None


def test_the_first_act_of_a_day_counts_as_activity(cast, curriculum, noon, practise, summary):
    practise()
    lesson = next(iter(curriculum.lessons))
    later = noon + timedelta(days=3)
    services.open_lesson(cast.records, cast.id("Ada"), curriculum, lesson, now=later)
    assert summary().active_at == later


def test_another_stage_asks_something_else_so_the_summary_is_worked_out_anew(
    cast, curriculum, noon, practise, summary
):
    practise()
    framework = curriculum.framework
    services.choose_stage(cast.records, cast.id("Ada"), framework, "mature", now=noon)
    assert summary() is None
    ids = [cast.id("Ada"), cast.id("Bea")]
    assert list(work_out_summaries(cast.records, curriculum, ids, now=noon)) == ids
    assert summary().stage == "mature"
    assert summary("Bea").active_at is None


def test_a_summary_of_an_older_rule_counts_for_nothing(cast, curriculum, practise, summary):
    practise()
    stale = {**summary().to_dict(), "rule": "0-old"}
    cast.records.save_summary(cast.id("Ada"), stale)
    assert summary() is None
    assert rule_in_force(curriculum) == rule_in_force(curriculum)


def test_two_failed_checks_in_a_row_are_told_and_forgiven_by_a_good_one(noon, practise, summary):
    practise(right=False)
    assert summary().failed_skills == ()
    practise(right=False, at=noon + timedelta(days=1))
    assert summary().failed_skills == ("product-selection",)
    practise(at=noon + timedelta(days=2))
    assert summary().failed_skills == ()


def test_rapid_guesses_are_told(practise, summary):
    practise(seconds=30.0)
    assert not summary().has_guessed
    practise(seconds=0.5)
    assert summary().has_guessed


def test_a_lesson_completed_counts_for_the_pace_and_is_no_longer_left(
    cast, curriculum, noon, summary
):
    keep_summary(cast.records, curriculum, cast.id("Ada"), now=noon)
    left = summary().minutes_left
    lesson = next(
        each
        for each in curriculum.lessons.values()
        if curriculum.framework.skill(each.skill).importance.get("preparing")
    )
    attempt = services.open_quiz(
        cast.records, cast.id("Ada"), curriculum, purpose="lesson", subject=lesson.id, now=noon
    )
    for item_id in attempt.form:
        services.record_response(
            cast.records,
            cast.id("Ada"),
            curriculum,
            attempt.id,
            item_id,
            curriculum.bank.item(item_id).key,
            seconds=30,
            now=noon,
        )
    services.complete_lesson(cast.records, cast.id("Ada"), curriculum, lesson.id, now=noon)
    assert summary().studied == ((noon, float(lesson.minutes)),)
    assert summary().minutes_left <= left - lesson.minutes
