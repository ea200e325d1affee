"""What is kept about me, who sees it, and what I can do about it."""

import json
from collections.abc import Callable

import streamlit as st

from academy import services
from academy.ui import clock, components, my_record, navigation, resources, session
from academy.ui.components import as_text
from academy.ui.language import _, plural
from academy.ui.later import later

records = resources.records()
learner = session.learner_id()
history = session.history()


def who_i_am() -> None:
    if session.is_from_outside():
        st.markdown(_("You came in with your company's account."))
        st.button(_("Sign out"), on_click=st.logout, key="logout", icon=":material/logout:")
    elif history.name:
        name = f"**{as_text(history.name)}**"
        st.markdown(_("You are signed in as {name}.").format(name=name))
        components.same_tab_links(
            {"/password": _("Change the password"), "/sign-out": _("Sign out")}
        )
    else:
        st.markdown(
            _(
                "You have no account. Only this browser knows you: with an account you go on where "
                "you stopped on any phone or computer, and everything comes along."
            )
        )
        components.same_tab_links(
            {"/sign-up?next=/me": _("Open an account"), "/sign-in?next=/me": _("Sign in")}
        )
        if session.has_provider():
            st.button(_("Sign in with your company"), on_click=st.login, key="login")


def who_sees_me() -> None:
    st.subheader(_("Who sees me"), anchor=False)
    watching = services.onlookers(records, learner)
    if not watching:
        st.markdown(_("Nobody but you sees your answers and results."))
    for onlooker in watching:
        cohort = onlooker.cohort
        with st.container(border=True):
            st.markdown(f"**{as_text(cohort.title)}**")
            st.markdown(
                _("Seen by: {trainers}").format(
                    trainers=_(", ").join(as_text(each) for each in cohort.trainers.values())
                    or _("nobody at the moment")
                )
            )
            since = clock.day(onlooker.joined_at)
            st.caption(
                _("Since {day}, as “{name}”").format(day=since, name=as_text(onlooker.name))
                if onlooker.name
                else _("Since {day}, without a name").format(day=since)
            )
            with st.popover(_("Leave"), icon=":material/visibility_off:"):
                st.markdown(_("From then on these trainers see nothing of you."))
                st.button(
                    _("Leave the cohort"),
                    key=f"leave-{cohort.id}",
                    on_click=leave,
                    args=(cohort.id,),
                )
    components.same_tab_links({"/join": _("Join a cohort with a code")})


def leave(cohort_id: str) -> None:
    services.leave_cohort(records, session.require_learner(), cohort_id, now=clock.now())
    st.rerun(scope="app")


def where_i_am_signed_in() -> None:
    sessions = services.sessions_of(records, learner) if learner else ()
    if not sessions:
        return
    here = session.session_hash()
    st.subheader(_("Where I am signed in"), anchor=False)
    for each in reversed(sessions):
        with st.container(horizontal=True, vertical_alignment="center"):
            device = as_text(each.note) or _("A browser")
            since = _("since {day}").format(day=clock.day(each.at))
            is_here = each.token_hash == here
            badge = f" :green-badge[{_('this one')}]" if is_here else ""
            st.markdown(f"{device} · {since}{badge}", width="stretch")
            if not is_here:
                st.button(
                    _("Sign out"),
                    key=f"end-{each.token_hash[:12]}",
                    on_click=end,
                    args=(each.token_hash,),
                )


def end(token_hash: str) -> None:
    own = services.sessions_of(records, session.require_learner())
    if token_hash in {each.token_hash for each in own}:
        services.end_session(records, token_hash, now=clock.now())


def what_is_kept() -> None:
    st.subheader(_("What is kept about me"), anchor=False)
    kept = services.stored(records, learner)
    if learner is None or kept.since is None:
        st.markdown(_("Nothing yet. Whoever only looks around leaves nothing behind."))
        return
    entries = plural("{n} entry", "{n} entries", kept.events)
    st.markdown(
        _("{entries} since {day}: your stage, ratings, answers, lessons and settings.").format(
            entries=entries, day=clock.day(kept.since)
        )
    )
    ask = session.to_be_asked_later()
    with st.container(horizontal=True):
        st.download_button(
            _("Save as a page to read"),
            later(readable, ask),
            file_name="merchant-academy.html",
            mime="text/html",
            icon=":material/description:",
            on_click="ignore",
        )
        st.download_button(
            _("Save as JSON"),
            lambda: as_json(ask()),
            file_name="merchant-academy.json",
            mime="application/json",
            icon=":material/data_object:",
            on_click="ignore",
        )
    if session.is_from_outside():
        with st.popover(_("Delete everything"), icon=":material/delete:"):
            st.markdown(_("Then nothing is left of you: no answers, no results, no account."))
            st.button(_("Delete everything for good"), key="erase", on_click=erase)
    else:
        components.same_tab_links({"/delete": _("Delete everything")})


def readable(ask: Callable[[], str | None]) -> str:
    record = services.own_record(records, ask())
    return my_record.as_html(record, resources.curriculum(), now=clock.now())


def as_json(asked_by: str | None) -> str:
    kept = services.everything(records, asked_by, now=clock.now()) if asked_by else {}
    return json.dumps(kept, ensure_ascii=False, indent=1)


def erase() -> None:
    services.erase(records, session.require_learner(), now=clock.now())
    st.logout()


st.title(_("My data"), anchor=False)
who_i_am()
who_sees_me()
where_i_am_signed_in()
what_is_kept()
if services.person_of(learner, history).role == "administrator":
    navigation.link("people", _("People"), icon=":material/manage_accounts:")
