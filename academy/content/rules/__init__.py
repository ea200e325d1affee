"""The rules of good content, by id. Each is a function whose docstring is true of good content."""

from __future__ import annotations

from academy.content.rules.registry import RULES, Rule, judge

__all__ = ["RULES", "Rule", "judge"]
