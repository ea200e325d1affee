"""What stands above, below and instead of a page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Literal, NoReturn
from urllib.parse import urlencode

import streamlit as st

from academy.curriculum import Curriculum
from academy.framework import Framework
from academy.history import History
from academy.services import Refusal
from academy.ui import language, navigation, session
from academy.ui.language import _, text
from academy.ui.strangers import as_text


def masthead(framework: Framework, history: History, page: st.Page) -> None:
    """What stands above every page: the stage, who visits, the language; and who else sees it.

    Signing in leads back to the page.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        if history.stage:
            label = text(framework.stage(history.stage).name)
            navigation.link("stage", label, icon=":material/explore:")
        else:
            navigation.link("stage", _("Find my stage"), icon=":material/explore:")
        if history.name:
            navigation.link("me", as_text(_shortened(history.name)), icon=":material/person:")
        else:
            same_tab_links({sign_in_address(page.url_path): _("Sign in")}, width="content")
        st.button(
            "English" if language.other() == "en" else "中文",
            key="switch-language",
            icon=":material/translate:",
            type="tertiary",
            on_click=session.switch_language,
            args=(language.other(),),
        )
    if history.memberships:
        titles = language.listed(as_text(each.title) for each in history.memberships.values())
        navigation.link(
            "me",
            _("Seen by your trainers: {cohorts}").format(cohorts=titles),
            icon=":material/visibility:",
        )


def _shortened(name: str) -> str:
    return name if len(name) <= 10 else f"{name[:9]}…"


def sign_in_address(page: str) -> str:
    """Where to sign in and come back to this page, at the address it has now."""
    here = "/" + page
    query = urlencode(st.query_params.to_dict())
    return "/sign-in?" + urlencode({"next": f"{here}?{query}" if query else here})


def colophon(curriculum: Curriculum) -> None:
    """The line below every page."""
    said = _(
        "Merchant Academy is independent of the platforms it teaches about. Rules change: "
        "before you act on a number, look it up in the platform's rule centre. "
        "Content revision {revision}."
    ).format(revision=curriculum.revision)
    st.html(f'<p class="colophon">{escape(said)}</p>')


def same_tab_links(
    labels: Mapping[str, str], *, width: Literal["stretch", "content"] = "stretch"
) -> None:
    """Links to the pages beside Streamlit's, address to label; its own would open a new tab."""
    links = " ".join(
        f'<a href="{escape(address)}" target="_self">{escape(label)}</a>'
        for address, label in labels.items()
    )
    style = "display:flex;flex-wrap:wrap;gap:0.5rem 1.5rem;margin:0;padding:0.25rem 0"
    st.html(f'<p style="{style}">{links}</p>', width=width)


def nothing_here(
    what: str, *ways: str, beside: Mapping[str, str] = MappingProxyType({})
) -> NoReturn:
    """The page for an address that leads nowhere, or to somebody else's work.

    `ways` names the pages that lead on from what is said, `beside` as `same_tab_links` has them.
    """
    st.title(_("There is nothing at this address"), anchor=False)
    st.write(what)
    if beside:
        same_tab_links(beside)
    for way in ways or ("home", "skills"):
        label, icon = _WAYS[way]()
        navigation.link(way, label, icon=f":material/{icon}:")
    end_page()


class EndOfPage(Exception):
    """The page has nothing more to show; what stands below every page still follows."""


def end_page() -> NoReturn:
    """End the page here. `st.stop` would end the whole run, and with it the line below the page."""
    raise EndOfPage


_WAYS = {
    "home": lambda: (_("Go to the start page"), "home"),
    "skills": lambda: (_("See all skills"), "account_tree"),
    "stages": lambda: (_("The four stages"), "signpost"),
    "glossary": lambda: (_("All terms"), "dictionary"),
    "cohorts": lambda: (_("My cohorts"), "groups"),
    "assessment": lambda: (_("Self-assessment"), "fact_check"),
    "results": lambda: (_("My results"), "radar"),
}


def refused(refusal: Refusal) -> None:
    """Say why something was not saved, and what to do."""
    st.warning(reason(refusal), icon=":material/info:")


def reason(refusal: Refusal) -> str:
    """Why something was refused, in the visitor's words."""
    return _REASONS[refusal.reason]()


_REASONS = {
    "unknown-attempt": lambda: _("This attempt is not one of yours. Begin a new one."),
    "unknown-item": lambda: _("This question does not belong to the quiz. Reload the page."),
    "unknown-statement": lambda: _("This statement is not part of it. Reload the page."),
    "unknown-lesson": lambda: _("There is no such lesson. Choose one from the list of skills."),
    "unknown-stage": lambda: _("There is no such stage. Choose one of the four."),
    "unknown-skill": lambda: _("There is no such skill. Choose one from the list."),
    "nothing-chosen": lambda: _("Choose an answer first."),
    "no-such-option": lambda: _("Choose one of the answers shown; nothing was saved."),
    "no-such-rating": lambda: _("Choose one of the descriptions shown; nothing was saved."),
    "already-submitted": lambda: _(
        "This was handed in before, so the answer was not counted. Begin a new attempt."
    ),
    "already-answered": lambda: _(
        "You answered this question before; the first answer counts. Go on with the next one."
    ),
    "nothing-to-ask": lambda: _("There are no questions on this yet. Choose another skill."),
    "unanswered-items": lambda: _("Answer every question on the way first."),
    "not-allowed": lambda: _("This is not yours to do. Ask an administrator."),
    "signed-out": lambda: _("You signed in or out in another tab. Reload this page."),
    "unknown-account": lambda: _("Nobody has an account of this name. Check how it is written."),
    "no-account": lambda: _("This person has no account, so there is no password to set."),
    "title-missing": lambda: _("Give the cohort a title."),
    "dates-reversed": lambda: _("The last day is before the first. Change one of them."),
    "unknown-cohort": lambda: _("There is no such cohort. Choose one of yours."),
    "unknown-invitation": lambda: _("No cohort has this code. Check it, or ask your trainer."),
    "cohort-archived": lambda: _("This cohort is closed. Ask your trainer for another code."),
    "not-certified": lambda: _(
        "This exam does not carry a certificate. Study what is missing, and take it again."
    ),
    "name-missing": lambda: _("Write the name that the certificate is to bear."),
    "last-trainer": lambda: _("A cohort keeps one trainer. Add another one first."),
    "note-missing": lambda: _("Write something first; nothing was saved."),
    "nobody-chosen": lambda: _("Choose somebody to give it to."),
    "nothing-new": lambda: _("The cohort has all of these already; nothing was added."),
    "too-many-items": lambda: _(
        "A cohort keeps 2,000 questions of its own. Take a table out first, or split this one."
    ),
    "no-class": lambda: _("There is no class at the moment. Ask your trainer to start it."),
    "class-moved-on": lambda: _("The class has moved on, so this answer was not taken."),
    "not-assigned": lambda: _("This quiz is not assigned to you. See what is on the start page."),
    "list-too-long": lambda: _("Too many names are expected. Take some off the list first."),
}
