"""Find the stage of the business from seven facts, or overrule the finding."""

import streamlit as st

from academy import services
from academy.history import StageChoice
from academy.stage_finder import SHOP_FACTS
from academy.ui import clock, components, navigation, resources, session, wording
from academy.ui.language import _, text

curriculum = resources.curriculum()
history = session.history()
records = resources.records()


def remember(name: str) -> None:
    value = st.session_state[f"shop-{name}"]
    if value is not None:
        services.remember_shop_fact(records, session.require_learner(), name, value)


def overrule() -> None:
    services.choose_stage(
        records,
        session.require_learner(),
        curriculum.framework,
        st.session_state["own-stage"],
        now=clock.now(),
    )
    st.rerun(scope="app")


def find() -> None:
    learner = session.require_learner()
    known = services.shop_facts(records, learner)
    services.find_and_choose_stage(records, learner, known, now=clock.now())
    st.rerun(scope="app")


@st.fragment
def questions() -> None:
    """The seven facts, and the button that asks for the stage."""
    known = services.shop_facts(records, session.learner_id())
    for name, bands in SHOP_FACTS.items():
        words = {low: wording.shop_band(name, low) for low in bands}
        st.pills(
            wording.shop_question(name),
            bands,
            default=known.get(name),
            format_func=words.__getitem__,
            key=f"shop-{name}",
            on_change=remember,
            args=(name,),
            required=name in known,
        )

    missing = [name for name in SHOP_FACTS if name not in known]
    if missing:
        st.progress(
            1 - len(missing) / len(SHOP_FACTS),
            text=_("{done} of {all} answered").format(
                done=len(SHOP_FACTS) - len(missing), all=len(SHOP_FACTS)
            ),
        )
    st.button(
        _("Show my stage"), type="primary", disabled=bool(missing), key="show-stage", on_click=find
    )


def found(choice: StageChoice) -> None:
    """The stage, why it is that one, and what to do with it."""
    stage = curriculum.framework.stage(choice.stage)
    with st.container(border=True):
        title = _("Your stage: {stage}").format(stage=text(stage.name))
        st.markdown(
            f"### {title}\n\n{text(stage.summary)}\n\n:small[:gray[{wording.stage_rule(choice)}]]"
        )
        with st.container(horizontal=True):
            if st.button(_("Assess myself"), type="primary", key="assess"):
                navigation.go("assessment")
            if st.button(_("Learn now"), key="learn"):
                navigation.go("results")
            navigation.link(
                "stages", _("What this stage asks"), icon=":material/signpost:", stage=stage.id
            )
    stages = [each.id for each in curriculum.framework.stages]
    st.selectbox(
        _("That is not us? Choose the stage yourself"),
        stages,
        index=stages.index(choice.stage),
        format_func=lambda stage_id: components.stage_name(curriculum.framework, stage_id),
        key="own-stage",
        on_change=overrule,
        filter_mode=None,
    )


st.title(_("Where does your business stand?"), anchor=False)
if history.stage_choice:
    found(history.stage_choice)
    facts = st.expander(
        _("Your seven facts"), icon=":material/edit:", key="shop-facts", on_change="rerun"
    )
    if facts.open:
        with facts:
            questions()
else:
    st.markdown(
        _(
            "Seven facts that you can read off your back office; a rough answer is enough. Each "
            "one is saved as you choose it."
        )
    )
    questions()
