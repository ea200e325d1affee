"""A cohort to print: one page on the whole, and a page on each merchant in one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

from academy.charts.radar import RadarAxis, capability_radar
from academy.charts.shares import Share, shares
from academy.cohort_analytics import (
    LEAST_PEOPLE,
    STILL_DAYS,
    CohortTable,
    Merchant,
    changes,
    distribution,
    needs,
    position,
)
from academy.cohorts import Cohort, Member
from academy.curriculum import Curriculum
from academy.exchange.spreadsheets import file_name_of
from academy.history import History
from academy.records import JSON
from academy.reports import drawn, set_pages
from academy.teaching_plan import TeachingPlan
from academy.ui import clock, components, language, reports
from academy.ui.language import _, text

SHARES = {"width": 560, "height": 300}
"""Pixels; it is set 84 mm wide."""
RADAR = {"width": 560, "height": 610}
"""Pixels; it is set 80 mm wide."""
TOPICS, STUCK, NAMED = 4, 5, 24


def cohort_report(
    curriculum: Curriculum,
    cohort: Cohort,
    table: CohortTable,
    plan: TeachingPlan,
    *,
    late: int | None,
    now: datetime,
) -> bytes:
    """The page as PDF, in the language that is spoken now. Raises `ReportsMissing`.

    late: how many are late with what was assigned; None where nothing was.
    """
    merchants = table.merchants
    known = sum(bool(each.summary.answers or each.summary.ratings) for each in merchants)
    still = [each for each in merchants if each.stands_still]
    is_told, stuck = known >= LEAST_PEOPLE, sum(each.is_stuck for each in merchants)
    days = components.cohort_days(cohort)
    data: dict[str, JSON] = {
        **reports.page_frame(_("Cohort report"), curriculum),
        "heading": cohort.title,
        "lines": [" · ".join(filter(None, [_("Cohort report"), days, clock.day(now)]))],
        "counts": [
            [_("Merchants"), str(len(merchants))],
            [_("Something known of"), str(known)],
            [
                _("Active in {n} days").format(n=STILL_DAYS),
                str(len(merchants) - len(still)),
            ],
            [_("Stuck"), str(stuck)],
            *([[_("Late"), str(late)]] if late is not None else []),
        ],
        "is_told": is_told,
        "radar": _radar(table) if is_told else "",
        "shares_title": _("Against what each one's stage asks"),
        "shares": _shares(table) if is_told else "",
        "too_few": _(
            "Means and shares appear when something is known of {n} merchants; of fewer they "
            "would tell on each."
        ).format(n=LEAST_PEOPLE),
        "needs_title": _("Most missing"),
        "needs": _in_rows(components.needs_in_rows(needs(table))),
        "growth_title": _("Before and after"),
        "changes": _in_rows(components.changes_in_rows(changes(table))),
        "no_growth": _(
            "This needs five merchants who took an exam or a check twice, two weeks or more apart."
        ),
        "teach_title": _("Where an hour helps most"),
        "no_topics": _("Nothing yet that would help five merchants or more."),
        "teach": _topics(curriculum, plan),
        "stuck_title": _("Talk to these") + f" ({stuck})",
        "stuck": _stuck(merchants),
        "nobody_stuck": _("Nobody is stuck, as far as the rules tell."),
        "still_title": _("Not moved in {n} days").format(n=STILL_DAYS) + f" ({len(still)})",
        "still": _named([each.member for each in still]),
        "caveats": _(
            "Scores are estimates; bands hold the true mean nine times in ten, for merchants like "
            "these. Clearly below: whose target is met with less than a chance of one in five. "
            "Nothing is told of fewer than five people. What merchants say of themselves never "
            "counts as shown. Nothing here promises income."
        ),
    }
    return set_pages("cohort", data)


def merchant_pages(
    curriculum: Curriculum,
    people: Sequence[tuple[Member, History]],
    archive: io.BytesIO,
    *,
    now: datetime,
) -> Iterator[str]:
    """A page on each merchant as a PDF in one ZIP archive; each name is given when its page is in.

    The history is read when its turn comes. Raises `ReportsMissing`.
    """
    with zipfile.ZipFile(archive, "w") as packed:
        for number, (member, history) in enumerate(people, start=1):
            name = components.member_name(member)
            page = reports.merchant_report(curriculum, history, heading=name, now=now)
            packed.writestr(f"{number:03}-{file_name_of(name, clock.local(now), 'pdf')}", page)
            yield name


def _shares(table: CohortTable) -> str:
    rows = [
        Share(
            text(table.framework.dimension(dimension_id).name),
            dimension_id,
            tuple(counts.items()),
            len(table.merchants),
        )
        for dimension_id, counts in distribution(table).items()
    ]
    return drawn(shares(rows, mode="light", language=language.current()), **SHARES)


def _radar(table: CohortTable) -> str:
    """Means, their bands and what is asked; an axis of which too little is known is left open."""
    framework = table.framework

    def axis(part: str, label: str, dimension: str) -> RadarAxis:
        stands = position(table, part)
        mean = stands.mean
        return RadarAxis(
            id=part,
            label=label,
            dimension=dimension,
            own=None,
            shown=mean.value if mean else None,
            low=mean.low if mean else None,
            high=mean.high if mean else None,
            target=stands.target,
            previous=None,
        )

    abilities = [
        axis(ability.id, text(ability.short), dimension.id)
        for dimension in framework.dimensions
        for ability in dimension.abilities
    ]
    dimensions = [axis(each.id, text(each.name), each.id) for each in framework.dimensions]
    spoken = language.current()
    return drawn(capability_radar(abilities, dimensions, mode="light", language=spoken), **RADAR)


def _in_rows(rows: Sequence[Sequence[str]]) -> JSON:
    head, *body = rows
    return {"head": list(head), "rows": [list(row) for row in body]}


def _stuck(merchants: Sequence[Merchant]) -> list[JSON]:
    """Who is to be talked to and why, the most urgent first; the rest as a number."""
    found = sorted((each for each in merchants if each.is_stuck), key=lambda each: -each.points)
    return [
        [
            components.member_name(each.member),
            _("; ").join(components.alarm_words(alarm) for alarm in each.alarms),
        ]
        for each in found[:STUCK]
    ]


def _topics(curriculum: Curriculum, plan: TeachingPlan) -> list[JSON]:
    found: list[JSON] = []
    for rank, topic in enumerate(plan.topics[:TOPICS], start=1):
        skill = curriculum.framework.skill(topic.skill_id)
        dimension = curriculum.framework.dimension_of(skill.id)
        why = _("Helps {n} merchants, by {points} points each on average. Lesson: {lesson}").format(
            n=len(topic.helped),
            points=f"{topic.points:.0f}",
            lesson=text(curriculum.lesson(topic.lesson_id).title),
        )
        found.append(
            {
                "rank": str(rank),
                "name": text(skill.name),
                "dimension": dimension.id,
                "dimension_name": text(dimension.name),
                "why": why,
            }
        )
    return found


def _named(members: Sequence[Member]) -> str:
    if not members:
        return _("Everybody did something this week.")
    names = [components.member_name(each) for each in members[:NAMED]]
    more = [f"+{len(members) - NAMED}"] if len(members) > NAMED else []
    return _(", ").join([*names, *more])
