"""How a rule is declared and how all of them are applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from academy.content.corpus import Corpus
from academy.content.issues import Issue, Place, Severity


class Finding(NamedTuple):
    """One breach of a rule."""

    place: Place
    message: str
    remedy: str


@dataclass(frozen=True)
class Rule:
    """A statement that is true of good content, and how to find where it is not."""

    id: str
    statement: str
    find: Callable[[Corpus, date], Iterable[Finding]]
    severity: Severity
    holds_together: bool
    """Whether the site cannot run on content that breaks it."""

    def issues(self, corpus: Corpus, today: date) -> Iterator[Issue]:
        for place, message, remedy in self.find(corpus, today):
            yield Issue(place, self.id, message, remedy, self.severity)


RULES: dict[str, Rule] = {}

READING_RULES = {
    "yaml-is-well-formed": "Every file can be opened, is UTF-8, and holds YAML that can be read.",
    "front-matter-stands-first": "A Markdown file begins with its front matter.",
    "keys-are-known": "There are no keys but those that a form knows.",
    "keys-are-complete": "Every key that a form needs is there.",
    "values-have-their-form": "Every value is of the kind, and within the limits, of its form.",
}
"""The rules that reading itself applies, with their statements: content that breaks them is never
loaded."""

Finder = Callable[[Corpus], Iterable[Finding]]
DatedFinder = Callable[[Corpus, date], Iterable[Finding]]


def rule(
    *, severity: Severity = "error", holds_together: bool = False
) -> Callable[[Finder], Finder]:
    """Declare a rule: its id is the function's name, its statement the docstring."""

    def declare(find: Finder) -> Finder:
        _register(find, lambda corpus, today: find(corpus), severity, holds_together)
        return find

    return declare


def dated_rule(*, severity: Severity = "error") -> Callable[[DatedFinder], DatedFinder]:
    """Declare a rule that depends on the day."""

    def declare(find: DatedFinder) -> DatedFinder:
        _register(find, find, severity, False)
        return find

    return declare


def judge(corpus: Corpus, today: date, *, only_what_holds_together: bool = False) -> list[Issue]:
    """What reading found, and what the rules find; sorted by file and line."""
    issues = list(corpus.issues)
    for each in RULES.values():
        if each.holds_together or not only_what_holds_together:
            issues += each.issues(corpus, today)
    return sorted(set(issues))


def _register(
    find: Callable, finder: DatedFinder, severity: Severity, holds_together: bool
) -> None:
    name = find.__name__.replace("_", "-")
    statement = " ".join((find.__doc__ or "").split())
    assert statement, f"The rule {name} has no statement."
    RULES[name] = Rule(name, statement, finder, severity, holds_together)
