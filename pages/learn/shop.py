"""One of the invented shops: its story so far, its numbers, its books."""

import streamlit as st

from academy.framework import UnknownId
from academy.ui import components, navigation, resources
from academy.ui.language import _, text

curriculum = resources.curriculum()
framework = curriculum.framework
try:
    shop = curriculum.shop(st.query_params.get("shop", ""))
except UnknownId:
    components.nothing_here(_("There is no such shop. Choose a lesson from the list of skills."))

navigation.link(
    "stages",
    components.stage_name(framework, shop.stage),
    icon=":material/signpost:",
    stage=shop.stage,
)
st.title(text(shop.name), anchor=False)
invented = _("An invented shop: the same one in every lesson, with the same numbers.")
st.markdown(
    f":small[:gray[{text(shop.owner)} · {text(shop.trade)} · {invented}]]\n\n{text(shop.story)}"
)

st.subheader(_("The story so far"), anchor=False)
st.markdown(
    "\n".join(
        f"- **{text(milestone.when)}** :small[:gray[{text(framework.stage(milestone.stage).name)}]]"
        f"  \n  {text(milestone.text)}"
        for milestone in shop.timeline
    )
)
components.shop_growth(shop)

st.subheader(_("Its numbers"), anchor=False)
for milestone in shop.timeline:
    numbers = [number.id for number in shop.numbers.values() if number.as_of == milestone.id]
    if numbers:
        st.markdown(components.numbers_table(shop, numbers, text(milestone.when)))

st.subheader(_("Its books"), anchor=False)
for table in shop.tables.values():
    if table.id not in ("growth", "team"):
        with st.expander(text(table.title)):
            st.markdown(components.written(table))
if "team" in shop.tables:
    components.team(f"{shop.id}.team", place=shop.id)

st.subheader(_("Where you meet it"), anchor=False)
told = [lesson for lesson in curriculum.lessons.values() if shop.id in lesson.shops]
with st.expander(_("{n} lessons").format(n=len(told))):
    for lesson in told:
        navigation.link("lesson", text(lesson.title), icon=":material/menu_book:", lesson=lesson.id)
