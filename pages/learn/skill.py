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
badge = components.dimension_badge(framework.dimension_of(skill.id).id)
ability = text(framework.ability_of(skill.id).name)
st.title(text(skill.name), anchor=False)
st.markdown(f"{badge} :small[:gray[{ability}]]\n\n{text(skill.summary)}")

estimate = services.profile_of(curriculum, history, now=clock.now()).skill(skill.id)
if estimate.status != "no-evidence":
    target = skill.target.get(history.stage or "")
    stands = [_("You stand at **{score}**").format(score=round(estimate.score))]
    if target:
        stands.append(_("your stage asks **{target}**").format(target=target))
    band = _("It lies between {low} and {high}, nine times in ten.").format(
        low=round(estimate.low), high=round(estimate.high)
    )
    st.markdown(f"{' · '.join(stands)}  \n:small[:gray[{band}]]")

lessons = curriculum.lessons_of(skill.id)
if lessons:
    with navigation.rows("lessons"):
        for lesson in lessons:
            level = _("Advanced") if lesson.level == "advanced" else _("Basic")
            is_done = lesson.id in completed
            state = f" · :green[:material/check: {_('completed')}]" if is_done else ""
            note = f"{level} · {components.minutes(lesson.minutes)}{state}"
            navigation.row(
                "lesson",
                f"**{text(lesson.title)}** :small[:gray[{note}]]",
                icon=":material/menu_book:",
                lesson=lesson.id,
            )
else:
    st.caption(_("The lesson is in preparation. What it will teach stands below."))

if curriculum.bank.of_skill(skill.id) and st.button(
    _("Practise with six questions"), icon=":material/quiz:", key="practise"
):
    navigation.go("quiz", purpose="practice", subject=skill.id)


def learnt(outcome) -> str:
    level = f" :small[:gray[{_('advanced')}]]" if outcome.level == "advanced" else ""
    return f"- {text(outcome.can_do)}{level}"


outcomes = "\n".join(map(learnt, skill.outcomes))
st.markdown(f"### {_('What you will be able to do')}\n\n{outcomes}")
for title, others in (
    (_("It needs first"), [framework.skill(each) for each in skill.prerequisites]),
    (_("It carries"), framework.unlocked_by(skill.id)),
):
    if others:
        st.caption(title)
        with st.container(horizontal=True):
            for other in others:
                navigation.link("skill", text(other.name), skill=other.id)
