"""What to teach a cohort next: where an hour helps most merchants, and who belongs together."""

import streamlit as st

from academy.cohort_analytics import LEAST_PEOPLE
from academy.teaching_plan import Group, Misconception, Topic
from academy.ui import components, navigation, resources, watching
from academy.ui.cohort_figures import cohort_figures
from academy.ui.components import as_text
from academy.ui.language import _, plural, text

curriculum = resources.curriculum()
framework = curriculum.framework


def one_topic(rank: int, topic: Topic) -> None:
    skill, lesson = framework.skill(topic.skill_id), curriculum.lesson(topic.lesson_id)
    dimension = framework.dimension_of(skill.id)
    known = len(watched.members) - plan.unknown
    with st.container(border=True, key=f"topic-{skill.id}"):
        st.markdown(
            f"**{rank}. {text(skill.name)}**  \n{components.dimension_badge(dimension.id)} "
            + _("Helps {n} of {all} merchants, by {points} points each on average.").format(
                n=topic.helped, all=known, points=f"{topic.points:.0f}"
            )
            + " "
            + _("They are {share} ready for it.").format(share=f"{topic.readiness:.0%}")
        )
        navigation.link(
            "lesson",
            f"{text(lesson.title)} :small[:gray[{components.minutes(lesson.minutes)}]]",
            icon=":material/menu_book:",
            lesson=lesson.id,
        )
        if topic.misconceptions:
            st.markdown(f"**{_('What they get wrong')}**")
        for each in topic.misconceptions:
            misconception(each)


def misconception(found: Misconception) -> None:
    item = curriculum.bank.item(found.item_id)
    option = item.option(found.option)
    with st.container():
        components.prose(item.stem)
        chosen = _("{n} of {all} chose").format(n=found.chosen_by, all=found.answered_by)
        components.prose(
            f":yellow[:material/cancel:] {chosen}: **{text(option.text)}**  \n"
            f":small[:gray[{text(option.feedback)}]]"
        )


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
            group=group.skill_id,
        )


def named(members) -> str:
    return _(", ").join(as_text(components.member_name(each)) for each in members)


watched = watching.watched()
cohort = watched.cohort
st.title(_("What to teach {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "plan")
plan = cohort_figures(watched).plan
if not plan.topics:
    st.markdown(
        _(
            "The plan appears when something is known of {n} merchants and something is missing. "
            "Let them take the self-assessment or the quick check first."
        ).format(n=LEAST_PEOPLE)
    )
    st.stop()
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
        "Ordered by what an hour of lessons is expected to close of the gaps to each one's target, "
        "weighed by importance and readiness, over all members. A group shares a skill that is "
        "among the three that would help each of them most. Nothing is broken down to fewer than "
        "{n} people."
    ).format(n=LEAST_PEOPLE)
)
