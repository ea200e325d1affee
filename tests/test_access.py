"""The table of rights, read with the cast."""

from __future__ import annotations

from typing import get_args

import pytest

from academy import access
from academy.access import Act, Standing, may, standings
from academy.accounts import Person
from academy.cohorts import Cohort
from tests.conftest import NOON

ADA = Person("ada-00000001", "Ada")
BEA = Person("bea-00000002", "Bea")
DANA = Person("dana-0000004", "Dana", "trainer")
FINN = Person("finn-0000006", "Finn", "trainer")
GAIL = Person("gail-0000007", "Gail", "administrator")
EVE = Person()
SPRING = Cohort("c1", "Spring", "abcd2345", {"dana-0000004": "Dana"}, NOON)


def test_every_act_has_its_row_and_every_row_an_act():
    assert set(access.MAY) == set(get_args(Act))
    assert {standing for row in access.MAY.values() for standing in row} <= set(get_args(Standing))


def test_a_learners_work_is_seen_by_himself_and_his_trainers_and_nobody_else():
    def sees(person):
        return may(person, "see-work", learner_id=ADA.learner_id, cohort=SPRING, is_member=True)

    assert [each.name for each in (ADA, BEA, DANA, FINN, GAIL, EVE) if sees(each)] == [
        "Ada",
        "Dana",
    ]


def test_a_trainer_sees_nothing_of_somebody_who_is_not_in_his_cohort():
    assert not may(DANA, "see-work", learner_id=BEA.learner_id, cohort=SPRING)
    assert not may(DANA, "see-work", learner_id=BEA.learner_id)


def test_who_is_a_trainer_no_more_sees_his_former_cohort_no_more():
    former = Person(DANA.learner_id, "Dana", "learner")
    assert not may(former, "see-cohort", cohort=SPRING)


@pytest.mark.parametrize(
    "act", ["export", "erase", "end-sessions", "change-password", "leave-cohort", "do-work"]
)
def test_what_is_a_learners_own_nobody_does_for_him(act):
    for other in (BEA, DANA, FINN, GAIL, EVE):
        assert not may(other, act, learner_id=ADA.learner_id, cohort=SPRING, is_member=True)
    assert may(ADA, act, learner_id=ADA.learner_id)


def test_only_an_administrator_gives_roles():
    assert [each for each in (ADA, BEA, DANA, FINN, GAIL, EVE) if may(each, "give-roles")] == [GAIL]


def test_an_administrator_may_name_trainers_but_sees_no_cohort():
    assert may(GAIL, "name-trainers", cohort=SPRING)
    assert not may(GAIL, "see-cohort", cohort=SPRING)


def test_a_guest_is_nobody_but_himself():
    assert standings(EVE) == {"anyone", "oneself"}
    assert "oneself" not in standings(EVE, learner_id=ADA.learner_id)
