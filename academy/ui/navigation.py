"""The pages, in sections, and the addresses between them."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Literal, NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from academy import access
from academy.accounts import Person, Role
from academy.language import Language
from academy.ui import language
from academy.ui.language import _
from academy.ui.resources import ROOT

_PATHS = {
    "home": "learn/home.py",
    "stage": "learn/stage.py",
    "stages": "learn/stages.py",
    "skills": "learn/skills.py",
    "skill": "learn/skill.py",
    "lesson": "learn/lesson.py",
    "shop": "learn/shop.py",
    "quiz": "learn/quiz.py",
    "search": "learn/search.py",
    "glossary": "learn/glossary.py",
    "mistakes": "learn/mistakes.py",
    "review": "learn/review.py",
    "assessment": "assess/assessment.py",
    "results": "assess/results.py",
    "progress": "assess/progress.py",
    "certificate": "assess/certificate.py",
    "cohorts": "train/cohorts.py",
    "cohort": "train/cohort.py",
    "learner": "train/learner.py",
    "invite": "train/invite.py",
    "manage": "train/manage.py",
    "plan": "train/plan.py",
    "items": "train/items.py",
    "assignments": "train/assignments.py",
    "classroom": "train/classroom.py",
    "own-items": "train/own_items.py",
    "reports": "train/reports.py",
    "offered": "account/offered.py",
    "class": "learn/class.py",
    "cohort-quiz": "learn/cohort_quiz.py",
    "me": "account/me.py",
    "people": "account/people.py",
    "nowhere": "learn/nowhere.py",
}
ADDRESSES = {"" if name == "home" else name for name in _PATHS}
"""What may stand behind the site's name; the start page has no name of its own."""
_SECTIONS = {
    "": ("home",),
    "learn": ("skills", "stages", "search", "glossary", "review", "mistakes"),
    "assess": ("assessment", "results", "progress"),
    "train": ("cohorts",),
    "account": ("me", "people", "offered"),
}
"""The menu; of it a visitor sees what he may open."""
_BEHIND = (
    "stage", "skill", "lesson", "shop", "quiz", "class", "cohort-quiz", "certificate",
    "nowhere",
)  # fmt: skip
_BEHIND_TRAINERS = (
    "cohort", "learner", "invite", "manage", "plan", "items", "assignments", "classroom",
    "own-items", "reports",
)  # fmt: skip
"""Pages reached from others only; their addresses need something to look at."""


_WIDE = {"results", "cohort", "learner"}
"""Pages that need more than a column."""
_STATE = "address"


def path(name: str) -> str:
    """Where a page's script lies."""
    return str(ROOT / "pages" / _PATHS[name])


def go(name: str, **query: str) -> NoReturn:
    """Open another page at an address that survives a reload."""
    st.switch_page(_pages(language.current())[name], query_params=query)


def link(name: str, label: str, *, icon: str | None = None, **query: str) -> None:
    """A link to another page, as wide as its words."""
    _link(name, label, icon, query, "content")


def row(name: str, label: str, *, icon: str | None = None, **query: str) -> None:
    """A link to another page as a line of a list, see `rows`."""
    _link(name, label, icon, query, "stretch")


def _link(
    name: str,
    label: str,
    icon: str | None,
    query: dict[str, str],
    width: Literal["content", "stretch"],
) -> None:
    page = _pages(language.current())[name]
    st.page_link(page, label=label, icon=icon, query_params=query or None, width=width)


def rows(what: str, *, horizontal: bool = False) -> DeltaGenerator:
    """What holds a list of links, to be used with `with`; `what` tells it from others."""
    return st.container(key=f"rows-{what}", gap="xsmall", horizontal=horizontal)


def chosen_page(person: Person) -> st.Page:
    """The page that the address names, with the menu of a visitor drawn for it."""
    pages = _pages(language.current(), person.role)
    sections = {"": "", "learn": _("Learn"), "assess": _("Assess"), "account": _("Account")}
    sections["train"] = _("Train")
    menu = {
        sections[section]: [pages[name] for name in names] for section, names in _SECTIONS.items()
    }
    menu[sections["learn"]] += [pages[name] for name in _BEHIND]
    menu[sections["train"]] += [pages[name] for name in _BEHIND_TRAINERS]
    return st.navigation(menu, position="top")


