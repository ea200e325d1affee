"""Assess oneself, one ability at a time; each click is saved."""

import streamlit as st

from academy import services
from academy.assessment import ABSTENTIONS
from academy.occasions import looks_careless
from academy.services import Refusal
from academy.ui import clock, components, navigation, resources, session
from academy.ui.language import _, plural, text

curriculum = resources.curriculum()
framework = curriculum.framework
records = resources.records()
history = session.history()


def begin(form: str) -> None:
    services.open_assessment(
        records,
        session.require_learner(),
        curriculum,
        form=form,
        stage=history.stage,
        now=clock.now(),
    )


def offer() -> None:
    """Say what it is, and let the learner choose how long."""
    st.markdown(
        _(
            "For each skill choose the description that fits what you do today. There are no "
            "points for modesty or for pride; only you and, if you join a cohort, your trainer "
            "can see it. Each click is saved: leave whenever you like and go on later."
        )
    )
    statements = curriculum.assessment.statements.values()
    short = sum(statement.is_short for statement in statements)
    with st.grid(min_column_width=240):
        for form, count, label in (
            ("short", short, _("Short form")),
            ("full", len(statements), _("Full form")),
        ):
            with st.container(border=True):
                st.markdown(f"**{label}**")
                st.caption(
                    plural("{n} statement", "{n} statements", count)
                    + " · "
                    + components.minutes(count * 6 / 60)
                )
                st.button(
                    _("Begin"),
                    key=f"begin-{form}",
                    type="primary" if form == "short" else "secondary",
                    on_click=begin,
                    args=(form,),
                )
    done = history.submitted_assessments()
    if done:
        day = clock.local(done[-1].submitted_at).date().isoformat()
        st.caption(_("You last handed one in on {day}; it is kept as it was.").format(day=day))


def rate(attempt_id: str, statement_id: str) -> None:
    value = st.session_state[f"rating:{attempt_id}:{statement_id}"]
    if value is None:
        return
    try:
        services.rate_statement(
            records,
            session.require_learner(),
            curriculum,
            attempt_id,
            statement_id,
            value,
            now=clock.now(),
        )
    except Refusal as refusal:
        components.refused(refusal)


def hand_in(attempt) -> None:
    """Hand in; ratings that hardly vary are asked about first, for they may be honest."""
    asked = f"asked:{attempt.id}"
    label = _("Hand in and see my results")
    if st.session_state.get(asked):
        st.markdown(
            _(
                "Your ratings hardly differ from each other. If that is how it is, hand in. If you "
                "went through quickly, look again: it changes what we recommend."
            )
        )
        label = _("That is how it is: hand in")
    st.button(label, type="primary", key="hand-in", on_click=finish, args=(attempt, asked))


def finish(attempt, asked: str) -> None:
    if looks_careless(attempt) and not st.session_state.get(asked):
        st.session_state[asked] = True
        return
    services.submit_assessment(records, session.require_learner(), attempt.id, now=clock.now())
    navigation.go("results")


def turn_to(ability: str) -> None:
    st.query_params["ability"] = ability


def screen(attempt) -> None:
    """One ability: its statements, and the way to the next."""
    asked: dict[str, list] = {ability.id: [] for ability in framework.abilities}
    chosen = set(attempt.statements)
    for statement in curriculum.assessment.statements.values():
        if statement.id in chosen:
            asked[framework.ability_of(statement.skill).id].append(statement)
    order = [ability_id for ability_id, statements in asked.items() if statements]
    first_open = next(
        (a for a in order if any(s.id not in attempt.ratings for s in asked[a])), order[-1]
    )
    current = st.query_params.setdefault("ability", first_open)
    if current not in order:
        components.nothing_here(
            _("There is no such ability in the self-assessment."), "assessment", "home"
        )
    ability, place = framework.ability(current), order.index(current)
    done = len(attempt.statements) - len(attempt.unanswered)
    st.progress(
        done / len(attempt.statements),
        text=_("{done} of {all} answered").format(done=done, all=len(attempt.statements)),
    )
    badge = components.dimension_badge(framework.dimension_of(ability.skills[0].id).id)
    st.markdown(f"{badge} :small[:gray[{place + 1}/{len(order)}]]\n\n### {text(ability.name)}")
    with st.container(key=f"ability-{current}"):
        for statement in asked[current]:
            statement_input(attempt, statement)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if place:
            st.button(
                _("Back"),
                icon=":material/arrow_back:",
                key="back",
                on_click=turn_to,
                args=(order[place - 1],),
            )
        if place + 1 < len(order):
            is_done = all(each.id in attempt.ratings for each in asked[current])
            st.button(
                _("Next") if is_done else _("Skip for now"),
                type="primary" if is_done else "secondary",
                key="next",
                on_click=turn_to,
                args=(order[place + 1],),
            )
        else:
            hand_in(attempt)
    if attempt.unanswered and place + 1 == len(order):
        left = len(attempt.unanswered)
        st.caption(
            plural(
                "{n} statement is still open. You may hand in without it.",
                "{n} statements are still open. You may hand in without them.",
                left,
            )
        )


def statement_input(attempt, statement) -> None:
    """Five behaviours and two ways to abstain."""
    words = {value: text(anchor) for value, anchor in enumerate(statement.anchors, start=1)}
    words["dont-know"] = f":gray[{_('I do not know')}]"
    words["not-my-business"] = f":gray[{_('Not part of my business')}]"
    options = [1, 2, 3, 4, 5, *reversed(ABSTENTIONS)]
    given = attempt.ratings.get(statement.id)
    st.radio(
        f"**{text(statement.text)}**",
        options,
        index=options.index(given.value) if given else None,
        format_func=words.__getitem__,
        key=f"rating:{attempt.id}:{statement.id}",
        on_change=rate,
        args=(attempt.id, statement.id),
        width="stretch",
    )


st.title(_("Self-assessment"), anchor=False)
unfinished = history.open_assessment()
if not curriculum.assessment.statements:
    st.markdown(_("The self-assessment is in preparation."))
elif not history.stage:
    st.markdown(_("First tell us where your business stands; it takes two minutes."))
    if st.button(_("Find my stage"), type="primary", key="to-stage"):
        navigation.go("stage")
elif unfinished:
    screen(unfinished)
else:
    offer()
