"""Pages to print: the same that the screen shows, in words ready to be set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import segno

from academy import services
from academy.certificates import Certificate, shown_code
from academy.charts.radar import capability_radar
from academy.checkpoints import checkpoints, growth_between, natural_pair
from academy.curriculum import Curriculum
from academy.growth import Growth
from academy.history import History
from academy.language import LANGUAGES
from academy.recommender import Recommendation
from academy.records import JSON
from academy.reports import can_print, drawn, set_pages
from academy.standings import Standing, neediest_first
from academy.ui import clock, components, language
from academy.ui.language import _, text

__all__ = ["can_print", "certificate_page", "merchant_report", "page_frame"]

RADAR = {"width": 560, "height": 640}
"""Pixels; it is set 92 mm wide."""


def merchant_report(
    curriculum: Curriculum, history: History, *, heading: str, now: datetime
) -> bytes:
    """The page as PDF, in the language that is spoken now. Raises `ReportsMissing`.

    heading: the merchant's name as he or his trainer knows him; it is set as it is written.
    """
    profile = services.profile_of(curriculum, history, now=now)
    abilities, dimensions = services.standings_of(curriculum, history, now=now)
    plan = services.study_plan(curriculum, history, now=now)
    radar = capability_radar(
        [components.radar_axis(each) for each in abilities],
        [components.radar_axis(each) for each in dimensions],
        mode="light",
        language=language.current(),
    )
    stage = components.stage_name(curriculum.framework, profile.stage)
    overall = profile.overall
    growth = _growth(curriculum, history)
    data: dict[str, JSON] = {
        **page_frame(_("Capability report"), curriculum),
        "heading": heading or _("Capability report"),
        "lines": [
            _("Stage: {stage} · {answers} answers · {ratings} ratings").format(
                stage=stage, answers=overall.n_answers, ratings=overall.n_ratings
            ),
            clock.day(now),
        ],
        "radar": drawn(radar, **RADAR),
        "standings_title": _("In numbers"),
        "standings": _standings(neediest_first(abilities)),
        "remarks": _remarks(abilities),
        "growth_title": _("Did you grow?"),
        "growth": _growth_words(growth),
        "changes": _changes(curriculum, growth),
        "next_title": _("What to study next"),
        "next": [_next(curriculum, each) for each in plan.recommendations(limit=5)],
        "caveats": _(
            "Scores are estimates: the band holds the true one nine times in ten. What you say of "
            "yourself never counts as shown. A change is called growth only beyond what "
            "measurement alone would produce. Nothing here promises income."
        ),
    }
    return set_pages("merchant", data)


def certificate_page(curriculum: Curriculum, certificate: Certificate, *, address: str) -> bytes:
    """A certificate as PDF, in both languages whoever asks. Raises `ReportsMissing`.

    address: where anyone can verify it.
    """
    stage = curriculum.framework.stage(certificate.stage)
    words: dict[str, JSON] = {}
    for each in LANGUAGES:
        with language.speaking(each):
            words[each] = {
                "title": _("Certificate of stage: {stage}").format(stage=text(stage.name)),
                "text": _(
                    "has shown in a stage exam of the Merchant Academy what this stage asks of a "
                    "merchant."
                ),
                "caveat": _(
                    "It certifies what one exam measured on that day. It is no promise of income, "
                    "and no platform issued or endorses it."
                ),
            }
    facts = [
        [
            "得分（90% 区间） · Score (90% band)",
            f"{certificate.score:.0f}（{certificate.low:.0f}–{certificate.high:.0f}）",
        ],
        ["阶段要求 · Asked by the stage", f"{certificate.target:.0f}"],
        ["计分答题 · Answers counted", str(certificate.answers)],
        ["考试日期 · Taken on", certificate.taken_on.isoformat()],
        ["颁发日期 · Issued on", certificate.issued_on.isoformat()],
        ["试卷 · Form", certificate.form],
        ["框架与题库版本 · Revision", certificate.revision],
        ["验证码 · Code", shown_code(certificate.code)],
    ]
    qr = segno.make(address, error="m").svg_inline(scale=4, dark="#1a1714", border=1)
    data: dict[str, JSON] = {
        **page_frame(_("Certificate"), curriculum),
        "name": certificate.name,
        "facts": facts,
        "qr": qr.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1),
        "foot": "",
        "verify": "验证 · Verify",
        "address": address,
        **words,
    }
    return set_pages("certificate", data)


def page_frame(title: str, curriculum: Curriculum) -> dict[str, JSON]:
    """What stands on every page to print: its language, whose it is, on what revision it rests."""
    foot = _("Independent of the platforms it teaches about. Content revision {revision}.").format(
        revision=curriculum.revision
    )
    return {
        "title": title,
        "lang": language.current(),
        "house": "商家能力学堂 · Merchant Academy",
        "foot": foot,
    }


def _standings(standings: tuple[Standing, ...]) -> Mapping[str, JSON]:
    rows = [
        [
            text(each.short),
            _whole(each.own),
            _whole(each.shown.score if each.shown else None),
            f"{each.shown.low:.0f}–{each.shown.high:.0f}" if each.shown else "–",
            _whole(each.target),
        ]
        for each in standings
    ]
    return {"head": [_("Ability"), _("I say"), _("I show"), _("Band"), _("Asked")], "rows": rows}


def _remarks(standings: tuple[Standing, ...]) -> list[list[str]]:
    named = (
        ("strength", _("Strengths")),
        ("gap", _("Gaps")),
        ("blind-spot", _("Blind spots")),
        ("hidden-strength", _("Hidden strengths")),
    )
    found = []
    for remark, title in named:
        names = [text(each.short) for each in standings if remark in each.remarks]
        if names:
            found.append([title, _(", ").join(names)])
    return found


def _growth(curriculum: Curriculum, history: History) -> Growth | None:
    found = checkpoints(history)
    if len(found) < 2:
        return None
    return growth_between(history, curriculum, *natural_pair(found))


def _growth_words(growth: Growth | None) -> list[str]:
    if growth is None:
        return [_("Not enough to tell yet: it takes two stage exams, two weeks or more apart.")]
    if growth.overall.verdict == "not-enough":
        return [_("Not enough to tell of the whole yet.")]
    return [components.verdict_words(growth.overall)]


def _changes(curriculum: Curriculum, growth: Growth | None) -> Mapping[str, JSON]:
    head = ["", _("points"), _("90% band"), _("verdict")]
    if growth is None:
        return {"head": head, "rows": []}
    changes = [(_("Overall"), growth.overall)]
    changes += [
        (text(curriculum.framework.dimension(dimension_id).name), change)
        for dimension_id, change in growth.dimensions.items()
    ]
    rows = [
        [
            name,
            f"{change.points:+.0f}",
            f"{change.low:+.0f} … {change.high:+.0f}",
            components.verdict_words(change),
        ]
        for name, change in changes
        if change.verdict != "not-enough"
    ]
    return {"head": head, "rows": rows}


def _next(curriculum: Curriculum, recommendation: Recommendation) -> Mapping[str, JSON]:
    skill = curriculum.framework.skill(recommendation.skill_id)
    dimension = curriculum.framework.dimension_of(skill.id)
    return {
        "rank": str(recommendation.rank),
        "name": text(skill.name),
        "dimension": dimension.id,
        "dimension_name": text(dimension.name),
        "reasons": _joined(components.reasons_in_words(recommendation)),
        "minutes": components.minutes(recommendation.minutes),
    }


def _joined(sentences: list[str]) -> str:
    """Sentences in a row, without the marks that a screen would need."""
    if language.current() == "zh":
        return "".join(sentences).replace(" **", "").replace("*", "")
    return " ".join(sentences).replace("*", "")


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
