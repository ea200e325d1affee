"""Rules of the framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from academy.content.corpus import Corpus, Entry
from academy.content.issues import Place, did_you_mean, one_of
from academy.content.rules.registry import Finding, rule
from academy.content.source import KeyPath
from academy.framework import STAGE_IDS, Framework, Outcome, Skill

TRACES = "curriculum/traces.txt"
"""The rows of the competency tree, one a line, that the outcomes come from."""


@rule(holds_together=True)
def the_stages_are_the_four(corpus: Corpus) -> Iterator[Finding]:
    """The stages are preparing, exploring, growing and mature, in this order."""
    if corpus.framework:
        given = tuple(stage.id for stage in corpus.framework.noun.stages)
        if given != STAGE_IDS:
            yield Finding(
                corpus.framework.at("stages"),
                f"The stages are {', '.join(given)}.",
                f"Write {', '.join(STAGE_IDS)}, in this order.",
            )


@rule(holds_together=True)
def every_stage_is_weighed(corpus: Corpus) -> Iterator[Finding]:
    """Emphasis and importance name every stage and nothing else, and outcomes name known ones."""
    for framework in _framework(corpus):
        stages = [stage.id for stage in framework.noun.stages]
        for number, dimension in enumerate(framework.noun.dimensions):
            place = framework.at("dimensions", number, "emphasis")
            yield from _not_these(dimension.emphasis, stages, place, "emphasis")
        for path, skill in _skills(framework.noun):
            place = framework.at(*path, "importance")
            yield from _not_these(skill.importance, stages, place, "importance")
            for number, outcome in enumerate(skill.outcomes):
                for stage in outcome.stages:
                    if stage not in stages:
                        yield Finding(
                            framework.at(*path, "outcomes", number, "stages"),
                            f"There is no stage '{stage}'.",
                            did_you_mean(stage, stages),
                        )


@rule(holds_together=True)
def targets_stand_where_a_skill_is_asked(corpus: Corpus) -> Iterator[Finding]:
    """A skill has a target at exactly the stages at which its importance is above 0."""
    for framework in _framework(corpus):
        for path, skill in _skills(framework.noun):
            asked = {stage for stage, weight in skill.importance.items() if weight > 0}
            for stage in sorted(asked - skill.target.keys()):
                yield Finding(
                    framework.at(*path, "target"),
                    f"'{skill.id}' is asked at '{stage}' and has no target there.",
                    f"Add '{stage}:' with a score, or make its importance 0.",
                )
            for stage in sorted(skill.target.keys() - asked):
                yield Finding(
                    framework.at(*path, "target", stage),
                    f"'{skill.id}' has a target at '{stage}', where it is not asked.",
                    f"Take the target of '{stage}' out, or raise its importance.",
                )


@rule()
def emphasis_makes_a_whole(corpus: Corpus) -> Iterator[Finding]:
    """The shares that a stage gives the dimensions add up to 100."""
    for framework in _framework(corpus):
        for stage in framework.noun.stages:
            shares = [
                dimension.emphasis.get(stage.id, 0) for dimension in framework.noun.dimensions
            ]
            if sum(shares) != 100:
                yield Finding(
                    framework.at("dimensions", 0, "emphasis", stage.id),
                    f"The emphasis at '{stage.id}' is {' + '.join(map(str, shares))} "
                    f"= {sum(shares)}.",
                    "Let the dimensions share 100.",
                )


@rule(holds_together=True)
def prerequisites_are_known(corpus: Corpus) -> Iterator[Finding]:
    """A prerequisite is another skill of the framework."""
    for framework in _framework(corpus):
        known = corpus.ids["skill"]
        for path, skill in _skills(framework.noun):
            for number, needed in enumerate(skill.prerequisites):
                if needed not in known or needed == skill.id:
                    reason = "is the skill itself" if needed == skill.id else "is no skill"
                    yield Finding(
                        framework.at(*path, "prerequisites", number),
                        f"The prerequisite '{needed}' of '{skill.id}' {reason}.",
                        did_you_mean(
                            needed, known - {skill.id}, otherwise="Name a skill of the framework."
                        ),
                    )


@rule(holds_together=True)
def prerequisites_form_no_circle(corpus: Corpus) -> Iterator[Finding]:
    """No skill needs itself through its prerequisites, or nobody could begin with any of them."""
    for framework in _framework(corpus):
        paths = {skill.id: path for path, skill in _skills(framework.noun)}
        for circle in _circles(framework.noun):
            yield Finding(
                framework.at(*paths[circle[0]], "prerequisites"),
                f"{' needs '.join((*circle, circle[0]))}: nobody could begin with any of them.",
                f"Take one of these prerequisites out, such as '{circle[1]}' of '{circle[0]}'.",
            )


@rule()
def prerequisites_are_asked_where_the_skill_is(corpus: Corpus) -> Iterator[Finding]:
    """What a skill needs first is asked at every stage that asks for the skill."""
    for framework in _framework(corpus):
        by_id = {skill.id: skill for _, skill in _skills(framework.noun)}
        for path, skill in _skills(framework.noun):
            for number, needed in enumerate(skill.prerequisites):
                if needed not in by_id:
                    continue
                weights = by_id[needed].importance
                unasked = [
                    stage
                    for stage, weight in skill.importance.items()
                    if weight > 0 and weights.get(stage) == 0
                ]
                if unasked:
                    yield Finding(
                        framework.at(*path, "prerequisites", number),
                        f"'{skill.id}' is asked at {one_of(unasked)}, its prerequisite "
                        f"'{needed}' is not.",
                        f"Raise the importance of '{needed}' there to 1, or take it out here.",
                    )


@rule()
def every_row_of_the_tree_is_traced(corpus: Corpus) -> Iterator[Finding]:
    """Every row of the competency tree has an outcome, and no outcome names a row it lacks."""
    rows = tree_rows(corpus.root)
    if not corpus.framework or not rows:
        return
    for path, outcome in _outcomes(corpus.framework.noun):
        for number, trace in enumerate(outcome.traces):
            if trace not in rows:
                yield Finding(
                    corpus.framework.at(*path, "traces", number),
                    f"The competency tree has no row '{trace}'.",
                    did_you_mean(trace, rows, otherwise=f"Write one that stands in {TRACES}."),
                )
    traced = {trace for outcome in corpus.framework.noun.outcomes for trace in outcome.traces}
    for row, line in rows.items():
        if row not in traced:
            yield Finding(
                Place(TRACES, line),
                f"No outcome comes from the row '{row}'.",
                "Name it under 'traces' of the outcome that covers it.",
            )


def tree_rows(root: Path) -> dict[str, int]:
    """The rows of the competency tree with their lines; none where no list of them is kept."""
    path = root / TRACES
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {row.strip(): number for number, row in enumerate(lines, start=1) if row.strip()}


def _framework(corpus: Corpus) -> Iterator[Entry[Framework]]:
    if corpus.framework:
        yield corpus.framework


def _skills(framework: Framework) -> Iterator[tuple[KeyPath, Skill]]:
    for d, dimension in enumerate(framework.dimensions):
        for a, ability in enumerate(dimension.abilities):
            for s, skill in enumerate(ability.skills):
                yield ("dimensions", d, "abilities", a, "skills", s), skill


def _outcomes(framework: Framework) -> Iterator[tuple[KeyPath, Outcome]]:
    for path, skill in _skills(framework):
        for number, outcome in enumerate(skill.outcomes):
            yield (*path, "outcomes", number), outcome


def _not_these(
    given: Mapping[str, int], stages: list[str], place: Place, name: str
) -> Iterator[Finding]:
    for stage in stages:
        if stage not in given:
            yield Finding(place, f"The {name} says nothing of '{stage}'.", f"Add '{stage}:'.")
    for stage in given:
        if stage not in stages:
            yield Finding(place, f"There is no stage '{stage}'.", did_you_mean(stage, stages))


def _circles(framework: Framework) -> list[list[str]]:
    """Each circle of prerequisites once, beginning with the skill that is taught first."""
    needs = {skill.id: skill.prerequisites for skill in framework.skills}
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(skill: str, path: list[str]) -> None:
        if skill in path:
            circle = path[path.index(skill) :]
            if len(circle) > 1 and not any(set(circle) == set(other) for other in found):
                found.append(circle)
            return
        if skill in done:
            return
        for needed in needs.get(skill, ()):
            walk(needed, [*path, skill])
        done.add(skill)

    for skill in needs:
        walk(skill, [])
    return found
