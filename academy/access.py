"""Who may see and do what: one table, asked by services, pages and routes alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from academy.accounts import Person
from academy.cohorts import Cohort

Standing: TypeAlias = Literal[
    "anyone", "oneself", "their-trainer", "its-trainer", "trainer", "administrator"
]
"""What somebody is to a thing: the learner it is about, a trainer of a cohort that this learner
is in, a trainer of this very cohort; or, whatever the thing, a trainer or an administrator."""

Act: TypeAlias = Literal[
    "learn",
    "see-work",
    "do-work",
    "see-stored",
    "export",
    "erase",
    "end-sessions",
    "change-password",
    "reset-password",
    "sign-in",
    "see-onlookers",
    "join-cohort",
    "leave-cohort",
    "create-cohort",
    "see-cohort",
    "change-cohort",
    "remove-member",
    "invite",
    "guide-learner",
    "assign",
    "hold-class",
    "write-items",
    "accept-items",
    "name-trainers",
    "list-cohorts",
    "hand-out-reset-code",
    "see-people",
    "give-roles",
]

MAY: Mapping[Act, frozenset[Standing]] = {
    # what one learner does, and who sees it
    "learn": frozenset({"anyone"}),
    "see-work": frozenset({"oneself", "their-trainer"}),
    "do-work": frozenset({"oneself"}),
    # what is his own alone
    "see-stored": frozenset({"oneself"}),
    "export": frozenset({"oneself"}),
    "erase": frozenset({"oneself"}),
    "end-sessions": frozenset({"oneself"}),
    "change-password": frozenset({"oneself"}),
    "see-onlookers": frozenset({"oneself"}),
    "leave-cohort": frozenset({"oneself"}),
    # what is asked before it is known who asks
    "sign-in": frozenset({"anyone"}),
    "reset-password": frozenset({"anyone"}),
    "join-cohort": frozenset({"anyone"}),
    # cohorts
    "create-cohort": frozenset({"trainer", "administrator"}),
    "see-cohort": frozenset({"its-trainer"}),
    "change-cohort": frozenset({"its-trainer"}),
    "remove-member": frozenset({"its-trainer"}),
    "invite": frozenset({"its-trainer"}),
    "guide-learner": frozenset({"their-trainer"}),
    "assign": frozenset({"its-trainer"}),
    "hold-class": frozenset({"its-trainer"}),
    "write-items": frozenset({"its-trainer"}),
    "accept-items": frozenset({"administrator"}),
    "name-trainers": frozenset({"its-trainer", "administrator"}),
    "list-cohorts": frozenset({"administrator"}),
    # accounts
    "hand-out-reset-code": frozenset({"their-trainer", "administrator"}),
    "see-people": frozenset({"administrator"}),
    "give-roles": frozenset({"administrator"}),
}
"""Act to the standings of which one is enough. An administrator sees no learner's work."""

PAGES: Mapping[str, Act] = {
    "home": "learn",
    "stage": "learn",
    "stages": "learn",
    "skills": "learn",
    "skill": "learn",
    "lesson": "learn",
    "shop": "learn",
    "quiz": "learn",
    "search": "learn",
    "glossary": "learn",
    "mistakes": "learn",
    "review": "learn",
    "assessment": "learn",
    "results": "learn",
    "progress": "learn",
    "certificate": "learn",
    "nowhere": "learn",
    "me": "see-stored",
    "people": "see-people",
    "cohorts": "create-cohort",
    "cohort": "create-cohort",
    "learner": "create-cohort",
    "invite": "create-cohort",
    "manage": "create-cohort",
    "plan": "create-cohort",
    "items": "create-cohort",
    "assignments": "create-cohort",
    "classroom": "create-cohort",
    "own-items": "create-cohort",
    "reports": "create-cohort",
    "offered": "accept-items",
    "class": "learn",
    "cohort-quiz": "learn",
}
"""Page to what one does there. A page shows its visitor's own work, and looks up its further
rights in the table above."""

ROUTES: Mapping[str, Act] = {
    "/healthz": "learn",
    "/readyz": "learn",
    "/steps.js": "learn",
    "/theme.js": "learn",
    "/account.css": "learn",
    "/sign-in": "sign-in",
    "/sign-up": "sign-in",
    "/sign-out": "end-sessions",
    "/password": "change-password",
    "/reset": "reset-password",
    "/join": "join-cohort",
    "/delete": "erase",
    "/poster": "create-cohort",
}
"""Address beside the pages to what one does there."""


def standings(
    person: Person,
    *,
    learner_id: str | None = None,
    cohort: Cohort | None = None,
    is_member: bool = False,
) -> frozenset[Standing]:
    """What somebody is to a learner, or to a cohort and its member.

    `is_member` says that the learner is in the cohort. Who was a trainer once and is none today
    has a trainer's standing towards nobody.
    """
    found: set[Standing] = {"anyone"}
    if learner_id == person.learner_id:
        found.add("oneself")
    trains = person.role in ("trainer", "administrator")
    if trains:
        found.add("trainer")
    if person.role == "administrator":
        found.add("administrator")
    if trains and cohort is not None and person.learner_id in cohort.trainers:
        found.add("its-trainer")
        if learner_id is not None and is_member:
            found.add("their-trainer")
    return frozenset(found)


def may(
    person: Person,
    act: Act,
    *,
    learner_id: str | None = None,
    cohort: Cohort | None = None,
    is_member: bool = False,
) -> bool:
    """Whether somebody may do this, to this learner, in this cohort."""
    standing = standings(person, learner_id=learner_id, cohort=cohort, is_member=is_member)
    return bool(MAY[act] & standing)


def may_open(person: Person, page: str) -> bool:
    """Whether somebody may open a page, where he sees his own work first."""
    return may(person, PAGES[page], learner_id=person.learner_id)
