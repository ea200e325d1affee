"""Take a quiz of one skill or one stage, and read its result."""

import streamlit as st

from academy import services
from academy.attempts import QuizAttempt
from academy.blueprint import LONGEST_ADAPTIVE
from academy.services import Refusal
from academy.ui import clock, components, navigation, resources, session
from academy.ui.language import _, plural

curriculum = resources.curriculum()
records = resources.records()
purpose, subject = st.query_params.get("purpose"), st.query_params.get("subject", "")


def place_in(attempt: QuizAttempt) -> dict[str, str]:
    """Where an attempt goes on, for the address: the first item without an answer, from 1."""
    if attempt.is_submitted or attempt.purpose == "check":
        return {}
    waiting = attempt.unanswered[0] if attempt.unanswered else attempt.form[-1]
    return {"item": str(attempt.form.index(waiting) + 1)}


if "attempt" not in st.query_params:
    if purpose not in ("practice", "probe", "exam", "check", "review"):
        components.nothing_here(_("There is no such quiz. Choose a skill and practise it."))
    try:
        attempt = services.open_quiz(
            records,
            session.require_learner(),
            curriculum,
            purpose=purpose,
            subject=subject,
            now=clock.now(),
        )
    except Refusal as refusal:
        way = "stages" if refusal.reason == "unknown-stage" else "skills"
        components.nothing_here(components.reason(refusal), way, "home")
    st.query_params.from_dict({"attempt": attempt.id} | place_in(attempt))
else:
    try:
        attempt = services.find_quiz(records, session.learner_id(), st.query_params["attempt"])
    except Refusal as refusal:
        components.nothing_here(components.reason(refusal))


def hand_in() -> None:
    services.submit_quiz(
        records, session.require_learner(), curriculum, attempt.id, now=clock.now()
    )
    st.query_params.pop("item", None)


def practise() -> None:
    """One item at a time, what is right and why at once; the address says which."""
    form = attempt.form
    number = item_number()
    item = curriculum.bank.item(form[number - 1])
    is_answered = item.id in attempt.responses
    components.practice_item(attempt, item, number=number, total=len(form))
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if number > 1:
            back_from(number)
        if number < len(form):
            st.button(
                _("Next question") if is_answered else _("Skip for now"),
                type="primary" if is_answered else "tertiary",
                key="next",
                on_click=turn_to,
                args=(number + 1,),
            )
            return
        st.button(
            _("Finish and see the result"),
            type="secondary" if attempt.unanswered else "primary",
            on_click=hand_in,
            key="hand-in",
            disabled=not attempt.responses,
        )
    left = len(attempt.unanswered)
    if left:
        st.caption(plural("{n} question to go", "{n} questions to go", left))


def sit_exam() -> None:
    """One item at a time; the address says which, so that a refresh leads back to it."""
    form, responses = attempt.form, attempt.responses
    number = item_number()
    st.progress(
        len(responses) / len(form),
        text=_("{done} of {all} answered").format(done=len(responses), all=len(form)),
    )
    item = curriculum.bank.item(form[number - 1])
    components.exam_item(attempt, item, number=number, total=len(form))
    is_last = number == len(form)
    if is_last and attempt.unanswered:
        st.pills(
            plural(
                "{n} question without an answer; it will not count.",
                "{n} questions without an answer; they will not count.",
                len(attempt.unanswered),
            ),
            [place for place, item_id in enumerate(form, start=1) if item_id not in responses],
            key="unanswered",
            on_change=turn_to_unanswered,
        )
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        back_from(number)
        if is_last:
            st.button(
                _("Hand in"),
                type="primary",
                on_click=hand_in,
                key="hand-in",
                disabled=not responses,
            )
            return
        st.button(
            _("To the hand-in"), type="tertiary", key="end", on_click=turn_to, args=(len(form),)
        )
        st.button(
            _("Next"),
            type="primary",
            key="next",
            on_click=turn_to,
            args=(number + 1,),
        )


def back_from(number: int) -> None:
    st.button(
        _("Back"),
        icon=":material/arrow_back:",
        key="back",
        on_click=turn_to,
        args=(number - 1,),
        disabled=number == 1,
    )


