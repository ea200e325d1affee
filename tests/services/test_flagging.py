"""For whom the at-risk rules fired is kept for a week, with the cohort, and then only counted."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from academy import services
from academy.cohort_analytics import cohort_table


@pytest.fixture
def look(cast, curriculum):
    """Dana looks at her cohort."""

    def at(now):
        person, cohort = cast["Dana"], cast.cohort
        seen = services.watch_cohort(cast.records, person, curriculum, cohort.id)
        list(services.work_out_summaries(cast.records, curriculum, seen.missing, now=now))
        seen = services.watch_cohort(cast.records, person, curriculum, cohort.id)
        table = cohort_table(
            curriculum.framework,
            list(seen.members.values()),
            seen.summaries,
            ends_on=None,
            now=now,
        )
        return services.note_flags(cast.records, person, cohort.id, table, now=now)

    return at


@pytest.fixture
def noted(cast):
    return lambda: json.dumps(cast.records.document(f"flags-{cast.cohort.id}"))


@pytest.fixture
def stuck_bea(cast, curriculum, noon):
    """Bea guesses, and then does nothing for three weeks."""
    services.choose_stage(cast.records, cast.id("Bea"), curriculum.framework, "growing", now=noon)
    quiz = services.open_quiz(
        cast.records, cast.id("Bea"), curriculum, purpose="practice", subject="dou-plus", now=noon
    )
    for item_id in quiz.form:
        item = curriculum.bank.item(item_id)
        wrong = frozenset([next(o.id for o in item.options if not o.is_key)])
        services.record_response(
            cast.records, cast.id("Bea"), curriculum, quiz.id, item_id, wrong, seconds=0.5, now=noon
        )
    services.submit_quiz(cast.records, cast.id("Bea"), curriculum, quiz.id, now=noon)
    return noon + timedelta(days=21)


def test_who_is_flagged_is_noted_once_a_week_and_counted_after_it(cast, look, noted, stuck_bea):
    assert look(stuck_bea).looks == 0
    assert cast.id("Bea") in noted()
    assert cast.id("Ada") not in noted()
    assert look(stuck_bea + timedelta(days=3)).looks == 0
    services.note_on(
        cast.records, cast["Dana"], cast.cohort.id, cast.id("Bea"), "", is_talk=True,
        now=stuck_bea + timedelta(days=4),
    )  # fmt: skip
    found = look(stuck_bea + timedelta(days=8))
    assert (found.looks, found.flagged.n, found.others.n, found.talked.n) == (1, 1, 1, 1)


def test_who_leaves_or_erases_is_in_no_note(cast, look, noted, stuck_bea):
    look(stuck_bea)
    services.leave_cohort(cast.records, cast.id("Bea"), cast.cohort.id, now=stuck_bea)
    assert cast.id("Bea") not in noted()


def test_who_erases_everything_is_in_no_note(cast, look, noted, stuck_bea):
    look(stuck_bea)
    services.erase(cast.records, cast.id("Bea"), now=stuck_bea)
    assert cast.id("Bea") not in noted()


def test_an_archived_cohort_is_looked_at_no_more(cast, look, noted, stuck_bea):
    services.archive_cohort(cast.records, cast["Dana"], cast.cohort.id, now=stuck_bea)
    look(stuck_bea)
    assert noted() == "null"


def test_an_answer_of_today_is_a_day_of_the_summary(cast, curriculum, look, stuck_bea):
    look(stuck_bea)
    day = stuck_bea + timedelta(days=2)
    services.open_lesson(cast.records, cast.id("Bea"), curriculum, "shop-setup-basic", now=day)
    found = look(stuck_bea + timedelta(days=9))
    assert (found.flagged.n, found.flagged.moved) == (1, 1)
