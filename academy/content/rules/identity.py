"""Rules of ids and of where files stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from academy.content.corpus import Corpus, Identity
from academy.content.issues import Place, did_you_mean
from academy.content.ledger import LEDGER, ids_in_use, read_ledger
from academy.content.reader import FRAMEWORK
from academy.content.rules.registry import Finding, rule


@rule(holds_together=True)
def the_framework_is_there(corpus: Corpus) -> Iterator[Finding]:
    """There is a framework, for everything else refers to it."""
    if FRAMEWORK not in corpus.files:
        yield Finding(
            Place(FRAMEWORK, 1),
            "There is no framework.",
            "Write its stages and dimensions into this file.",
        )


@rule(holds_together=True)
def ids_are_unique(corpus: Corpus) -> Iterator[Finding]:
    """An id stands for one thing only; no two things of a kind share it."""
    first: dict[tuple[str, str], Identity] = {}
    for identity in corpus.identities:
        twin = first.setdefault((identity.kind, identity.id), identity)
        if twin is not identity:
            yield Finding(
                identity.place,
                f"The {identity.kind} '{identity.id}' exists already, in {twin.place}.",
                "Choose another id.",
            )


@rule()
def ids_are_for_ever(corpus: Corpus) -> Iterator[Finding]:
    """What learners have met keeps its id: it is retired, never deleted, renamed or reused."""
    for line in read_ledger(corpus.root):
        place = Place(LEDGER, line.number)
        if line.kind not in corpus.ids:
            yield Finding(
                place,
                f"There is no kind of thing called '{line.kind}'.",
                did_you_mean(line.kind, corpus.ids),
            )
        elif line.is_retired and line.id in corpus.ids[line.kind]:
            yield Finding(
                place,
                f"The {line.kind} '{line.id}' was retired, and its id is used again.",
                "Choose another id for the new one.",
            )
        elif not line.is_retired and not corpus.may_exist(line.kind, line.id):
            remedy = (
                "Put it back with 'status: retired'."
                if line.kind == "item"
                else "Put it back, or write 'retired' at the end of this line."
            )
            yield Finding(place, f"The {line.kind} '{line.id}' is gone.", remedy)


@rule(severity="warning")
def new_ids_are_in_the_ledger(corpus: Corpus) -> Iterator[Finding]:
    """Every id that learners may have met stands in the ledger."""
    known = {(line.kind, line.id) for line in read_ledger(corpus.root)}
    new = sorted(ids_in_use(corpus) - known)
    if new:
        kind, id_ = new[0]
        yield Finding(
            Place(LEDGER, 1),
            f"{len(new)} ids are not in the ledger, the {kind} '{id_}' for one.",
            "When they are final, run: python -m academy content ledger.",
        )


@rule()
def files_stand_in_their_place(corpus: Corpus) -> Iterator[Finding]:
    """A file's folder and name say what it holds, and its ids begin with its skill."""
    yield from _banks_out_of_place(corpus)
    yield from _lessons_out_of_place(corpus)
    yield from _statements_out_of_place(corpus)
    for page in corpus.stages:
        wanted = f"curriculum/stages/{page.head.noun.stage}.{page.language}.md"
        if page.head.file != wanted:
            yield _moved(page.head.at("stage"), wanted)


def _banks_out_of_place(corpus: Corpus) -> Iterator[Finding]:
    for entries in corpus.banks().values():
        for entry in entries:
            skill = entry.noun.skill
            wanted = f"quizzes/{skill}.yaml"
            if entry.file != wanted:
                place = Place(entry.file, entry.lines.of("skill"))
                yield _moved(place, wanted)
                break
            if not re.fullmatch(rf"{re.escape(skill)}-\d\d+", entry.noun.id):
                yield Finding(
                    entry.at("id"),
                    f"The item '{entry.noun.id}' is not named after its skill.",
                    f"Write an id such as '{skill}-01'.",
                )


def _lessons_out_of_place(corpus: Corpus) -> Iterator[Finding]:
    for lesson in corpus.lessons:
        head = lesson.head.noun
        stem = f"{head.skill}-{head.level}"
        if not re.fullmatch(rf"{re.escape(stem)}(-[2-9])?", head.id):
            yield Finding(
                lesson.head.at("id"),
                f"The lesson '{head.id}' is not named after its skill and level.",
                f"Write '{stem}', or '{stem}-2' for a second one.",
            )
            continue
        folder = f"{_dimension_of(corpus, head.skill, lesson.file)}/{head.skill}"
        name = head.id.removeprefix(f"{head.skill}-")
        wanted = f"curriculum/lessons/{folder}/{name}.{lesson.language}.md"
        if lesson.file != wanted:
            yield _moved(lesson.head.at("id"), wanted)


def _statements_out_of_place(corpus: Corpus) -> Iterator[Finding]:
    for entry in corpus.statements:
        skill = entry.noun.skill
        dimension = _dimension_of(corpus, skill, entry.file)
        wanted = f"curriculum/assessment/{dimension}.yaml"
        if entry.file != wanted and skill in corpus.ids["skill"]:
            yield _moved(entry.at("skill"), wanted)
        elif not re.fullmatch(rf"{re.escape(skill)}-s\d", entry.noun.id):
            yield Finding(
                entry.at("id"),
                f"The statement '{entry.noun.id}' is not named after its skill.",
                f"Write '{skill}-s1' or '{skill}-s2'.",
            )


def _dimension_of(corpus: Corpus, skill: str, file: str) -> str:
    """The dimension of a skill, or the one that the file's place claims if that is unknown."""
    if corpus.framework and skill in corpus.ids["skill"]:
        return corpus.framework.noun.dimension_of(skill).id
    path = PurePosixPath(file)
    return path.parts[2] if len(path.parts) > 3 else path.stem


def _moved(place: Place, wanted: str) -> Finding:
    return Finding(place, "This belongs into another file.", f"Move it to {wanted}.")
