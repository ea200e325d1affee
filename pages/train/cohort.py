"""A cohort on one screen: who needs what, who stands still, who is stuck, what changed."""

import streamlit as st

from academy import services
from academy.cohort_analytics import (
    LEAST_PEOPLE,
    STILL_DAYS,
    TALK_TO,
    CohortTable,
    Merchant,
    changes,
    cohort_table,
    distribution,
    needs,
)
from academy.exchange.spreadsheets import Table
from academy.flag_outcomes import Outcomes
from academy.framework import STAGE_IDS
from academy.ui import clock, components, navigation, resources, session, watching
from academy.ui.address import chosen_in_address
from academy.ui.components import as_text
from academy.ui.language import _, plural, text

ROWS = 30
"""Merchants on one page of the heat map."""
NAMED = 6
"""Merchants named in each of the lists above it."""

records, curriculum = resources.records(), resources.curriculum()
framework = curriculum.framework
visitor, now = session.person(), clock.now()
WHO = {
    "all": _("All"),
    "stuck": _("Stuck"),
    "still": _("Not moved"),
    "late": _("Late"),
    "unknown": _("Nothing known yet"),
}
ORDER = {
    "need": _("Most missing first"),
    "name": _("By name"),
    "active": _("Longest inactive first"),
    "joined": _("Latest joined first"),
}


def at_a_glance(table: CohortTable) -> None:
    merchants = table.merchants
    with st.grid(5 if seen.assignments else 4, min_column_width=150):
        st.metric(_("Merchants"), len(merchants), border=True)
        st.metric(
            _("Active in {n} days").format(n=STILL_DAYS),
            sum(merchant.has_moved for merchant in merchants),
            border=True,
        )
        st.metric(_("Not moved"), sum(merchant.stands_still for merchant in merchants), border=True)
        st.metric(_("Stuck"), sum(merchant.is_stuck for merchant in merchants), border=True)
        if seen.assignments:
            st.metric(_("Late"), len(late), border=True)


