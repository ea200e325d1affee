"""Cohorts: open one, invite, join, see who is in it, leave, archive.

A cohort that somebody may not see is to him like one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from academy import access
from academy.access import Act
from academy.accounts import Person
from academy.cohorts import (
    LONGEST_NAME,
    Cohort,
    Member,
    Onlooker,
    new_code,
    new_cohort_id,
    typed_code,
    usable_title,
)
from academy.history import History
from academy.one_line import one_line
from academy.services.account_records import account_of_name
from academy.services.cohort_records import (
    all_cohorts,
    drop_invitation,
    drop_member,
    find_cohort,
    invited_to,
    members_of,
    put_cohort,
    put_invitation,
    put_member,
)
from academy.services.expecting import take_off
from academy.services.flagging import forget_flags
from academy.services.histories import happened, read_history
from academy.services.refusals import Refusal
from academy.services.summaries import outdate_summary
from academy.services.throttle import PER_ADDRESS, forgive_last, network_of, note_try
from academy.storage.base import Records

CONSENT = 1
"""The edition of what a learner reads before he joins; a change of its meaning raises it."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a course, both included; either may be open."""

    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise Refusal("dates-reversed", f"{self.starts_on} > {self.ends_on}")


ANY_DAYS = Days()


def create_cohort(
    records: Records, person: Person, title: str, days: Days = ANY_DAYS, *, now: datetime
) -> Cohort:
    """Open a cohort with oneself as its trainer."""
    trainer, name = _trainer(person)
    if not access.may(person, "create-cohort"):
        raise Refusal("not-allowed", "create-cohort")
    cohort = Cohort(
        id=new_cohort_id(),
        title=_checked_title(title),
        code=new_code(),
        trainers={trainer: name},
        created_at=now,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
    )
    _note_trainer(records, trainer, cohort.id, "trainer-added", person, now)
    put_cohort(records, cohort)
    put_invitation(records, cohort)
    return cohort


def own_cohorts(records: Records, person: Person) -> tuple[Cohort, ...]:
    """The cohorts that somebody trains, the latest first, archived ones last."""
    known = read_history(records, person.learner_id).trains
    found = [find_cohort(records, cohort_id) for cohort_id in known]
    visible = [each for each in found if each and access.may(person, "see-cohort", cohort=each)]
    return tuple(sorted(visible, key=lambda each: (each.is_open, each.created_at), reverse=True))


def every_cohort(records: Records, person: Person) -> tuple[Cohort, ...]:
    """All cohorts without their members, by title: for an administrator, who names trainers."""
    if not access.may(person, "list-cohorts"):
        raise Refusal("not-allowed", "list-cohorts")
    return all_cohorts(records)


def open_cohort(records: Records, person: Person, cohort_id: str) -> Cohort:
    """A cohort, for its trainers."""
    return _cohort(records, person, "see-cohort", cohort_id)


def cohort_members(records: Records, person: Person, cohort_id: str) -> dict[str, Member]:
    """Members by learner id, in the order of joining, for the cohort's trainers."""
    _cohort(records, person, "see-cohort", cohort_id)
    return members_of(records, cohort_id)


def member_history(
    records: Records, person: Person, cohort_id: str, learner_id: str
) -> tuple[Member, History]:
    """A member and everything he did, for the cohort's trainers."""
    cohort = _cohort(records, person, "see-cohort", cohort_id)
    member = members_of(records, cohort_id).get(learner_id)
    if member is None or not access.may(
        person, "see-work", learner_id=learner_id, cohort=cohort, is_member=True
    ):
        raise Refusal("unknown-cohort", cohort_id)
    return member, read_history(records, learner_id)


def change_cohort(
    records: Records, person: Person, cohort_id: str, *, title: str, days: Days
) -> Cohort:
    """Give a cohort another title or other days."""
    usable = _checked_title(title)
    return _change(
        records,
        person,
        cohort_id,
        lambda cohort: replace(
            cohort, title=usable, starts_on=days.starts_on, ends_on=days.ends_on
        ),
    )


def archive_cohort(records: Records, person: Person, cohort_id: str, *, now: datetime) -> Cohort:
    """Take nobody in any more; its trainers still see it, and its members may still leave."""
    return _change(
        records,
        person,
        cohort_id,
        lambda cohort: replace(cohort, archived_at=cohort.archived_at or now),
    )


def reopen_cohort(records: Records, person: Person, cohort_id: str) -> Cohort:
    return _change(records, person, cohort_id, lambda cohort: replace(cohort, archived_at=None))


def renew_code(records: Records, person: Person, cohort_id: str) -> Cohort:
    """Give a cohort another code, because the old one came into wrong hands and ends now."""
    old = _cohort(records, person, "change-cohort", cohort_id).code
    code = new_code()
    changed = _change(records, person, cohort_id, lambda cohort: replace(cohort, code=code))
    put_invitation(records, changed)
    drop_invitation(records, old)
    return changed


