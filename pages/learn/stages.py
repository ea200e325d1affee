"""What each dimension means at each of the four stages."""

import streamlit as st

from academy.ui import components, resources, session
from academy.ui.language import _, text

curriculum = resources.curriculum()
framework = curriculum.framework
asked = st.query_params.get("stage") or session.history().stage or framework.stages[0].id
if asked not in {stage.id for stage in framework.stages}:
    components.nothing_here(_("There is no such stage. Choose one of the four."))

st.title(_("The four stages"), anchor=False)
chosen = st.segmented_control(
    _("Stage"),
    [stage.id for stage in framework.stages],
    default=asked,
    format_func=lambda stage_id: components.stage_name(framework, stage_id),
    label_visibility="collapsed",
    required=True,
    key="stage-shown",
)
stage = framework.stage(chosen or asked)
written = curriculum.stage_texts.get(stage.id)
st.subheader(text(written.title) if written else text(stage.name), anchor=False)
components.prose(written.opening if written else stage.summary)
for dimension in framework.dimensions:
    with st.container(border=True):
        share = f"{dimension.emphasis[stage.id]}%"
        st.markdown(
            f"{components.dimension_badge(dimension.id)} "
            f":small[:gray[{_('{share} of the weight at this stage').format(share=share)}]]"
        )
        if written:
            components.prose(written.sections[dimension.id])
        skills = [
            skill
            for ability in dimension.abilities
            for skill in ability.skills
            if skill.importance.get(stage.id, 0) == 3
        ]
        if skills:
            st.caption(_("Skills that decide this stage"))
            for skill in skills:
                components.skill_row(
                    skill, note=_("target {score}").format(score=skill.target[stage.id])
                )
