"""A cohort to print: one page on the whole, and a page on each merchant in one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

from academy.charts.shares import Share, shares
from academy.cohort_analytics import (
    LEAST_PEOPLE,
    STILL_DAYS,
    CohortTable,
    Mean,
    changes,
    distribution,
    needs,
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
"""Pixels; it is set 96 mm wide."""
TOPICS, NAMED = 5, 36


def cohort_report(
    curriculum: Curriculum,
    cohort: Cohort,
    table: CohortTable,
    plan: TeachingPlan,
    *,
    now: datetime,
) -> bytes:
    """The page as PDF, in the language that is spoken now. Raises `ReportsMissing`."""
    merchants = table.merchants
    known = sum(bool(each.summary.answers or each.summary.ratings) for each in merchants)
    still = [each for each in merchants if not each.has_moved]
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
            [_("Stuck"), str(sum(each.is_stuck for each in merchants))],
        ],
        "shares_title": _("Against what each one's stage asks"),
        "shares": _shares(table) if known >= LEAST_PEOPLE else "",
        "too_few": _("Appears when something is known of {n} merchants.").format(n=LEAST_PEOPLE),
        "needs_title": _("Most missing"),
        "needs": _needs(table),
        "growth_title": _("Before and after"),
        "changes": _changes(table),
        "no_growth": _(
            "This needs five merchants who took an exam or a check twice, two weeks or more apart."
        ),
        "teach_title": _("Where an hour helps most"),
        "teach": _topics(curriculum, plan),
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


def _needs(table: CohortTable) -> JSON:
    rows: list[JSON] = [
        [
            text(table.framework.ability(need.id).short),
            f"{need.mean.value:.0f}" if need.mean else "–",
            f"{need.mean.low:.0f}–{need.mean.high:.0f}" if need.mean else "–",
            "–" if need.below is None else f"{need.below:.0%}",
        ]
        for need in needs(table)
    ]
    head: list[JSON] = [_("Ability"), _("Mean"), _("Band"), _("Clearly below")]
    return {"head": head, "rows": rows}


def _changes(table: CohortTable) -> JSON:
    found = changes(table)
    ordered = sorted(found.items(), key=lambda pair: pair[0] != "overall")
    rows: list[JSON] = [
        [
            _("Overall") if part == "overall" else text(table.framework.dimension(part).name),
            f"{mean.value:+.1f}",
            f"{mean.low:+.1f} … {mean.high:+.1f}",
            str(mean.n),
            _verdict(mean),
        ]
        for part, mean in ordered
    ]
    head: list[JSON] = ["", _("points"), _("90% band"), _("merchants"), _("verdict")]
    return {"head": head, "rows": rows}


def _verdict(mean: Mean) -> str:
    if mean.low > 0:
        return _("Real growth")
    return _("A real drop") if mean.high < 0 else _("No clear change")


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