def add_trainer(
    records: Records, person: Person, cohort_id: str, name: str, *, now: datetime
) -> Cohort:
    """Let another trainer, by the name of the account, see the cohort and all its members' work.

    Every member sees it too, under who sees him.
    """
    _cohort(records, person, "name-trainers", cohort_id)
    account = account_of_name(records, name)
    if account is None or read_history(records, account.learner_id).role == "learner":
        raise Refusal("unknown-account", name[:LONGEST_NAME])
    _note_trainer(records, account.learner_id, cohort_id, "trainer-added", person, now)
    return _change(
        records,
        person,
        cohort_id,
        lambda cohort: replace(
            cohort, trainers={**cohort.trainers, account.learner_id: account.name}
        ),
        act="name-trainers",
    )


def remove_trainer(
    records: Records, person: Person, cohort_id: str, trainer: str, *, now: datetime
) -> Cohort:
    """Take a trainer, by learner id, out of a cohort; raises Refusal for the last one."""

    def change(cohort: Cohort) -> Cohort:
        left = {each: name for each, name in cohort.trainers.items() if each != trainer}
        if not left:
            raise Refusal("last-trainer", cohort_id)
        return replace(cohort, trainers=left)

    changed = _change(records, person, cohort_id, change, act="name-trainers")
    _note_trainer(records, trainer, cohort_id, "trainer-removed", person, now)
    return changed


def remove_member(
    records: Records, person: Person, cohort_id: str, learner_id: str, *, now: datetime
) -> None:
    """Take a member out of a cohort; his work stays his, and its trainers see it no more."""
    _cohort(records, person, "remove-member", cohort_id)
    if learner_id in members_of(records, cohort_id):
        _take_out(records, cohort_id, learner_id, by=person.learner_id, now=now)


def find_invitation(records: Records, code: str, *, address: str, now: datetime) -> Cohort:
    """The cohort that a code invites to, whoever asks.

    Raises Refusal for a code that none has and for an archived cohort, and TooManyTries when too
    many wrong ones came from this address.
    """
    network, typed = network_of(address), typed_code(code)
    note_try(records, PER_ADDRESS, network, now=now)
    cohort = invited_to(records, typed)
    if cohort is None:
        raise Refusal("unknown-invitation", code[:20])
    forgive_last(records, PER_ADDRESS, network, now=now)
    if not cohort.is_open:
        raise Refusal("cohort-archived", cohort.title)
    return cohort


def join_cohort(
    records: Records,
    learner_id: str,
    code: str,
    *,
    name: str,
    address: str,
    token: str = "",
    now: datetime,
) -> Cohort:
    """Join by code, and agree to be seen by the cohort's trainers under this name.

    The consent is in the learner's record before anybody sees it. Joining again changes the name.
    Whoever was expected under a `token` is there now.
    """
    cohort = find_invitation(records, code, address=address, now=now)
    called = one_line(name, LONGEST_NAME)
    known = read_history(records, learner_id).memberships.get(cohort.id)
    if known is None or known.name != called:
        records.append(
            learner_id,
            happened(
                "cohort-joined",
                now,
                {"cohort": cohort.id, "title": cohort.title, "name": called, "consent": CONSENT},
            ),
        )
    put_member(records, cohort.id, Member(learner_id, called, now))
    if token:
        take_off(records, cohort.id, [token])
    return cohort


def leave_cohort(records: Records, learner_id: str, cohort_id: str, *, now: datetime) -> None:
    """Leave: from now on its trainers see nothing of the learner. Twice is the same as once."""
    if cohort_id in read_history(records, learner_id).memberships:
        _take_out(records, cohort_id, learner_id, by=learner_id, now=now)


def onlookers(records: Records, learner_id: str | None) -> tuple[Onlooker, ...]:
    """Who sees this learner's work: each cohort he is in, with the trainers it has today."""
    if learner_id is None:
        return ()
    found = []
    for membership in read_history(records, learner_id).memberships.values():
        cohort = find_cohort(records, membership.cohort_id)
        if cohort and learner_id in members_of(records, cohort.id):
            found.append(Onlooker(cohort, membership.name, membership.joined_at))
    return tuple(found)


def _trainer(person: Person) -> tuple[str, str]:
    if person.learner_id is None or person.name is None:
        raise Refusal("not-allowed", "a trainer has an account")
    return person.learner_id, person.name


def _checked_title(title: str) -> str:
    usable = usable_title(title)
    if usable is None:
        raise Refusal("title-missing", title[:20])
    return usable


def _cohort(records: Records, person: Person, act: Act, cohort_id: str) -> Cohort:
    cohort = find_cohort(records, cohort_id)
    if cohort is None or not access.may(person, act, cohort=cohort):
        raise Refusal("unknown-cohort", cohort_id[:20])
    return cohort


def _change(
    records: Records,
    person: Person,
    cohort_id: str,
    change: Callable[[Cohort], Cohort],
    *,
    act: Act = "change-cohort",
) -> Cohort:
    return put_cohort(records, _cohort(records, person, act, cohort_id), change)


def _note_trainer(
    records: Records, trainer: str, cohort_id: str, kind: str, by: Person, now: datetime
) -> None:
    records.append(trainer, happened(kind, now, {"cohort": cohort_id, "by": by.learner_id}))


def _take_out(
    records: Records, cohort_id: str, learner_id: str, *, by: str | None, now: datetime
) -> None:
    drop_member(records, cohort_id, learner_id)
    forget_flags(records, cohort_id, learner_id)
    records.append(learner_id, happened("cohort-left", now, {"cohort": cohort_id, "by": by}))
    outdate_summary(records, learner_id)
