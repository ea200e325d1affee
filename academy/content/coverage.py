"""What there is and what is missing yet: counts of content, and the gaps that authors fill next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from academy.content.corpus import Corpus
from academy.content.markup import SHOP
from academy.content.rules.framework import tree_rows
from academy.framework import Dimension, Framework, Outcome, Skill
from academy.items import ItemStatus

FULL_BANK = 12
"""Active items a skill should have."""

_STATUSES: tuple[ItemStatus, ...] = ("draft", "active", "retired")


@dataclass(frozen=True)
class Coverage:
    """Counts over all content, and gaps, of one dimension or of all."""

    counts: dict[str, Any]
    outcomes_without_lesson: list[str]
    outcomes_without_item: list[str]
    outcomes_with_one_item: list[str]
    skills_with_fewer_than_12_items: dict[str, int]
    """Skill id to the items that it has."""
    skills_without_statements: list[str]
    untraced: list[str]
    """Rows of the competency tree that no outcome comes from; never restricted."""
    by_dimension: dict[str, dict[str, int]]
    """Dimension id to the row of the table."""


def coverage(corpus: Corpus, dimension_id: str | None = None) -> Coverage:
    """Count what was read; lists of gaps are those of one dimension, if one is given.

    Raises `UnknownId` for a dimension that does not exist. A corpus without a framework has
    counts and no gaps.
    """
    framework = corpus.framework.noun if corpus.framework else Framework("", (), ())
    dimensions = (framework.dimension(dimension_id),) if dimension_id else framework.dimensions
    skills = [skill for dimension in dimensions for skill in _skills(dimension)]
    outcomes = [outcome for skill in skills for outcome in skill.outcomes]

    taught = {outcome for lesson, _ in corpus.pairs() for outcome in lesson.head.noun.outcomes}
    active = [entry.noun for entry in corpus.items if entry.noun.status == "active"]
    asked = Counter(item.outcome for item in active)
    bank_sizes = Counter(item.skill for item in active)
    rated = {entry.noun.skill for entry in corpus.statements}
    traced = {trace for outcome in framework.outcomes for trace in outcome.traces}

    def asked_times(times: int) -> list[str]:
        return [outcome.id for outcome in outcomes if asked[outcome.id] == times]

    return Coverage(
        counts=_counts(corpus, framework),
        outcomes_without_lesson=[each.id for each in outcomes if each.id not in taught],
        outcomes_without_item=asked_times(0),
        outcomes_with_one_item=asked_times(1),
        skills_with_fewer_than_12_items={
            skill.id: bank_sizes[skill.id] for skill in skills if bank_sizes[skill.id] < FULL_BANK
        },
        skills_without_statements=[skill.id for skill in skills if skill.id not in rated],
        untraced=[row for row in tree_rows(corpus.root) if row not in traced],
        by_dimension={
            dimension.id: {
                "skills": len(_skills(dimension)),
                "outcomes": len(_outcomes(dimension)),
                "taught": sum(each.id in taught for each in _outcomes(dimension)),
                "asked twice": sum(asked[each.id] > 1 for each in _outcomes(dimension)),
                "items": sum(bank_sizes[skill.id] for skill in _skills(dimension)),
                "full banks": sum(bank_sizes[each.id] >= FULL_BANK for each in _skills(dimension)),
                "rated": sum(skill.id in rated for skill in _skills(dimension)),
            }
            for dimension in dimensions
        },
    )


def _counts(corpus: Corpus, framework: Framework) -> dict[str, Any]:
    languages = Counter(lesson.language for lesson in corpus.lessons)
    statuses = Counter(entry.noun.status for entry in corpus.items)
    return {
        "dimensions": len(framework.dimensions),
        "abilities": len(framework.abilities),
        "skills": len(framework.skills),
        "outcomes": len(framework.outcomes),
        "stages": len(framework.stages),
        "lessons": {"zh": languages["zh"], "en": languages["en"]},
        "items": {status: statuses[status] for status in _STATUSES},
        "facts": len(corpus.facts),
        "statements": len(corpus.statements),
        "stage_texts": len(corpus.stages),
        "terms": len(corpus.terms),
        "shops": len(corpus.shops),
        "shop_numbers": sum(len(entry.noun.numbers) for entry in corpus.shops),
        "shop_references": sum(len(SHOP.findall(passage.text)) for passage in corpus.passages),
    }


def _skills(dimension: Dimension) -> list[Skill]:
    return [skill for ability in dimension.abilities for skill in ability.skills]


def _outcomes(dimension: Dimension) -> list[Outcome]:
    return [outcome for skill in _skills(dimension) for outcome in skill.outcomes]


def as_table(found: Coverage) -> str:
    """The coverage as text: a row a dimension, then the gaps, each on a line of its own."""
    columns = ["dimension", *next(iter(found.by_dimension.values()), {})]
    rows = [columns] + [[name, *map(str, row.values())] for name, row in found.by_dimension.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(columns))]
    table = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    short = [f"{skill} ({size})" for skill, size in found.skills_with_fewer_than_12_items.items()]
    gaps = {
        "outcomes without a lesson": found.outcomes_without_lesson,
        "outcomes without an item": found.outcomes_without_item,
        "outcomes with one item": found.outcomes_with_one_item,
        "skills with fewer than 12 items": short,
        "skills without statements": found.skills_without_statements,
        "rows of the tree without an outcome": found.untraced,
    }
    listed = [
        f"{len(names)} {name}" + (f": {', '.join(names)}" if names else "")
        for name, names in gaps.items()
    ]
    return "\n".join([*table, "", *listed])