def show_address(page: st.Page) -> None:
    """Let the address follow a link from a page to itself; Streamlit would leave it as it was."""
    address = page.url_path, st.query_params.to_dict()
    before = st.session_state.get(_STATE, address)
    st.session_state[_STATE] = address
    if before[0] == address[0] and before[1] != address[1]:
        st.query_params.from_dict(address[1])


def layout_of(page: st.Page) -> Literal["wide", "centered"]:
    """How much of a wide screen a page takes."""
    return "wide" if name_of(page) in _WIDE else "centered"


def name_of(page: st.Page) -> str:
    """The name of a page, under which the table of rights knows it."""
    return page.url_path or "home"


@cache
def _pages(in_language: Language, role: Role = "learner") -> dict[str, st.Page]:
    """Every page by name, made once; a run takes a copy of it."""
    visitor = Person(role=role)
    titles = {
        "home": (_("Home"), ":material/home:"),
        "stage": (_("Find my stage"), ":material/explore:"),
        "stages": (_("The four stages"), ":material/signpost:"),
        "skills": (_("All skills"), ":material/account_tree:"),
        "skill": (_("Skill"), ":material/school:"),
        "lesson": (_("Lesson"), ":material/menu_book:"),
        "shop": (_("Shop"), ":material/storefront:"),
        "quiz": (_("Quiz"), ":material/quiz:"),
        "search": (_("Search"), ":material/search:"),
        "glossary": (_("Glossary"), ":material/dictionary:"),
        "mistakes": (_("My mistakes"), ":material/replay:"),
        "review": (_("Today's review"), ":material/event_repeat:"),
        "assessment": (_("Self-assessment"), ":material/fact_check:"),
        "results": (_("My results"), ":material/radar:"),
        "progress": (_("My growth"), ":material/trending_up:"),
        "cohorts": (_("My cohorts"), ":material/groups:"),
        "cohort": (_("Cohort"), ":material/grid_on:"),
        "learner": (_("Merchant"), ":material/person_search:"),
        "invite": (_("Invite"), ":material/qr_code:"),
        "manage": (_("Dates, trainers, members"), ":material/settings:"),
        "plan": (_("What to teach"), ":material/co_present:"),
        "items": (_("Items"), ":material/query_stats:"),
        "assignments": (_("Assignments"), ":material/assignment:"),
        "classroom": (_("Classroom"), ":material/cast_for_education:"),
        "own-items": (_("Own questions"), ":material/edit_note:"),
        "reports": (_("Reports"), ":material/print:"),
        "offered": (_("Offered questions"), ":material/library_add:"),
        "class": (_("Class"), ":material/co_present:"),
        "cohort-quiz": (_("Quiz of your cohort"), ":material/quiz:"),
        "me": (_("My data"), ":material/person:"),
        "people": (_("People"), ":material/manage_accounts:"),
        "certificate": (_("Certificate"), ":material/workspace_premium:"),
        "nowhere": (_("No such page"), ":material/wrong_location:"),
    }
    return {
        name: st.Page(
            partial(_run, path(name)),
            title=title,
            icon=icon,
            url_path=name,
            default=name == "home",
            visibility="visible" if _is_in_menu(name, visitor) else "hidden",
        )
        for name, (title, icon) in titles.items()
    }


def _run(file: str) -> None:
    """Run a page's script. Streamlit itself would compile it anew for whoever comes alone."""
    exec(_compiled(file), {"__name__": "__main__", "__file__": file})


@cache
def _compiled(file: str) -> CodeType:
    return compile(Path(file).read_bytes(), file, "exec", dont_inherit=True)


def _is_in_menu(name: str, visitor: Person) -> bool:
    return name not in (*_BEHIND, *_BEHIND_TRAINERS) and access.may_open(visitor, name)
