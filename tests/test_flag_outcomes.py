"""The at-risk rules are judged by what became of those whom they flagged, beside the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from academy.cohort_analytics import Alarm, Merchant
from academy.cohorts import Member
from academy.flag_outcomes import FlagRecord, Outcomes, Tally, looked_at
from academy.history import History
from academy.occasions import occasion
from academy.summaries import DAYS_KEPT, Summary, summary_of
from tests.conftest import NOON

MONDAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def blank(curriculum) -> Summary:
    history = History()
    today = occasion(history, curriculum, until=NOON)
    return summary_of(curriculum, history, today, today.profile())


@pytest.fixture
def crowd(blank):
    """Ten merchants, of whom the first `stuck` are; `active` are so on that many days after."""

    def make(stuck: int, active: Sequence[int] = (), *, on: int = 3, talked: Sequence[int] = ()):
        alarms = (Alarm("inactive", 20.0), Alarm("low-effort"))
        joined = NOON - timedelta(days=60)
        day = MONDAY + timedelta(days=on)
        return [
            Merchant(
                Member(f"learner-{number:04}", f"M{number}", joined),
                replace(
                    blank,
                    active_on=(day,) if number in active else (),
                    talked_on=(("spring", day),) if number in talked else (),
                ),
                alarms if number < stuck else (),
                0.0,
            )
            for number in range(10)
        ]

    return make


def a_week(first: Sequence[Merchant], later: Sequence[Merchant], *, days: int = 8) -> Outcomes:
    """What is known after a look, and another one so many days later."""
    record = looked_at(FlagRecord(), first, "spring", today=MONDAY)
    today = MONDAY + timedelta(days=days)
    return looked_at(record, later, "spring", today=today).outcomes


def test_after_a_week_it_is_counted_who_of_the_flagged_and_of_the_others_moved(crowd):
    found = a_week(crowd(5), crowd(5, active=(0, 5, 6, 7, 8)))
    assert (found.flagged, found.others) == (Tally(5, 1), Tally(5, 4))
    assert found.by_rule == {"inactive": Tally(5, 1), "low-effort": Tally(5, 1)}
    assert (found.since, found.looks, found.is_told) == (MONDAY, 1, True)


def test_before_the_week_is_over_nothing_is_counted(crowd):
    assert a_week(crowd(5), crowd(5, active=range(10)), days=7) == Outcomes()


@pytest.mark.parametrize(("on", "moved"), [(-1, 0), (0, 0), (1, 10), (7, 10), (8, 0)])
def test_only_the_seven_days_after_the_look_count(crowd, on, moved):
    found = a_week(crowd(5), crowd(5, active=range(10), on=on), days=20)
    assert found.flagged.moved + found.others.moved == moved


def test_who_was_talked_to_in_that_week_is_counted_by_his_cohort_alone(crowd):
    later = crowd(5, active=(0, 1), talked=(0, 2, 9))
    assert a_week(crowd(5), later).talked == Tally(2, 1)
    elsewhere = [
        replace(each, summary=replace(each.summary, talked_on=(("autumn", MONDAY),)))
        for each in later
    ]
    assert a_week(crowd(5), elsewhere).talked == Tally()


def test_who_joined_since_or_has_left_counts_neither_way(crowd):
    later = crowd(5)[1:]
    new = replace(later[-1].member, learner_id="learner-9999", joined_at=NOON)
    found = a_week(crowd(5), [*later, replace(later[-1], member=new)])
    assert (found.flagged.n, found.others.n) == (4, 5)


def test_counts_add_up_over_the_weeks_and_name_nobody(crowd):
    record = FlagRecord()
    for week in range(4):
        record = looked_at(record, crowd(5), "spring", today=MONDAY + timedelta(days=8 * week))
    assert (record.outcomes.looks, record.outcomes.flagged.n) == (3, 15)
    assert "learner" not in str(record.outcomes)


def test_of_fewer_than_five_nothing_is_told(crowd):
    found = a_week(crowd(4), crowd(4))
    assert found.flagged.share is None
    assert not found.is_told


def test_a_look_to_which_no_days_reach_back_is_forgotten(crowd):
    assert a_week(crowd(5), crowd(5), days=DAYS_KEPT.days).looks == 0


def test_the_record_comes_back_from_its_plain_form_and_begins_anew_under_other_rules(crowd):
    record = looked_at(FlagRecord(), crowd(3), "spring", today=MONDAY)
    record = looked_at(record, crowd(6), "spring", today=MONDAY + timedelta(days=8))
    plain = record.to_dict()
    assert FlagRecord.from_dict(plain) == record
    assert FlagRecord.from_dict({**plain, "version": 0}) == FlagRecord()
    assert FlagRecord.from_dict(None) == FlagRecord()
