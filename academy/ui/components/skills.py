"""Skills on the screen: what one is about, how it stands, why it comes next."""

from __future__ import annotations

import streamlit as st

from academy.charts.theme import DIMENSION_NAMED_COLOURS
from academy.framework import Framework, Skill
from academy.paths import Step
from academy.recommender import Reason, Recommendation
from academy.ui import navigation, resources
from academy.ui.language import _, current, listed, plural, text


def dimension_badge(dimension_id: str) -> str:
    """A dimension's name as a badge in its colour, as Markdown."""
    name = text(resources.curriculum().framework.dimension(dimension_id).name)
    return f":{DIMENSION_NAMED_COLOURS[dimension_id]}-badge[{name}]"


def stage_name(framework: Framework, stage_id: str) -> str:
    return text(framework.stage(stage_id).name)


def minutes(number: float) -> str:
    return plural("{n} minute", "{n} minutes", max(1, round(number)))


def skill_row(skill: Skill, *, note: str) -> None:
    """One line of a list: the skill's name as a link, and how it stands."""
    navigation.link("skill", f"{text(skill.name)} :small[:gray[{note}]]", skill=skill.id)


def path_step(step: Step) -> None:
    """One skill on a stage's way: how much it weighs, how long it takes, how far one is."""
    weight = {1: _("helps"), 2: _("matters"), 3: f"**{_('decides')}**"}[step.importance]
    if not step.lessons:
        state = _("lesson in preparation")
    elif step.is_done:
        state = f":green[:material/check: {_('completed')}]"
    elif step.done:
        state = _("{done} of {all} lessons").format(done=step.done, all=len(step.lessons))
    else:
        state = minutes(step.minutes)
    skill_row(step.skill, note=f"{weight} · {state}")


def recommendation_card(recommendation: Recommendation, *, title: str | None = None) -> None:
    """What to do next, under a title of its own or none: what, how long, why; a button to begin."""
    heading = f"### {title}\n\n" if title else ""
    skill = resources.curriculum().framework.skill(recommendation.skill_id)
    with st.container(
        border=True, horizontal=True, vertical_alignment="bottom", key=f"next-{skill.id}"
    ):
        st.markdown(
            f"{heading}**{recommendation.rank}. {text(skill.name)}**  \n"
            f"{_what(recommendation)}\n\n"
            + "  \n".join(f":small[{sentence}]" for sentence in reasons_in_words(recommendation)),
            width="stretch",
        )
        if st.button(
            _("Start"), key=f"start-{skill.id}", type="primary", icon=":material/play_arrow:"
        ):
            page, query = _target(recommendation)
            navigation.go(page, **query)


def recommendation_row(recommendation: Recommendation) -> None:
    """The same as one line of a list, which leads there."""
    skill = resources.curriculum().framework.skill(recommendation.skill_id)
    page, query = _target(recommendation)
    reasons = ("" if current() == "zh" else " ").join(reasons_in_words(recommendation))
    label = (
        f"**{recommendation.rank}. {text(skill.name)}** {_what(recommendation)}  \n"
        f":small[{reasons}]"
    )
    navigation.row(page, label, **query)


def _what(recommendation: Recommendation) -> str:
    """Its dimension, what there is to do and for how long, as Markdown."""
    dimension = resources.curriculum().framework.dimension_of(recommendation.skill_id)
    return (
        f"{dimension_badge(dimension.id)} :small[:gray[{action_words(recommendation)} · "
        f"{minutes(recommendation.minutes)}]]"
    )


def reasons_in_words(recommendation: Recommendation) -> list[str]:
    """Why it comes where it does, a sentence a reason, as Markdown."""
    sentences = [*filter(None, map(_in_words, recommendation.reasons))]
    if recommendation.action == "check":
        sentences.insert(0, _("Three questions may save you the lesson."))
    return sentences


def action_words(recommendation: Recommendation) -> str:
    """What there is to do: a lesson, three questions, a review."""
    if recommendation.action == "check":
        return _("Three questions")
    if recommendation.action == "review":
        return _("Review")
    return _("Advanced lesson") if recommendation.level == "advanced" else _("Lesson")


def _target(recommendation: Recommendation) -> tuple[str, dict[str, str]]:
    """The page on which it is begun, and its query."""
    skill_id = recommendation.skill_id
    lessons = resources.curriculum().lessons_of(skill_id, recommendation.level)
    if recommendation.action == "lesson" and len(lessons) == 1:
        return "lesson", {"lesson": lessons[0].id}
    if recommendation.action == "lesson":
        return "skill", {"skill": skill_id}
    purpose = "probe" if recommendation.action == "check" else "practice"
    return "quiz", {"purpose": purpose, "subject": skill_id}


def _in_words(reason: Reason) -> str | None:
    skills = listed(
        f"*{text(resources.curriculum().framework.skill(skill_id).name)}*"
        for skill_id in reason.skills[:3]
    )
    numbers = {name: round(value) for name, value in reason.numbers.items()}
    match reason.code:
        case "gap":
            return _("You stand at about {score}; your stage asks for {target}.").format(
                score=numbers["score"], target=numbers.get("target", "–")
            )
        case "decisive":
            return _("It decides this stage.")
        case "unlocks":
            return _("It carries {skills}.").format(skills=skills)
        case "prerequisites-ready":
            return _("What it needs first is in place ({share}).").format(
                share=f"{reason.numbers['readiness']:.0%}"
            )
        case "prerequisites-missing":
            return _("It would go easier after {skills}.").format(skills=skills)
        case "unsure":
            return _("We are not sure yet: anything from {low} to {high} is possible.").format(
                low=numbers["low"], high=numbers["high"]
            )
        case "faded":
            return _("You studied it a while ago; about {share} is still there.").format(
                share=f"{reason.numbers['retrievability']:.0%}"
            )
        case "pinned":
            return _("Your trainer put it first.")
    return None
