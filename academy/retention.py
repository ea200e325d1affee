"""Repeat purchase: of those who bought for the first time, how many came back within a window.

A buyer belongs to the month of his first order. He is left out if that order was refunded. He came
back if he has an order that was not refunded on a later day, no more than so many days after the
first. He can be counted only when the window has run out: before that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from academy.calculators import ratio
from academy.shops import Order


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody whose first order was kept."""

    first: Order
    later: tuple[date, ...]
    """Days of his other kept orders, each once, from the earliest on."""

    @property
    def month(self) -> date:
        """The first day of the month of his first order."""
        return self.first.day.replace(day=1)

    def came_back(self, window: int) -> bool:
        return bool(self.later) and (self.later[0] - self.first.day).days <= window

    def is_counted(self, window: int, today: date) -> bool:
        """Whether the window has run out."""
        return self.first.day + timedelta(days=window) <= today


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat rate with what it is made of."""

    returned: int
    """Of those counted."""
    counted: int
    waiting: int
    """Their window has not run out."""
    returned_early: int
    """Of those waiting."""

    @property
    def rate(self) -> float:
        """returned ÷ counted; NaN where nobody can be counted."""
        return ratio(self.returned, self.counted)

    @property
    def hasty_rate(self) -> float:
        """What comes out if those waiting are counted too: too low a rate, as a rule."""
        return ratio(self.returned + self.returned_early, self.counted + self.waiting)


def buyers(orders: Iterable[Order]) -> tuple[Buyer, ...]:
    """Everybody whose first order was kept, by the day of it.

    Of several orders on a first day one that was kept counts as the first.
    """
    by_buyer: dict[str, list[Order]] = {}
    for order in sorted(orders, key=lambda order: (order.day, order.is_refunded)):
        by_buyer.setdefault(order.buyer, []).append(order)
    found = []
    for first, *others in by_buyer.values():
        if not first.is_refunded:
            later = {each.day for each in others if not each.is_refunded} - {first.day}
            found.append(Buyer(first, tuple(sorted(later))))
    return tuple(found)


def repeat(group: Iterable[Buyer], window: int, today: date) -> Repeat:
    """The repeat rate of a group of buyers within `window` days, as it can be known `today`."""
    returned = counted = waiting = early = 0
    for buyer in group:
        came_back = buyer.came_back(window)
        if buyer.is_counted(window, today):
            counted += 1
            returned += came_back
        else:
            waiting += 1
            early += came_back
    return Repeat(returned, counted, waiting, early)


def first_months(group: Iterable[Buyer]) -> tuple[date, ...]:
    """The months in which anybody bought first, in order."""
    return tuple(sorted({buyer.month for buyer in group}))


def usual_gap(group: Sequence[Buyer]) -> float | None:
    """The middle number of days between the first and the second order, of those who came back."""
    gaps = [(buyer.later[0] - buyer.first.day).days for buyer in group if buyer.later]
    return median(gaps) if gaps else None
