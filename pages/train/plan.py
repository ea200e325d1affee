"""What to teach a cohort next: where an hour helps most merchants, and who belongs together."""

import streamlit as st

from academy.cohort_analytics import LEAST_PEOPLE
from academy.teaching_plan import Group, Missed, Topic
from academy.ui import components, navigation, resources, watching
from academy.ui.cohort_figures import cohort_figures
from academy.ui.components import as_text
from academy.ui.language import _, plural, text

READY = 0.95
"""From such a share on, nothing is said of what a lesson builds on."""
curriculum = resources.curriculum()
framework = curriculum.framework


def one_topic(rank: int, topic: Topic) -> None:
    skill, lesson = framework.skill(topic.skill_id), curriculum.lesson(topic.lesson_id)
    dimension = framework.dimension_of(skill.id)
    ability = text(framework.ability_of(skill.id).name)
    helped, known = len(topic.helped), len(watched.members) - plan.unknown
    why = _("Helps {n} of {all} merchants, by {points} points each on average.").format(
        n=helped, all=known, points=f"{topic.points:.0f}"
    )
    if topic.readiness < READY:
        why += " " + _("Of what it builds on, {share} is in place.").format(
            share=f"{topic.readiness:.0%}"
        )
    with st.container(border=True, key=f"topic-{skill.id}"):
        st.markdown(
            f"**{rank}. {text(skill.name)}** :small[:gray[{ability}]]  \n"
            f"{components.dimension_badge(dimension.id)} {why}"
        )
        navigation.link(
            "lesson",
            f"{text(lesson.title)} :small[:gray[{components.minutes(lesson.minutes)}]]",
            icon=":material/menu_book:",
            lesson=lesson.id,
        )
        if topic.missed:
            st.markdown(f"**{_('What they get wrong')}**")
        for each in topic.missed:
            missed(each)
        with st.container(horizontal=True):
            navigation.link(
                "assignments",
                plural("Assign the lesson to this {n}", "Assign the lesson to these {n}", helped),
                icon=":material/assignment:",
                cohort=cohort.id,
                lesson=lesson.id,
                to=f"helped:{skill.id}",
            )
            navigation.link(
                "classroom",
                _("Take its questions into class"),
                icon=":material/cast_for_education:",
                cohort=cohort.id,
                source=skill.id,
                first=",".join(each.item_id for each in topic.missed),
            )


def missed(found: Missed) -> None:
    """An item that many got wrong, and what those thought who chose the same."""
    item = curriculum.bank.item(found.item_id)
    with st.container():
        components.prose(components.example_words(item, item.stem))
        lines = [_("{n} of {all} got it wrong").format(n=found.wrong, all=found.answered_by)]
        for each in found.misconceptions:
            option = item.option(each.option)
            chosen = _("{n} chose").format(n=each.chosen_by)
            lines.append(
                f":yellow[:material/cancel:] {chosen}: "
                f"**{components.example_words(item, option.text)}**  \n"
                f":small[:gray[{components.example_words(item, option.feedback)}]]"
            )
        components.prose("\n\n".join(lines))


def one_group(group: Group) -> None:
    name = text(framework.skill(group.skill_id).name)
    people = plural("{n} merchant", "{n} merchants", len(group.members))
    with st.expander(f"{name} · {people}", key=f"group-{group.skill_id}"):
        st.markdown(named(group.members))
        navigation.link(
            "assignments",
            _("Assign them something"),
            icon=":material/assignment:",
            cohort=cohort.id,
            to=f"gap:{group.skill_id}",
        )


def named(members) -> str:
    return _(", ").join(as_text(components.member_name(each)) for each in members)


def the_plan() -> None:
    st.subheader(_("Where an hour helps most"), anchor=False)
    for rank, topic in enumerate(plan.topics, start=1):
        one_topic(rank, topic)
    st.subheader(_("Merchants with the same gap"), anchor=False)
    for group in plan.groups:
        one_group(group)
    if plan.others:
        with st.expander(_("In no group of {n} or more").format(n=LEAST_PEOPLE), key="others"):
            st.markdown(named(plan.others))
    if plan.unknown:
        st.caption(
            plural(
                "Of {n} merchant nothing is known yet.",
                "Of {n} merchants nothing is known yet.",
                plan.unknown,
            )
        )
    st.caption(
        _(
            "Ordered by what an hour of lessons is expected to close of the gaps to each one's "
            "target, weighed by importance and readiness, over all members. A group shares a skill "
            "that is among the three that would help each of them most. Nothing is broken down to "
            "fewer than {n} people."
        ).format(n=LEAST_PEOPLE)
    )


watched = watching.watched()
cohort = watched.cohort
st.title(_("What to teach {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "plan")
plan = cohort_figures(watched).plan
if plan.topics:
    the_plan()
else:
    st.markdown(
        _(
            "The plan appears when something is known of {n} merchants and something is missing. "
            "Let them take the self-assessment or the quick check first."
        ).format(n=LEAST_PEOPLE)
    )
