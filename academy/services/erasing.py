"""Erase a learner: nothing about him remains, and every list is as if he had never been on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from academy.cohorts import Cohort
from academy.services.account_records import account_of_name, drop_account
from academy.services.certificates import withdraw_certificates
from academy.services.cohort_records import drop_member, find_cohort, put_cohort
from academy.services.flagging import forget_flags
from academy.services.histories import read_history
from academy.services.sessions import end_sessions
from academy.storage.base import Records


def erase(records: Records, learner_id: str, *, now: datetime) -> None:
    """Take a learner out of every cohort, close his account, sign him out and erase his record.

    The record goes last: after an interruption the same can be done again, until nothing is left.
    """
    history = read_history(records, learner_id)
    for membership in history.memberships.values():
        drop_member(records, membership.cohort_id, learner_id)
        forget_flags(records, membership.cohort_id, learner_id)
    for cohort_id in history.trains:
        cohort = find_cohort(records, cohort_id)
        if cohort and learner_id in cohort.trainers:
            put_cohort(records, cohort, lambda kept: _without_trainer(kept, learner_id))
    account = account_of_name(records, history.name) if history.name else None
    if account and account.learner_id == learner_id:
        if account.bringing:
            erase(records, account.bringing, now=now)
        drop_account(records, account)
    withdraw_certificates(records, history)
    end_sessions(records, learner_id, now=now)
    records.erase_learner(learner_id)


def _without_trainer(cohort: Cohort, learner_id: str) -> Cohort:
    left = {each: name for each, name in cohort.trainers.items() if each != learner_id}
    return replace(cohort, trainers=left)
