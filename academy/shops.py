"""The invented shops that the curriculum follows from their opening to maturity.

Each has a story, stage by stage, and numbers. Lessons and items refer to the numbers, so that a
reader who meets a shop again finds it as he left it, and one that changes is changed in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from academy.framework import UnknownId
from academy.language import Text

Unit = Literal["yuan", "share", "count", "ratio", "minutes", "hours", "days", "kilograms"]
"""yuan: money; share: 0.0 to 1.0; count: people, orders, pieces; ratio: bare."""
ColumnKind = Literal["text", "yuan", "share", "count", "ratio", "minutes", "hours", "days"]
Cell = Text | float | None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point of a shop's story, and the stage it had reached by then."""

    id: str
    stage: str
    when: Text
    text: Text


@dataclass(frozen=True, slots=True)
class ShopNumber:
    """One number of a shop. `value` is how it stands in a text, `number` what one reckons with."""

    id: str
    value: Text
    number: float
    unit: Unit
    what: Text
    as_of: str
    """Id of the milestone from which on it holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    id: str
    name: Text
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a shop's books; a cell is None where there is nothing to write."""

    id: str
    title: Text
    as_of: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def records(self) -> tuple[Mapping[str, Cell], ...]:
        """Each row by the ids of its columns."""
        names = [column.id for column in self.columns]
        return tuple(dict(zip(names, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Product:
    """Something that a shop's orders are for."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Order:
    """One paid order. `buyer` is a made-up number, the same for all orders of one person."""

    buyer: str
    day: date
    product: str
    paid: float
    is_refunded: bool


@dataclass(frozen=True)
class Shop:
    """An invented shop. Look-ups raise `UnknownId`."""

    id: str
    name: Text
    owner: Text
    trade: Text
    story: Text
    """Who they are, in a few sentences."""
    called: Mapping[str, tuple[str, ...]]
    """By language, the names under which texts speak of the shop or of its owner."""
    timeline: tuple[Milestone, ...]
    numbers: Mapping[str, ShopNumber]
    card: tuple[str, ...]
    """Ids of the numbers that say most of it."""
    tables: Mapping[str, Table]
    products: tuple[Product, ...] = ()
    orders: tuple[Order, ...] = ()
    """By day; empty where its orders are not told one by one."""

    @property
    def stage(self) -> str:
        """The stage that its story has reached."""
        return self.timeline[-1].stage

    def milestone(self, milestone_id: str) -> Milestone:
        for milestone in self.timeline:
            if milestone.id == milestone_id:
                return milestone
        raise UnknownId(f"milestone of the shop '{self.id}'", milestone_id)

    def number(self, number_id: str) -> ShopNumber:
        try:
            return self.numbers[number_id]
        except KeyError:
            raise UnknownId(f"number of the shop '{self.id}'", number_id) from None

    def table(self, table_id: str) -> Table:
        try:
            return self.tables[table_id]
        except KeyError:
            raise UnknownId(f"table of the shop '{self.id}'", table_id) from None

    def is_spoken_of(self, text: str, language: str) -> bool:
        """Whether a text names the shop or its owner."""
        return any(name in text for name in self.called[language])
