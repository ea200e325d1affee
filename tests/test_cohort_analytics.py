"""What a trainer is told of a cohort is true of its members, and tells on nobody."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.cohort_analytics import (
    LEAST_PEOPLE,
    POINTS,
    Alarm,
    CohortTable,
    alarms_of,
    by_stage,
    changes,
    cohort_table,
    distribution,
    hidden,
    mean_of,
    needs,
    student_90,
)
from academy.cohorts import Member
from academy.history import History
from academy.occasions import occasion
from academy.proficiency import Z90
from academy.summaries import Difference, Summary, parts_of, summary_of
from tests.conftest import NOON


@pytest.fixture(scope="module")
def blank(curriculum) -> Summary:
    """The summary of somebody who did nothing yet."""
    history = History()
    today = occasion(history, curriculum, until=NOON)
    return summary_of(curriculum, history, today, today.profile())


@pytest.fixture
def known(blank):
    """Makes the summary of somebody who was measured: all levels equal, unless told otherwise."""

    def make(level: float = 0.0, error: float = 0.3, **more) -> Summary:
        n = len(blank.levels)
        return replace(
            blank,
            **{
                "stage": "growing",
                "has_stage": True,
                "levels": (level,) * n,
                "errors": (error,) * n,
                "statuses": "v" * n,
                "active_at": NOON,
                **more,
            },
        )

    return make


@pytest.fixture
def table(curriculum):
    """Makes the table of a cohort of these summaries."""

    def make(*summaries: Summary, ends_on: date | None = None) -> CohortTable:
        members = [
            Member(f"learner-{number:04}", f"M{number}", NOON - timedelta(days=60))
            for number in range(len(summaries))
        ]
        return cohort_table(
            curriculum.framework,
            members,
            {member.learner_id: s for member, s in zip(members, summaries, strict=True)},
            ends_on=ends_on,
            now=NOON,
        )

    return make


def fired(summary: Summary, idle_days: float = 0.0) -> dict[str, Alarm]:
    return {alarm.rule: alarm for alarm in alarms_of(summary, idle_days=idle_days)}


def test_the_targets_are_those_of_each_ones_own_profile(curriculum, blank, table):
    for stage in ("preparing", "exploring", "growing", "mature"):
        history = History()
        profile = replace(occasion(history, curriculum, until=NOON).profile(), stage=stage)
        row = table(replace(blank, stage=stage)).targets[0]
        for place, part in enumerate(parts_of(curriculum.framework)[:13]):
            asked = profile.ability_target(part)
            assert math.isnan(row[place]) if asked is None else row[place] == pytest.approx(asked)
        assert row[-1] == pytest.approx(profile.overall_target)


def test_who_misses_most_comes_first_and_of_whom_nothing_is_known_last(blank, known, table):
    ordered = table(known(1.0), blank, known(-1.5), known(0.0)).by_need()
    names = [merchant.member.name for merchant in ordered.merchants]
    assert names == ["M2", "M3", "M0", "M1"]


def test_an_ability_is_needed_the_more_merchants_are_clearly_below_it(known, table, curriculum):
    place = parts_of(curriculum.framework).index("paid-traffic")
    weak = list(known(2.5).levels)
    weak[place] = -2.0
    low = known(2.5, levels=tuple(weak))
    found = needs(table(*[low] * 6, *[known(2.5)] * 4))
    assert found[0].id == "paid-traffic"
    assert found[0].below == pytest.approx(0.6)
    assert all(need.weight == 0 for need in found[1:])


def test_no_mean_is_told_of_fewer_than_five(known, table):
    four, five = needs(table(*[known()] * 4)), needs(table(*[known()] * 5))
    assert all(need.mean is None and need.below is None for need in four)
    assert all(need.mean and need.mean.n == 5 for need in five)
    assert all(need.below == 1 for need in five if need.below is not None)


def test_what_nobody_showed_counts_neither_for_nor_against(blank, known, table):
    with_blanks = needs(table(*[known()] * 5, *[blank] * 20))
    assert with_blanks == needs(table(*[known()] * 5))


def test_a_dimension_tells_how_many_stand_where(known, table):
    found = distribution(table(*[known(3.0)] * 6, *[known(-3.0)] * 7))["base"]
    assert found == {
        "below": 7, "likely-below": 0, "likely-there": 0, "there": 6, "unknown": 0
    }  # fmt: skip


def test_stages_are_counted_only_of_those_who_chose_one(blank, known, table):
    assert by_stage(table(*[known()] * 5, *[blank] * 9)) == {
        "preparing": 0, "exploring": 0, "growing": 5, "mature": 0
    }  # fmt: skip


@given(st.dictionaries(st.integers(), st.integers(0, 30), min_size=1, max_size=6))
def test_no_cell_of_fewer_than_five_is_told_nor_can_it_be_worked_out(counts):
    shown = hidden(counts)
    left_out = [key for key, count in shown.items() if count is None]
    assert all(count is None or count == counts[key] for key, count in shown.items())
    assert not any(0 < count < LEAST_PEOPLE for count in shown.values() if count is not None)
    is_alone = sum(count > 0 for count in counts.values()) == 1
    assert len(left_out) != 1 or is_alone


def test_the_rules_fire_for_what_they_say_and_for_nothing_else(known):
    assert fired(known(), idle_days=13.9) == {}
    assert fired(known(), idle_days=14.0)["inactive"].number == 14
    assert fired(known(failed_skills=("dou-plus",)))["failed-checks"].skills == ("dou-plus",)
    assert fired(known(dropped=("base",)))["real-drop"].parts == ("base",)
    careless = known(has_guessed=True, overrates=True)
    assert set(fired(careless)) == {"low-effort", "over-rating"}


def test_slow_is_who_needs_half_as_long_again_as_the_others_or_as_the_course_lasts(known, table):
    def needing(weeks: float) -> Summary:
        pace = {"studied": ((NOON - timedelta(days=10), 40.0),)}
        return known(minutes_left=10 * weeks, **pace)

    def slow(*weeks: float, ends_on: date | None = None) -> list[float]:
        rows = table(*map(needing, weeks), ends_on=ends_on).merchants
        return [alarm.number for row in rows for alarm in row.alarms if alarm.rule == "slow"]

    assert slow(10, 10, 10, 10, 14.9, 15.1) == [15.1]
    assert slow(10, 10, 10, 10, 14.9, 15.1, ends_on=NOON.date() + timedelta(weeks=11)) == []
    assert slow(10, 10, 10, 16) == [], "four are no measure for the fourth"


def test_who_studies_no_lesson_at_all_is_slow_but_not_also_if_he_does_nothing(known, table):
    studying = known(minutes_left=100, studied=((NOON - timedelta(days=3), 40.0),))
    idle = known(minutes_left=100, studied=(), active_at=NOON - timedelta(days=20))
    rows = table(*[studying] * 5, replace(idle, active_at=NOON), idle).merchants
    assert [{alarm.rule for alarm in row.alarms} for row in rows[5:]] == [{"slow"}, {"inactive"}]
    assert rows[5].alarms[0].number == math.inf


def test_three_points_make_a_merchant_stuck(known, table):
    two = known(active_at=NOON, failed_skills=("dou-plus",))
    three = replace(two, overrates=True)
    rows = table(two, three).merchants
    assert [row.points for row in rows] == [2, 3]
    assert [row.is_stuck for row in rows] == [False, True]
    assert set(POINTS.values()) == {1, 2}


def test_who_never_began_has_not_moved(blank, known, table):
    rows = table(blank, known(), known(active_at=NOON - timedelta(days=8))).merchants
    assert [row.has_moved for row in rows] == [False, True, False]
    assert [row.stands_still for row in rows] == [True, False, True]


def test_who_joined_lately_is_given_time_to_begin(blank, curriculum):
    members = [
        Member(f"learner-{days:04}", "M", NOON - timedelta(days=days)) for days in (0, 6, 7, 30)
    ]
    rows = cohort_table(
        curriculum.framework,
        members,
        {each.learner_id: blank for each in members},
        ends_on=None,
        now=NOON,
    ).merchants
    assert {row.member.learner_id[-2:]: row.stands_still for row in rows} == {
        "00": False, "06": False, "07": True, "30": True,
    }  # fmt: skip
    assert not any(row.has_moved for row in rows)


def test_a_mean_change_is_told_of_five_and_more_with_what_it_leaves_open(known, table):
    def grown(points: float) -> Summary:
        return known(differences={"base": Difference(points, points - 6, points + 6)})

    assert changes(table(*[grown(8.0)] * 4)) == {}
    found = changes(table(*[grown(points) for points in (6.0, 8.0, 7.0, 9.0, 10.0)]))
    assert set(found) == {"base"}
    assert found["base"].mean.value == pytest.approx(8.0)
    assert found["base"].mean.low < 8.0 < found["base"].mean.high
    assert found["base"].verdict == "real-growth"


def test_of_several_dimensions_at_once_a_change_must_be_the_clearer_to_be_claimed(known, table):
    """Alone, 5 points are beyond chance; as one of four dimensions they are not."""

    def grown(**points: float) -> Summary:
        return known(differences={part: Difference(d, d - 8, d + 8) for part, d in points.items()})

    few = changes(table(*[grown(base=d) for d in (4.0, 4.5, 5.0, 5.5, 6.0)]))
    assert few["base"].verdict == "real-growth"
    many = changes(
        table(
            *[
                grown(base=d, traffic=0.1, conversion=-0.1, retention=0.0)
                for d in (4.0, 4.5, 5.0, 5.5, 6.0)
            ]
        )
    )
    assert many["base"].verdict == "unclear"


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(4, 2.132), (5, 2.015), (9, 1.833), (15, 1.753), (29, 1.699), (99, 1.660)],
)
def test_the_bounds_of_a_mean_are_students(freedom, quantile):
    assert student_90(freedom) == pytest.approx(quantile, abs=0.005)


def test_the_bounds_of_the_mean_of_five_hold_it_nine_times_in_ten_or_more():
    rng = np.random.default_rng(11)
    for spread in (0.0, 20.0):
        held = 0
        for _ in range(2000):
            values = rng.normal(0, spread, 5) + rng.normal(0, 6.0, 5)
            mean = mean_of(values, np.full(5, 6.0))
            held += mean.low <= 0 <= mean.high
        assert held / 2000 >= 0.88


def test_the_uncertainty_of_a_mean_adds_measurement_and_people():
    rng = np.random.default_rng(5)
    errors = np.full(400, 6.0)
    alike = mean_of(10 + rng.normal(0, 6, 400), errors)
    assert (alike.high - alike.value) / Z90 == pytest.approx(6 / 20, rel=0.15)
    unlike = mean_of(10 + rng.normal(0, 6, 400) + rng.normal(0, 8, 400), errors)
    assert (unlike.high - unlike.value) / Z90 == pytest.approx(10 / 20, rel=0.15)


def test_an_empty_cohort_has_empty_tables(table):
    empty = table()
    assert empty.by_need().merchants == ()
    assert all(need.mean is None for need in needs(empty))
    assert changes(empty) == {}
    assert set(distribution(empty)["base"].values()) == {0}
