"""Find the stage of a business, or choose it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from academy.framework import Framework, UnknownId
from academy.services.histories import happened, read_history
from academy.services.refusals import Refusal
from academy.services.summaries import outdate_summary
from academy.stage_finder import SHOP_FACTS, Finding, find_stage
from academy.storage.base import Records


def find_and_choose_stage(
    records: Records, learner_id: str, shop_facts: Mapping[str, int], *, now: datetime
) -> Finding:
    """Let the shop's facts decide, and keep them with the rule that fired."""
    finding = find_stage(shop_facts)
    _keep(records, learner_id, finding.stage, finding, shop_facts, now)
    return finding


def choose_stage(
    records: Records, learner_id: str, framework: Framework, stage: str, *, now: datetime
) -> None:
    """Overrule the finder; what it said, if it was asked, is kept beside the choice."""
    try:
        framework.stage(stage)
    except UnknownId as unknown:
        raise Refusal("unknown-stage", stage) from unknown
    said = read_history(records, learner_id).stage_choice
    finding = Finding(said.found, said.rule) if said else Finding(stage, "own-choice")
    _keep(records, learner_id, stage, finding, said.shop_facts if said else {}, now)


def _keep(
    records: Records,
    learner_id: str,
    stage: str,
    finding: Finding,
    shop_facts: Mapping[str, int],
    now: datetime,
) -> None:
    said = read_history(records, learner_id).stage_choice
    if said and (said.stage, said.found, said.rule, dict(said.shop_facts)) == (
        stage,
        finding.stage,
        finding.rule,
        dict(shop_facts),
    ):
        return
    records.append(
        learner_id,
        happened(
            "stage-chosen",
            now,
            {
                "stage": stage,
                "found": finding.stage,
                "rule": finding.rule,
                "shop_facts": dict(shop_facts),
            },
        ),
    )
    outdate_summary(records, learner_id)


_DRAFT = "shop-facts"


def remember_shop_fact(records: Records, learner_id: str, name: str, value: int) -> None:
    """Keep one of the shop's facts as it is given, before the stage is asked for."""
    if value not in SHOP_FACTS.get(name, ()):
        raise ValueError(f"'{value}' is no band of '{name}'. Use one of {SHOP_FACTS.get(name)}.")
    records.save_draft(learner_id, _DRAFT, {**shop_facts(records, learner_id), name: value})


def shop_facts(records: Records, learner_id: str | None) -> dict[str, int]:
    """The shop's facts given so far; those the stage was last found by, if none since."""
    if learner_id is None:
        return {}
    draft = records.drafts(learner_id).get(_DRAFT)
    known = draft if isinstance(draft, dict) else {}
    return {name: known[name] for name, bands in SHOP_FACTS.items() if known.get(name) in bands}
