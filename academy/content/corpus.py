"""All content of a tree as it was read, before it is judged: each noun with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, Literal, TypeVar, get_args

from academy.assessment import Statement
from academy.content.issues import Issue, Place
from academy.content.markup import FACT, SHOP
from academy.content.schema import LessonHead, StageHead
from academy.content.source import KeyPath, Lines
from academy.facts import Fact
from academy.framework import Framework
from academy.glossary import Term
from academy.items import Item
from academy.language import LANGUAGES, Language
from academy.shops import Order, Shop

Noun = TypeVar("Noun", covariant=True)

Kind = Literal[
    "dimension",
    "ability",
    "skill",
    "outcome",
    "fact",
    "item",
    "lesson",
    "statement",
    "term",
    "shop",
]
"""What has a permanent id."""


@dataclass(frozen=True)
class Entry(Generic[Noun]):
    """A noun and where in its file it stands."""

    noun: Noun
    file: str
    lines: Lines
    path: KeyPath = ()

    def at(self, *path: str | int, text_line: int = 0) -> Place:
        """The place of the entry or of one of its keys."""
        return Place(self.file, self.lines.of(*self.path, *path, text_line=text_line))


@dataclass(frozen=True)
class Identity:
    """An id that some file gives to something, whether or not the rest of it is right."""

    kind: Kind
    id: str
    place: Place


@dataclass(frozen=True)
class Passage:
    """A text in one language, whatever it belongs to."""

    language: Language
    text: str
    file: str
    line: int
    has_lines: bool = False
    """Whether each line of the text is a line of the file."""

    def at(self, row: int = 0) -> Place:
        """The place of a row of the text, counted from 0."""
        return Place(self.file, self.line + row if self.has_lines else self.line)

    def rows(self) -> Iterator[tuple[Place, str]]:
        return ((self.at(number), row) for number, row in enumerate(self.text.split("\n")))


@dataclass(frozen=True)
class Part:
    """A stretch of a Markdown body under one heading, or before the first (heading '')."""

    heading: str
    place: Place
    rows: tuple[str, ...]
    """The lines after the heading."""
    first_line: int

    @property
    def text(self) -> str:
        return "\n".join(self.rows)

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Each line with its number in the file."""
        return enumerate(self.rows, start=self.first_line)

    def at(self, row: int) -> Place:
        """The place of a row, counted from 0 after the heading."""
        return Place(self.place.file, self.first_line + row)


@dataclass(frozen=True)
class LessonFile:
    """A lesson in one language."""

    head: Entry[LessonHead]
    language: Language
    opening: Part
    """What stands before the first section: nothing, in a good lesson."""
    parts: tuple[Part, ...]

    @property
    def file(self) -> str:
        return self.head.file


@dataclass(frozen=True)
class StageFile:
    """A stage text in one language."""

    head: Entry[StageHead]
    language: Language
    opening: Part
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Corpus:
    """Everything that was read, and what was wrong with reading it."""

    root: Path
    revision: str
    framework: Entry[Framework] | None = None
    facts: tuple[Entry[Fact], ...] = ()
    items: tuple[Entry[Item], ...] = ()
    lessons: tuple[LessonFile, ...] = ()
    statements: tuple[Entry[Statement], ...] = ()
    stages: tuple[StageFile, ...] = ()
    terms: tuple[Entry[Term], ...] = ()
    shops: tuple[Entry[Shop], ...] = ()
    orders: Mapping[str, tuple[Entry[Order], ...]] = field(default_factory=dict)
    """By the shop that the file is named after."""
    identities: tuple[Identity, ...] = ()
    unread: frozenset[Kind] = frozenset()
    """Kinds of which some file could not be read, so that any id of theirs may exist."""
    passages: tuple[Passage, ...] = ()
    """Every text of every file, those of broken entries too."""
    files: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of each kind that any file gives; a broken thing still has its id."""
        return {
            kind: frozenset(each.id for each in self.identities if each.kind == kind)
            for kind in get_args(Kind)
        }

    def may_exist(self, kind: str, id_: str) -> bool:
        """Whether a reference to the id can be right, as far as could be read."""
        return id_ in self.ids[kind] or kind in self.unread

    def filled(self, text: str, language: Language) -> str:
        """The text as it is read, with the values of facts and shops in place of references."""
        text = FACT.sub(lambda found: self._values.get((found[1], language), ""), text)
        return SHOP.sub(
            lambda found: self._values.get((f"{found[1]}.{found[2]}", language), ""), text
        )

    @cached_property
    def _values(self) -> Mapping[tuple[str, Language], str]:
        values = {entry.noun.id: entry.noun.value for entry in self.facts} | {
            f"{entry.noun.id}.{number.id}": number.value
            for entry in self.shops
            for number in entry.noun.numbers.values()
        }
        return {
            (id_, language): value.in_(language)
            for id_, value in values.items()
            for language in LANGUAGES
        }

    def banks(self) -> Mapping[str, tuple[Entry[Item], ...]]:
        """Skill id to the items of its bank that are not retired, in the order of the file."""
        grouped: dict[str, list[Entry[Item]]] = {}
        for entry in self.items:
            if entry.noun.status != "retired":
                grouped.setdefault(entry.noun.skill, []).append(entry)
        return {skill: tuple(entries) for skill, entries in grouped.items()}

    def pairs(self) -> Iterator[tuple[LessonFile, LessonFile]]:
        """The lessons that exist in both languages: Chinese first."""
        english = {
            lesson.head.noun.id: lesson for lesson in self.lessons if lesson.language == "en"
        }
        for lesson in self.lessons:
            if lesson.language == "zh" and lesson.head.noun.id in english:
                yield lesson, english[lesson.head.noun.id]
