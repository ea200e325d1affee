"""How the items worked in a cohort: which are too hard, which mislead, which tell nothing."""

import math

import streamlit as st

from academy.cohort_work import ItemFigures, OptionShare
from academy.exchange.spreadsheets import Table
from academy.item_analysis import CORRELATED_FROM, DISTRACTORS_FROM, JUDGED_FROM, SHOWN_FROM
from academy.ui import clock, components, resources, watching
from academy.ui.cohort_figures import cohort_figures
from academy.ui.components import as_text
from academy.ui.language import _, plural, text

PAGE = 10
curriculum = resources.curriculum()
FLAGS = {
    "weak": _("tells little"),
    "harmful": _("misleads"),
    "dead_distractor": _("a dead option"),
    "wrong_key_suspected": _("wrong key suspected"),
}
ORDERS = {
    "hardest": _("Most got wrong"),
    "flagged": _("Flagged first"),
    "weakest": _("Tells least"),
    "most": _("Most answered"),
}


def number(value: float, digits: int = 2) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def band(figures: ItemFigures) -> str:
    found = figures.statistics
    if math.isnan(found.item_rest):
        return "–"
    return f"{found.item_rest:.2f} ({found.item_rest_low:.2f} … {found.item_rest_high:.2f})"


def share(option: OptionShare) -> str:
    return _("under 5") if option.count is None else f"{option.share:.0%}"


def order_of(figures: ItemFigures) -> tuple:
    found = figures.statistics
    rest = 2.0 if math.isnan(found.item_rest) else found.item_rest
    return {
        "hardest": (found.facility,),
        "flagged": (-len(found.flags), found.facility),
        "weakest": (rest, found.facility),
        "most": (-found.n,),
    }[order]


def one_item(figures: ItemFigures) -> None:
    item, found = curriculum.bank.item(figures.item_id), figures.statistics
    with st.container(border=True, key=f"item-{item.id}"):
        skill = text(curriculum.framework.skill(item.skill).name)
        facts = [
            plural("{n} person answered", "{n} people answered", found.n),
            _("{share} right").format(share=f"{found.facility:.0%}"),
        ]
        if found.n >= CORRELATED_FROM:
            facts.append(_("correlation with the rest {band}").format(band=band(figures)))
        line = " · ".join(facts)
        if found.n < CORRELATED_FROM:
            line = f":gray[{line}]"
        badges = " ".join(f":orange-badge[{FLAGS[flag]}]" for flag in found.flags)
        st.markdown(f":small[:gray[{skill} · {item.id}]]  \n{line} {badges}")
        components.prose(item.stem)
        opened = st.expander(
            _("How the options were chosen"), key=f"open-{item.id}", on_change="rerun"
        )
        if opened.open:
            with opened:
                options(figures)


def options(figures: ItemFigures) -> None:
    """How the options were chosen, with what each one catches."""
    item = curriculum.bank.item(figures.item_id)
    has_rest = figures.n >= CORRELATED_FROM
    for option in figures.options:
        told = item.option(option.option)
        sign = ":green[:material/check_circle:]" if option.is_key else ":gray[:material/circle:]"
        rest = f" · {number(option.rest)}" if has_rest and not math.isnan(option.rest) else ""
        components.prose(
            f"{sign} **{share(option)}**{rest} · {text(told.text)}\n\n"
            f":small[:gray[{text(told.feedback)}]]"
        )
    if has_rest:
        st.caption(
            _("Behind each share: how choosing it goes with the level that the other items show.")
        )


def as_table(found: tuple[ItemFigures, ...]) -> Table:
    rows = []
    for each in found:
        item, about = curriculum.bank.item(each.item_id), each.statistics
        judged = [about.item_rest, about.item_rest_low, about.item_rest_high]
        rows.append(
            (
                item.id,
                text(curriculum.framework.skill(item.skill).name),
                components.plain_words(text(item.stem)),
                about.n,
                round(about.facility, 3),
                *(None if math.isnan(value) else round(value, 3) for value in judged),
                "; ".join(FLAGS[flag] for flag in about.flags),
                " ".join(f"{option.option}:{share(option)}" for option in each.options),
            )
        )
    names = (
        _("Item"),
        _("Skill"),
        _("Question"),
        _("Answers"),
        _("Facility"),
        _("Correlation with the rest"),
        _("from"),
        _("to"),
        _("Flags"),
        _("Options"),
    )
    return Table(f"{cohort.title} {_('items')}", names, tuple(rows))


watched = watching.watched()
cohort = watched.cohort
st.title(_("Items of {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "items")
figures = cohort_figures(watched)
if not figures.items:
    st.markdown(_("An item appears here when {n} members have answered it.").format(n=SHOWN_FROM))
    st.stop()
with st.container(horizontal=True):
    st.metric(_("Items with {n} answers or more").format(n=SHOWN_FROM), len(figures.items))
    st.metric(_("Flagged"), sum(bool(each.statistics.flags) for each in figures.items))
    if not math.isnan(figures.reliability):
        st.metric(
            _("Reliability of the overall score"),
            f"{figures.reliability:.2f}",
            help=_(
                "Empirical: how much of the spread between {n} merchants is no error of "
                "measurement. Alpha would mean nothing, since each gets other items."
            ).format(n=figures.reliable_of),
        )
with st.container(horizontal=True, vertical_alignment="bottom"):
    skills = list(dict.fromkeys(curriculum.bank.item(each.item_id).skill for each in figures.items))
    skill = st.selectbox(
        _("Skill"),
        skills,
        index=None,
        format_func=lambda each: text(curriculum.framework.skill(each).name),
        placeholder=_("All skills"),
        key="skill",
        bind="query-params",
        width=260,
    )
    order = st.selectbox(
        _("Order"),
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        key="order",
        bind="query-params",
        width=200,
        filter_mode=None,
    )
chosen = tuple(
    sorted(
        (
            each
            for each in figures.items
            if skill in (None, curriculum.bank.item(each.item_id).skill)
        ),
        key=order_of,
    )
)
pages = max(1, -(-len(chosen) // PAGE))
page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
for each in chosen[(page - 1) * PAGE : page * PAGE]:
    one_item(each)
components.take_away(as_table(chosen), clock.now())
st.caption(
    _(
        "Only first answers count, and no rapid guess. From {shown} answers the share that is "
        "right; from {correlated} the correlation with each one's level from the other items, with "
        "its band; from {judged} the flags for items that tell little or mislead; from "
        "{distractors} those for dead options and a suspected wrong key. A number of one to four "
        "people is not told."
    ).format(
        shown=SHOWN_FROM,
        correlated=CORRELATED_FROM,
        judged=JUDGED_FROM,
        distractors=DISTRACTORS_FROM,
    )
)
