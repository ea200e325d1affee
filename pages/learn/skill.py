"""One skill: what one can do with it, its lessons, its quiz."""

import streamlit as st

from academy import services
from academy.framework import UnknownId
from academy.ui import clock, components, navigation, resources, session
from academy.ui.language import _, text

curriculum = resources.curriculum()
framework = curriculum.framework
history = session.history()
try:
    skill = framework.skill(st.query_params.get("skill", ""))
except UnknownId:
    components.nothing_here(_("There is no such skill. Choose one from the list."))

completed = {visit.lesson_id for visit in history.completed_lessons()}
st.markdown(
    f"{components.dimension_badge(framework.dimension_of(skill.id).id)} "
    f":small[:gray[{text(framework.ability_of(skill.id).name)}]]"
)
st.title(text(skill.name), anchor=False)
st.markdown(text(skill.summary))

estimate = services.profile_of(curriculum, history, now=clock.now()).skill(skill.id)
if estimate.status != "no-evidence":
    target = skill.target.get(history.stage or "")
    with st.container(horizontal=True):
        st.metric(_("You stand at"), round(estimate.score), border=True)
        if target:
            st.metric(_("Your stage asks"), target, border=True)
    st.caption(
        _("It lies between {low} and {high}, nine times in ten.").format(
            low=round(estimate.low), high=round(estimate.high)
        )
    )

st.subheader(_("Lessons"), anchor=False)
lessons = curriculum.lessons_of(skill.id)
for lesson in lessons:
    with st.container(border=True):
        level = _("Advanced") if lesson.level == "advanced" else _("Basic")
        state = f" · :green[{_('completed')}]" if lesson.id in completed else ""
        st.markdown(f"**{text(lesson.title)}**")
        st.caption(f"{level} · {components.minutes(lesson.minutes)}{state}")
        is_done = lesson.id in completed
        if st.button(
            _("Read again") if is_done else _("Start the lesson"),
            key=f"lesson-{lesson.id}",
            type="secondary" if is_done else "primary",
        ):
            navigation.go("lesson", lesson=lesson.id)
if not lessons:
    st.caption(_("The lesson is in preparation. What it will teach stands below."))

if curriculum.bank.of_skill(skill.id) and st.button(
    _("Practise with six questions"), icon=":material/quiz:", key="practise"
):
    navigation.go("quiz", purpose="practice", subject=skill.id)

st.subheader(_("What you will be able to do"), anchor=False)
for outcome in skill.outcomes:
    level = f" :small[:gray[{_('advanced')}]]" if outcome.level == "advanced" else ""
    st.markdown(f"- {text(outcome.can_do)}{level}")
for title, others in (
    (_("It needs first"), [framework.skill(each) for each in skill.prerequisites]),
    (_("It carries"), framework.unlocked_by(skill.id)),
):
    if others:
        st.caption(title)
        with st.container(horizontal=True):
            for other in others:
                navigation.link("skill", text(other.name), skill=other.id)
