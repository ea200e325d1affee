"""Today's review: what would soon be forgotten, as much as fits into the minutes one has."""

import streamlit as st

from academy import services
from academy.ui import clock, navigation, resources, session
from academy.ui.language import _, plural

curriculum = resources.curriculum()
records = resources.records()
history = session.history()
minutes = services.review_minutes(records, session.learner_id())


def remember() -> None:
    chosen = st.session_state["minutes"]
    if chosen:
        services.choose_review_minutes(records, session.require_learner(), chosen)


st.title(_("Today's review"), anchor=False)
under_way = [
    attempt
    for attempt in history.quizzes.values()
    if (attempt.purpose, attempt.subject) == ("review", "today") and not attempt.is_submitted
]
due = services.due_today(history, curriculum.bank, minutes_a_day=minutes, now=clock.now())
st.segmented_control(
    _("Minutes a day"),
    services.MINUTES_OFFERED,
    default=minutes,
    key="minutes",
    on_change=remember,
    required=True,
)
if under_way:
    left = len(under_way[-1].unanswered)
    st.markdown(plural("{n} question to go", "{n} questions to go", left))
    if st.button(_("Go on"), type="primary", key="go-on", shortcut="Enter"):
        navigation.go("quiz", attempt=under_way[-1].id)
elif due:
    st.markdown(
        plural(
            "**{n} question** is due today. What you got wrong last time comes first.",
            "**{n} questions** are due today. What you got wrong last time comes first.",
            len(due),
        )
    )
    if st.button(_("Begin"), type="primary", key="begin", shortcut="Enter"):
        navigation.go("quiz", purpose="review", subject="today")
elif history.answered_items():
    st.markdown(_("Nothing is due today. Come back tomorrow, or study something new."))
    navigation.link("skills", _("All skills"), icon=":material/account_tree:")
else:
    st.markdown(
        _(
            "Questions you have answered come back here just before you would forget them. "
            "Answer some first: study a lesson or practise a skill."
        )
    )
    navigation.link("skills", _("All skills"), icon=":material/account_tree:")
