"""Answer sheets: what each merchant showed and said, ready to be laid beside those of others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from academy.framework import Framework
from academy.history import History
from academy.levels import STAGE_NORM, Evidence, Numbers, Whole
from academy.occasions import Occasion
from academy.proficiency import distinct_answers, gather, latest_ratings


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What one merchant showed and said until the sheet was made."""

    stage: str
    evidence: Evidence
    """One row."""
    first: Mapping[str, int]
    """Item id to the column of the first answer to it."""
    chosen: Sequence[str]
    """By column, the options chosen with spaces between, where it is the first answer."""
    recent: Whole
    """(S,) answers on a skill since its last lesson."""

    @property
    def is_blank(self) -> bool:
        """Whether he has neither answered nor rated anything."""
        return not self.first and not self.evidence.ratings.any()

    def options(self, item_id: str) -> frozenset[str]:
        """What he chose of an item when he first met it."""
        return frozenset(self.chosen[self.first[item_id]].split())

    def to_text(self) -> str:
        """The sheet in a line of text, its numbers in whole thousandths."""
        row = self.evidence
        item_ids: list[str | int] = [0] * row.skill.shape[1]
        for item_id, column in self.first.items():
            item_ids[column] = item_id
        skills = range(len(self.recent))
        plain = {
            "stage": self.stage,
            "items": item_ids,
            "chosen": self.chosen,
            "skill": row.skill[0].tolist(),
            "correct": row.correct[0].astype(int).tolist(),
            "weight": _thousandths(row.weight[0]),
            "a": _thousandths(row.a[0]),
            "b": _thousandths(row.b[0]),
            "c": _thousandths(row.c[0]),
            "before": row.units_before[0].tolist(),
            "units": [[s, *row.units[0, s].tolist()] for s in skills if row.units[0, s].any()],
            "ratings": [
                [s, *_thousandths(np.array([row.rated[0, s], row.ratings[0, s]])),
                 int(row.units_before_rating[0, s])]
                for s in skills
                if row.ratings[0, s]
            ],
            "recent": self.recent.tolist(),
        }  # fmt: skip
        return json.dumps(plain, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> AnswerSheet:
        """The sheet that `to_text` wrote."""
        plain = json.loads(text)
        size = len(plain["recent"])
        units = np.zeros((1, size, 2), dtype=np.int64)
        rated, ratings, before = np.zeros((3, 1, size))
        for skill, basic, advanced in plain["units"]:
            units[0, skill] = basic, advanced
        for skill, mean, count, units_before in plain["ratings"]:
            rated[0, skill], ratings[0, skill] = mean / 1000, count / 1000
            before[0, skill] = units_before
        return cls(
            stage=plain["stage"],
            evidence=Evidence(
                norm=np.array([STAGE_NORM[plain["stage"]]]),
                units=units,
                skill=np.array([plain["skill"]], dtype=np.int64),
                correct=np.array([plain["correct"]], dtype=float),
                weight=np.array([plain["weight"]]) / 1000,
                a=np.array([plain["a"]]) / 1000,
                b=np.array([plain["b"]]) / 1000,
                c=np.array([plain["c"]]) / 1000,
                units_before=np.array([plain["before"]], dtype=np.int64),
                rated=rated,
                ratings=ratings,
                units_before_rating=before.astype(np.int64),
            ),
            first={item_id: column for column, item_id in enumerate(plain["items"]) if item_id},
            chosen=plain["chosen"],
            recent=np.array(plain["recent"], dtype=np.int64),
        )


def answer_sheet(framework: Framework, history: History, occasion: Occasion) -> AnswerSheet:
    """What a merchant's history comes to, read as the occasion reads it.

    Only the first answer to an item says how the item works, and no rapid guess does.
    """
    answers = distinct_answers(occasion.answers)
    given = {
        (response.item_id, response.responded_at): response.chosen
        for _, response in history.responses()
    }
    first: dict[str, int] = {}
    for column, answer in enumerate(answers):
        if not answer.was_seen:
            first.setdefault(answer.item_id, column)
    chosen = [""] * len(answers)
    for column in first.values():
        answer = answers[column]
        chosen[column] = " ".join(sorted(given[answer.item_id, answer.answered_at]))
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
    return AnswerSheet(occasion.stage, evidence, first, chosen, recent)


def _thousandths(values: Numbers) -> list[int]:
    return np.rint(1000 * values).astype(int).tolist()
