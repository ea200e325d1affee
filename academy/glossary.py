"""The glossary: the words of the trade, each with one plain definition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from academy.facts import Market
from academy.framework import UnknownId
from academy.language import Language, Text


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the trade. `definition` is one or two sentences and may refer to facts."""

    id: str
    name: Text
    definition: Text
    also: tuple[str, ...] = ()
    """Other names in use, of either language."""
    garbled: tuple[str, ...] = ()
    """What machine translation made of the name: found by search, never shown."""
    skill: str | None = None
    """The skill that teaches it."""
    market: Market = "douyin"

    @property
    def names(self) -> tuple[str, ...]:
        """Every right name, of both languages."""
        return tuple(dict.fromkeys((self.name.zh, self.name.en, *self.also)))

    def also_called(self, language: Language) -> tuple[str, ...]:
        """The names in use besides the one shown: those of the language, and abbreviations."""
        others = [name for name in self.names if name not in (self.name.zh, self.name.en)]
        if language == "en":
            return tuple(name for name in others if name.isascii())
        return tuple(name for name in others if not name.isascii() or name.isupper())


@dataclass(frozen=True)
class Glossary:
    """Every term, by id, in the order of the file."""

    terms: Mapping[str, Term]

    def term(self, term_id: str) -> Term:
        try:
            return self.terms[term_id]
        except KeyError:
            raise UnknownId("term", term_id) from None

    def said_in(self, text: str) -> tuple[Term, ...]:
        """The terms that a text uses, each once, in order of appearance; the longest name counts.

        A text that says 保本 ROI says nothing of ROI there.
        """
        found = (self._by_name[_normal(match[0])] for match in self._pattern.finditer(text))
        return tuple(dict.fromkeys(found))

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        return {
            _normal(name + ending): term
            for term in self.terms.values()
            for name in term.names
            for ending in ("", "s")
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = {name for term in self.terms.values() for name in term.names}
        forms = (_form(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        return re.compile("|".join(forms) or r"(?!)", re.IGNORECASE)


def _normal(name: str) -> str:
    return re.sub(r"\s", "", name).lower()


def _form(name: str) -> str:
    """How a name stands in running text: a word of its own where it is Latin, in the plural too."""
    form = r"\s?".join(map(re.escape, name.split()))
    if re.match(r"[A-Za-z0-9]", name):
        form = rf"(?<![A-Za-z0-9]){form}"
    if re.search(r"[A-Za-z0-9]$", name):
        form = rf"{form}s?(?![A-Za-z0-9])"
    return form
