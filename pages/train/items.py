"""How the items worked in a cohort: which are too hard, which mislead, which tell nothing."""

import math
from collections.abc import Mapping

import streamlit as st

from academy import services
from academy.cohort_work import ItemFigures, OptionShare, form_statistics
from academy.exchange.spreadsheets import Table
from academy.item_analysis import (
    CORRELATED_FROM,
    DISTRACTORS_FROM,
    JUDGED_FROM,
    SHOWN_FROM,
    TOO_EASY,
    TOO_HARD,
    ItemStatistics,
    TestStatistics,
)
from academy.one_line import one_line
from academy.ui import clock, components, resources, session, watching
from academy.ui.address import chosen_in_address
from academy.ui.cohort_figures import cohort_figures, lesson_check
from academy.ui.components import as_text
from academy.ui.language import _, plural, text

PAGE, SHORT = 10, 48
records, curriculum = resources.records(), resources.curriculum()
VIEWS = {"bank": _("Questions of the bank"), "forms": _("Fixed forms")}
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


def band(found: ItemStatistics) -> str:
    if math.isnan(found.item_rest):
        return "–"
    return f"{found.item_rest:.2f} ({found.item_rest_low:.2f} … {found.item_rest_high:.2f})"


def share(option: OptionShare) -> str:
    return _("under 5") if option.count is None else f"{option.share:.0%}"


def order_of(figures: ItemFigures, order: str) -> tuple:
    found = figures.statistics
    rest = 2.0 if math.isnan(found.item_rest) else found.item_rest
    return {
        "hardest": (found.facility,),
        "flagged": (-len(found.flags), found.facility),
        "weakest": (rest, found.facility),
        "most": (-found.n,),
    }[order]


def badges(found: ItemStatistics) -> str:
    """What is to be thought of an item, as Markdown."""
    shown = [f":orange-badge[{FLAGS[flag]}]" for flag in found.flags]
    if found.n >= JUDGED_FROM and found.facility < TOO_HARD:
        shown.append(f":gray-badge[{_('very hard')}]")
    if found.n >= JUDGED_FROM and found.facility > TOO_EASY:
        shown.append(f":gray-badge[{_('very easy')}]")
    return " ".join(shown)


def one_item(figures: ItemFigures) -> None:
    item, found = curriculum.bank.item(figures.item_id), figures.statistics
    with st.container(border=True, key=f"item-{item.id}"):
        skill = text(curriculum.framework.skill(item.skill).name)
        facts = [
            plural("{n} person answered", "{n} people answered", found.n),
            _("{share} right").format(share=f"{found.facility:.0%}"),
        ]
        if found.n >= CORRELATED_FROM:
            facts.append(_("correlation with the rest {band}").format(band=band(found)))
        line = " · ".join(facts)
        if found.n < CORRELATED_FROM:
            line = f":gray[{line}]"
        st.markdown(f":small[:gray[{skill} · {item.id}]]  \n{line} {badges(found)}")
        components.prose(components.example_words(item, item.stem))
        st.markdown(f":small[{at_a_glance(figures)}]")
        opened = st.expander(
            _("What each option says, and what it catches"),
            key=f"open-{item.id}",
            on_change="rerun",
        )
        if opened.open:
            with opened:
                options(figures)


def at_a_glance(figures: ItemFigures) -> str:
    """How the options were chosen, on one line; those that are not told apart go together."""
    parts = []
    for option in figures.options:
        if option.is_key or option.count is not None:
            sign = ":green[:material/check_circle:] " if option.is_key else ""
            parts.append(f"{sign}**{option.option.upper()}** {share(option)}")
    if any(option.count is None and not option.is_key for option in figures.options):
        parts.append(_("others under 5 each"))
    return " :gray[·] ".join(parts)


