"""Read a lesson, answer the questions on the way, complete it."""

import streamlit as st

from academy import services
from academy.framework import UnknownId
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
services.open_lesson(records, learner, curriculum, lesson.id, now=clock.now())
opened = services.open_quiz(
    records, learner, curriculum, purpose="lesson", subject=lesson.id, now=clock.now()
)
skill = curriculum.framework.skill(lesson.skill)

ON_THE_WAY = {
    "calculator": components.calculator,
    "table": components.shop_table,
    "team": components.team,
    "orders": components.orders_explorer,
}


def head() -> None:
    """What it is about, how long it takes, what one can do afterwards."""
    navigation.link("skill", text(skill.name), icon=":material/arrow_back:", skill=skill.id)
    st.title(text(lesson.title), anchor=False)
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
    st.markdown("\n\n".join(paragraphs))


@st.fragment
def study() -> None:
    """The lesson itself, with its questions on the way, to its completion."""
    attempt = services.find_quiz(records, learner, opened.id)
    read: list[str] = []

    def show_read() -> None:
        if read:
            components.prose("\n\n".join(read))
            read.clear()

    number = 0
    for section in lesson.sections[language.current()]:
        read.append(f"### {section.heading}")
        for block in section.blocks:
            if section.role == "checklist" and block.kind == "prose":
                components.checklist(lesson, "\n\n".join([*read, block.content]))
                read.clear()
            elif section.role == "next" and block.kind == "prose":
                components.next_lessons("\n\n".join([*read, block.content]))
                read.clear()
            elif block.kind == "prose":
                read.append(block.content)
            elif block.kind in ON_THE_WAY:
                show_read()
                ON_THE_WAY[block.kind](block.content, place=f"{section.role}-{block.content}")
            elif block.content in attempt.form:
                show_read()
                number += 1
                item = curriculum.bank.item(block.content)
                components.practice_item(attempt, item, number=number, total=len(attempt.form))
    show_read()
    finish(len(attempt.unanswered))


def finish(left: int) -> None:
    """The sources, and the way on; `left` questions on the way have no answer yet."""
    with st.expander(_("Sources"), icon=":material/menu_book:"):
        st.markdown(
            "\n".join(
                [components.source_line(source) for source in lesson.sources]
                + [components.fact_line(curriculum.fact(each)) for each in lesson.facts]
            )
        )
    if services.read_history(records, learner).lessons[lesson.id].completed_at:
        st.success(_("You completed this lesson."), icon=":material/check_circle:")
        with st.container(horizontal=True):
            if st.button(_("See what comes next"), type="primary", key="after"):
                navigation.go("results")
            if st.button(_("Practise this skill"), key="practise"):
                navigation.go("quiz", purpose="practice", subject=skill.id)
        return
    if left:
        st.caption(
            language.plural(
                "Answer {n} more question on the way to complete the lesson.",
                "Answer {n} more questions on the way to complete the lesson.",
                left,
            )
        )
    st.button(
        _("Complete the lesson"),
        type="primary",
        disabled=bool(left),
        key="complete-lesson",
        on_click=complete,
    )


def complete() -> None:
    try:
        services.complete_lesson(records, learner, curriculum, lesson.id, now=clock.now())
    except Refusal as refusal:
        components.refused(refusal)


head()
components.shop_cards(lesson)
components.lesson_terms(lesson)
study()
