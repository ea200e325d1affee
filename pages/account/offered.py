"""Questions that cohorts offer to the bank; for administrators."""

import streamlit as st

from academy import services
from academy.services import Offered, Refusal
from academy.ui import components, resources, session
from academy.ui.components import as_text
from academy.ui.drafts import draft_entry
from academy.ui.language import _, text

records, curriculum, visitor = resources.records(), resources.curriculum(), session.person()
framework = curriculum.framework


def accept(offered: Offered) -> None:
    outcome = st.session_state[f"outcome-{offered.item.id}"]
    try:
        services.accept_item(
            records,
            session.person(),
            curriculum,
            offered.cohort.id,
            offered.item.id,
            outcome=outcome,
        )
    except Refusal as refusal:
        st.session_state["refused"] = refusal


def one(offered: Offered) -> None:
    item = offered.item
    with st.container(border=True, key=f"offered-{item.id}"):
        topic = f" · {as_text(item.topic)}" if item.topic else ""
        st.markdown(f":small[:gray[{as_text(offered.cohort.title)}{topic}]]")
        st.markdown(components.own_item_words(item))
        outcome = st.selectbox(
            _("What it measures"),
            [outcome.id for outcome in framework.outcomes],
            format_func=lambda each: (
                f"{text(framework.skill_of(each).name)}: {text(framework.outcome(each).can_do)}"
            ),
            key=f"outcome-{item.id}",
        )
        if item.status == "offered":
            st.button(
                _("Accept"), key=f"accept-{item.id}", type="primary", on_click=accept,
                args=(offered,),
            )  # fmt: skip
            return
        skill = framework.skill_of(outcome).id
        st.download_button(
            _("Draft for the bank (YAML)"),
            lambda: draft_entry(item, skill, framework.outcome(outcome)),
            file_name=f"{skill}-{item.id}.yaml",
            mime="application/yaml",
            icon=":material/download:",
            on_click="ignore",
            key=f"draft-{item.id}",
        )


st.title(_("Offered questions"), anchor=False)
st.caption(
    _(
        "Trainers offer questions of their own. Accept one, say what it measures, and download it "
        "as a draft: an author adds the other language and the feedback, and it goes into the bank."
    )
)
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
found = services.offered_items(records, visitor)
if not found:
    st.markdown(_("Nothing is offered. What trainers offer appears here."))
for each in found:
    one(each)
