"""Hold a class: the same questions for all at once, on their phones, and the choices live."""

import streamlit as st

from academy import services
from academy.classroom import MOST_QUESTIONS, Class, Tally
from academy.services import Refusal
from academy.ui import clock, components, resources, session, watching
from academy.ui.cohort_figures import cohort_figures
from academy.ui.components import as_text
from academy.ui.language import _, text

records, curriculum = resources.records(), resources.curriculum()
framework, visitor = curriculum.framework, session.person()
USUAL = 5
"""As many questions as a class begins with."""
MISSED = 20
"""As many as are offered of those that most got wrong."""


def start() -> None:
    state = st.session_state
    try:
        services.start_class(
            records, visitor, curriculum, cohort.id, state["form"], now=clock.now()
        )
        del state["form"]
    except Refusal as refusal:
        state["refused"] = refusal


def choose_questions() -> None:
    """What the class is about, and with which questions; they may come from several places."""
    own = services.own_items(records, visitor, cohort.id).items
    skills = [skill.id for skill in framework.skills if curriculum.bank.of_skill(skill.id)]
    names = {"missed": _("What most got wrong"), "own": _("Our own questions")}
    sources = [*skills, "missed", *(["own"] if own else [])]
    asked = st.query_params.get("source", "")
    source = st.selectbox(
        _("Questions from"),
        sources,
        index=sources.index(asked) if asked in sources else 0,
        format_func=lambda each: names.get(each) or text(framework.skill(each).name),
        key="source",
    )
    words = {item.id: " ".join(item.stem.split()) for item in own}
    offered = list(words) if source == "own" else of_the_bank(source)
    state = st.session_state
    if "form" not in state or state["form"] == state.get("usual"):
        state["form"] = state["usual"] = offered[:USUAL]
    for each in curriculum.bank.items.keys() & {*offered, *state["form"]}:
        words[each] = components.plain_words(text(curriculum.bank.item(each).stem))
    chosen = st.multiselect(
        _("Questions"),
        list(dict.fromkeys([*state["form"], *offered])),
        format_func=lambda each: words.get(each, each)[:60],
        max_selections=MOST_QUESTIONS,
        placeholder=_("Choose questions"),
        key="form",
    )
    st.button(
        _("Start the class"), type="primary", icon=":material/play_arrow:", key="start",
        on_click=start, disabled=not chosen,
    )  # fmt: skip
    st.caption(
        _(
            "Members find the class on their start page. Each answers once, on the phone; you see "
            "the choices come in, show what is right, and move on. It counts in no score."
        )
    )


def of_the_bank(source: str) -> list[str]:
    """Ids of a skill's questions, or of those that most got wrong; none whose numbers change.

    Those that the address asks for come first.
    """
    if source == "missed":
        found = sorted(
            cohort_figures(watching.watched()).items, key=lambda each: each.statistics.facility
        )
        items = [curriculum.bank.item(each.item_id) for each in found]
        return [item.id for item in items if not item.variables][:MISSED]
    known = [item.id for item in curriculum.bank.of_skill(source) if not item.variables]
    asked = st.query_params.get("first", "").split(",")
    return sorted(known, key=lambda each: asked.index(each) if each in asked else len(asked))


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
    components.live_choices(question, tally, members, is_shown=held.is_shown)
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
    if held.is_shown and held.is_last:
        end(_("End the class"), is_due=True)
    else:
        with st.popover(_("End the class"), key="ask-end"):
            end(_("End it now"), is_due=False)


def end(label: str, *, is_due: bool) -> None:
    st.button(
        label,
        type="primary" if is_due else "secondary",
        key="end",
        on_click=services.end_class,
        args=(records, visitor, cohort.id),
        kwargs={"now": clock.now()},
    )


def last_time(held: Class) -> None:
    """How the latest class went, question by question."""
    st.subheader(_("The latest class"), anchor=False)
    st.caption(f"{clock.local(held.started_at):%Y-%m-%d %H:%M}")
    tallies = services.class_tally(records, visitor, cohort.id)
    if not tallies:
        st.markdown(_("Nobody answered."))
    for question in held.questions:
        if question.id in tallies:
            with st.container(border=True):
                st.markdown(components.question_words(question, question.stem))
                components.live_choices(question, tallies[question.id], members, is_shown=True)


try:
    cohort = services.open_cohort(records, visitor, st.query_params.get("cohort", ""))
except Refusal:
    components.nothing_here(_("There is no such cohort. Choose one of yours."), "cohorts")
members = len(services.cohort_members(records, visitor, cohort.id))
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
