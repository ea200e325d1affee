"""The curriculum: everything there is to learn and to answer, as it stands at one revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from academy.assessment import Assessment
from academy.facts import Fact
from academy.framework import Framework, Level, UnknownId
from academy.glossary import Glossary
from academy.items import ItemBank
from academy.lessons import Lesson
from academy.shops import Shop
from academy.stages import StageText


@dataclass(frozen=True)
class Curriculum:
    """The framework with all that is written for it. Look-ups raise `UnknownId`."""

    revision: str
    """A short fingerprint of every file it was read from; attempts keep it."""
    framework: Framework
    bank: ItemBank
    lessons: Mapping[str, Lesson]
    """By id, in the framework's order, basic before advanced."""
    facts: Mapping[str, Fact]
    assessment: Assessment
    stage_texts: Mapping[str, StageText]
    glossary: Glossary
    shops: Mapping[str, Shop]
    """By id, the youngest first."""

    def lesson(self, lesson_id: str) -> Lesson:
        try:
            return self.lessons[lesson_id]
        except KeyError:
            raise UnknownId("lesson", lesson_id) from None

    def lessons_of(self, skill_id: str, level: Level | None = None) -> tuple[Lesson, ...]:
        """The lessons of a skill (at one level), in reading order."""
        lessons = self._by_skill.get(skill_id, ())
        return tuple(each for each in lessons if level in (None, each.level))

    @cached_property
    def _by_skill(self) -> dict[str, list[Lesson]]:
        found: dict[str, list[Lesson]] = {}
        for lesson in self.lessons.values():
            found.setdefault(lesson.skill, []).append(lesson)
        return found

    def fact(self, fact_id: str) -> Fact:
        try:
            return self.facts[fact_id]
        except KeyError:
            raise UnknownId("fact", fact_id) from None

    def shop(self, shop_id: str) -> Shop:
        try:
            return self.shops[shop_id]
        except KeyError:
            raise UnknownId("shop", shop_id) from None
