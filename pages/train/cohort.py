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
from academy.framework import STAGE_IDS
from academy.services import Refusal, Watched
from academy.ui import clock, components, navigation, resources, session
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
    "unknown": _("Nothing known yet"),
}
ORDER = {
    "need": _("Most missing first"),
    "name": _("By name"),
    "active": _("Longest inactive first"),
    "joined": _("Latest joined first"),
}


def watched() -> Watched:
    """The cohort, with every summary worked out that was not yet."""
    try:
        seen = services.watch_cohort(
            records, visitor, curriculum, st.query_params.get("cohort", "")
        )
    except Refusal:
        components.nothing_here(_("There is no such cohort. Choose one of yours."))
    missing = seen.missing
    if not missing:
        return seen
    bar = st.progress(0.0, text=_("Working out what is new …"))
    for done, _id in enumerate(
        services.work_out_summaries(records, curriculum, missing, now=now), start=1
    ):
        if done % 10 == 0:
            bar.progress(done / len(missing))
    bar.empty()
    return services.watch_cohort(records, visitor, curriculum, seen.cohort.id)


def at_a_glance(table: CohortTable) -> None:
    merchants = table.merchants
    with st.grid(4, min_column_width=150):
        st.metric(_("Merchants"), len(merchants), border=True)
        st.metric(
            _("Active in {n} days").format(n=STILL_DAYS),
            sum(merchant.has_moved for merchant in merchants),
            border=True,
        )
        st.metric(
            _("Not moved"), sum(not merchant.has_moved for merchant in merchants), border=True
        )
        st.metric(_("Stuck"), sum(merchant.is_stuck for merchant in merchants), border=True)


def chosen(table: CohortTable) -> CohortTable:
    """Those whom the filters leave, in the order wanted; all of it stands in the address."""
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
            _("Name"), key="called", placeholder=_("part of a name"), bind="query-params", width=180
        )
        order = st.selectbox(
            _("Order"),
            list(ORDER),
            format_func=ORDER.__getitem__,
            width=220,
            filter_mode=None,
            **chosen_in_address("order", ORDER, "need"),
        )
    wanted = name.strip().casefold()

    def is_left(merchant: Merchant) -> bool:
        summary = merchant.summary
        return (
            (stage is None or (summary.stage == stage and summary.has_stage))
            and (who != "stuck" or merchant.is_stuck)
            and (who != "still" or not merchant.has_moved)
            and (who != "unknown" or not (summary.answers or summary.ratings))
            and wanted in components.member_name(merchant.member).casefold()
        )

    left = table.only(is_left)
    if order == "need":
        return left.by_need()
    keys = {
        "name": lambda merchant: components.member_name(merchant.member),
        "active": lambda merchant: -merchant.idle_days,
        "joined": lambda merchant: -merchant.member.joined_at.timestamp(),
    }
    places = sorted(
        range(len(left.merchants)), key=lambda place: keys[order](left.merchants[place])
    )
    return left.in_order(places)


def stuck(table: CohortTable) -> None:
    st.subheader(_("Talk to these"), anchor=False)
    found = sorted(
        (each for each in table.merchants if each.is_stuck), key=lambda each: -each.points
    )
    if not found:
        st.markdown(_("Nobody is stuck, as far as the rules tell."))
    for merchant in found[:NAMED]:
        said = " · ".join(as_text(components.alarm_words(alarm)) for alarm in merchant.alarms)
        points = plural("{n} point", "{n} points", merchant.points)
        components.merchant_link(cohort, merchant.member, note=points, below=said)
    _more(len(found))
    st.caption(
        _(
            "A rule of ours, not learned from data: inactive for 14 days, two failed checks in a "
            "row, half again slower than the others and a real drop count 2 points each; guessing "
            "and rating oneself too high 1. From {n} on, talk."
        ).format(n=TALK_TO)
    )


def still(table: CohortTable) -> None:
    st.subheader(_("Not moved in {n} days").format(n=STILL_DAYS), anchor=False)
    found = sorted(
        (each for each in table.merchants if not each.has_moved), key=lambda each: each.idle_days
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
    _more(len(found))


def _more(found: int) -> None:
    if found > NAMED:
        st.caption(
            plural("And {n} more: filter below.", "And {n} more: filter below.", found - NAMED)
        )


def the_map(table: CohortTable, columns: list[str]) -> None:
    st.subheader(_("Who needs what"), anchor=False)
    pages = max(1, -(-len(table.merchants) // ROWS))
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    first = (page - 1) * ROWS
    places = range(first, min(first + ROWS, len(table.merchants)))
    components.heat_map_of(table.in_order(places), columns)
    st.caption(
        _(
            "The number is the score. Fainter: less sure. Hatched: only what the merchant says of "
            "himself. Dot: nothing known yet. Abilities that most need stand on the left."
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
def the_same_as_a_table(table: CohortTable, columns: list[str]) -> None:
    opened = st.expander(
        _("The same as a table, to sort and to take away"),
        icon=":material/table_view:",
        key="as-a-table",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        rows = components.merchants_table(table, cohort.title, columns)
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
                "Clearly below: whose target is met with less than a chance of one in five. –: "
                "fewer than five people."
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


st.set_page_config(layout="wide")
seen = watched()
cohort = seen.cohort
st.title(as_text(cohort.title), anchor=False)
components.cohort_ways(cohort, "cohort")
everybody = cohort_table(
    framework, list(seen.members.values()), seen.summaries, ends_on=cohort.ends_on, now=now
)
if not everybody.merchants:
    st.markdown(_("Nobody has joined yet. Show the code, and merchants join with their phones."))
    st.stop()
at_a_glance(everybody)
stuck_side, still_side = st.columns(2, gap="large")
with stuck_side:
    stuck(everybody)
with still_side:
    still(everybody)
selected = chosen(everybody)
if not selected.merchants:
    st.markdown(_("Nobody is left by these filters. Take one away."))
    st.stop()
by_need = [need.id for need in needs(everybody)]
the_map(selected, by_need)
the_same_as_a_table(selected, by_need)
the_whole(selected)
