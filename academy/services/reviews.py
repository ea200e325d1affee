"""Spaced review: what is due today, from everything that was ever answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from academy.attempts import QuizAttempt
from academy.faults import as_counted
from academy.history import History
from academy.items import ItemBank
from academy.records import JSON
from academy.review import ReviewCard, due_items, grade, new_card
from academy.storage.base import Records

MINUTES_OFFERED = (5, 10, 15, 20)
REMEMBERED = 0.6
"""A practice with this share right shows that a skill is still there."""
APART = timedelta(days=1)
"""A practice sooner than this after a lesson or a review tells nothing of memory."""
_DRAFT = "review-minutes"


def review_cards(history: History, bank: ItemBank) -> dict[str, ReviewCard]:
    """A card for each item ever answered, graded answer by answer as each counts today."""
    cards: dict[str, ReviewCard] = {}
    for _, given in history.responses():
        response = as_counted(given, bank)
        if response is None:
            continue
        at = response.responded_at
        card = cards.get(response.item_id) or new_card(response.item_id, at)
        cards[response.item_id] = grade(
            card, is_correct=response.is_correct, now=at, seconds=response.seconds
        )
    return cards


@dataclass(frozen=True, slots=True)
class SkillMemory:
    """When a studied skill was last touched, and how its reviews went."""

    touched_at: datetime
    reviews: int = 0
    """Practices that showed it was still there."""
    lapses: int = 0
    """Practices that showed it was not."""


def skill_memories(history: History, bank: ItemBank) -> dict[str, SkillMemory]:
    """Of each skill with a finished lesson; a practice of it on a later day is a review."""
    touched: list[tuple[datetime, str, QuizAttempt | None]] = [
        (lesson.completed_at, lesson.skill_id, None)
        for lesson in history.completed_lessons()
        if lesson.completed_at
    ]
    touched += [
        (max(each.responded_at for each in quiz.responses.values()), quiz.subject, quiz)
        for quiz in history.quizzes.values()
        if quiz.purpose in ("practice", "probe") and quiz.responses and not quiz.unanswered
    ]
    memories: dict[str, SkillMemory] = {}
    for at, skill_id, practice in sorted(touched, key=lambda touch: touch[0]):
        memory = memories.get(skill_id)
        if practice is None:
            memories[skill_id] = replace(memory or SkillMemory(at), touched_at=at)
        elif memory and at - memory.touched_at >= APART and practice.effort == "normal":
            counted = (as_counted(each, bank) for each in practice.responses.values())
            right = [each.is_correct for each in counted if each]
            is_there = sum(right) >= REMEMBERED * len(right)
            memories[skill_id] = SkillMemory(
                at, memory.reviews + is_there, memory.lapses + (not is_there)
            )
    return memories


def due_today(
    history: History, bank: ItemBank, *, minutes_a_day: float, now: datetime
) -> tuple[str, ...]:
    """Ids of the items to see today, as many as fit: last answered wrong first."""
    cards = review_cards(history, bank)
    gone = {each for each in cards if each not in bank.items or bank.items[each].status != "active"}
    return due_items(cards.values(), now, minutes_a_day, gone)


def review_minutes(records: Records, learner_id: str | None) -> int:
    """Minutes a day that the learner gives to review; ten until he chooses."""
    chosen = records.drafts(learner_id).get(_DRAFT) if learner_id else None
    return chosen if isinstance(chosen, int) and chosen in MINUTES_OFFERED else MINUTES_OFFERED[1]


def choose_review_minutes(records: Records, learner_id: str, minutes: int) -> None:
    """Remember how many minutes a day go to review."""
    if minutes not in MINUTES_OFFERED:
        raise ValueError(f"'{minutes}' minutes are not offered. Use one of {MINUTES_OFFERED}.")
    value: JSON = minutes
    records.save_draft(learner_id, _DRAFT, value)
