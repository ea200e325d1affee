"""Take part in a class: answer the question that it is at, and see what was right."""

import streamlit as st

from academy import services
from academy.services import Refusal
from academy.ui import clock, components, navigation, resources, session
from academy.ui.components import as_text
from academy.ui.language import _

records = resources.records()
cohort_id = st.query_params.get("cohort", "")
membership = session.history().memberships.get(cohort_id)
if membership is None:
    components.nothing_here(
        _(
            "You are not in this cohort, or not signed in. Sign in with the account that joined "
            "it, or ask your trainer for its code."
        ),
        "home",
        beside={
            components.sign_in_address("class"): _("Sign in"),
            "/join": _("Join a cohort with a code"),
        },
    )


def save(question: str, chosen: frozenset[str]) -> None:
    try:
        services.answer_in_class(
            records, session.require_learner(), cohort_id, question, chosen, now=clock.now()
        )
    except Refusal as refusal:
        st.session_state["refused"] = refusal


def how_it_went() -> None:
    """What came of the class that was on in this tab, once it has ended."""
    taken = st.session_state.get("class")
    answers = [
        answer
        for (form, _question), answer in session.history().cohort_answers.items()
        if form == taken
    ]
    if answers:
        right = sum(answer.is_correct for answer in answers)
        said = _("The class is over: {n} of {all} right.").format(n=right, all=len(answers))
        st.markdown(f"**{said}**")


@st.fragment(run_every="3s")
def where_it_is() -> None:
    held = services.class_going_on(records, session.learner_id(), cohort_id)
    if held is None:
        how_it_went()
        st.markdown(_("There is no class at the moment. It appears here when your trainer starts."))
        navigation.link("home", _("Go to the start page"), icon=":material/home:")
        return
    refusal = st.session_state.pop("refused", None)
    if refusal:
        components.refused(refusal)
    st.session_state["class"] = held.id
    question = held.question
    answers = session.history().cohort_answers
    answer = answers.get((held.id, question.id))
    number, total = held.place + 1, len(held.questions)
    st.caption(_("Question {number} of {total}").format(number=number, total=total))
    with st.container(border=True, key=f"question-{held.id}-{question.id}"):
        if held.is_shown:
            components.told(question, answer)
        elif answer:
            components.saved(question, answer)
        else:
            components.ask(question, key=f"class:{held.id}:{question.id}", save=save)


st.title(_("Class: {cohort}").format(cohort=as_text(membership.title)), anchor=False)
where_it_is()
st.caption(_("What you answer in class is kept in your record and counts in no score."))
