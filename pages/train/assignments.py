"""Give work to a cohort, a group or one merchant, and see who did it and who is late."""

from datetime import timedelta

import streamlit as st

from academy import services
from academy.assignments import KINDS, Assignment, Task
from academy.cohorts import Member
from academy.services import Refusal
from academy.ui import clock, components, resources, session, watching
from academy.ui.cohort_figures import cohort_figures
from academy.ui.components import as_text
from academy.ui.language import _, plural, text

records, curriculum = resources.records(), resources.curriculum()
framework = curriculum.framework
visitor, now = session.person(), clock.now()
today = clock.today()
KIND_NAMES = {
    "top-three": _("Each one's top three"),
    "lesson": _("A lesson"),
    "quiz": _("A quiz"),
    "assessment": _("The self-assessment"),
    "cohort-quiz": _("Own questions"),
}


def give(kind: str) -> None:
    """Give out what the form says; a refusal is said on the page."""
    state = st.session_state
    try:
        services.assign(
            records,
            session.person(),
            curriculum,
            cohort.id,
            kind,
            state.get("subject") or "",
            to=receivers(),
            questions=state.get("questions", ()),
            due_on=state["due"],
            now=clock.now(),
        )
        st.toast(_("Assigned."), icon=":material/check:")
    except Refusal as refusal:
        state["refused"] = refusal


def receivers() -> list[str] | None:
    """Whom it is for; None for everybody, and whoever joins later."""
    whom = st.session_state["whom"]
    if whom == "group":
        return [each.learner_id for each in group_members(st.session_state.get("of-group"))]
    if whom == "some":
        return list(st.session_state.get("members", ()))
    return None


def group_members(skill_id: str | None) -> tuple[Member, ...]:
    return next((group.members for group in groups() if group.skill_id == skill_id), ())


def groups():
    return cohort_figures(watched).plan.groups


def new_assignment() -> None:
    kind = st.segmented_control(
        _("What"),
        KINDS,
        default="top-three",
        required=True,
        format_func=KIND_NAMES.__getitem__,
        key="kind",
    )
    if kind == "lesson":
        st.selectbox(
            _("Lesson"),
            list(curriculum.lessons),
            format_func=lambda each: text(curriculum.lessons[each].title),
            key="subject",
        )
    elif kind == "quiz":
        st.selectbox(
            _("Skill"),
            [skill.id for skill in framework.skills],
            format_func=lambda each: text(framework.skill(each).name),
            key="subject",
        )
    elif kind == "cohort-quiz":
        own = {item.id: item.stem for item in services.own_items(records, visitor, cohort.id).items}
        st.multiselect(
            _("Questions"), list(own), format_func=lambda each: own[each][:60], key="questions"
        )
        if not own:
            st.caption(_("There are no questions of your own yet. Take a table of them in first."))
    whom = st.segmented_control(
        _("For whom"),
        ["all", "group", "some"],
        default="group" if st.query_params.get("group") else "all",
        required=True,
        format_func={
            "all": _("Everybody"),
            "group": _("A group with the same gap"),
            "some": _("Chosen merchants"),
        }.__getitem__,
        key="whom",
    )
    if whom == "group":
        names = [group.skill_id for group in groups()]
        wanted = st.query_params.get("group")
        st.selectbox(
            _("Group"),
            names,
            index=names.index(wanted) if wanted in names else 0,
            format_func=lambda each: (
                f"{text(framework.skill(each).name)} · {len(group_members(each))}"
            ),
            key="of-group",
        )
    elif whom == "some":
        st.multiselect(
            _("Merchants"),
            list(watched.members),
            format_func=lambda each: components.member_name(watched.members[each]),
            key="members",
        )
    st.date_input(
        _("To be done by"), value=today + timedelta(days=7), min_value=today, key="due", width=200
    )
    st.button(_("Assign"), type="primary", key="assign", on_click=give, args=(kind,))


def one_assignment(assignment: Assignment, tasks: list[tuple[Member, Task]]) -> None:
    done = [task for _member, task in tasks if task.is_done]
    late = [member for member, task in tasks if task.is_late(today)]
    waiting = [member for member, task in tasks if not task.is_done and not task.is_late(today)]
    with st.container(border=True, key=f"assignment-{assignment.id}"):
        st.markdown(
            f"**{components.assignment_title(assignment)}**  \n:small[:gray["
            + " · ".join(
                [
                    _("everybody")
                    if assignment.is_for_all
                    else plural("{n} merchant", "{n} merchants", assignment.given_to),
                    components.due_words(assignment, today),
                ]
            )
            + "]]"
        )
        st.progress(
            len(done) / len(tasks) if tasks else 0.0,
            text=_("{done} of {all} done").format(done=len(done), all=len(tasks)),
        )
        if late:
            st.markdown(f":orange-badge[{_('Late')}] {named(late)}")
        if waiting:
            st.markdown(f":small[:gray[{_('Not yet')}: {named(waiting, most=8)}]]")
        st.button(
            _("Withdraw"),
            key=f"withdraw-{assignment.id}",
            type="tertiary",
            on_click=services.withdraw_assignment,
            args=(records, visitor, cohort.id, assignment.id),
        )


def named(members: list[Member], most: int = 30) -> str:
    shown = [as_text(components.member_name(each)) for each in members[:most]]
    more = [f"+{len(members) - most}"] if len(members) > most else []
    return _(", ").join([*shown, *more])


watched = watching.watched()
cohort = watched.cohort
st.title(_("Assignments for {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "assignments")
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
with st.container(border=True):
    st.subheader(_("Assign something"), anchor=False)
    new_assignment()
st.subheader(_("What is assigned"), anchor=False)
given = watched.assignments
if not given:
    st.markdown(_("Nothing yet. What you assign appears here, with who did it and who is late."))
else:
    for each in given:
        one_assignment(
            each, [(watched.members[id_], task) for id_, task in watched.tasks[each.id].items()]
        )
    st.caption(
        _(
            "A lesson counts whenever it was completed, all else since it was assigned. Merchants "
            "find what is asked of them on their start page, and what is late first."
        )
    )
