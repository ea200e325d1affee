"""A merchant as his trainer sees him: where he stands, what he answered, and where to lead him."""

import streamlit as st

from academy import services
from academy.attempts import QuizAttempt
from academy.checkpoints import checkpoints, growth_between, natural_pair, profile_at
from academy.cohort_analytics import cohort_table
from academy.cohorts import shown_code
from academy.exchange.spreadsheets import file_name_of
from academy.guidance import LONGEST_NOTE, MOST_PINS
from academy.services import Refusal
from academy.standings import neediest_first
from academy.ui import clock, components, resources, session
from academy.ui.components import as_text
from academy.ui.language import _, plural, text
from academy.ui.later import later
from academy.ui.reports import can_print, merchant_report

records, curriculum = resources.records(), resources.curriculum()
framework = curriculum.framework
visitor, now = session.person(), clock.now()
cohort_id, learner_id = (st.query_params.get(name, "") for name in ("cohort", "learner"))


def act(doing, *args, **more) -> None:
    """Do something for the merchant; a refusal is said on the page."""
    try:
        doing(records, session.person(), *args, **more)
    except Refusal as refusal:
        st.session_state["refused"] = refusal


def who_it_is() -> None:
    facts = [
        components.stage_name(framework, history.stage) if history.stage else _("no stage yet"),
        _("joined {day}").format(day=clock.day(member.joined_at)),
        plural("{n} lesson", "{n} lessons", len(history.completed_lessons())),
        plural("{n} answer", "{n} answers", len(history.responses())),
    ]
    seen = services.watch_cohort(records, visitor, curriculum, cohort.id)
    if learner_id in seen.missing:
        list(services.work_out_summaries(records, curriculum, [learner_id], now=now))
        seen = services.watch_cohort(records, visitor, curriculum, cohort.id)
    table = cohort_table(
        framework, list(seen.members.values()), seen.summaries, ends_on=cohort.ends_on, now=now
    )
    (row,) = table.only(lambda merchant: merchant.member.learner_id == learner_id).merchants
    active_at = row.summary.active_at
    if active_at:
        facts.append(_("last active {day}").format(day=clock.day(active_at)))
    st.markdown(" · ".join(facts))
    if row.alarms:
        said = [as_text(components.alarm_words(alarm)) for alarm in row.alarms]
        points = plural("{n} point", "{n} points", row.points)
        title = _("Talk to this merchant") if row.is_stuck else _("Worth a look")
        talk = components.last_talk(row, cohort)
        if talk:
            said.append(_("talked to on {day}").format(day=talk.isoformat()))
        st.warning(f"**{title}** ({points}): {' · '.join(said)}", icon=":material/campaign:")


def where_he_stands() -> None:
    abilities, dimensions = services.standings_of(curriculum, history, now=now)
    chart, words = st.columns(2, gap="large")
    with chart:
        components.radar(abilities, dimensions)
    with words:
        components.standings_table(
            neediest_first(abilities), title=_("The same in numbers"), is_own=False
        )


def to_print() -> None:
    """The page that the merchant could print himself."""
    name = components.member_name(member)
    st.download_button(
        _("One page to print (PDF)"),
        later(merchant_report, curriculum, history, heading=name, now=now),
        file_name=file_name_of(name, clock.local(now), "pdf"),
        mime="application/pdf",
        type="tertiary",
        icon=":material/print:",
        on_click="ignore",
    )


def growth() -> None:
    st.subheader(_("Growth"), anchor=False)
    found = checkpoints(history)
    if len(found) < 2:
        st.markdown(_("Two exams or checks, two weeks or more apart, will tell."))
        return
    first, second = natural_pair(found)
    st.markdown(
        _("From {first} to {second}").format(
            first=components.checkpoint_name(first), second=components.checkpoint_name(second)
        )
    )
    grown = growth_between(history, curriculum, first, second)
    if grown is None:
        st.markdown(_("Only answers can show growth, and one of the two dates has ratings alone."))
        return
    components.growth_words(grown)
    components.growth_chart(grown, profile_at(history, curriculum, first))


@st.fragment
def attempts() -> None:
    """Each attempt that is handed in or explains at once, question by question."""
    st.subheader(_("Attempts, question by question"), anchor=False)
    found = {
        attempt.id: attempt
        for attempt in sorted(
            history.quizzes.values(), key=lambda each: each.started_at, reverse=True
        )
        if attempt.shows_feedback and attempt.responses
    }
    if not found:
        st.markdown(_("Nothing was answered yet."))
        return
    chosen = st.selectbox(
        _("Attempt"),
        list(found),
        index=None,
        format_func=lambda each: attempt_name(found[each]),
        placeholder=_("Choose an attempt"),
        key="attempt",
        filter_mode=None,
    )
    if chosen:
        attempt = found[chosen]
        for number, item_id in enumerate(attempt.form, start=1):
            response, item = attempt.responses.get(item_id), curriculum.bank.items.get(item_id)
            if item is None:
                continue
            with st.container(border=True):
                if response:
                    heading = f":small[:gray[{number} / {len(attempt.form)}]]\n\n"
                    components.answered_item(attempt, item, response, heading=heading, is_own=False)
                else:
                    st.markdown(f":small[:gray[{number} / {len(attempt.form)}]]")
                    st.markdown(_("not answered"))


def attempt_name(attempt: QuizAttempt) -> str:
    purposes = {
        "lesson": _("Lesson"),
        "practice": _("Practice"),
        "probe": _("Three questions"),
        "exam": _("Stage exam"),
        "check": _("Quick check"),
        "review": _("Review"),
    }
    return (
        f"{clock.day(attempt.started_at)} · {purposes[attempt.purpose]} · {subject(attempt)} · "
        f"{attempt.points}/{len(attempt.responses)}"
    )


