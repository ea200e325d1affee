"""What is known of each item: the expert's word at first, then what answers say.

Every first, unhurried answer moves its item a little, and adds to what the item usually takes; a
fit to all answers, run each night, takes the place of what has gathered. Each change is a new
version, and an attempt keeps the parameters it was begun with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from academy.attempts import ItemState, QuizAttempt
from academy.calibration import (
    Calibration,
    ItemParameters,
    Observation,
    expert_parameters,
    nightly_fit,
    updated,
)
from academy.curriculum import Curriculum
from academy.effort import Times
from academy.faults import as_counted
from academy.history import History
from academy.items import EXPERT_LOGITS, Item
from academy.occasions import occasion
from academy.records import JSON
from academy.services.histories import read_history
from academy.storage.base import Records

_FITS = "item-fits"


def item_state(records: Records, item: Item) -> ItemState:
    """What is known of an item now, for an attempt to keep."""
    return item_states(records, [item])[item.id]


def item_states(records: Records, items: Collection[Item]) -> dict[str, ItemState]:
    """What is known of some items now, by id, asked in one act."""
    kept = records.documents(_document(item.id) for item in items)
    return {item.id: _state(item, kept.get(_document(item.id))) for item in items}


def _state(item: Item, kept: JSON) -> ItemState:
    parameters, fit = _known(item, kept)
    if not parameters.is_calibrated:
        return ItemState(EXPERT_LOGITS[item.difficulty])
    median = parameters.times.median
    return ItemState(
        difficulty=round(parameters.b, 4),
        slope=round(parameters.a, 4),
        is_calibrated=True,
        version=f"fit {fit}, {parameters.n_answers} answers",
        median_seconds=None if median is None else round(median, 1),
    )


def learn_from_answers(
    records: Records,
    curriculum: Curriculum,
    history: History,
    attempt: QuizAttempt,
    item_ids: Collection[str],
    *,
    now: datetime,
) -> None:
    """Move the difficulty of the items just answered in an attempt, where it may be learned from.

    Only somebody's first answer to an item tells its difficulty, and no rapid guess does.
    """
    others = {
        item_id
        for other in history.quizzes.values()
        if other.id != attempt.id
        for item_id in other.responses
    }
    telling = [
        counted
        for item_id in item_ids
        if item_id not in others and not attempt.responses[item_id].is_rapid
        if (counted := as_counted(attempt.responses[item_id], curriculum.bank))
    ]
    if not telling or attempt.effort == "not-scored":
        return
    profile = occasion(history, curriculum, until=now, under_way=attempt.id).profile()
    for response in telling:
        item = curriculum.bank.item(response.item_id)
        theta = profile.skill(item.skill).theta
        observed = Observation(item.id, theta, response.is_correct, response.seconds)
        records.update_document(_document(item.id), _moved(item, observed))


def _moved(item: Item, observed: Observation) -> Callable[[JSON], JSON]:
    def moved(kept: JSON) -> JSON:
        parameters, fit = _known(item, kept)
        return _plain(updated(parameters, observed, item.guessing), fit)

    return moved


def calibrate(records: Records, curriculum: Curriculum, *, now: datetime) -> Calibration:
    """Fit all items anew to every first, unhurried answer of all learners; a new version.

    Each learner's level on an item's skill is the one that all his evidence gives today.
    """
    framework, bank = curriculum.framework, curriculum.bank
    observations: list[Observation] = []
    for learner_id in records.learner_ids():
        evidence = occasion(read_history(records, learner_id), curriculum, until=now)
        counted = [
            answer
            for answer in evidence.answers
            if answer.weight and not answer.was_seen and answer.item_id in bank.items
        ]
        if counted:
            profile = evidence.profile()
            theta = {skill: profile.skill(skill).theta for skill in {a.skill_id for a in counted}}
            observations += [
                Observation(
                    answer.item_id, theta[answer.skill_id], answer.is_correct, answer.seconds
                )
                for answer in counted
            ]
    before = {
        item.id: _known(item, records.document(_document(item.id)))[0]
        for item in bank.items.values()
    }
    fits = _fits(records)
    fitted = nightly_fit(
        bank,
        framework,
        observations,
        previous=Calibration(len(fits), None, before),
        now=now,
    )
    for item_id, parameters in fitted.items.items():
        if parameters.n_answers:
            _put(records, _document(item_id), _plain(parameters, fitted.version))
    summary: JSON = {
        "version": fitted.version,
        "at": now.isoformat(),
        "answers": len(observations),
    }
    _put(records, _FITS, [*fits, summary])
    return fitted


def _fits(records: Records) -> list[Any]:
    kept = records.document(_FITS)
    return list(kept) if isinstance(kept, list) else []


def _put(records: Records, name: str, value: JSON) -> None:
    records.update_document(name, lambda _: value)


def _document(item_id: str) -> str:
    return f"item-{item_id}"


def _known(item: Item, kept: JSON) -> tuple[ItemParameters, int]:
    """An item's parameters, and the number of the fit they rest on."""
    if not isinstance(kept, Mapping):
        return expert_parameters(item), 0
    plain: Mapping[str, Any] = kept
    times = Times({int(step): count for step, count in plain.get("times", {}).items()})
    return (
        ItemParameters(item.id, plain["b"], plain["variance"], plain["a"], plain["answers"], times),
        plain["fit"],
    )


def _plain(parameters: ItemParameters, fit: int) -> JSON:
    return {
        "b": round(parameters.b, 4),
        "variance": round(parameters.variance, 4),
        "a": round(parameters.a, 4),
        "answers": parameters.n_answers,
        "times": {str(step): count for step, count in parameters.times.counts.items()},
        "fit": fit,
    }
