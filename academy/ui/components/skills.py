"""Skills on the screen: what one is about, how it stands, why it comes next."""

from __future__ import annotations

import streamlit as st

from academy.charts.theme import DIMENSION_NAMED_COLOURS
from academy.framework import Framework, Skill
from academy.paths import Step
from academy.recommender import Reason, Recommendation
from academy.ui import navigation, resources
from academy.ui.language import _, plural, text


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


def recommendation_card(recommendation: Recommendation) -> None:
    """One thing to do next: what, how long, why, and the arithmetic on demand."""
    curriculum = resources.curriculum()
    skill = curriculum.framework.skill(recommendation.skill_id)
    dimension = curriculum.framework.dimension_of(skill.id)
    with st.container(
        border=True, horizontal=True, vertical_alignment="bottom", key=f"next-{skill.id}"
    ):
        sentences = [*filter(None, map(_in_words, recommendation.reasons))]
        if recommendation.action == "check":
            sentences.insert(0, _("Three questions may save you the lesson."))
        st.markdown(
            f"**{recommendation.rank}. {text(skill.name)}**  \n"
            f"{dimension_badge(dimension.id)} :small[:gray[{_action(recommendation)} · "
            f"{minutes(recommendation.minutes)}]]\n\n"
            + "  \n".join(f":small[{sentence}]" for sentence in sentences),
            width="stretch",
        )
        _start(recommendation)
        opened = st.popover(
            _("The arithmetic"),
            type="tertiary",
            icon=":material/calculate:",
            key=f"arithmetic-{skill.id}",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                _arithmetic(recommendation)


def _action(recommendation: Recommendation) -> str:
    if recommendation.action == "check":
        return _("Three questions")
    if recommendation.action == "review":
        return _("Review")
    return _("Advanced lesson") if recommendation.level == "advanced" else _("Lesson")


def _start(recommendation: Recommendation) -> None:
    curriculum = resources.curriculum()
    skill_id = recommendation.skill_id
    lessons = curriculum.lessons_of(skill_id, recommendation.level)
    label, target, query = _("Start"), "skill", {"skill": skill_id}
    if recommendation.action == "lesson" and len(lessons) == 1:
        target, query = "lesson", {"lesson": lessons[0].id}
    elif recommendation.action != "lesson":
        purpose = "probe" if recommendation.action == "check" else "practice"
        target, query = "quiz", {"purpose": purpose, "subject": skill_id}
    if st.button(
        label,
        key=f"start-{skill_id}",
        type="primary" if recommendation.rank == 1 else "secondary",
        icon=":material/play_arrow:",
    ):
        navigation.go(target, **query)


def _in_words(reason: Reason) -> str | None:
    names = "、" if _("and") == "和" else ", "
    skills = names.join(
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


def _arithmetic(recommendation: Recommendation) -> None:
    """The rank as a sum that can be done again by hand, in logits."""
    terms = recommendation.terms
    framework = resources.curriculum().framework
    closed = terms.direct / terms.importance if terms.importance else 0.0
    rows = [
        (_("your level"), f"{terms.level:+.2f} ± {terms.se:.2f}"),
        (_("what the stage asks"), "–" if terms.target is None else f"{terms.target:+.2f}"),
        (_("expected gap"), f"{terms.gap:.3f}"),
        (_("readiness (what it needs first)"), f"{terms.readiness:.2f}"),
        (_("expected rise"), f"{terms.gain:.3f}"),
        (_("gap that the rise closes"), f"{closed:.4f}"),
        (
            _("importance × gap closed"),
            f"{terms.importance} × {closed:.4f} = {terms.direct:.4f}",
        ),
        *(
            (_("opens {skill}").format(skill=text(framework.skill(skill).name)), f"{share:.4f}")
            for skill, share in terms.unlocks
            if share > 0
        ),
        (
            _("worth per minute"),
            f"({terms.direct:.4f} + {terms.unlock:.4f}) ÷ {terms.minutes:.2f}"
            f" = **{(terms.direct + terms.unlock) / terms.minutes:.5f}**",
        ),
    ]
    body = "\n".join(f"| {name} | {value} |" for name, value in rows)
    st.markdown(f"| {_('term')} | {_('value')} |\n|:--|--:|\n{body}")
    st.caption(
        _(
            "Levels are in logits: 0 is a score of 50, +1 is 73, −1 is 27. The skill that closes "
            "most of the gap per minute comes first; equal ones stand in the framework's order."
        )
    )
