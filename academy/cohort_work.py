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

from academy.answer_sheets import AnswerSheet
from academy.cohort_analytics import hidden
from academy.cohort_forms import Question
from academy.cohorts import Member
from academy.curriculum import Curriculum
from academy.framework import Framework
from academy.item_analysis import (
    CORRELATED_FROM,
    SHOWN_FROM,
    ItemStatistics,
    Numbers,
    TestStatistics,
    analyse,
    correlation,
    empirical_reliability,
)
from academy.items import Item
from academy.levels import (
    Evidence,
    Posterior,
    SkillTree,
    estimate,
    response_curve,
    response_gradient,
)


@dataclass(frozen=True, slots=True)
class MemberWork:
    """What one member of a cohort showed, beside whose it is."""

    member: Member
    sheet: AnswerSheet


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


def levels_today(framework: Framework, works: Sequence[MemberWork]) -> Posterior:
    """The levels of all members at once, from everything each has shown and said."""
    return estimate(SkillTree.of(framework), stacked([work.sheet.evidence for work in works]))


def stacked(rows: Sequence[Evidence]) -> Evidence:
    """Several merchants' evidence as one table; the shorter rows end in answers of no weight."""
    longest = max(row.skill.shape[1] for row in rows)
    empty = {"skill": 0, "correct": 0, "weight": 0, "a": 1, "b": 0, "c": 0, "units_before": 0}
    tables = {}
    for field in fields(Evidence):
        parts = [getattr(row, field.name) for row in rows]
        if field.name in empty:
            table = np.full((len(rows), longest), empty[field.name], dtype=parts[0].dtype)
            for place, part in enumerate(parts):
                table[place, : part.shape[1]] = part[0]
            tables[field.name] = table
        else:
            tables[field.name] = np.concatenate(parts)
    return Evidence(**tables)


def levels_without(works: Sequence[MemberWork], posterior: Posterior) -> Iterator[Numbers]:
    """Each member's level on the skill of each of his answers, (E,), from all his other answers.

    One answer is taken out of the posterior by one step of Fisher scoring from its mode, which
    comes within .02 logits (root mean square) of estimating anew without it, in a hundredth of
    the time.
    """
    for number, work in enumerate(works):
        row = work.sheet.evidence
        skill, weight = row.skill[0], row.weight[0]
        done = row.units.sum(axis=2)[0][skill]
        share = np.where(done > 0, np.minimum(row.units_before[0] / np.maximum(done, 1), 1), 1.0)
        today, base = posterior.mean[number, skill], posterior.base[number, skill]
        then = base + share * (today - base)
        kept = np.where(share < 1, posterior.carried[number, skill], 1.0)
        p, information = response_curve(then, row.a[0], row.b[0], row.c[0])
        pull = response_gradient(p, row.correct[0], row.a[0], row.c[0])
        precision = 1 / posterior.se[number, skill] ** 2 - kept**2 * weight * information
        yield today - kept * weight * pull / precision


def item_figures(
    curriculum: Curriculum, works: Sequence[MemberWork], posterior: Posterior
) -> tuple[ItemFigures, ...]:
    """Every item that ten members or more answered, in the order of the bank.

    `posterior` are the members' levels today. The correlation with the rest comes from thirty on;
    see `item_analysis` for the other sizes.
    """
    bank = curriculum.bank
    answered: dict[str, list[int]] = {}
    for number, work in enumerate(works):
        for item_id in work.sheet.first:
            answered.setdefault(item_id, []).append(number)
    shown = [each for each in bank.items if len(answered.get(each, ())) >= SHOWN_FROM]
    is_held = any(len(answered[each]) >= CORRELATED_FROM for each in shown)
    levels = list(levels_without(works, posterior)) if is_held else []

    def rest(item_id: str) -> Numbers | None:
        who = answered[item_id]
        if len(who) < CORRELATED_FROM:
            return None
        return np.array([levels[each][works[each].sheet.first[item_id]] for each in who])

    return tuple(
        _figures(
            bank.items[item_id],
            [works[each].sheet for each in answered[item_id]],
            rest(item_id),
        )
        for item_id in shown
    )


def form_statistics(
    questions: Sequence[Question], answers: Sequence[Mapping[str, frozenset[str]]]
) -> TestStatistics:
    """How a form worked that everybody was given whole.

    `answers` are what each one chose, by question id; what is absent was left blank. Of a question
    with several right options a choice counts as one answer, and no option of it is called dead.
    """
    names = [question.id for question in questions]
    choices = np.array(
        [[_as_one(each[name]) if name in each else None for name in names] for each in answers],
        dtype=object,
    ).reshape(len(answers), len(names))
    key = {question.id: _as_one(question.key) for question in questions}
    scores = np.array(
        [[math.nan if c is None else c == key[n] for c, n in zip(row, names, strict=True)]
         for row in choices],
        dtype=float,
    ).reshape(choices.shape)  # fmt: skip
    offered = {
        question.id: [] if question.is_multiple else [choice.id for choice in question.choices]
        for question in questions
    }
    return analyse(scores, names, choices=choices, key=key, offered=offered)


def _as_one(chosen: frozenset[str]) -> str:
    return " ".join(sorted(chosen))


def reliability(works: Sequence[MemberWork], posterior: Posterior) -> tuple[float, int]:
    """How reliable the members' overall levels are, and of how many; NaN below ten.

    Only of those who answered something. Alpha says nothing here: each got other items.
    """
    shown = [place for place, work in enumerate(works) if work.sheet.first]
    if len(shown) < SHOWN_FROM:
        return math.nan, len(shown)
    weights = np.full(posterior.mean.shape[1], 1 / posterior.mean.shape[1])
    errors = [math.sqrt(weights @ posterior.covariance(place) @ weights) for place in shown]
    return empirical_reliability(posterior.mean[shown] @ weights, np.array(errors)), len(shown)


def _figures(item: Item, answers: Sequence[AnswerSheet], rest: Numbers | None) -> ItemFigures:
    scores = np.array([[each.evidence.correct[0, each.first[item.id]]] for each in answers])
    chosen = [each.options(item.id) for each in answers]
    level: Numbers = np.full(len(answers), np.nan) if rest is None else rest
    is_single = item.type == "single"
    (key,) = item.key if is_single else ("",)
    statistics = analyse(
        scores,
        [item.id],
        choices=np.array([[next(iter(each))] for each in chosen], dtype=object)
        if is_single
        else None,
        key={item.id: key} if is_single else None,
        offered={item.id: [option.id for option in item.options]} if is_single else None,
        rest=level[:, None],
    ).items[0]
    ticked = {
        option.id: np.array([option.id in each for each in chosen], dtype=float)
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
