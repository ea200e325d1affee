"""Questions that cohorts offer to the bank; for administrators."""

import streamlit as st

from academy import services
from academy.services import Offered, Refusal
from academy.ui import components, resources, session
from academy.ui.components import as_text
from academy.ui.drafts import draft_entry
from academy.ui.language import _, plural, text

records, curriculum, visitor = resources.records(), resources.curriculum(), session.person()
framework = curriculum.framework


def accept(offered: Offered, outcome: str) -> None:
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


def decline(offered: Offered, label: str) -> None:
    st.button(
        label,
        key=f"decline-{offered.item.id}",
        on_click=services.decline_item,
        args=(records, visitor, offered.cohort.id, offered.item.id),
    )


def the_question(offered: Offered) -> None:
    st.markdown(f":small[:gray[{as_text(offered.cohort.title)}]]")
    st.markdown(components.own_item_words(offered.item))


def one_offered(offered: Offered) -> None:
    item = offered.item
    with st.container(border=True, key=f"offered-{item.id}"):
        the_question(offered)
        outcome = chosen_outcome(item.id)
        with st.container(horizontal=True):
            st.button(
                _("Accept"),
                key=f"accept-{item.id}",
                type="primary",
                disabled=outcome is None,
                on_click=accept,
                args=(offered, outcome),
            )
            decline(offered, _("Leave it to the cohort"))


def chosen_outcome(item_id: str) -> str | None:
    """What the question is to measure: a skill first, then what one can do of it, in full."""
    skill = st.selectbox(
        _("What it measures"),
        [skill.id for skill in framework.skills],
        index=None,
        format_func=lambda skill_id: text(framework.skill(skill_id).name),
        placeholder=_("Choose a skill"),
        key=f"skill-{item_id}",
    )
    if skill is None:
        return None
    can_do = {each.id: text(each.can_do) for each in framework.skill(skill).outcomes}
    return st.radio(
        _("Who answers it rightly"),
        list(can_do),
        index=None,
        format_func=can_do.__getitem__,
        key=f"outcome-{item_id}-{skill}",
    )


def one_accepted(offered: Offered) -> None:
    item = offered.item
    outcome = framework.outcome(item.outcome)
    skill = framework.skill_of(outcome.id).id
    with st.container(border=True, key=f"accepted-{item.id}"):
        the_question(offered)
        st.markdown(_("It measures: {outcome}").format(outcome=outcome_name(outcome.id)))
        if item.bank_id in curriculum.bank.items:
            st.markdown(f":green-badge[:material/check: {_('in the bank')}] `{item.bank_id}`")
            return
        st.markdown(f":orange-badge[{_('draft, not in the bank yet')}] `{item.bank_id}`")
        st.markdown(still_to_do(offered, skill))
        with st.container(horizontal=True):
            st.download_button(
                _("The draft, with gaps (YAML)"),
                lambda: draft_entry(item, skill, outcome),
                file_name=f"draft-{item.bank_id}.yaml",
                mime="application/yaml",
                icon=":material/download:",
                on_click="ignore",
                key=f"draft-{item.id}",
            )
            decline(offered, _("Give it back to the cohort"))


def still_to_do(offered: Offered, skill: str) -> str:
    """What an author has to write before the bank can take it, and where, as Markdown."""
    options = len(offered.item.texts)
    return "\n".join(
        [
            plural(
                "1. Write in the file what is marked `TODO`: the question and its {n} option in "
                "the other language, and why each is right or wrong, in both languages.",
                "1. Write in the file what is marked `TODO`: the question and its {n} options in "
                "the other language, and why each is right or wrong, in both languages.",
                options,
            ),
            _("2. Put the entry under `items:` in `{file}`.").format(file=f"quizzes/{skill}.yaml"),
            _(
                "3. Run `python -m academy content check`. When it names nothing any more, make "
                "the status `active`; the site takes it up by itself."
            ),
        ]
    )


def outcome_name(outcome_id: str) -> str:
    skill = text(framework.skill_of(outcome_id).name)
    return f"{skill} · {text(framework.outcome(outcome_id).can_do)}"


st.title(_("Offered questions"), anchor=False)
st.caption(
    _(
        "Trainers offer questions of their own. The bank asks for both languages and a reason for "
        "every option, so what you accept becomes a draft, which an author finishes in the bank's "
        "file. Until then it stays the cohort's."
    )
)
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
found = services.offered_items(records, visitor)
if not found:
    st.markdown(_("Nothing is offered. What trainers offer appears here."))
waiting = [each for each in found if each.item.status == "offered"]
accepted = [each for each in found if each.item.status == "accepted"]
for each in waiting:
    one_offered(each)
if accepted:
    st.subheader(_("Accepted"), anchor=False)
for each in accepted:
    one_accepted(each)
