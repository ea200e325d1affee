from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.cohorts import Cohort, new_code, shown_code, typed_code, usable_title
from tests.conftest import NOON


def test_a_cohort_comes_back_from_its_plain_form_as_it_was():
    for cohort in (
        Cohort("a1", "春季班", "abcd2345", {"dana-0001": "Dana"}, NOON),
        Cohort("a1", "x", "c", {}, NOON, date(2026, 3, 1), date(2026, 4, 1), NOON),
    ):
        assert Cohort.from_dict(cohort.to_dict()) == cohort


def test_an_archived_cohort_takes_nobody_in():
    assert Cohort("a1", "x", "c", {}, NOON).is_open
    assert not Cohort("a1", "x", "c", {}, NOON, archived_at=NOON).is_open


def test_codes_are_many_and_hold_nothing_that_is_taken_for_another():
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert not set("".join(codes)) & set("01loi")


@pytest.mark.parametrize("typed", ["ABCD-2345", " abcd 2345 ", "ａｂｃｄ２３４５", "abcd-2345。"])
def test_a_code_may_be_typed_as_it_is_read(typed):
    assert typed_code(typed) == "abcd2345"


@given(st.text())
def test_whatever_is_typed_can_be_looked_up(text):
    assert typed_code(text) == "" or (typed_code(text).isascii() and typed_code(text).isalnum())


def test_a_code_is_shown_in_groups_that_lead_back_to_it():
    assert shown_code("abcd2345") == "abcd-2345"
    assert typed_code(shown_code("abcd2345efgh")) == "abcd2345efgh"


def test_a_title_needs_something_that_can_be_seen():
    assert usable_title(" \u200b ") is None
    assert usable_title("=1+1 <b>") == "=1+1 <b>"
