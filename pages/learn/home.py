"""Where a visitor begins, or goes on."""

import streamlit as st

from academy import services
from academy.assignments import Task
from academy.ui import clock, components, navigation, resources, session
from academy.ui.language import _, plural, text

TASKS = 5
"""As many of what the trainers ask are shown at once."""
curriculum = resources.curriculum()
history, records = session.history(), resources.records()
framework = curriculum.framework


def welcome() -> None:
    st.title(_("Run your shop with a plan, one skill at a time"), anchor=False)
    st.markdown(
        _(
            "For merchants on Douyin e-commerce, and on TikTok Shop beside it. Tell us where your "
            "business stands, see what you can already do, and learn what helps most next. "
            "No account, no password."
        )
    )
    with st.container(horizontal=True):
        if st.button(
            _("Find my stage · 2 minutes"), type="primary", icon=":material/explore:", key="begin"
        ):
            navigation.go("stage")
        if st.button(_("Look around first"), key="look", icon=":material/account_tree:"):
            navigation.go("skills")
    st.subheader(_("How it goes"), anchor=False)
    with st.grid(min_column_width=220):
        for icon, title, explanation in (
            (
                "explore",
                _("1. Find your stage"),
                _("Seven facts from your back office, and the rule that decided."),
            ),
            (
                "radar",
                _("2. See where you stand"),
                _("Rate yourself against plain descriptions; see it on a radar, with doubts."),
            ),
            (
                "menu_book",
                _("3. Learn what helps most"),
                _("Five skills with reasons you can check, in lessons of ten minutes."),
            ),
            (
                "trending_up",
                _("4. Come back and compare"),
                _("Fresh questions, and an honest word on whether you grew."),
            ),
        ):
            with st.container(border=True):
                st.markdown(f":material/{icon}: **{title}**\n\n:small[{explanation}]")
    four_dimensions()


def four_dimensions() -> None:
    st.subheader(_("Four dimensions, thirteen abilities"), anchor=False)
    for dimension in framework.dimensions:
        names = " · ".join(text(ability.short) for ability in dimension.abilities)
        with st.container(border=True):
            st.markdown(
                f"{components.dimension_badge(dimension.id)}\n\n{text(dimension.summary)}\n\n"
                f":small[:gray[{names}]]"
            )


def today() -> None:
    st.title(_("Go on where you left off"), anchor=False)
    asked()
    go_on()
    plan = services.study_plan(curriculum, history, now=clock.now())
    first = plan.recommendations(limit=1)
    if first:
        st.subheader(_("What helps most now"), anchor=False)
        components.recommendation_card(first[0])
    with st.grid(min_column_width=190):
        done, answered = len(history.completed_lessons()), len(history.responses())
        st.metric(_("Lessons done"), done, border=True)
        st.metric(_("Answers given"), answered, border=True)
        st.metric(_("My mistakes"), len(history.mistakes(curriculum.bank)), border=True)
    with st.container(horizontal=True):
        navigation.link("results", _("My results"), icon=":material/radar:")
        navigation.link("progress", _("My growth"), icon=":material/trending_up:")
        navigation.link("skills", _("All skills"), icon=":material/account_tree:")


def asked() -> None:
    """What the learner's cohorts ask of him, and a class that is going on."""
    if history.memberships:
        classes()
    tasks = services.own_tasks(records, session.learner_id()) if history.memberships else ()
    left = [task for task in tasks if not task.is_done]
    if left:
        st.subheader(_("Asked by your trainer"), anchor=False)
    for task in left[:TASKS]:
        card(task)
    if left[TASKS:]:
        n = len(left) - TASKS
        with st.expander(plural("{n} task more", "{n} tasks more", n), key="more-tasks"):
            for task in left[TASKS:]:
                card(task)


def card(task: Task) -> None:
    title = history.memberships[task.assignment.cohort_id].title
    components.task_card(task, clock.today(), components.as_text(title))


@st.fragment(run_every="10s")
def classes() -> None:
    for membership in history.memberships.values():
        if services.class_going_on(records, session.learner_id(), membership.cohort_id):
            with st.container(border=True, key=f"class-{membership.cohort_id}"):
                navigation.link(
                    "class",
                    f"**{_('Your class is on: take part')}**",
                    icon=":material/co_present:",
                    cohort=membership.cohort_id,
                )


def go_on() -> None:
    unfinished = history.open_assessment()
    if unfinished:
        left = len(unfinished.unanswered)
        note = plural("{n} statement to go", "{n} statements to go", left)
        if under_way(_("Your self-assessment"), note, key="go-on-assessment", is_first=True):
            navigation.go("assessment")
    elif not history.submitted_assessments():
        note = _("Three minutes in the short form. It tells us what to recommend.")
        if under_way(_("Assess yourself"), note, key="begin-assessment", is_first=True):
            navigation.go("assessment")
    for attempt in history.quizzes.values():
        if attempt.purpose != "lesson" and not attempt.is_submitted:
            done = len(attempt.responses)
            note = plural("{n} question answered", "{n} questions answered", done)
            if under_way(components.quiz_title(attempt), note, key=f"go-on-{attempt.id}"):
                navigation.go("quiz", attempt=attempt.id)
    opened = [visit for visit in history.lessons.values() if not visit.completed_at]
    for visit in opened[-1:]:
        if visit.lesson_id in curriculum.lessons:
            title = text(curriculum.lesson(visit.lesson_id).title)
            if under_way(title, _("A lesson you opened"), key=f"go-on-{visit.lesson_id}"):
                navigation.go("lesson", lesson=visit.lesson_id)


def under_way(what: str, note: str, *, key: str, is_first: bool = False) -> bool:
    """Something to take up again; whether the learner wants to, now."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{what}**  \n:small[:gray[{note}]]", width="stretch")
        return st.button(
            _("Begin") if key.startswith("begin") else _("Go on"),
            type="primary" if is_first else "secondary",
            key=key,
        )


if history.stage:
    today()
else:
    asked()
    welcome()
