"""Lessons: what is read, in ten to fifteen minutes, at one level of one skill."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from academy.facts import Source
from academy.framework import Level
from academy.language import Language, Text

BlockKind = Literal["prose", "item", "calculator", "table", "team", "orders"]

HEADINGS: Mapping[str, Text] = {
    "why": Text("为什么要学", "Why it matters"),
    "idea": Text("核心概念", "The idea"),
    "steps": Text("怎么做", "How to do it"),
    "example": Text("算一遍", "Worked example"),
    "mistake": Text("常见误区", "The common mistake"),
    "checklist": Text("明天就做", "Checklist for tomorrow"),
    "next": Text("下一步", "What comes next"),
}
"""The sections of every lesson in reading order: role to heading."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "idea": ("why", "idea"),
    "steps": ("steps",),
    "example": ("example",),
    "mistake": ("mistake",),
    "tomorrow": ("checklist", "next"),
}
"""What is read on one screen, in about three minutes: part to the roles of its sections."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a section: Markdown, or what stands on the way.

    On the way stand an item or a calculator by its id, a table of a shop that the reader may change
    or the plan of its team as shop.table, or the orders of a shop by its id.
    """

    kind: BlockKind
    content: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands in a lesson under one heading; `role` is the same in both languages."""

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
    shops: tuple[str, ...] = ()
    """Ids of the invented shops that it speaks of."""

    @property
    def items(self) -> tuple[str, ...]:
        """Ids of the items on the way, in reading order."""
        return tuple(item_id for role in HEADINGS for item_id in self.items_in([role]))

    def items_in(self, roles: Collection[str]) -> tuple[str, ...]:
        """Ids of the items on the way through the sections of these roles, in reading order."""
        return tuple(
            block.content
            for section in self.sections["zh"]
            if section.role in roles
            for block in section.blocks
            if block.kind == "item"
        )