def options(figures: ItemFigures) -> None:
    """How the options were chosen, with what each one catches."""
    item = curriculum.bank.item(figures.item_id)
    has_rest = figures.n >= CORRELATED_FROM
    for option in figures.options:
        told = item.option(option.option)
        sign = ":green[:material/check_circle:]" if option.is_key else ":gray[:material/circle:]"
        rest = f" · {number(option.rest)}" if has_rest and not math.isnan(option.rest) else ""
        components.prose(
            f"{sign} **{option.option.upper()} · {share(option)}**{rest} · "
            f"{components.example_words(item, told.text)}\n\n"
            f":small[:gray[{components.example_words(item, told.feedback)}]]"
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
                components.plain_words(components.example_words(item, item.stem)),
                about.n,
                round(about.facility, 3),
                *(None if math.isnan(value) else round(value, 3) for value in judged),
                "; ".join(FLAGS[flag] for flag in about.flags),
                " ".join(f"{option.option.upper()}:{share(option)}" for option in each.options),
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
    shares = frozenset({_("Facility")})
    return Table(f"{cohort.title} {_('items')}", names, tuple(rows), shares)


def of_the_bank() -> None:
    """Every item that enough members met, wherever they met it."""
    if not figures.items:
        st.markdown(
            _("An item appears here when {n} members have answered it.").format(n=SHOWN_FROM)
        )
        return
    with st.container(horizontal=True):
        st.metric(_("Items with {n} answers or more").format(n=SHOWN_FROM), len(figures.items))
        st.metric(
            _("Flagged"),
            sum(bool(each.statistics.flags) for each in figures.items),
            help=_("Only items with {n} answers or more are judged.").format(n=JUDGED_FROM),
        )
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
        skills = list(
            dict.fromkeys(curriculum.bank.item(each.item_id).skill for each in figures.items)
        )
        skill = st.selectbox(
            _("Skill"),
            skills,
            format_func=lambda each: text(curriculum.framework.skill(each).name),
            placeholder=_("All skills"),
            width=260,
            **chosen_in_address("skill", skills),
        )
        order = st.selectbox(
            _("Order"),
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            width=200,
            filter_mode=None,
            **chosen_in_address("order", ORDERS, "hardest"),
        )
    chosen = tuple(
        sorted(
            (
                each
                for each in figures.items
                if skill in (None, curriculum.bank.item(each.item_id).skill)
            ),
            key=lambda each: order_of(each, order),
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
            "right; from {correlated} the correlation with each one's level from the other items, "
            "with its band; from {judged} the flags for items that tell little or mislead; from "
            "{distractors} those for dead options and a suspected wrong key. An option that one "
            "to four people chose is not told apart."
        ).format(
            shown=SHOWN_FROM,
            correlated=CORRELATED_FROM,
            judged=JUDGED_FROM,
            distractors=DISTRACTORS_FROM,
        )
    )


def forms() -> dict[str, str]:
    """What everybody was given whole and enough took: its id to its name, the latest first."""
    found = {}
    if held and len(watched.answers(held.id)) >= SHOWN_FROM:
        day = clock.day(held.started_at)
        found[f"class-{held.id}"] = _("The class of {day}").format(day=day)
    for each in watched.assignments:
        if each.kind == "cohort-quiz" and len(watched.answers(each.id)) >= SHOWN_FROM:
            name = components.assignment_title(each)
            found[f"quiz-{each.id}"] = f"{name} · {clock.day(each.assigned_at)}"
    for lesson in curriculum.lessons.values():
        if figures.takers.get(lesson.id, 0) >= SHOWN_FROM:
            name = _("Questions of the lesson: {title}").format(title=text(lesson.title))
            found[f"lesson-{lesson.id}"] = name
    return found


def form(chosen: str) -> tuple[TestStatistics, Mapping[str, str]]:
    """How a form worked, and the words of its questions by their ids."""
    kind, _dash, form_id = chosen.partition("-")
    if kind == "lesson":
        items = [curriculum.bank.item(each) for each in curriculum.lesson(form_id).items]
        words = {item.id: components.example_words(item, item.stem) for item in items}
        return lesson_check(watched, form_id), {
            item_id: components.plain_words(each) for item_id, each in words.items()
        }
    questions = (
        held.questions
        if kind == "class"
        else services.questions_assigned(records, session.person(), cohort.id, form_id)
    )
    statistics = form_statistics(questions, watched.answers(form_id))
    return statistics, {each.id: components.question_on_a_line(each) for each in questions}


def of_forms() -> None:
    """What was given whole: there alpha means something."""
    names = forms()
    if not names:
        st.markdown(
            _(
                "A fixed form appears here when {n} members have taken it: the questions of a "
                "lesson, a quiz of your own questions, or the latest class."
            ).format(n=SHOWN_FROM)
        )
        return
    chosen = st.selectbox(
        _("Form"),
        list(names),
        format_func=names.__getitem__,
        **chosen_in_address("form", names, next(iter(names))),
    )
    found, words = form(chosen)
    is_told = found.n_complete >= CORRELATED_FROM
    with st.container(horizontal=True):
        st.metric(_("Took it"), found.n)
        st.metric(_("Mean ± SD"), f"{number(found.mean, 1)} ± {number(found.sd, 1)}")
        st.metric(_("Alpha"), number(found.alpha if is_told else math.nan))
        st.metric(_("Standard error"), number(found.sem if is_told else math.nan))
    head = (
        _("Question"), _("Answers"), _("Facility"), _("SD"), _("Correlation with the rest"),
        _("Alpha without it"), _("Flags"),
    )  # fmt: skip
    lines = [f"| {' | '.join(head)} |", "|:--|--:|--:|--:|--:|--:|:--|"]
    for place, each in enumerate(found.items, start=1):
        told = each.n >= CORRELATED_FROM
        cells = (
            f"{place}. {as_text(one_line(words[each.item], SHORT))}",
            f"{each.n}",
            f"{each.facility:.0%}" if each.n >= SHOWN_FROM else "–",
            number(each.sd) if each.n >= SHOWN_FROM else "–",
            band(each) if told else "–",
            number(each.alpha_if_deleted if is_told else math.nan),
            badges(each),
        )
        lines.append(f"| {' | '.join(cells)} |")
    st.markdown("\n".join(lines))
    components.take_away(form_table(names[chosen], found, words), clock.now())
    st.caption(
        _(
            "Everybody was asked the same here, so alpha means something: Cronbach's, of the {n} "
            "who answered every question, from {correlated} of them on. Standard error: of the "
            "total, in points. SD divides by n - 1. Correlation: of the question with the total of "
            "the others."
        ).format(n=found.n_complete, correlated=CORRELATED_FROM)
    )


def form_table(name: str, found: TestStatistics, words: Mapping[str, str]) -> Table:
    """The same as on the screen, to take away; what waits for more people is empty."""

    def told(value: float, people: int, least: int = CORRELATED_FROM) -> float | None:
        return None if math.isnan(value) or people < least else round(value, 3)

    rows = [
        (
            words[each.item],
            each.n,
            told(each.facility, each.n, SHOWN_FROM),
            told(each.sd, each.n, SHOWN_FROM),
            told(each.item_rest, each.n),
            told(each.item_rest_low, each.n),
            told(each.item_rest_high, each.n),
            told(each.alpha_if_deleted, found.n_complete),
            "; ".join(FLAGS[flag] for flag in each.flags),
        )
        for each in found.items
    ]
    whole = (_("Alpha"), found.n_complete, None, None, None, None, None)
    rows.append((*whole, told(found.alpha, found.n_complete), ""))
    names = (
        _("Question"), _("Answers"), _("Facility"), _("SD"), _("Correlation with the rest"),
        _("from"), _("to"), _("Alpha without it"), _("Flags"),
    )  # fmt: skip
    return Table(f"{cohort.title} {name}", names, tuple(rows), frozenset({_("Facility")}))


watched = watching.watched()
cohort = watched.cohort
st.title(_("Items of {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "items")
figures = cohort_figures(watched)
held = services.class_of(records, session.person(), cohort.id)
view = st.pills(
    _("Which"),
    list(VIEWS),
    format_func=VIEWS.__getitem__,
    required=True,
    label_visibility="collapsed",
    **chosen_in_address("view", VIEWS, "bank"),
)
if view == "forms":
    of_forms()
else:
    of_the_bank()
