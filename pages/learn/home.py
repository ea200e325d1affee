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
    first = plan.recommendations()[:1]
    if first:
        components.recommendation_card(first[0], title=_("What helps most now"))
    done, answered = len(history.completed_lessons()), len(history.responses())
    wrong = len(history.mistakes(curriculum.bank))
    with navigation.rows("done", horizontal=True):
        counted("skills", plural("{n} lesson done", "{n} lessons done", done), "account_tree")
        counted("results", plural("{n} answer given", "{n} answers given", answered), "radar")
        counted("mistakes", plural("{n} mistake", "{n} mistakes", wrong), "replay")
        navigation.link("progress", _("My growth"), icon=":material/trending_up:")


def counted(page: str, words: str, icon: str) -> None:
    navigation.link(page, words, icon=f":material/{icon}:")


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
    """What was begun and not finished: the self-assessment first, then quizzes and a lesson."""
    unfinished = history.open_assessment()
    if unfinished:
        left = len(unfinished.unanswered)
        assess(
            _("Your self-assessment"),
            plural("{n} statement to go", "{n} statements to go", left),
            _("Go on"),
        )
    elif not history.submitted_assessments():
        note = _("Three minutes in the short form. It tells us what to recommend.")
        assess(_("Assess yourself"), note, _("Begin"))
    quizzes = [
        attempt
        for attempt in history.quizzes.values()
        if attempt.purpose != "lesson" and attempt.responses and not attempt.is_submitted
    ]
    lessons = [
        visit.lesson_id
        for visit in history.lessons.values()
        if not visit.completed_at and visit.lesson_id in curriculum.lessons
    ][-1:]
    if not (quizzes or lessons):
        return
    with navigation.rows("under-way"):
        for attempt in quizzes:
            done = len(attempt.responses)
            note = plural("{n} question answered", "{n} questions answered", done)
            label = under_way(components.quiz_title(attempt), note)
            navigation.row("quiz", label, icon=":material/quiz:", attempt=attempt.id)
        for lesson_id in lessons:
            label = under_way(text(curriculum.lesson(lesson_id).title), _("A lesson you began"))
            navigation.row("lesson", label, icon=":material/menu_book:", lesson=lesson_id)


def under_way(what: str, note: str) -> str:
    return f"**{what}** :small[:gray[{note}]]"


def assess(what: str, note: str, button: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{what}**  \n:small[:gray[{note}]]", width="stretch")
        if st.button(button, type="primary", key="assess"):
            navigation.go("assessment")


if history.stage:
    today()
else:
    asked()
    welcome()
