"""Two dates laid over each other, and an honest word on what changed between them."""

import streamlit as st

from academy.checkpoints import (
    Checkpoint,
    answers_at,
    checkpoints,
    evidence_at,
    growth_between,
    handed_in,
    joinable_until,
    natural_pair,
    profile_at,
)
from academy.growth import LEAST_OVERALL
from academy.standings import ability_standings, dimension_standings, scores_shown
from academy.ui import clock, components, navigation, resources, session
from academy.ui.language import _

curriculum = resources.curriculum()
framework = curriculum.framework
history = session.history()
found = checkpoints(history)

st.title(_("My growth"), anchor=False)
if not found:
    st.markdown(
        _(
            "Each self-assessment and each stage exam that you hand in is kept here as it was. "
            "From the second one on you can lay any two over each other."
        )
    )
    navigation.link("assessment", _("Self-assessment"), icon=":material/fact_check:")
    components.end_page()

components.handed_in_list(_("Handed in"), handed_in(history))
for latest in [each for each in found if each.has_answers][-1:]:
    until = joinable_until(history, latest)
    counted = sum(answer.weight > 0 for answer in answers_at(history, curriculum, latest))
    if until and clock.now() < until and counted < LEAST_OVERALL:
        components.joining_offer(latest, until, answers=counted)
if len(found) < 2:
    st.caption(_("One is a photograph, two are a story: come back in two weeks or more."))
    components.end_page()


def two_dates() -> tuple[Checkpoint, Checkpoint]:
    """The dates to compare; where there are more than two, the visitor chooses."""
    title = _("Compare two dates")
    if len(found) == 2:
        first, second = found
        days = " → ".join(f"{clock.local(each.at):%Y-%m-%d %H:%M}" for each in found)
        st.markdown(f"### {title}\n\n:small[:gray[{days}]]")
        return first, second
    order = [checkpoint.attempts[0] for checkpoint in found]
    usual_first, usual_second = (found.index(each) for each in natural_pair(found))
    by_attempt = dict(zip(order, found, strict=True))
    st.subheader(title, anchor=False)
    with st.grid(min_column_width=260):
        earlier = st.selectbox(
            _("Earlier"),
            order[:-1],
            index=usual_first,
            format_func=lambda each: components.checkpoint_name(by_attempt[each]),
            key="earlier",
            bind="query-params",
            filter_mode=None,
        )
        later = st.selectbox(
            _("Later"),
            order[order.index(earlier) + 1 :],
            index=max(0, usual_second - order.index(earlier) - 1),
            format_func=lambda each: components.checkpoint_name(by_attempt[each]),
            key=f"later-than-{earlier}",
            filter_mode=None,
        )
    return by_attempt[earlier], by_attempt[later]


first, second = two_dates()
past = evidence_at(history, curriculum, first)
before = past.profile() if past.answers else None
after = profile_at(history, curriculum, second)
components.radar(
    ability_standings(after),
    dimension_standings(after),
    previous=scores_shown(before) if before else {},
)
if past.stage != after.stage:
    st.caption(_("Your stage changed in between, and with it what is usual and what is asked."))

growth = growth_between(history, curriculum, first, second)
if growth is None or before is None:
    st.markdown(
        f"### {_('Did you grow?')}\n\n"
        + _(
            "Only answers can show growth; what we say of ourselves changes with our yardstick. "
            "Take the stage exam and a quick check within one week, and both again after two weeks "
            "or more: they draw other questions of the same kind, and then this place will say "
            "whether the change is real."
        )
    )
    if history.stage and st.button(_("Take the stage exam"), type="primary", key="exam"):
        navigation.go("quiz", purpose="exam", subject=history.stage)
else:
    st.subheader(_("Did you grow?"), anchor=False)
    components.growth_words(growth)
    components.growth_chart(growth, before)
    components.corrected_since(response for _attempt, response in history.responses())