def subject(attempt: QuizAttempt) -> str:
    if attempt.purpose == "lesson":
        lesson = curriculum.lessons.get(attempt.subject)
        return text(lesson.title) if lesson else attempt.subject
    if attempt.purpose in ("exam", "check"):
        return components.stage_name(framework, attempt.subject)
    if attempt.purpose == "review":
        return _("what was due")
    return skill_name(attempt.subject)


def skill_name(skill_id: str) -> str:
    names = {skill.id: text(skill.name) for skill in framework.skills}
    return names.get(skill_id, skill_id)


def guidance() -> None:
    st.subheader(_("What comes next"), anchor=False)
    plan = services.study_plan(curriculum, history, now=now)
    lines = [
        f"{each.rank}. {skill_name(each.skill_id)}"
        + (f" :small[:gray[{_('put first by a trainer')}]]" if each.is_pinned else "")
        for each in plan.recommendations(limit=5)
    ]
    st.markdown("\n".join(lines) or _("Nothing more is recommended at the moment."))
    known = history.guidance.get(cohort.id)
    skills = [skill.id for skill in framework.skills]
    with st.form(f"guide-{learner_id}", border=True):
        pins = st.multiselect(
            _("Put first, in this order"),
            skills,
            [each for each in known.pins if each in skills] if known else [],
            format_func=skill_name,
            max_selections=MOST_PINS,
            placeholder=_("Choose skills"),
            key=f"pins-{learner_id}",
        )
        out = st.multiselect(
            _("Leave out"),
            skills,
            [each for each in known.exclusions if each in skills] if known else [],
            format_func=skill_name,
            placeholder=_("Choose skills"),
            key=f"out-{learner_id}",
        )
        if known:
            st.caption(
                _("Last set by {name} on {day}.").format(
                    name=as_text(known.name), day=clock.day(known.at)
                )
            )
        if st.form_submit_button(_("Save"), key="save-guidance"):
            act(
                services.guide,
                curriculum,
                cohort.id,
                learner_id,
                pins=pins,
                exclusions=out,
                now=clock.now(),
            )
            st.rerun()
    st.caption(_("The merchant reads “Your trainer put it first” beside it."))


def assigned() -> None:
    """What the cohort asks of him, and how far he is."""
    tasks = services.member_tasks(records, visitor, cohort_id, learner_id)
    if not tasks:
        return
    st.subheader(_("Assigned"), anchor=False)
    today, lines = clock.today(), []
    for task in tasks:
        if task.done_at:
            badge = f":green-badge[{_('done {day}').format(day=clock.day(task.done_at))}]"
        else:
            colour = "orange" if task.is_late(today) else "gray"
            badge = f":{colour}-badge[{components.due_words(task.assignment, today)}]"
        far = f" {task.done}/{task.parts}" if task.parts > 1 else ""
        lines.append(f"- {as_text(components.assignment_title(task.assignment))}{far} {badge}")
    st.markdown("\n".join(lines))


def notes() -> None:
    st.subheader(_("Notes"), anchor=False)
    own = [note for note in history.notes.values() if note.cohort_id == cohort.id]
    for note in reversed(own):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            by = f"{as_text(note.name)} · {clock.day(note.at)}"
            talked = f":material/forum: **{_('Talked')}** " if note.is_talk else ""
            words = f"{talked}{as_text(note.text)}"
            st.markdown(f"{words}  \n:small[:gray[{by}]]", width="stretch")
            st.button(
                _("Take back"),
                key=f"note-{note.id}",
                on_click=act,
                args=(services.take_back_note, cohort.id, learner_id, note.id),
                kwargs={"now": clock.now()},
            )
    with st.form(f"note-{learner_id}", border=True, clear_on_submit=True):
        written = st.text_area(
            _("Note"), max_chars=LONGEST_NOTE, height=80, key=f"new-note-{learner_id}"
        )
        is_talk = st.checkbox(_("I talked to this merchant"), key=f"talked-{learner_id}")
        if st.form_submit_button(_("Write it down"), key="write-note"):
            act(
                services.note_on,
                cohort.id,
                learner_id,
                written,
                is_talk=is_talk,
                now=clock.now(),
            )
            st.rerun()
    st.caption(
        _("Notes lie in the merchant's own record: they are in the copy that he can take of it.")
    )


def way_back_in() -> None:
    """A code for somebody who forgot the password."""
    st.subheader(_("Forgot the password?"), anchor=False)
    if not history.name:
        st.markdown(_("This merchant has no account, so there is no password to set."))
        return
    st.button(
        _("Hand out a code for a new password"),
        key="hand-out",
        icon=":material/key:",
        on_click=hand_out,
    )
    code = st.session_state.pop("handed-out", None)
    if code:
        st.markdown(_("Give this code to nobody but its owner. It is good for one day:"))
        st.code(shown_code(code), language=None)


def hand_out() -> None:
    try:
        st.session_state["handed-out"] = services.hand_out_reset_code(
            records, session.person(), learner_id, cohort_id=cohort.id, now=clock.now()
        )
    except Refusal as refusal:
        st.session_state["refused"] = refusal


try:
    cohort = services.open_cohort(records, visitor, cohort_id)
    member, history = services.member_history(records, visitor, cohort_id, learner_id)
except Refusal:
    components.nothing_here(_("There is no such merchant in a cohort of yours."), "cohorts")
st.title(as_text(components.member_name(member)), anchor=False)
components.cohort_ways(cohort, "learner")
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
who_it_is()
where_he_stands()
if can_print():
    to_print()
left, right = st.columns(2, gap="large")
with left:
    assigned()
    guidance()
    notes()
with right:
    growth()
    way_back_in()
attempts()
