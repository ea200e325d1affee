"""Rules of the self-assessment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from academy.assessment import Statement
from academy.content.corpus import Corpus, Entry
from academy.content.issues import did_you_mean
from academy.content.rules.registry import Finding, rule
from academy.language import LANGUAGES


@rule(holds_together=True)
def a_statement_belongs_to_a_skill(corpus: Corpus) -> Iterator[Finding]:
    """Every statement rates a skill of the framework."""
    if corpus.framework is None:
        return
    for entry in corpus.statements:
        if entry.noun.skill not in corpus.ids["skill"]:
            yield Finding(
                entry.at("skill"),
                f"There is no skill '{entry.noun.skill}'.",
                did_you_mean(
                    entry.noun.skill,
                    corpus.ids["skill"],
                    otherwise="Name a skill of the framework.",
                ),
            )


@rule()
def a_skill_has_two_statements(corpus: Corpus) -> Iterator[Finding]:
    """A skill that has statements has two, and the short form asks exactly one of them."""
    grouped: dict[str, list[Entry[Statement]]] = defaultdict(list)
    for entry in corpus.statements:
        grouped[entry.noun.skill].append(entry)
    named = Counter(each.place.file for each in corpus.identities if each.kind == "statement")
    read = Counter(entry.file for entry in corpus.statements)
    for skill, entries in grouped.items():
        if named[entries[0].file] != read[entries[0].file]:
            continue
        short = sum(entry.noun.is_short for entry in entries)
        if len(entries) != 2:
            yield Finding(
                entries[-1].at("id"),
                f"'{skill}' has {len(entries)} statements.",
                "Write two, one of them with 'short: true'.",
            )
        elif short != 1:
            yield Finding(
                entries[-1].at("id"),
                f"'{skill}' has {short} statements for the short form.",
                "Give one of the two 'short: true'.",
            )


@rule()
def anchors_differ(corpus: Corpus) -> Iterator[Finding]:
    """The five anchors of a statement are five different behaviours."""
    for entry in corpus.statements:
        for language in LANGUAGES:
            seen: dict[str, int] = {}
            for number, anchor in enumerate(entry.noun.anchors):
                text = anchor.in_(language)
                if text in seen:
                    yield Finding(
                        entry.at("anchors", number, language),
                        f"The anchors {seen[text] + 1} and {number + 1} of '{entry.noun.id}' are "
                        "the same.",
                        "Write a behaviour that one can tell from the others.",
                    )
                seen.setdefault(text, number)
