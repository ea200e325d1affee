"""The whole cast, gathered on one store.

Ada learns, Bea in her cohort, Cyrus in another; Dana trains Ada's cohort, Finn the other one; Gail
is administrator. Eve is signed in nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256

from academy import passwords, services
from academy.accounts import Person
from academy.cohorts import Cohort
from academy.services.account_records import change_account
from academy.services.accounts import set_role
from academy.storage.base import Records

ISSUER = "https://people.example"
PASSWORD = "correct horse"
NAMES = ("Ada", "Bea", "Cyrus", "Dana", "Finn", "Gail")
SESSIONS = {name: sha256(name.encode()).hexdigest() for name in (*NAMES, "Eve")}
"""The hash of each one's session token."""


@dataclass(frozen=True)
class Cast:
    records: Records
    people: dict[str, Person]
    cohort: Cohort
    other_cohort: Cohort
    now: datetime

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def id(self, name: str) -> str:
        learner_id = self.people[name].learner_id
        assert learner_id is not None
        return learner_id


def open_account(records: Records, name: str, now: datetime) -> str:
    """An account with `PASSWORD`, of somebody who was here before; the learner id.

    The password is hashed once for all tests, because that is slow.
    """
    learner_id, _ = services.come_in_from_outside(
        records, ISSUER, name, name, session_hash=None, now=now
    )
    change_account(records, name, lambda account: replace(account, password=_kept()))
    return learner_id


@cache
def _kept() -> str:
    return passwords.hashed(PASSWORD)


def gather(records: Records, now: datetime) -> Cast:
    """Everybody with an account, a session and a cohort; without passwords, which are slow."""
    for name in NAMES:
        learner_id, _ = services.come_in_from_outside(
            records, ISSUER, name, name, session_hash=None, now=now
        )
        records.add_session(SESSIONS[name], learner_id, now)
    for name, role in (("Dana", "trainer"), ("Finn", "trainer"), ("Gail", "administrator")):
        set_role(records, name, role, by=None, now=now)
    people = {
        name: services.find_person(records, services.learner_of(records, SESSIONS[name]))
        for name in NAMES
    } | {"Eve": Person()}
    cohort = services.create_cohort(records, people["Dana"], "Spring", now=now)
    other = services.create_cohort(records, people["Finn"], "Autumn", now=now)
    for name, joined in (("Ada", cohort), ("Bea", cohort), ("Cyrus", other)):
        learner_id = people[name].learner_id
        assert learner_id is not None
        services.join_cohort(
            records, learner_id, joined.code, name=name, address="192.0.2.1", now=now
        )
    return Cast(records, people, cohort, other, now)
