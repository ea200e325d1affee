"""Read a lesson part by part, answer the questions on the way, complete it."""

import streamlit as st

from academy import services
from academy.attempts import QuizAttempt
from academy.framework import UnknownId
from academy.lessons import HEADINGS, PARTS
from academy.services import Refusal
from academy.ui import clock, components, language, navigation, resources, session
from academy.ui.language import _, text

curriculum = resources.curriculum()
records = resources.records()
try:
    lesson = curriculum.lesson(st.query_params.get("lesson", ""))
except UnknownId:
    components.nothing_here(_("There is no such lesson. Choose one from the list of skills."))

learner = session.require_learner()
skill = curriculum.framework.skill(lesson.skill)

WHOLE = "whole"
READ = f"read:{lesson.id}"
"""The part that this tab shows, as long as its address names none."""
ON_THE_WAY = {
    "calculator": components.calculator,
    "table": components.shop_table,
    "team": components.team,
    "orders": components.orders_explorer,
}


@st.fragment
def study() -> None:
    """A part of the lesson, its questions, and the way on."""
    attempt = services.study_lesson(records, learner, curriculum, lesson.id, now=clock.now())
    part = part_shown(attempt.unanswered)
    names = {
        "idea": _("Idea"),
        "steps": _("How to"),
        "example": _("Example"),
        "mistake": _("Mistake"),
        "tomorrow": _("Tomorrow"),
        WHOLE: _("All"),
    }
    chosen = f"part-{lesson.id}"
    st.session_state[chosen] = part
    st.pills(
        _("Part"),
        list(names),
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=chosen,
        on_change=lambda: turn_to(attempt, st.session_state[chosen]),
    )
    show(PARTS.get(part, tuple(HEADINGS)), attempt)
    components.lesson_terms(lesson, part)
    if part in (WHOLE, [*PARTS][-1]):
        finish(attempt)
        return
    following = [*PARTS][[*PARTS].index(part) + 1]
    is_answered = not set(lesson.items_in(PARTS[part])) & set(attempt.unanswered)
    st.button(
        _("Next: {part}").format(part=heading_of(following)),
        type="primary" if is_answered else "secondary",
        key="next-part",
        on_click=turn_to,
        args=(attempt, following),
    )


def part_shown(unanswered: tuple[str, ...]) -> str:
    """The part that the address names; else the one in which the first open question waits."""
    asked = st.query_params.get("part")
    if asked == WHOLE or asked in PARTS:
        st.session_state[READ] = asked
    elif READ not in st.session_state:
        st.session_state[READ] = where_it_waits(unanswered)
    return st.session_state[READ]


def where_it_waits(unanswered: tuple[str, ...]) -> str:
    for part, roles in PARTS.items():
        if set(lesson.items_in(roles)) & set(unanswered):
            return part
    return [*PARTS][0 if is_completed() else -1]


def is_completed() -> bool:
    visit = services.read_history(records, learner).lessons.get(lesson.id)
    return bool(visit and visit.completed_at)


def turn_to(attempt: QuizAttempt, part: str) -> None:
    try:
        components.begin_lesson(attempt)
    except Refusal as refusal:
        components.refused(refusal)
        return
    st.query_params["part"] = part


def heading_of(part: str) -> str:
    return text(HEADINGS[PARTS[part][-1 if part == "idea" else 0]])


def show(roles: tuple[str, ...], attempt: QuizAttempt) -> None:
    """The sections of some roles, with the questions on their way."""
    read = about() if "why" in roles else []

    def show_read() -> None:
        if read:
            components.prose("\n\n".join(read))
            read.clear()

    form = attempt.form
    for section in lesson.sections[language.current()]:
        if section.role not in roles:
            continue
        read.append(f"### {section.heading}")
        for block in section.blocks:
            if section.role == "checklist" and block.kind == "prose":
                entries = "\n\n".join([*read, block.content])
                components.checklist(lesson, entries, shown=attempt)
                read.clear()
            elif section.role == "next" and block.kind == "prose":
                components.next_lessons("\n\n".join([*read, block.content]))
                read.clear()
            elif block.kind == "prose":
                read.append(block.content)
            elif block.kind in ON_THE_WAY:
                show_read()
                ON_THE_WAY[block.kind](block.content, place=f"{section.role}-{block.content}")
            elif block.content in form:
                show_read()
                item = curriculum.bank.item(block.content)
                number = form.index(item.id) + 1
                components.practice_item(attempt, item, number=number, total=len(form))
    show_read()


def about() -> list[str]:
    """How hard it is, how long it takes, what one can do afterwards; a paragraph each."""
    badge = components.dimension_badge(curriculum.framework.dimension_of(skill.id).id)
    level = _("Advanced") if lesson.level == "advanced" else _("Basic")
    goals = " ".join(text(curriculum.framework.outcome(each).can_do) for each in lesson.outcomes)
    paragraphs = [
        f"{badge} :small[:gray[{level} · {components.minutes(lesson.minutes)}]]",
        f":small[:gray[{_('After it you can:')} {goals}]]",
    ]
    if lesson.facts:
        oldest = min(curriculum.fact(each).source.verified_on for each in lesson.facts)
        as_of = _(
            "Numbers of the platforms as of {day}. Sources and dates stand at the end."
        ).format(day=oldest)
        paragraphs.append(f":small[:gray[{as_of}]]")
    return paragraphs


def finish(attempt: QuizAttempt) -> None:
    """The sources, and the way on; questions without an answer hold it up."""
    sources = st.expander(
        _("Sources"), icon=":material/menu_book:", key="sources", on_change="rerun"
    )
    if sources.open:
        sources.markdown(
            "\n".join(
                [components.source_line(source) for source in lesson.sources]
                + [components.fact_line(curriculum.fact(each)) for each in lesson.facts]
            )
        )
    if is_completed():
        st.success(_("You completed this lesson."), icon=":material/check_circle:")
        with st.container(horizontal=True):
            if st.button(_("See what comes next"), type="primary", key="after"):
                navigation.go("results")
            if st.button(_("Practise this skill"), key="practise"):
                navigation.go("quiz", purpose="practice", subject=skill.id)
        return
    if attempt.unanswered:
        st.button(
            language.plural(
                "Answer the question still open, to complete the lesson",
                "Answer the {n} questions still open, to complete the lesson",
                len(attempt.unanswered),
            ),
            key="to-unanswered",
            on_click=turn_to,
            args=(attempt, where_it_waits(attempt.unanswered)),
        )
        return
    st.button(_("Complete the lesson"), type="primary", key="complete-lesson", on_click=complete)


def complete() -> None:
    try:
        services.complete_lesson(records, learner, curriculum, lesson.id, now=clock.now())
    except Refusal as refusal:
        components.refused(refusal)


navigation.link("skill", text(skill.name), icon=":material/arrow_back:", skill=skill.id)
st.title(text(lesson.title), anchor=False)
components.shop_cards(lesson)
study()
