"""A goods structure: what each of a shop's goods is there for, and what it leaves.

The numbers are per paid order, before refunds; a refund gives the price back and costs the
shipping once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from academy.calculators import ratio
from academy.language import Text
from academy.shops import Table

COLUMNS = ("role", "goods", "price", "cost", "shipping", "commission", "refund", "units")
"""What a table must have to be read as a goods structure."""
NUMBERS = COLUMNS[2:]


@dataclass(frozen=True, slots=True)
class Goods:
    """One of a shop's goods. `commission` is all that is taken as a share of the price."""

    role: Text
    name: Text
    price: float
    cost: float
    shipping: float
    commission: float
    refund: float
    units: float
    """Paid orders in the period."""

    @property
    def margin(self) -> float:
        """What an order leaves that is not returned."""
        return self.price * (1 - self.commission) - self.cost - self.shipping

    @property
    def left(self) -> float:
        """What a paid order leaves on average."""
        return self.margin * (1 - self.refund) - self.shipping * self.refund

    @property
    def turnover(self) -> float:
        return self.price * self.units

    @property
    def total(self) -> float:
        """What all its orders leave."""
        return self.left * self.units


@dataclass(frozen=True, slots=True)
class Result:
    """What one row gives, or all of them together; NaN for a share of nothing."""

    left: float
    """A paid order leaves this on average."""
    turnover: float
    total: float
    turnover_share: float


def goods_in(table: Table) -> tuple[Goods, ...]:
    """The rows of a table as goods. Needs the table to have `COLUMNS`."""
    found = []
    for row in table.records:
        role, name = row["role"], row["goods"]
        assert isinstance(role, Text) and isinstance(name, Text)
        found.append(Goods(role, name, *(_number(row[column]) for column in NUMBERS)))
    return tuple(found)


def results(goods: Sequence[Goods]) -> tuple[tuple[Result, ...], Result]:
    """What each row gives, in order, and what all of them give."""
    turnover = sum(each.turnover for each in goods)
    total = sum(each.total for each in goods)
    units = sum(each.units for each in goods)
    rows = tuple(
        Result(
            left=each.left,
            turnover=each.turnover,
            total=each.total,
            turnover_share=ratio(each.turnover, turnover),
        )
        for each in goods
    )
    whole = Result(ratio(total, units), turnover, total, ratio(turnover, turnover))
    return rows, whole


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
