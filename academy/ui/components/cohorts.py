"""A cohort on the screen: its merchants, what fired for whom, and what can be taken away."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from academy.assignments import Task
from academy.charts.heat_map import PICKED, Cell, Column, MerchantRow, heat_map
from academy.charts.shares import Share, shares
from academy.cohort_analytics import (
    BANDS,
    Alarm,
    Band,
    CohortTable,
    Mean,
    Merchant,
    Need,
    Rule,
    Shift,
    distribution,
)
from academy.cohorts import Cohort, Member
from academy.exchange.spreadsheets import Cell as TableCell
from academy.exchange.spreadsheets import Table, as_csv, as_xlsx, file_name_of
from academy.flag_outcomes import Outcomes, Tally
from academy.proficiency import Status
from academy.summaries import CODES
from academy.ui import clock, language, navigation, resources
from academy.ui.components.standings import draw, mode
from academy.ui.language import _, text
from academy.ui.strangers import as_text

_STATUS: dict[str, Status] = {code: status for status, code in CODES.items()}
WEEKS_OF_A_YEAR = 52
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def member_name(member: Member) -> str:
    """The name under which a member is known; the tag of one who gave none."""
    return member.name or _("no name ({tag})").format(tag=member.tag)


def cohort_days(cohort: Cohort) -> str:
    """The days of the course, as far as they are set."""
    if cohort.starts_on and cohort.ends_on:
        return f"{cohort.starts_on} – {cohort.ends_on}"
    if cohort.starts_on:
        return _("from {day}").format(day=cohort.starts_on)
    return _("until {day}").format(day=cohort.ends_on) if cohort.ends_on else ""


def cohort_ways(cohort: Cohort, here: str) -> None:
    """The ways between the pages of one cohort, but for the one that is open."""
    ways = {
        "cohort": (_("Overview"), ":material/grid_on:"),
        "plan": (_("What to teach"), ":material/co_present:"),
        "items": (_("Items"), ":material/query_stats:"),
        "assignments": (_("Assignments"), ":material/assignment:"),
        "classroom": (_("Classroom"), ":material/cast_for_education:"),
        "own-items": (_("Own questions"), ":material/edit_note:"),
        "reports": (_("Reports"), ":material/print:"),
        "invite": (_("Invite"), ":material/qr_code:"),
        "manage": (_("Dates, trainers, members"), ":material/settings:"),
    }
    with st.container(horizontal=True):
        navigation.link("cohorts", _("My cohorts"), icon=":material/groups:")
        for name, (label, icon) in ways.items():
            if name != here:
                navigation.link(name, label, icon=icon, cohort=cohort.id)


def alarm_words(alarm: Alarm) -> str:
    """The rule that fired, with what it looked at."""
    framework = resources.curriculum().framework
    names = _(", ")
    match alarm.rule:
        case "inactive":
            return _("did nothing for {n} days").format(n=int(alarm.number))
        case "failed-checks":
            skills = names.join(text(framework.skill(each).name) for each in alarm.skills[:3])
            return _("failed the last two checks on {skills}").format(skills=skills)
        case "slow" if math.isinf(alarm.number):
            return _("completed no lesson in four weeks")
        case "slow" if alarm.number > WEEKS_OF_A_YEAR:
            return _("far slower than the others")
        case "slow":
            return _("at this pace what is left takes {n} weeks, far more than the others").format(
                n=round(alarm.number)
            )
        case "real-drop":
            parts = names.join(
                _("the whole") if part == "overall" else text(framework.dimension(part).name)
                for part in alarm.parts
            )
            return _("really fell: {parts}").format(parts=parts)
        case "low-effort":
            return _("answered faster than anyone can read")
    return _("rates higher than the answers show, and is below what the stage asks")


def last_talk(merchant: Merchant, cohort: Cohort) -> date | None:
    """The day on which a trainer of the cohort last noted that they talked."""
    days = [day for where, day in merchant.summary.talked_on if where == cohort.id]
    return max(days, default=None)


def outcomes_table(found: Outcomes) -> None:
    """How many of the flagged and of the others moved again; of fewer than five nothing."""
    rules: dict[Rule, str] = {
        "inactive": _("did nothing for two weeks"),
        "failed-checks": _("failed two checks in a row"),
        "slow": _("slower than the others"),
        "real-drop": _("a real drop"),
        "low-effort": _("guessed"),
        "over-rating": _("rates too high"),
    }
    rows = [
        (f"**{_('Flagged')}**", found.flagged),
        (_("of these, talked to"), found.talked),
        *((words, found.by_rule.get(rule, Tally())) for rule, words in rules.items()),
        (f"**{_('Not flagged')}**", found.others),
    ]
    head = ("", "n", _("moved again"), "%")
    lines = ["| " + " | ".join(head) + " |", "|:--|--:|--:|--:|"]
    for words, tally in rows:
        cells = (
            (words, "–", "–", "–")
            if tally.share is None
            else (words, str(tally.n), str(tally.moved), f"{tally.share:.0%}")
        )
        lines.append("| " + " | ".join(cells) + " |")
    st.markdown("\n".join(lines))


def heat_map_of(table: CohortTable, columns: Sequence[str]) -> Member | None:
    """The merchants of a table by abilities, in their order; the one whose row was chosen."""
    framework = table.framework
    places = [table.parts.index(ability_id) for ability_id in columns]
    heads = [
        Column(
            text(framework.ability(each).short),
            framework.dimension_of(framework.ability(each).skills[0].id).id,
        )
        for each in columns
    ]
    rows = [
        MerchantRow(
            member_name(merchant.member),
            tuple(
                Cell(
                    float(table.scores[number, place].round()),
                    float(table.errors[number, place].round(2)),
                    _STATUS[str(table.statuses[number, place])],
                )
                for place in places
            ),
        )
        for number, merchant in enumerate(table.merchants)
    ]
    chosen = st.vega_lite_chart(
        heat_map(heads, rows, mode=mode(), language=language.current()),
        theme=None,
        width="stretch",
        key="heat-map",
        on_select="rerun",
        selection_mode=PICKED,
    )
    places = [point.get("row") for point in chosen["selection"].get(PICKED, ())]
    known = [place for place in places if isinstance(place, int) and place < len(table.merchants)]
    return table.merchants[known[0]].member if known else None


def shares_of(table: CohortTable) -> None:
    """How many stand where, by dimension."""
    rows = [
        Share(
            text(table.framework.dimension(dimension_id).name),
            dimension_id,
            tuple(counts.items()),
            len(table.merchants),
        )
        for dimension_id, counts in distribution(table).items()
    ]
    how = mode(), language.current()
    draw(repr((rows, how)), lambda: shares(rows, mode=how[0], language=how[1]))


def needs_in_rows(found: Sequence[Need]) -> list[tuple[str, ...]]:
    """How the cohort stands on each ability, as it is read: the heading, then row by row."""
    framework = resources.curriculum().framework
    rows = [
        (
            text(framework.ability(need.id).short),
            f"{need.mean.value:.0f}" if need.mean else "–",
            f"{need.mean.low:.0f}\u2060–\u2060{need.mean.high:.0f}" if need.mean else "–",
            "–" if need.target is None else f"{need.target:.0f}",
            "–" if need.below is None else f"{need.below:.0%}",
        )
        for need in found
    ]
    return [(_("Ability"), _("Mean"), _("Band"), _("Asked"), _("Clearly below")), *rows]


def needs_table(found: Sequence[Need]) -> None:
    """How the cohort stands on each ability, the neediest first."""
    lines = [f"| {' | '.join(row)} |" for row in needs_in_rows(found)]
    lines.insert(1, "|:--|--:|:-:|--:|--:|")
    st.markdown("\n".join(lines))


def changes_in_rows(found: Mapping[str, Shift]) -> list[tuple[str, ...]]:
    """What changed between the first and the last occasion, as it is read, with how sure it is."""
    framework = resources.curriculum().framework
    rows = [
        (
            _("Overall") if part == "overall" else text(framework.dimension(part).name),
            f"{round(shift.mean.value, 1) + 0.0:+.1f}",
            f"{_whole(shift.mean.low)}\u2060…\u2060{_whole(shift.mean.high)}",
            f"{shift.mean.n}",
            _change_word(shift),
        )
        for part, shift in _overall_first(found)
    ]
    return [("", _("points"), _("90% band"), "n", _("verdict")), *rows]


def changes_table(found: Mapping[str, Shift]) -> None:
    """What changed between the first and the last occasion, with how sure that is."""
    lines = [f"| {' | '.join(row)} |" for row in changes_in_rows(found)]
    lines.insert(1, "|:--|--:|:-:|--:|:--|")
    st.markdown("\n".join(lines))


def merchants_table(
    table: CohortTable,
    cohort: Cohort,
    columns: Sequence[str],
    late: Mapping[str, tuple[Task, ...]],
    filters: Sequence[str] = (),
) -> Table:
    """The table below the heat map, and what is taken away of it: one row a merchant.

    late: learner id to what is not done though its last day has passed. `filters` say, in the
    title, which merchants these are.
    """
    framework = table.framework
    places = [table.parts.index(ability_id) for ability_id in columns]
    rows = []
    for number, merchant in enumerate(table.merchants):
        summary, missing = merchant.summary, table.shortfall[number]
        scores: list[TableCell] = [
            round(float(table.scores[number, place])) if table.is_known[number, place] else None
            for place in places
        ]
        rows.append(
            (
                member_name(merchant.member),
                text(framework.stage(summary.stage).name) if summary.has_stage else "",
                None if math.isnan(missing) else round(float(missing), 1),
                *scores,
                summary.lessons,
                summary.answers,
                summary.ratings,
                clock.local(merchant.member.joined_at).date(),
                clock.local(summary.active_at).date() if summary.active_at else None,
                len(late.get(merchant.member.learner_id, ())),
                merchant.points,
                _("; ").join(alarm_words(alarm) for alarm in merchant.alarms),
                last_talk(merchant, cohort),
            )
        )
    names = (
        _("Merchant"),
        _("Stage"),
        _("Points missing"),
        *(text(framework.ability(each).short) for each in columns),
        _("Lessons done"),
        _("Answers"),
        _("Ratings"),
        _("Joined"),
        _("Last active"),
        _("Assignments late"),
        _("At-risk points"),
        _("What fired"),
        _("Talked to"),
    )
    return Table(" ".join([cohort.title, *filters]), names, tuple(rows))


def tables_of_the_whole(
    needed: Sequence[Need],
    counts: Mapping[str, Mapping[Band, int | None]],
    changed: Mapping[str, Shift],
) -> tuple[Table, ...]:
    """What is told of many, as it stands on the screen; empty cells are those that are not told."""
    framework = resources.curriculum().framework
    bands = {
        "below": _("clearly below"),
        "likely-below": _("likely below"),
        "likely-there": _("likely there"),
        "there": _("there"),
        "unknown": _("not known yet"),
    }
    abilities = Table(
        _("Abilities, the neediest first"),
        (
            _("Ability"),
            _("Mean"),
            _("from"),
            _("to"),
            _("merchants"),
            _("Asked"),
            _("Clearly below"),
        ),
        tuple(
            (
                text(framework.ability(need.id).short),
                *_mean_cells(need.mean),
                None if need.target is None else round(need.target, 1),
                None if need.below is None else round(need.below, 3),
            )
            for need in needed
        ),
        shares=frozenset({_("Clearly below")}),
    )
    dimensions = Table(
        _("Against what each one's stage asks"),
        (_("Dimension"), *bands.values()),
        tuple(
            (text(framework.dimension(each).name), *(row[band] for band in BANDS))
            for each, row in counts.items()
        ),
    )
    growth = Table(
        _("Before and after"),
        ("", _("points"), _("from"), _("to"), _("merchants"), _("verdict")),
        tuple(
            (
                _("Overall") if part == "overall" else text(framework.dimension(part).name),
                *_mean_cells(shift.mean),
                _change_word(shift),
            )
            for part, shift in _overall_first(changed)
        ),
    )
    return abilities, dimensions, growth


def take_away(table: Table, now: datetime, more: Sequence[Table] = (), *, key: str = "") -> None:
    """What stands in a table as a file to open elsewhere; `more` are further sheets of it.

    Several on one page need a `key` each.
    """
    at = clock.local(now)
    with st.container(horizontal=True):
        st.download_button(
            "XLSX",
            lambda: as_xlsx(table, *more),
            file_name=file_name_of(table.title, at, "xlsx"),
            mime=XLSX,
            icon=":material/table_view:",
            key=f"xlsx-{key or table.title}",
            on_click="ignore",
        )
        st.download_button(
            "CSV",
            lambda: as_csv(table),
            file_name=file_name_of(table.title, at, "csv"),
            mime="text/csv",
            icon=":material/csv:",
            key=f"csv-{key or table.title}",
            on_click="ignore",
        )


def merchant_link(cohort: Cohort, member: Member, note: str = "", below: str = "") -> None:
    """A merchant's name as the way to his page, with a word beside and a sentence below it."""
    label = f"**{as_text(member_name(member))}**"
    note = note.replace("-", "-\u2060")
    with st.container(gap=None):
        navigation.link(
            "learner",
            f"{label} :small[:gray[{note}]]" if note else label,
            icon=":material/person_search:",
            cohort=cohort.id,
            learner=member.learner_id,
        )
        if below:
            st.caption(below)


def _mean_cells(mean: Mean | None) -> tuple[TableCell, ...]:
    if mean is None:
        return (None,) * 4
    return (*(round(each, 1) + 0.0 for each in (mean.value, mean.low, mean.high)), mean.n)


def _overall_first(found: Mapping[str, Shift]) -> list[tuple[str, Shift]]:
    return sorted(found.items(), key=lambda pair: pair[0] != "overall")


def _whole(points: float) -> str:
    """A whole number with its sign, and nothing below nothing."""
    return f"{round(points) + 0:+d}"


def _change_word(shift: Shift) -> str:
    words = {
        "real-growth": _("Real growth"),
        "real-drop": _("A real drop"),
        "unclear": _("No clear change"),
    }
    return words[shift.verdict]
