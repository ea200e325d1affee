"""Hold a class: the same questions for all at once, on their phones, and the choices live."""

import streamlit as st

from academy import services
from academy.classroom import MOST_QUESTIONS, Class, Tally
from academy.services import Refusal
from academy.ui import clock, components, resources, session
from academy.ui.components import as_text
from academy.ui.language import _, text

records, curriculum = resources.records(), resources.curriculum()
framework, visitor = curriculum.framework, session.person()
USUAL = 6
"""As many items of a skill as a class begins with."""


def start(chosen: str) -> None:
    try:
        services.start_class(
            records, visitor, curriculum, cohort.id, st.session_state[chosen], now=clock.now()
        )
    except Refusal as refusal:
        st.session_state["refused"] = refusal


def choose_questions() -> None:
    """What the class is about, and with which questions."""
    own = {item.id: item for item in services.own_items(records, visitor, cohort.id).items}
    skills = [skill.id for skill in framework.skills if curriculum.bank.of_skill(skill.id)]
    source = st.selectbox(
        _("Questions from"),
        [*(["own"] if own else []), *skills],
        format_func=lambda each: (
            _("Our own questions") if each == "own" else text(framework.skill(each).name)
        ),
        key="source",
    )
    if source == "own":
        words = {each: item.stem for each, item in own.items()}
    else:
        words = {
            item.id: components.plain_words(text(item.stem))
            for item in curriculum.bank.of_skill(source)
            if not item.variables
        }
    st.multiselect(
        _("Questions"),
        list(words),
        default=list(words)[:USUAL],
        format_func=lambda each: " ".join(words[each].split())[:60],
        max_selections=MOST_QUESTIONS,
        key=f"chosen-{source}",
    )
    st.button(
        _("Start the class"), type="primary", icon=":material/play_arrow:", key="start",
        on_click=start, args=(f"chosen-{source}",),
    )  # fmt: skip
    st.caption(
        _(
            "Members find the class on their start page. Each answers once, on the phone; you see "
            "the choices come in, show what is right, and move on. It counts in no score."
        )
    )


@st.fragment(run_every="2s")
def live() -> None:
    held = services.class_of(records, visitor, cohort.id)
    if held is None or not held.is_going:
        st.rerun(scope="app")
    question = held.question
    tally = services.class_tally(records, visitor, cohort.id).get(question.id, Tally(0, {}))
    number, total = held.place + 1, len(held.questions)
    st.caption(_("Question {number} of {total}").format(number=number, total=total))
    st.markdown(components.question_words(question, question.stem))
    components.live_choices(question, tally, is_shown=held.is_shown)
    with st.container(horizontal=True):
        lead(held)


def lead(held: Class) -> None:
    """The one thing that comes next, and the way out."""
    step = {"args": (records, visitor, cohort.id), "kwargs": {"place": held.place}}
    if not held.is_shown:
        st.button(
            _("Show the answer"), type="primary", key="show", on_click=services.show_answer, **step
        )
    elif not held.is_last:
        st.button(_("Next question"), type="primary", key="next", on_click=services.move_on, **step)
    st.button(
        _("End the class"),
        type="primary" if held.is_shown and held.is_last else "secondary",
        key="end",
        on_click=services.end_class,
        args=step["args"],
        kwargs={"now": clock.now()},
    )


def last_time(held: Class) -> None:
    """How the latest class went, question by question."""
    st.subheader(_("The latest class"), anchor=False)
    st.caption(held.started_at.date().isoformat())
    tallies = services.class_tally(records, visitor, cohort.id)
    for question in held.questions:
        if question.id in tallies:
            with st.container(border=True):
                st.markdown(components.question_words(question, question.stem))
                components.live_choices(question, tallies[question.id], is_shown=True)


try:
    cohort = services.open_cohort(records, visitor, st.query_params.get("cohort", ""))
except Refusal:
    components.nothing_here(_("There is no such cohort. Choose one of yours."))
st.title(_("Classroom: {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "classroom")
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
latest = services.class_of(records, visitor, cohort.id)
if latest and latest.is_going:
    live()
else:
    choose_questions()
    if latest:
        last_time(latest)
