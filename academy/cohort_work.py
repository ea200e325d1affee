"""What the members of a cohort answered, side by side: how each item worked, and for whom.

People get different items, so an item is held against each one's level as the other answers give
it, never against a total. Only the first answer that somebody gave to an item says how the item
works, and no rapid guess does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from academy.cohort_analytics import hidden
from academy.cohorts import Member
from academy.curriculum import Curriculum
from academy.framework import Framework
from academy.history import History
from academy.item_analysis import (
    CORRELATED_FROM,
    SHOWN_FROM,
    ItemStatistics,
    Numbers,
    analyse,
    correlation,
    empirical_reliability,
)
from academy.items import Item
from academy.levels import (
    Evidence,
    Posterior,
    SkillTree,
    Whole,
    estimate,
    response_curve,
    response_gradient,
)
from academy.occasions import Occasion
from academy.proficiency import distinct_answers, gather, latest_ratings


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """The first answer that a member gave to an item."""

    item_id: str
    chosen: frozenset[str]
    is_correct: bool
    place: int
    """Its column in the member's evidence."""


@dataclass(frozen=True, slots=True)
class MemberWork:
    """What one member of a cohort showed, ready to be laid beside the others'."""

    member: Member
    stage: str
    evidence: Evidence
    """One row."""
    first: Mapping[str, FirstAnswer]
    """By item id."""
    recent: Whole
    """(S,) answers on a skill since its last lesson."""


@dataclass(frozen=True, slots=True)
class OptionShare:
    """How often an option was chosen; None where that would tell of fewer than five people."""

    option: str
    is_key: bool
    count: int | None
    share: float | None
    rest: float
    """Correlation of choosing it with the level from the other items; NaN where there is none."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """How one item worked in a cohort, each figure from the number of people it takes on."""

    item_id: str
    statistics: ItemStatistics
    options: tuple[OptionShare, ...]

    @property
    def n(self) -> int:
        return self.statistics.n


def member_work(
    curriculum: Curriculum, member: Member, history: History, occasion: Occasion
) -> MemberWork:
    """What a member's history comes to here, read as the occasion reads it."""
    framework = curriculum.framework
    answers = distinct_answers(occasion.answers)
    chosen = {
        (response.item_id, response.responded_at): response.chosen
        for _, response in history.responses()
    }
    first: dict[str, FirstAnswer] = {}
    for place, answer in enumerate(answers):
        if not answer.was_seen:
            given = chosen[answer.item_id, answer.answered_at]
            first.setdefault(
                answer.item_id, FirstAnswer(answer.item_id, given, answer.is_correct, place)
            )
    number = {skill.id: place for place, skill in enumerate(framework.skills)}
    studied = {
        visit.skill_id: visit.completed_at
        for visit in history.completed_lessons()
        if visit.completed_at
    }
    recent = np.zeros(len(number), dtype=np.int64)
    for answer in answers:
        last = studied.get(answer.skill_id)
        recent[number[answer.skill_id]] += last is None or answer.answered_at > last
    evidence = gather(
        framework,
        answers,
        latest_ratings(occasion.ratings),
        stage=occasion.stage,
        units_done=occasion.units_done,
        now=occasion.until,
    )
    return MemberWork(member, occasion.stage, evidence, first, recent)


def levels_today(framework: Framework, works: Sequence[MemberWork]) -> Posterior:
    """The levels of all members at once, from everything each has shown and said."""
    return estimate(SkillTree.of(framework), stacked([work.evidence for work in works]))


def stacked(rows: Sequence[Evidence]) -> Evidence:
    """Several merchants' evidence as one table; the shorter rows end in answers of no weight."""
    longest = max(row.skill.shape[1] for row in rows)
    empty = {"skill": 0, "correct": 0, "weight": 0, "a": 1, "b": 0, "c": 0, "units_before": 0}
    tables = {}
    for field in fields(Evidence):
        parts = [getattr(row, field.name) for row in rows]
        if field.name in empty:
            parts = [
                np.pad(
                    part,
                    ((0, 0), (0, longest - part.shape[1])),
                    constant_values=empty[field.name],
                )
                for part in parts
            ]
        tables[field.name] = np.concatenate(parts)
    return Evidence(**tables)


