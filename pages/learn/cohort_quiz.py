"""Answer the questions that a trainer of one's cohort wrote."""

import streamlit as st

from academy import services
from academy.services import Refusal
from academy.ui import clock, components, navigation, resources, session
from academy.ui.components import as_text
from academy.ui.language import _

records = resources.records()
try:
    assignment, questions = services.cohort_quiz(
        records, session.learner_id(), st.query_params.get("assignment", "")
    )
except Refusal as refusal:
    components.nothing_here(components.reason(refusal), "home")


def save(question: str, chosen: frozenset[str]) -> None:
    try:
        services.answer_in_cohort_quiz(
            records, session.require_learner(), assignment.id, question, chosen, now=clock.now()
        )
    except Refusal as refusal:
        st.session_state["refused"] = question, refusal


history = session.history()
st.title(components.assignment_title(assignment), anchor=False)
st.caption(
    _("From {cohort}. The first answer stays; it counts in no score.").format(
        cohort=as_text(history.memberships[assignment.cohort_id].title)
    )
)
refused_at, refusal = st.session_state.pop("refused", ("", None))
given = [history.cohort_answers.get((assignment.id, question.id)) for question in questions]
for number, (question, answer) in enumerate(zip(questions, given, strict=True), start=1):
    with st.container(border=True, key=f"question-{question.id}"):
        st.caption(_("Question {number} of {total}").format(number=number, total=len(questions)))
        if answer:
            components.told(question, answer)
        else:
            components.ask(question, key=f"quiz:{assignment.id}:{question.id}", save=save)
        if refusal and refused_at == question.id:
            components.refused(refusal)
if all(given):
    right = sum(answer.is_correct for answer in given if answer)
    st.markdown(f"**{_('{n} of {all} right').format(n=right, all=len(given))}**")
    navigation.link("home", _("Go to the start page"), icon=":material/home:")