def chosen(table: CohortTable) -> tuple[CohortTable, list[str]]:
    """Those whom the filters leave, in the order wanted, and the filters in words.

    All of it stands in the address.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        stage = st.pills(
            _("Stage"),
            STAGE_IDS,
            format_func=lambda each: text(framework.stage(each).name),
            wrap=True,
            **chosen_in_address("at-stage", STAGE_IDS),
        )
        who = st.pills(
            _("Who"),
            list(WHO),
            required=True,
            format_func=WHO.__getitem__,
            wrap=True,
            **chosen_in_address("who", WHO, "all"),
        )
        name = st.text_input(
            _("Name"), key="called", placeholder=_("part of a name"), bind="query-params", width=150
        )
        order = st.selectbox(
            _("Order"),
            list(ORDER),
            format_func=ORDER.__getitem__,
            width=200,
            filter_mode=None,
            **chosen_in_address("order", ORDER, "need"),
        )
    wanted = name.strip().casefold()
    filters = [text(framework.stage(stage).name)] if stage else []
    filters += [WHO[who]] if who != "all" else []
    filters += [name.strip()] if wanted else []

    def is_left(merchant: Merchant) -> bool:
        summary = merchant.summary
        return (
            (stage is None or (summary.stage == stage and summary.has_stage))
            and (who != "stuck" or merchant.is_stuck)
            and (who != "still" or merchant.stands_still)
            and (who != "late" or merchant.member.learner_id in late)
            and (who != "unknown" or not (summary.answers or summary.ratings))
            and wanted in components.member_name(merchant.member).casefold()
        )

    left = table.only(is_left)
    if order == "need":
        return left.by_need(), filters
    keys = {
        "name": lambda merchant: components.member_name(merchant.member),
        "active": lambda merchant: -merchant.idle_days,
        "joined": lambda merchant: -merchant.member.joined_at.timestamp(),
    }
    places = sorted(
        range(len(left.merchants)), key=lambda place: keys[order](left.merchants[place])
    )
    return left.in_order(places), filters


def stuck(table: CohortTable, outcomes: Outcomes) -> None:
    st.subheader(_("Talk to these"), anchor=False)
    found = sorted(
        (each for each in table.merchants if each.is_stuck),
        key=lambda each: (has_been_talked_to(each), -each.points),
    )
    if not found:
        st.markdown(_("Nobody is stuck, as far as the rules tell."))
    for merchant in found[:NAMED]:
        said = " · ".join(as_text(components.alarm_words(alarm)) for alarm in merchant.alarms)
        note = plural("{n} point", "{n} points", merchant.points)
        talk = components.last_talk(merchant, cohort)
        if talk:
            note += " · " + _("talked to on {day}").format(day=talk.isoformat())
        components.merchant_link(cohort, merchant.member, note=note, below=said)
    all_of_them(len(found), "stuck")
    st.caption(
        _(
            "A rule of ours, not learned from data: inactive for 14 days, two failed checks in a "
            "row, half again slower than the others and a real drop count 2 points each; guessing "
            "and rating oneself too high 1. From {n} on, talk, and note it on the merchant's page."
        ).format(n=TALK_TO)
    )
    with st.expander(_("Is the rule right?"), icon=":material/rule:"):
        is_it_right(outcomes)


def has_been_talked_to(merchant: Merchant) -> bool:
    """Whether somebody talked to him within a week; who has not been comes first."""
    talk = components.last_talk(merchant, cohort)
    return talk is not None and (now.date() - talk).days < STILL_DAYS


def is_it_right(outcomes: Outcomes) -> None:
    """What became of those whom the rule flagged, beside the others."""
    st.markdown(
        _(
            "Whom it flags is kept, once a week; seven days later it is counted who of them, and "
            "of the others, did something again. Only the counts remain."
        )
    )
    if outcomes.is_told and outcomes.since:
        components.outcomes_table(outcomes)
        st.caption(
            _(
                "Since {day}, {n} weeks looked at; some merchants had several rules. Below thirty "
                "of each, chance decides. Where the flagged move as often as the others, the rule "
                "is worth nothing; –: fewer than five people."
            ).format(day=outcomes.since.isoformat(), n=outcomes.looks)
        )
    elif outcomes.looks:
        st.markdown(_("So far there are too few: it takes five flagged and five others."))
    else:
        st.markdown(_("The first count comes a week from now, when you look again."))


def still(table: CohortTable) -> None:
    st.subheader(_("Not moved in {n} days").format(n=STILL_DAYS), anchor=False)
    found = sorted(
        (each for each in table.merchants if each.stands_still), key=lambda each: each.idle_days
    )
    if not found:
        st.markdown(_("Everybody did something this week."))
    for merchant in found[:NAMED]:
        note = (
            plural("{n} day", "{n} days", int(merchant.idle_days))
            if merchant.summary.active_at
            else _("joined, and did nothing yet")
        )
        components.merchant_link(cohort, merchant.member, note=note)
    all_of_them(len(found), "still")
    if found:
        st.caption(_("Who stopped last stands first: he is the easiest to win back."))


def behind(table: CohortTable) -> None:
    """Who has not done what was assigned though its last day has passed."""
    st.subheader(_("Late"), anchor=False)
    found = sorted(
        (each for each in table.merchants if each.member.learner_id in late),
        key=lambda each: -len(late[each.member.learner_id]),
    )
    if not found:
        st.markdown(_("Nobody is late with what you assigned."))
    for merchant in found[:NAMED]:
        tasks = late[merchant.member.learner_id]
        said = " · ".join(
            f"{as_text(components.assignment_title(task.assignment))} :orange-badge["
            f"{components.due_words(task.assignment, today)}]"
            for task in tasks[:2]
        )
        more = f" +{len(tasks) - 2}" if len(tasks) > 2 else ""
        components.merchant_link(cohort, merchant.member, below=said + more)
    all_of_them(len(found), "late")


def all_of_them(found: int, who: str) -> None:
    """The way to all of a list that names only the first."""
    if found > NAMED:
        label = plural("Show all {n} below", "Show all {n} below", found)
        icon = ":material/filter_alt:"
        navigation.link("cohort", label, icon=icon, cohort=cohort.id, who=who)


@st.fragment
def the_map(table: CohortTable, columns: list[str]) -> None:
    st.subheader(_("Who needs what"), anchor=False)
    pages = max(1, -(-len(table.merchants) // ROWS))
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    first = (page - 1) * ROWS
    places = range(first, min(first + ROWS, len(table.merchants)))
    chosen = components.heat_map_of(table.in_order(places), columns)
    if chosen:
        navigation.go("learner", cohort=cohort.id, learner=chosen.learner_id)
    st.caption(
        _(
            "Tap a row to open the merchant's page. The number is the score. Fainter: less sure. "
            "Hatched: only what the merchant says of himself. Dot: nothing known yet. Abilities "
            "that most need stand on the left."
        )
    )


def of_the_whole(table: CohortTable) -> tuple[Table, ...]:
    """What the workbook holds beside the merchants: the same as stands below."""
    if not is_told(table):
        return ()
    return components.tables_of_the_whole(needs(table), distribution(table), changes(table))


def is_told(table: CohortTable) -> bool:
    known = sum(bool(each.summary.answers or each.summary.ratings) for each in table.merchants)
    return known >= LEAST_PEOPLE


@st.fragment
def the_same_as_a_table(table: CohortTable, columns: list[str], filters: list[str]) -> None:
    opened = st.expander(
        _("The same as a table, to sort and to take away"),
        icon=":material/table_view:",
        key="as-a-table",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        rows = components.merchants_table(table, cohort, columns, late, filters)
        components.take_away(rows, now, more=of_the_whole(table))
        picked = st.dataframe(
            {name: [row[at] for row in rows.rows] for at, name in enumerate(rows.columns)},
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key="merchants",
        )
        st.caption(_("Choose a row to open the merchant's page."))
        for place in picked.selection.rows[:1]:
            learner = table.merchants[place].member.learner_id
            navigation.go("learner", cohort=cohort.id, learner=learner)


def the_whole(table: CohortTable) -> None:
    """What is told of many only: the abilities, the dimensions, before and after."""
    if not is_told(table):
        st.caption(
            _(
                "Means and shares appear when something is known of {n} merchants; of fewer they "
                "would tell on each."
            ).format(n=LEAST_PEOPLE)
        )
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Abilities, the neediest first"), anchor=False)
        components.needs_table(needs(table))
        st.caption(
            _(
                "Clearly below: whose target is met with less than a chance of one in five. The "
                "order is that share, weighted by how much each one's stage asks of the ability. "
                "–: fewer than five people."
            )
        )
    with right:
        st.subheader(_("Against what each one's stage asks"), anchor=False)
        components.shares_of(table)
        st.subheader(_("Before and after"), anchor=False)
        found = changes(table)
        if found:
            components.changes_table(found)
            st.caption(
                _(
                    "From each one's first exam or check to the last, two weeks or more apart. The "
                    "band allows for what questions leave open and for how people differ."
                )
            )
        else:
            st.markdown(
                _(
                    "This needs five merchants who took an exam or a check twice, two weeks or "
                    "more apart."
                )
            )


seen = watching.watched()
cohort, today = seen.cohort, clock.today()
late = seen.late(today)
st.title(as_text(cohort.title), anchor=False)
components.cohort_ways(cohort, "cohort")
everybody = cohort_table(
    framework, list(seen.members.values()), seen.summaries, ends_on=cohort.ends_on, now=now
)
if not everybody.merchants:
    st.markdown(_("Nobody has joined yet. Show the code, and merchants join with their phones."))
    navigation.link("invite", _("Invite"), icon=":material/qr_code:", cohort=cohort.id)
    components.end_page()
outcomes = services.note_flags(records, visitor, cohort.id, everybody, now=now)
at_a_glance(everybody)
stuck_side, still_side, *late_side = st.columns(3 if seen.assignments else 2, gap="large")
with stuck_side:
    stuck(everybody, outcomes)
with still_side:
    still(everybody)
for side in late_side:
    with side:
        behind(everybody)
selected, filters = chosen(everybody)
if not selected.merchants:
    st.markdown(_("Nobody is left by these filters. Take one away."))
    components.end_page()
by_need = [need.id for need in needs(everybody)]
the_map(selected, by_need)
the_same_as_a_table(selected, by_need, filters)
the_whole(selected)
