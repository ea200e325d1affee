"""Assignments on the screen: what is asked, until when, how far one is, and the way there."""

from __future__ import annotations

from datetime import date

import streamlit as st

from academy.assignments import Assignment, Task
from academy.ui import navigation, resources
from academy.ui.language import _, plural, text


def assignment_title(assignment: Assignment) -> str:
    """What is asked, in a few words."""
    curriculum = resources.curriculum()
    match assignment.kind:
        case "lesson":
            lesson = curriculum.lessons.get(assignment.subject)
            return text(lesson.title) if lesson else _("A lesson that is no more")
        case "quiz":
            skills = {skill.id: skill for skill in curriculum.framework.skills}
            skill = skills.get(assignment.subject)
            return (
                _("Practise: {skill}").format(skill=text(skill.name))
                if skill
                else _("A quiz that is no more")
            )
        case "assessment":
            return _("The self-assessment")
        case "top-three":
            return _("Each one's top three")
    return plural(
        "{n} question from your trainer", "{n} questions from your trainer",
        len(assignment.questions),
    )  # fmt: skip


def due_words(assignment: Assignment, today: date) -> str:
    """Until when, seen from a day."""
    due_on = assignment.due_on
    if due_on is None:
        return _("no date")
    days = (due_on - today).days
    if days < 0:
        return plural("{n} day late", "{n} days late", -days)
    if days == 0:
        return _("due today")
    if days < 7:
        return plural("due in {n} day", "due in {n} days", days)
    return _("due {day}").format(day=due_on.isoformat())


def task_card(task: Task, today: date, cohort_title: str) -> None:
    """One assignment as the learner finds it on his start page, with the way to it."""
    is_late = task.is_late(today)
    with st.container(border=True, key=f"task-{task.assignment.id}"):
        due = due_words(task.assignment, today)
        badge = f":orange-badge[{due}]" if is_late else f":gray-badge[{due}]"
        far = f" · {task.done}/{task.parts}" if task.parts > 1 else ""
        st.markdown(
            f"**{assignment_title(task.assignment)}** {badge}  \n:small[:gray[{cohort_title}{far}]]"
        )
        _ways(task)


def _ways(task: Task) -> None:
    assignment, icon = task.assignment, ":material/arrow_forward:"
    match assignment.kind:
        case "lesson":
            navigation.link("lesson", _("Open the lesson"), icon=icon, lesson=assignment.subject)
        case "quiz":
            navigation.link(
                "quiz", _("Begin"), icon=icon, purpose="practice", subject=assignment.subject
            )
        case "assessment":
            navigation.link("assessment", _("Begin"), icon=icon)
        case "top-three":
            framework = resources.curriculum().framework
            known = {skill.id: skill for skill in framework.skills}
            for skill_id in task.skills:
                if skill_id in known:
                    name = text(known[skill_id].name)
                    navigation.link("skill", name, icon=icon, skill=skill_id)
        case "cohort-quiz":
            navigation.link("cohort-quiz", _("Begin"), icon=icon, assignment=assignment.id)
