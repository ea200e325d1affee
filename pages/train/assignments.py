"""Give work to a cohort, a group or one merchant, and see who did it and who is late."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from academy import services
from academy.assignments import KINDS, Assignment, Kind, Task
from academy.cohorts import Member
from academy.exchange.spreadsheets import Cell, Table
from academy.services import Refusal
from academy.ui import clock, components, navigation, resources, session, watching
from academy.ui.cohort_figures import cohort_figures
from academy.ui.components import as_text
from academy.ui.language import _, plural, text

NAMED = 12
"""Members named below an assignment; the table in it has them all."""
records, curriculum = resources.records(), resources.curriculum()
framework = curriculum.framework
visitor, today = session.person(), clock.today()
KIND_NAMES = {
    "top-three": _("Each one's top three"),
    "lesson": _("A lesson"),
    "quiz": _("A quiz"),
    "assessment": _("The self-assessment"),
    "cohort-quiz": _("Own questions"),
}
WHOM = {
    "all": _("Everybody"),
    "group": _("A group"),
    "some": _("Chosen merchants"),
}


def give(kind: Kind) -> None:
    """Give out what the form says, behind a bar where it is worked out for each one."""
    state = st.session_state
    said = _("Giving it out …")
    bar = st.progress(0.0, text=said)

    def told(done: int, of: int) -> None:
        if done % 5 == 0:
            bar.progress(done / of, text=f"{said} {done:,} / {of:,}")

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
            told=told,
        )
        state["assigned"] = True
    except Refusal as refusal:
        state["refused"] = refusal
    st.rerun()


def receivers() -> list[str] | None:
    """Whom it is for; None for everybody, and whoever joins later."""
    whom = st.session_state["whom"]
    if whom == "group":
        _name, members = groups().get(st.session_state.get("of-group"), ("", ()))
        return [each.learner_id for each in members]
    if whom == "some":
        return list(st.session_state.get("members", ()))
    return None


def groups() -> dict[str, tuple[str, tuple[Member, ...]]]:
    """Those whom the plan puts together: a name and the members, as an address names them."""
    plan = cohort_figures(watched).plan

    def name(skill_id: str) -> str:
        return text(framework.skill(skill_id).name)

    gaps = {
        f"gap:{each.skill_id}": (
            _("Same gap: {skill}").format(skill=name(each.skill_id)),
            each.members,
        )
        for each in plan.groups
    }
    helped = {
        f"helped:{each.skill_id}": (
            _("A lesson helps: {skill}").format(skill=name(each.skill_id)),
            each.helped,
        )
        for each in plan.topics
    }
    return gaps | helped


def what() -> Kind:
    """The kind of work, and its subject in a field of its own."""
    asked = st.query_params.get("lesson", "")
    kind = st.pills(
        _("What"),
        KINDS,
        default="lesson" if asked in curriculum.lessons else "top-three",
        required=True,
        format_func=KIND_NAMES.__getitem__,
        key="kind",
    )
    if kind == "lesson":
        lessons = list(curriculum.lessons)
        st.selectbox(
            _("Lesson"),
            lessons,
            index=lessons.index(asked) if asked in lessons else 0,
            format_func=lesson_name,
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
            _("Questions"),
            list(own),
            format_func=lambda each: " ".join(own[each].split())[:60],
            placeholder=_("Choose questions"),
            key="questions",
        )
        if not own:
            st.caption(_("There are no questions of your own yet. Take a table of them in first."))
            navigation.link(
                "own-items", _("Own questions"), icon=":material/edit_note:", cohort=cohort.id
            )
    elif kind == "top-three":
        st.caption(
            _("For each one the three skills that help him most now, worked out one by one.")
        )
    return kind


def lesson_name(lesson_id: str) -> str:
    lesson = curriculum.lesson(lesson_id)
    return f"{text(framework.skill(lesson.skill).name)} · {text(lesson.title)}"


def for_whom() -> None:
    asked = st.query_params.get("to", "")
    whom = st.pills(
        _("For whom"),
        list(WHOM),
        default="group" if asked else "all",
        required=True,
        format_func=WHOM.__getitem__,
        key="whom",
    )
    if whom == "group":
        found = groups()
        names = list(found)
        st.selectbox(
            _("Group"),
            names,
            index=names.index(asked) if asked in names else 0,
            format_func=lambda each: f"{found[each][0]} · {len(found[each][1])}",
            placeholder=_("No group yet: see what to teach"),
            key="of-group",
        )
    elif whom == "some":
        st.multiselect(
            _("Merchants"),
            list(watched.members),
            format_func=lambda each: components.member_name(watched.members[each]),
            placeholder=_("Choose merchants"),
            key="members",
        )


def one_assignment(assignment: Assignment, tasks: Mapping[str, Task]) -> None:
    done = sum(task.is_done for task in tasks.values())
    late = [watched.members[each] for each, task in tasks.items() if task.is_late(today)]
    waiting = [
        watched.members[each]
        for each, task in tasks.items()
        if not task.is_done and not task.is_late(today)
    ]
    with st.container(border=True, key=f"assignment-{assignment.id}"):
        whom = (
            _("everybody")
            if assignment.is_for_all
            else plural("{n} merchant", "{n} merchants", assignment.given_to)
        )
        due = components.due_words(assignment, today)
        given = _("assigned on {day}").format(day=clock.day(assignment.assigned_at))
        st.markdown(
            f"**{components.assignment_title(assignment)}**  \n"
            f":small[:gray[{whom} · {given} · {due}]]"
        )
        st.progress(
            done / len(tasks) if tasks else 0.0,
            text=_("{done} of {all} done").format(done=done, all=len(tasks)),
        )
        if late:
            st.markdown(f":orange-badge[{_('Late')} {len(late)}] {named(late)}")
        if 0 < len(waiting) <= NAMED:
            st.markdown(f":small[:gray[{_('Not yet')}: {named(waiting)}]]")
        who_is_how_far(assignment, tasks)
        with st.container(horizontal=True):
            other_day(assignment)
            withdrawal(assignment)


@st.fragment
def who_is_how_far(assignment: Assignment, tasks: Mapping[str, Task]) -> None:
    """Each one it was given to, as a table to take away; a row leads to the merchant's page."""
    opened = st.expander(_("Who is how far"), key=f"who-{assignment.id}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        table = progress_table(assignment, tasks)
        components.take_away(table, clock.now(), key=assignment.id)
        picked = st.dataframe(
            {name: [shown(row[at]) for row in table.rows] for at, name in enumerate(table.columns)},
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key=f"table-{assignment.id}",
        )
        st.caption(_("Choose a row to open the merchant's page."))
        for place in picked.selection.rows[:1]:
            navigation.go("learner", cohort=cohort.id, learner=list(tasks)[place])


def shown(cell: Cell) -> str | float:
    """A cell on the screen, where a day that is not yet is no word."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell


def progress_table(assignment: Assignment, tasks: Mapping[str, Task]) -> Table:
    rows = []
    for learner_id, task in tasks.items():
        state = _("Not yet")
        if task.is_done:
            state = _("Done")
        elif task.is_late(today):
            state = _("Late")
        rows.append(
            (
                components.member_name(watched.members[learner_id]),
                state,
                task.done,
                task.parts,
                clock.local(task.done_at).date() if task.done_at else None,
            )
        )
    names = (_("Merchant"), _("State"), _("Parts done"), _("of parts"), _("Done on"))
    title = f"{cohort.title} {components.assignment_title(assignment)}"
    return Table(title, names, tuple(rows))


def other_day(assignment: Assignment) -> None:
    with (
        st.popover(_("Another date"), icon=":material/event:", key=f"date-{assignment.id}"),
        st.form(f"due-{assignment.id}", border=False),
    ):
        due = st.date_input(
            _("To be done by"), value=assignment.due_on, key=f"due-on-{assignment.id}"
        )
        if st.form_submit_button(_("Save")):
            services.change_due_date(records, visitor, cohort.id, assignment.id, due_on=due)
            st.rerun()


def withdrawal(assignment: Assignment) -> None:
    with st.popover(_("Withdraw"), icon=":material/undo:", key=f"ask-{assignment.id}"):
        st.markdown(_("It is then asked of nobody any more; what was done for it stays done."))
        st.button(
            _("Withdraw it"),
            key=f"withdraw-{assignment.id}",
            on_click=services.withdraw_assignment,
            args=(records, visitor, cohort.id, assignment.id),
        )


def named(members: list[Member]) -> str:
    shown = [as_text(components.member_name(each)) for each in members[:NAMED]]
    more = [f"+{len(members) - NAMED}"] if len(members) > NAMED else []
    return _(", ").join([*shown, *more])


watched = watching.watched()
cohort = watched.cohort
st.title(_("Assignments for {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "assignments")
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
if st.session_state.pop("assigned", False):
    st.toast(_("Assigned."), icon=":material/check:")
with st.container(border=True):
    st.subheader(_("Assign something"), anchor=False)
    kind = what()
    for_whom()
    st.date_input(
        _("To be done by"), value=today + timedelta(days=7), min_value=today, key="due", width=200
    )
    if st.button(_("Assign"), type="primary", key="assign"):
        give(kind)
st.subheader(_("What is assigned"), anchor=False)
if not watched.assignments:
    st.markdown(_("Nothing yet. What you assign appears here, with who did it and who is late."))
for each in watched.assignments:
    one_assignment(each, watched.tasks[each.id])
if watched.assignments:
    st.caption(
        _(
            "A lesson counts whenever it was completed, all else since it was assigned. Merchants "
            "find what is asked of them on their start page, and what is late first."
        )
    )
