"""The way through each of the four stages, dimension by dimension, to its exam."""

import streamlit as st

from academy.paths import next_step, stage_path
from academy.ui import components, navigation, resources, session
from academy.ui.language import _, listed, plural, text

curriculum = resources.curriculum()
framework = curriculum.framework
history = session.history()
asked = st.query_params.get("stage") or history.stage or framework.stages[0].id
if asked not in {stage.id for stage in framework.stages}:
    components.nothing_here(_("There is no such stage. Choose one of the four."), "stages")

st.title(_("The four stages"), anchor=False)
chosen = st.pills(
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
path = stage_path(curriculum, stage.id, history)

title = text(written.title if written else stage.name)
opening = [f"### {title}", text(stage.summary)]
if written:
    opening.append(text(written.opening))
components.prose("\n\n".join(opening))
upcoming = next_step(path)
if upcoming:
    with st.container(border=True):
        st.markdown(
            _("Begin here: **{skill}**").format(skill=text(upcoming.skill.name)) + "\n\n"
            f":small[:gray[{text(upcoming.skill.summary)}]]"
        )
        if st.button(_("Start"), type="primary", key="begin-here", icon=":material/play_arrow:"):
            navigation.go("skill", skill=upcoming.skill.id)

for number, leg in enumerate(path, start=1):
    opened = st.expander(
        f"{number}. {components.dimension_badge(leg.dimension.id)} :small[:gray["
        + _("{share} of the weight at this stage").format(share=f"{leg.emphasis}%")
        + (f" · {components.minutes(leg.minutes)}" if leg.minutes else "")
        + f" · {leg.progress:.0%}]]",
        key=f"leg-{stage.id}-{leg.dimension.id}",
        on_change="rerun",
    )
    if not opened.open:
        continue
    with opened:
        if written:
            components.prose(written.sections[leg.dimension.id])
        telling = [step for step in leg.steps if step.importance > 1] or list(leg.steps)
        for step in telling:
            components.path_step(step)
        others = len(leg.steps) - len(telling)
        if others:
            navigation.link(
                "skills",
                plural("and {n} that helps", "and {n} that help", others),
                dimension=leg.dimension.id,
            )

what = _(
    "36 questions over what the stage asks. Take it and a quick check within one week, and "
    "both again after two weeks: then you can tell whether you grew."
)
st.markdown(f"### {_('Stage exam')}\n\n:small[:gray[{what}]]")
if st.button(_("Take the stage exam"), key="exam", icon=":material/quiz:"):
    navigation.go("quiz", purpose="exam", subject=stage.id)

shops = [
    shop
    for shop in curriculum.shops.values()
    if any(milestone.stage == stage.id for milestone in shop.timeline)
]
if shops:
    told = st.expander(
        _("Shops at this stage: {names}").format(names=listed(text(shop.name) for shop in shops)),
        icon=":material/storefront:",
        key="shops-here",
        on_change="rerun",
    )
    if told.open:
        with told:
            for shop in shops:
                navigation.link("shop", text(shop.name), shop=shop.id)