def item_number() -> int:
    """The item that the address names, from 1; else the first one without an answer."""
    numbers = {str(number): number for number in range(1, len(attempt.form) + 1)}
    if st.query_params.get("item") not in numbers:
        st.query_params.update(place_in(attempt))
    return numbers[st.query_params["item"]]


def turn_to(number: int) -> None:
    st.query_params["item"] = str(number)


def turn_to_unanswered() -> None:
    chosen = st.session_state["unanswered"]
    if chosen:
        turn_to(chosen)


def take_check() -> None:
    """One question at a time, each chosen for what it would tell."""
    going = services.draw_next(
        records, session.require_learner(), curriculum, attempt.id, now=clock.now()
    )
    if not going.unanswered:
        hand_in()
        st.rerun()
    (item_id,) = going.unanswered
    number = len(going.form)
    st.progress(
        (number - 1) / LONGEST_ADAPTIVE,
        text=_("Question {number}, at most {most}").format(number=number, most=LONGEST_ADAPTIVE),
    )
    components.check_item(going, curriculum.bank.item(item_id))
    if going.responses:
        st.button(_("Finish early"), on_click=hand_in, key="hand-in", type="tertiary")
    st.caption(
        _(
            "Each question is chosen for what your answer would tell, so some will feel hard. "
            "What is right and why comes at the end."
        )
    )


def result() -> None:
    answered = len(attempt.responses)
    st.metric(_("Right"), _("{right} of {all}").format(right=attempt.points, all=answered))
    st.caption("  \n".join(how_to_take_it()))
    with st.container(horizontal=True):
        if st.button(_("See my results"), type="primary", key="to-results"):
            navigation.go("results")
        if attempt.purpose != "lesson" and st.button(_("Another one"), key="again"):
            navigation.go("quiz", purpose=attempt.purpose, subject=attempt.subject)
        if attempt.purpose == "exam":
            navigation.link(
                "certificate",
                _("Certificate"),
                icon=":material/workspace_premium:",
                attempt=attempt.id,
            )
    given = [each for each in attempt.form if each in attempt.responses]
    wrong = [each for each in given if not attempt.responses[each].is_correct]
    components.lessons_on((curriculum.bank.item(each) for each in wrong), place="wrong")
    told = [each for each in given if each in wrong or curriculum.bank.item(each).fault]
    for item_id in told:
        shown(item_id)
    right = [each for each in given if each not in told]
    if right:
        opened = st.expander(
            plural("{n} answered rightly", "{n} answered rightly", len(right)),
            icon=":material/check:",
            key="right-ones",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                for item_id in right:
                    shown(item_id)


def how_to_take_it() -> list[str]:
    """What is to be known of a result before one believes it, a sentence a line."""
    said = []
    if attempt.unanswered:
        left = len(attempt.unanswered)
        said.append(plural("{n} left unanswered", "{n} left unanswered", left))
    if attempt.effort == "not-scored":
        said.append(
            _("Most answers came faster than the questions can be read, so none is counted.")
        )
    elif attempt.rapid:
        said.append(
            plural(
                "{n} answer came faster than the question can be read and is not counted.",
                "{n} answers came faster than the questions can be read and are not counted.",
                attempt.rapid,
            )
        )
    said.append(
        _(
            "One quiz is a small sample. Your results put it together with everything else "
            "you answered, and say how sure that is."
        )
    )
    if attempt.content_revision != curriculum.revision:
        said.append(_("Taken on an earlier revision of the content; shown as it was judged."))
    return said


def shown(item_id: str) -> None:
    with st.container(border=True):
        components.answered_item(attempt, curriculum.bank.item(item_id), attempt.responses[item_id])


st.title(components.quiz_title(attempt), anchor=False)
if attempt.is_submitted:
    result()
elif attempt.shows_feedback:
    practise()
elif attempt.purpose == "check":
    take_check()
else:
    st.caption(
        _(
            "Each answer is saved as you choose it and may be changed until you hand in. "
            "What is right and why comes at the end."
        )
    )
    sit_exam()
