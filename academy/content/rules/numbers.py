"""The rule that a platform's numbers stand in facts alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from academy.content import markup
from academy.content.corpus import Corpus
from academy.content.issues import Place
from academy.content.measure import traits
from academy.content.rules.registry import Finding, rule
from academy.language import LANGUAGES, Language
from academy.lessons import HEADINGS

SHARED = {"zh": 5, "en": 3}
"""How many pairs of characters, or words, a sentence must share with what a fact says before a
number in it is taken for the fact's."""

_VALUE = re.compile(r"(?P<number>[¥$]?\d[\d,]*(?:\.\d+)?)\s?(?P<unit>[^\d\s][^\d]{0,14})?")
_NUMBER = re.compile(r"(?<![\d.,:–~至到¥$-])[¥$]?\d[\d,]*(?:\.\d+)?")
_SENTENCE = re.compile(r"\n|(?<=[。！？；])|(?<=[.!?;])\s")


class _Value(NamedTuple):
    fact: str
    unit: str
    subject: frozenset[str]


@rule()
def numbers_of_a_platform_stand_in_facts(corpus: Corpus) -> Iterator[Finding]:
    """Prose, definitions, stems and keys refer to a platform's number and never write it
    themselves."""
    for language in LANGUAGES:
        values = _values(corpus, language)
        for place, text in _spoken_as_true(corpus, language):
            for sentence in _SENTENCE.split(text):
                for fact, written in _bare(sentence, values, language):
                    yield Finding(
                        place,
                        f"'{written}' is the value of a fact.",
                        f"Write {{fact:{fact}}} instead, or say what else the number is.",
                    )


def _spoken_as_true(corpus: Corpus, language: Language) -> Iterator[tuple[Place, str]]:
    """The rows of lessons outside the worked example, the stems, the keys, the definitions."""
    example = HEADINGS["example"].in_(language)
    for lesson in corpus.lessons:
        if lesson.language == language:
            for part in lesson.parts:
                if part.heading != example:
                    yield from ((Place(lesson.file, line), row) for line, row in part.numbered())
    for term in corpus.terms:
        yield term.at("definition", language), term.noun.definition.in_(language)
    for entry in corpus.items:
        yield entry.at("stem", language), entry.noun.stem.in_(language)
        for number, option in enumerate(entry.noun.options):
            if option.is_key:
                yield entry.at("options", number, "text", language), option.text.in_(language)


def _values(corpus: Corpus, language: Language) -> dict[str, list[_Value]]:
    """Number to the facts whose value is that number with a unit."""
    values: dict[str, list[_Value]] = defaultdict(list)
    for entry in corpus.facts:
        value = _VALUE.fullmatch(entry.noun.value.in_(language))
        if value and (value["unit"] or value["number"][0] in "¥$"):
            unit = (value["unit"] or "").strip()
            subject = traits(entry.noun.statement.in_(language), language)
            values[value["number"]].append(
                _Value(entry.noun.id, unit, subject - traits(value[0], language))
            )
    return values


def _bare(
    sentence: str, values: dict[str, list[_Value]], language: Language
) -> Iterator[tuple[str, str]]:
    """Each number of the sentence that is a fact's, with the fact most like the sentence."""
    subject: frozenset[str] | None = None
    for number in _NUMBER.finditer(sentence):
        rest = sentence[number.end() :].lstrip()
        found = [value for value in values.get(number[0], ()) if _begins(rest, value.unit)]
        if not found:
            continue
        if subject is None:
            subject = traits(markup.without_references(sentence), language)
        nearest = max(found, key=lambda value: len(value.subject & subject))
        if len(nearest.subject & subject) >= SHARED[language]:
            yield nearest.fact, f"{number[0]} {nearest.unit}".strip()


def _begins(text: str, unit: str) -> bool:
    """Whether the unit stands first in the text and ends there."""
    after = text[len(unit) : len(unit) + 1]
    return text.startswith(unit) and not (unit[-1:].isascii() and unit and after.isalnum())
