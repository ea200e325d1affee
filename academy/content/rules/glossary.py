"""Rules of the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from academy.content.corpus import Corpus
from academy.content.issues import Place, did_you_mean
from academy.content.markup import FACT
from academy.content.measure import length
from academy.content.rules.registry import Finding, rule
from academy.language import LANGUAGES, Language

DEFINITION_LENGTH: dict[Language, tuple[int, int, str]] = {
    "zh": (12, 80, "characters"),
    "en": (6, 45, "words"),
}


@rule()
def a_name_stands_for_one_term(corpus: Corpus) -> Iterator[Finding]:
    """No two terms share a name, whether it is shown, in use besides, or garbled."""
    first: dict[str, tuple[str, Place]] = {}
    for entry in corpus.terms:
        term = entry.noun
        given = [
            (term.name.zh, entry.at("term")),
            (term.name.en, entry.at("term")),
            *((name, entry.at("also", number)) for number, name in enumerate(term.also)),
            *((name, entry.at("garbled", number)) for number, name in enumerate(term.garbled)),
        ]
        for name, place in given:
            owner, there = first.setdefault("".join(name.split()).lower(), (term.id, place))
            if owner != term.id:
                yield Finding(
                    place,
                    f"'{name}' stands for '{owner}' already, in {there}.",
                    "Leave it to one of the two.",
                )


@rule()
def a_definition_is_short(corpus: Corpus) -> Iterator[Finding]:
    """A definition has 12 to 80 Chinese characters or 6 to 45 English words."""
    for entry in corpus.terms:
        for language in LANGUAGES:
            least, most, unit = DEFINITION_LENGTH[language]
            size = length(FACT.sub("1", entry.noun.definition.in_(language)), language)
            if not least <= size <= most:
                yield Finding(
                    entry.at("definition", language),
                    f"The definition of '{entry.noun.id}' has {size} {unit}; "
                    f"it should have {least} to {most}.",
                    "Say what it is, and at most one thing more.",
                )


@rule(holds_together=True)
def a_term_is_taught_by_a_skill(corpus: Corpus) -> Iterator[Finding]:
    """The skill that a term names is one of the framework."""
    for entry in corpus.terms:
        skill = entry.noun.skill
        if skill is not None and corpus.framework and skill not in corpus.ids["skill"]:
            yield Finding(
                entry.at("skill"),
                f"There is no skill '{skill}'.",
                did_you_mean(
                    skill, corpus.ids["skill"], otherwise="Name a skill of the framework."
                ),
            )
