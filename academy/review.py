"""When to see something again: items by the FSRS scheduler, skills by their retrievability.

An item answered wrong comes back soon; one answered right comes back when the chance of still
knowing it has fallen to nine in ten. A skill is procedural and fades far more slowly than a fact:
its stability starts at two months and grows with every lesson and review.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import FSRS_DEFAULT_DECAY

SECONDS_PER_ITEM = 45
REVIEW_MINUTES = 5.0
"""One review of a skill."""
FAST_SECONDS = 10.0
"""A right answer within this time was easy."""

_SCHEDULER = Scheduler(
    desired_retention=0.9,
    learning_steps=(timedelta(minutes=10),),
    relearning_steps=(timedelta(minutes=10),),
    maximum_interval=365,
    enable_fuzzing=False,
)


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """What is remembered of one item: plain data, kept with the learner's records."""

    item_id: str
    due_at: datetime
    state: int = int(State.Learning)
    step: int | None = 0
    stability: float | None = None
    """Days until the chance of knowing it has fallen to nine in ten."""
    difficulty: float | None = None
    """1 to 10."""
    last_review_at: datetime | None = None
    lapses: int = 0
    """Wrong answers so far."""
    was_last_wrong: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Values that JSON can hold; `from_dict` reads them back."""
        values = {name: getattr(self, name) for name in self.__slots__}
        values["due_at"] = self.due_at.isoformat()
        values["last_review_at"] = self.last_review_at and self.last_review_at.isoformat()
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> ReviewCard:
        last = values["last_review_at"]
        return cls(
            **{
                **values,
                "due_at": datetime.fromisoformat(values["due_at"]),
                "last_review_at": datetime.fromisoformat(last) if last else None,
            }
        )


def new_card(item_id: str, now: datetime) -> ReviewCard:
    """A card for an item that has not been answered; it is due at once."""
    return ReviewCard(item_id=item_id, due_at=_utc(now))


def grade(
    card: ReviewCard, *, is_correct: bool, now: datetime, seconds: float | None = None
) -> ReviewCard:
    """The card after an answer: wrong is Again, right is Good, right at once is Easy."""
    now = _utc(now)
    if not is_correct:
        rating = Rating.Again
    elif seconds is not None and seconds <= FAST_SECONDS:
        rating = Rating.Easy
    else:
        rating = Rating.Good
    scheduled, _ = _SCHEDULER.review_card(_fsrs_card(card), rating, now)
    return replace(
        card,
        due_at=scheduled.due,
        state=int(scheduled.state),
        step=scheduled.step,
        stability=scheduled.stability,
        difficulty=scheduled.difficulty,
        last_review_at=now,
        lapses=card.lapses + (not is_correct),
        was_last_wrong=not is_correct,
    )


def due_items(
    cards: Iterable[ReviewCard],
    now: datetime,
    minutes_a_day: float,
    withdrawn: Collection[str] = (),
) -> tuple[str, ...]:
    """Ids of the items to see today, as many as fit: last answered wrong first, then longest due.

    Items `withdrawn` from the bank are passed over.
    """
    now = _utc(now)
    due = [card for card in cards if card.due_at <= now and card.item_id not in withdrawn]
    due.sort(key=lambda card: (not card.was_last_wrong, card.due_at, card.item_id))
    return tuple(card.item_id for card in due[: max(0, int(minutes_a_day * 60 / SECONDS_PER_ITEM))])


def item_retrievability(card: ReviewCard, now: datetime) -> float:
    """Chance, 0 to 1, of still knowing an item; 0 for one never answered."""
    return _SCHEDULER.get_card_retrievability(_fsrs_card(card), _utc(now))


def _fsrs_card(card: ReviewCard) -> Card:
    return Card(
        card_id=0,
        state=State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due_at,
        last_review=card.last_review_at,
    )


def _utc(now: datetime) -> datetime:
    if now.utcoffset() != timedelta(0):
        raise ValueError(f"{now.isoformat()} is not in UTC. Give an aware datetime in UTC.")
    return now.astimezone(UTC)


# ------------------------------------------------------------------------------------- skills

FIRST_STABILITY_DAYS = 60.0
UNIT_GROWTH, REVIEW_GROWTH, LAPSE_SHRINKAGE = 1.4, 1.8, 0.5
_DECAY = -FSRS_DEFAULT_DECAY
_FACTOR = 0.9 ** (1 / _DECAY) - 1


def skill_stability(*, units: int, reviews: int = 0, lapses: int = 0) -> float:
    """Days after which nine tenths of what lessons taught are left."""
    return (
        FIRST_STABILITY_DAYS
        * UNIT_GROWTH ** max(0, units - 1)
        * REVIEW_GROWTH**reviews
        * LAPSE_SHRINKAGE**lapses
    )


def retrievability(days: float, stability: float) -> float:
    """Share of what was learned that is left after some days, 1 to 0 (the FSRS-6 curve)."""
    return (1 + _FACTOR * max(0.0, days) / stability) ** _DECAY
