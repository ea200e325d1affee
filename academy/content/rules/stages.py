"""Rules of stage texts."""

from __future__ import annotations

from collections.abc import Iterator

from academy.content.corpus import Corpus
from academy.content.issues import did_you_mean
from academy.content.measure import substance
from academy.content.rules.registry import Finding, rule
from academy.language import LANGUAGES

SECTION_LENGTH = {"zh": (80, 160, "Chinese characters"), "en": (60, 120, "English words")}


@rule(holds_together=True)
def a_stage_text_has_a_section_for_each_dimension(corpus: Corpus) -> Iterator[Finding]:
    """A stage text is about a known stage and has a section for each dimension, headed with its
    name, in the framework's order."""
    if corpus.framework is None:
        return
    dimensions = corpus.framework.noun.dimensions
    stages = [stage.id for stage in corpus.framework.noun.stages]
    for page in corpus.stages:
        if page.head.noun.stage not in stages:
            yield Finding(
                page.head.at("stage"),
                f"There is no stage '{page.head.noun.stage}'.",
                did_you_mean(page.head.noun.stage, stages),
            )
        wanted = [dimension.name.in_(page.language) for dimension in dimensions]
        given = [part.heading for part in page.parts]
        if given != wanted:
            wrong = next(
                (
                    part.place
                    for number, part in enumerate(page.parts)
                    if number >= len(wanted) or part.heading != wanted[number]
                ),
                page.head.at(),
            )
            yield Finding(
                wrong,
                f"The sections are {', '.join(given) or 'missing'}.",
                f"Write these, in this order: {', '.join(wanted)}.",
            )


@rule()
def a_stage_text_exists_in_both_languages(corpus: Corpus) -> Iterator[Finding]:
    """Every stage text has a Chinese and an English file."""
    for page in corpus.stages:
        for language in LANGUAGES:
            twin = page.head.file.removesuffix(f".{page.language}.md") + f".{language}.md"
            if twin not in corpus.files:
                yield Finding(
                    page.head.at("stage"),
                    f"The text of '{page.head.noun.stage}' has no '{language}' file.",
                    f"Write {twin}.",
                )


@rule()
def the_sections_of_a_stage_text_are_short(corpus: Corpus) -> Iterator[Finding]:
    """A section of a stage text has 80 to 160 Chinese characters or 60 to 120 English words, and
    an opening stands before the first."""
    for page in corpus.stages:
        least, most, unit = SECTION_LENGTH[page.language]
        if not page.opening.text.strip():
            yield Finding(
                page.head.at(),
                "Nothing stands before the first section.",
                "Write a paragraph that says what this stage is about.",
            )
        for part in page.parts:
            size = substance(part.text, page.language)
            if not least <= size <= most:
                change = f"Add {least - size}" if size < least else f"Cut {size - most}"
                yield Finding(
                    part.place,
                    f"The section has {size} {unit}; it should have {least} to {most}.",
                    f"{change} at least.",
                )
