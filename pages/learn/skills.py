"""Every skill, by dimension and ability: the map of what there is to learn."""

import streamlit as st

from academy.ui import components, resources, session
from academy.ui.language import _, plural, text

curriculum = resources.curriculum()
history = session.history()
framework = curriculum.framework
completed = {visit.lesson_id for visit in history.completed_lessons()}


def standing(skill) -> str:
    """How far the learner is with a skill, in a few words."""
    lessons = curriculum.lessons_of(skill.id)
    if not lessons:
        return _("lesson in preparation")
    done = sum(lesson.id in completed for lesson in lessons)
    if done:
        return _("{done} of {all} lessons").format(done=done, all=len(lessons))
    return plural("{n} lesson", "{n} lessons", len(lessons))


st.title(_("All skills"), anchor=False)
st.caption(
    _("{skills} skills in {abilities} abilities; {outcomes} things you will be able to do.").format(
        skills=len(framework.skills),
        abilities=len(framework.abilities),
        outcomes=len(framework.outcomes),
    )
)
shown = st.pills(
    _("Dimension"),
    [dimension.id for dimension in framework.dimensions],
    default=framework.dimensions[0].id,
    format_func=lambda dimension_id: text(framework.dimension(dimension_id).name),
    label_visibility="collapsed",
    required=True,
    key="dimension",
    bind="query-params",
)
dimension = framework.dimension(shown or framework.dimensions[0].id)
st.markdown(text(dimension.summary))
for ability in dimension.abilities:
    st.markdown(f"### {text(ability.name)}\n\n:small[:gray[{text(ability.summary)}]]")
    for skill in ability.skills:
        components.skill_row(skill, note=standing(skill))
