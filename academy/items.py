"""Items: the scorable units of quizzes, and the bank that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from academy.framework import Level, UnknownId
from academy.language import Text

ItemType = Literal["single", "multiple"]
ItemStatus = Literal["draft", "active", "retired"]
Thinking = Literal["recall", "apply", "analyse"]
"""What answering asks: to remember, to use in a new case, to take apart and judge."""

EXPERT_LOGITS = {1: -1.5, 2: -0.75, 3: 0.0, 4: 0.75, 5: 1.5}
"""An expert's five steps of difficulty (1 very easy … 5 very hard) in logits."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen, and what to say to whoever chose it."""

    id: str
    text: Text
    is_key: bool
    feedback: Text


@dataclass(frozen=True, slots=True)
class Fault:
    """What was found wrong with an item after it had been answered; see `faults`."""

    found_on: date
    reason: Text
    wrong_key: frozenset[str] = frozenset()
    """The key that was wrong and has been mended; empty when the item itself is no good."""

    @property
    def is_withdrawn(self) -> bool:
        """Whether no answer to the item says anything, by whatever key."""
        return not self.wrong_key


@dataclass(frozen=True, slots=True)
class Item:
    """One scorable unit. `stem` is Markdown and may hold a table."""

    id: str
    skill: str
    outcome: str
    level: Level
    status: ItemStatus
    type: ItemType
    thinking: Thinking
    difficulty: int
    """The expert's step, 1 to 5."""
    stem: Text
    options: tuple[Option, ...]
    facts: tuple[str, ...] = ()
    """Ids of the facts the item depends on."""
    variables: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Names to the values they can take, for an item whose numbers change; see `variants`."""
    fault: Fault | None = None

    @property
    def key(self) -> frozenset[str]:
        """Ids of the options that are right."""
        return frozenset(option.id for option in self.options if option.is_key)

    @property
    def texts(self) -> tuple[Text, ...]:
        """Everything that is read: the stem, then each option and its feedback."""
        pairs = ((option.text, option.feedback) for option in self.options)
        return (self.stem, *(text for pair in pairs for text in pair))

    @property
    def guessing(self) -> float:
        """Chance of being right without knowing, by the format: 1/options, or .06 for several."""
        return 0.06 if self.type == "multiple" else 1 / len(self.options)

    def option(self, option_id: str) -> Option:
        for option in self.options:
            if option.id == option_id:
                return option
        raise UnknownId(f"option of item '{self.id}'", option_id)

    def is_correct(self, chosen: frozenset[str]) -> bool:
        """All or nothing: exactly the key."""
        return chosen == self.key


@dataclass(frozen=True)
class ItemBank:
    """Every item of every status; only active ones are drawn."""

    items: Mapping[str, Item]

    def item(self, item_id: str) -> Item:
        try:
            return self.items[item_id]
        except KeyError:
            raise UnknownId("item", item_id) from None

    def of_skill(self, skill_id: str) -> tuple[Item, ...]:
        """The active items of a skill, in the order of the file."""
        return self._active_by_skill.get(skill_id, ())

    @cached_property
    def _active_by_skill(self) -> dict[str, tuple[Item, ...]]:
        grouped: dict[str, list[Item]] = {}
        for item in self.items.values():
            if item.status == "active":
                grouped.setdefault(item.skill, []).append(item)
        return {skill: tuple(items) for skill, items in grouped.items()}
