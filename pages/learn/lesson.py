"""Read a lesson, answer the questions on the way, complete it."""

import streamlit as st

from academy import services
from academy.framework import UnknownId
from academy.services import Refusal
from academy.ui import clock, components, language, navigation, resources, session
from academy.ui.language import _, text

curriculum = resources.curriculum()
records = resources.records()
try:
    lesson = curriculum.lesson(st.query_params.get("lesson", ""))
except UnknownId:
    components.nothing_here(_("There is no such lesson. Choose one from the list of skills."))

learner = session.require_learner()
services.open_lesson(records, learner, curriculum, lesson.id, now=clock.now())
attempt = services.open_quiz(
    records, learner, curriculum, purpose="lesson", subject=lesson.id, now=clock.now()
)
skill = curriculum.framework.skill(lesson.skill)

navigation.link("skill", text(skill.name), icon=":material/arrow_back:", skill=skill.id)
st.title(text(lesson.title), anchor=False)
level = _("Advanced") if lesson.level == "advanced" else _("Basic")
st.markdown(
    f"{components.dimension_badge(curriculum.framework.dimension_of(skill.id).id)} "
    f":small[:gray[{level} · {components.minutes(lesson.minutes)}]]"
)
st.caption(
    _("After it you can:")
    + " "
    + " ".join(text(curriculum.framework.outcome(each).can_do) for each in lesson.outcomes)
)
if lesson.facts:
    oldest = min(curriculum.fact(each).source.verified_on for each in lesson.facts)
    st.caption(
        _("Numbers of the platforms as of {day}. Sources and dates stand at the end.").format(
            day=oldest
        )
    )
components.lesson_terms(lesson)
number = 0
for section in lesson.sections[language.current()]:
    heading = f"### {section.heading}\n\n"
    for block in section.blocks:
        if section.role == "checklist" and block.kind == "prose":
            components.checklist(lesson, heading + block.content)
            heading = ""
        elif section.role == "next" and block.kind == "prose":
            components.next_lessons(heading + block.content)
            heading = ""
        elif block.kind == "prose":
            components.prose(heading + block.content)
            heading = ""
        elif block.kind == "calculator":
            components.calculator(block.content, place=f"{section.role}-{block.content}")
        elif block.content in attempt.form:
            number += 1
            components.practice_item(
                attempt.id, block.content, number=number, total=len(attempt.form)
            )

with st.expander(_("Sources"), icon=":material/menu_book:"):
    st.markdown(
        "\n".join(
            [components.source_line(source) for source in lesson.sources]
            + [components.fact_line(curriculum.fact(each)) for each in lesson.facts]
        )
    )

visit = services.read_history(records, learner).lessons[lesson.id]
left = len(attempt.unanswered)
if visit.completed_at:
    st.success(_("You completed this lesson."), icon=":material/check_circle:")
    with st.container(horizontal=True):
        if st.button(_("See what comes next"), type="primary", key="after"):
            navigation.go("results")
        if st.button(_("Practise this skill"), key="practise"):
            navigation.go("quiz", purpose="practice", subject=skill.id)
else:
    if left:
        st.caption(
            language.plural(
                "Answer {n} more question on the way to complete the lesson.",
                "Answer {n} more questions on the way to complete the lesson.",
                left,
            )
        )
    if st.button(
        _("Complete the lesson"), type="primary", disabled=bool(left), key="complete-lesson"
    ):
        try:
            services.complete_lesson(records, learner, curriculum, lesson.id, now=clock.now())
        except Refusal as refusal:
            components.refused(refusal)
        else:
            st.rerun()
