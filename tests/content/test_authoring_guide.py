"""The guide for authors fails when it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from academy.content.rules import READING_RULES, RULES
from academy.content.schema import FILES
from academy.language import LANGUAGES
from academy.lessons import HEADINGS

GUIDE = (Path(__file__).parent.parent.parent / "docs/authoring.md").read_text(encoding="utf-8")
STATEMENTS = {**READING_RULES, **{rule.id: rule.statement for rule in RULES.values()}}
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", GUIDE, re.MULTILINE | re.DOTALL))


def test_every_rule_has_its_heading_and_every_heading_its_rule():
    assert sorted(SECTIONS) == sorted(STATEMENTS)


@pytest.mark.parametrize("rule", STATEMENTS)
def test_a_rule_is_explained_by_its_statement_and_an_example_of_wrong_and_right(rule):
    section = SECTIONS[rule]
    assert section.strip().startswith(STATEMENTS[rule])
    assert "\n- Wrong: " in section
    assert "\n- Right: " in section


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_guide_says_which_rules_only_warn(rule):
    assert ("*A warning.*" in SECTIONS[rule.id]) == (rule.severity == "warning")


def test_the_guide_names_every_section_of_a_lesson():
    for role, heading in HEADINGS.items():
        assert f"| {role} | {heading.zh} | {heading.en} |" in GUIDE


@pytest.mark.parametrize("form", FILES.values(), ids=FILES)
def test_the_guide_shows_every_key(form):
    keys = set()
    waiting = [form.model_json_schema()]
    while waiting:
        schema = waiting.pop()
        keys |= set(schema.get("properties", {}))
        waiting += schema.get("$defs", {}).values()
    assert [key for key in keys - set(LANGUAGES) if not re.search(rf"\b{key}\b", GUIDE)] == []
