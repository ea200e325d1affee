"""A list yields names to expect and links of their own, never a membership."""

from __future__ import annotations

import pytest

from academy import services
from academy.services import Refusal

NAMES = [["姓名", "电话"], ["小李", "1"], ["山谷果园", "2"], ["小李", "3"], ["", "4"], ["ADA", "5"]]


@pytest.fixture
def dana(cast):
    return cast.records, cast["Dana"], cast.cohort.id


def test_a_list_is_reported_row_by_row_and_does_nothing(cast, dana):
    report = services.check_list(*dana, NAMES)
    assert [(line.number, line.name, line.verdict) for line in report] == [
        (2, "小李", "new"),
        (3, "山谷果园", "new"),
        (4, "小李", "twice"),
        (5, "", "empty"),
        (6, "ADA", "member"),
    ]
    assert services.expected_members(*dana) == ()


def test_a_list_makes_nobody_a_member(cast, dana):
    before = services.cohort_members(*dana)
    expected = services.expect_members(*dana, ["小李", "山谷果园"])
    assert [each.name for each in expected] == ["小李", "山谷果园"]
    assert services.cohort_members(*dana) == before


def test_the_same_list_twice_is_the_same_as_once(dana):
    first = services.expect_members(*dana, ["小李", "山谷果园"])
    assert services.expect_members(*dana, ["山谷果园", "小李"]) == first
    assert [line.verdict for line in services.check_list(*dana, [["小李"]])] == ["expected"]


def test_a_link_leads_to_its_name_and_who_joins_by_it_is_expected_no_more(cast, dana, noon):
    (li, _) = services.expect_members(*dana, ["小李", "山谷果园"])
    assert services.expected_name(cast.records, cast.cohort.id, li.token) == "小李"
    services.join_cohort(
        cast.records,
        cast.id("Cyrus"),
        cast.cohort.code,
        name="Cyrus Li",
        address="192.0.2.1",
        token=li.token,
        now=noon,
    )
    assert [each.name for each in services.expected_members(*dana)] == ["山谷果园"]
    assert cast.id("Cyrus") in services.cohort_members(*dana)
    assert services.expected_name(cast.records, cast.cohort.id, li.token) == ""


def test_a_strangers_link_says_nothing(cast, dana):
    services.expect_members(*dana, ["小李"])
    for token in ("", "x", "../../x", "x" * 500):
        assert services.expected_name(cast.records, cast.cohort.id, token) == ""
    (li,) = services.expected_members(*dana)
    assert services.expected_name(cast.records, cast.other_cohort.id, li.token) == ""


def test_names_are_taken_off_the_list(dana):
    li, valley = services.expect_members(*dana, ["小李", "山谷果园"])
    services.expect_no_more(*dana, [li.token])
    assert services.expected_members(*dana) == (valley,)


def test_a_list_has_its_bounds(dana):
    services.expect_members(*dana, [f"M{number}" for number in range(5000)])
    with pytest.raises(Refusal) as refused:
        services.expect_members(*dana, ["one more"])
    assert refused.value.reason == "list-too-long"