def levels_without(
    framework: Framework, works: Sequence[MemberWork]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Each member's id, with his level on the skill of each answered item from all other answers.

    One answer is taken out of the posterior by one step of Fisher scoring from its mode, which
    comes within .02 logits (root mean square) of estimating anew without it, in a hundredth of
    the time.
    """
    posterior = levels_today(framework, works)
    for number, work in enumerate(works):
        row = work.evidence
        skill, weight = row.skill[0], row.weight[0]
        done = row.units.sum(axis=2)[0][skill]
        share = np.where(done > 0, np.minimum(row.units_before[0] / np.maximum(done, 1), 1), 1.0)
        today, base = posterior.mean[number, skill], posterior.base[number, skill]
        then = base + share * (today - base)
        kept = np.where(share < 1, posterior.carried[number, skill], 1.0)
        p, information = response_curve(then, row.a[0], row.b[0], row.c[0])
        pull = response_gradient(p, row.correct[0], row.a[0], row.c[0])
        precision = 1 / posterior.se[number, skill] ** 2 - kept**2 * weight * information
        level = today - kept * weight * pull / precision
        yield (
            work.member.learner_id,
            {answer.item_id: float(level[answer.place]) for answer in work.first.values()},
        )


def item_figures(curriculum: Curriculum, works: Sequence[MemberWork]) -> tuple[ItemFigures, ...]:
    """Every item that ten members or more answered, in the order of the bank.

    The correlation with the rest comes from thirty on; see `item_analysis` for the other sizes.
    """
    framework, bank = curriculum.framework, curriculum.bank
    answered: dict[str, list[tuple[str, FirstAnswer]]] = {}
    for work in works:
        for item_id, answer in work.first.items():
            answered.setdefault(item_id, []).append((work.member.learner_id, answer))
    shown = {
        item_id: bank.items[item_id]
        for item_id in bank.items
        if len(answered.get(item_id, ())) >= SHOWN_FROM
    }
    held = {
        item_id: item
        for item_id, item in shown.items()
        if len(answered[item_id]) >= CORRELATED_FROM
    }
    rest = dict(levels_without(framework, works)) if held else {}
    return tuple(
        _figures(
            item,
            [answer for _, answer in answered[item_id]],
            np.array([rest[who][item_id] for who, _ in answered[item_id]])
            if item_id in held
            else None,
        )
        for item_id, item in shown.items()
    )


def reliability(framework: Framework, works: Sequence[MemberWork]) -> tuple[float, int]:
    """How reliable the members' overall levels are, and of how many; NaN below ten.

    Only of those who answered something. Alpha says nothing here: each got other items.
    """
    shown = [work for work in works if work.first]
    if len(shown) < SHOWN_FROM:
        return math.nan, len(shown)
    posterior = levels_today(framework, shown)
    weights = np.full(posterior.mean.shape[1], 1 / posterior.mean.shape[1])
    errors = [
        math.sqrt(weights @ posterior.covariance(place) @ weights) for place in range(len(shown))
    ]
    return empirical_reliability(posterior.mean @ weights, np.array(errors)), len(shown)


def _figures(item: Item, answers: Sequence[FirstAnswer], rest: Numbers | None) -> ItemFigures:
    scores = np.array([[float(answer.is_correct)] for answer in answers])
    level: Numbers = np.full(len(answers), np.nan) if rest is None else rest
    is_single = item.type == "single"
    (key,) = item.key if is_single else ("",)
    statistics = analyse(
        scores,
        [item.id],
        choices=np.array([[next(iter(answer.chosen))] for answer in answers], dtype=object)
        if is_single
        else None,
        key={item.id: key} if is_single else None,
        offered={item.id: [option.id for option in item.options]} if is_single else None,
        rest=level[:, None],
    ).items[0]
    ticked = {
        option.id: np.array([option.id in answer.chosen for answer in answers], dtype=float)
        for option in item.options
    }
    counts = {option_id: int(who.sum()) for option_id, who in ticked.items()}
    told = hidden(counts)
    return ItemFigures(
        item.id,
        statistics,
        tuple(
            OptionShare(
                option.id,
                option.is_key,
                count := told[option.id],
                None if count is None else count / len(answers),
                correlation(ticked[option.id], level),
            )
            for option in item.options
        ),
    )
