"""The rules of good content, by id. Each is a function whose docstring is true of good content."""

from __future__ import annotations

from academy.content.rules import (
    assessment,
    banks,
    facts,
    framework,
    glossary,
    identity,
    items,
    lessons,
    numbers,
    prose,
    shops,
    stages,
    twins,
)
from academy.content.rules.registry import READING_RULES, RULES, Rule, judge

MODULES = (
    identity,
    framework,
    facts,
    numbers,
    items,
    banks,
    lessons,
    twins,
    prose,
    assessment,
    stages,
    glossary,
    shops,
)
"""Where the rules are declared."""

__all__ = ["MODULES", "READING_RULES", "RULES", "Rule", "judge"]
