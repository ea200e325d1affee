"""Lessons: what is read, in ten to fifteen minutes, at one level of one skill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from academy.facts import Source
from academy.framework import Level
from academy.language import Language, Text

BlockKind = Literal["prose", "item"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a section: Markdown to read, or the id of an item to answer on the way."""

    kind: BlockKind
    content: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a lesson under its own heading; `role` is the same in both languages."""

    role: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Lesson:
    """One level of one skill, in both languages."""

    id: str
    skill: str
    level: Level
    title: Text
    minutes: int
    outcomes: tuple[str, ...]
    sections: Mapping[Language, tuple[Section, ...]]
    sources: tuple[Source, ...]
    facts: tuple[str, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Ids of the items on the way, in reading order."""
        return tuple(
            block.content
            for section in self.sections["zh"]
            for block in section.blocks
            if block.kind == "item"
        )
