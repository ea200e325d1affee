"""What is wrong with content: where, which rule it breaks, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; the file is relative to the root of the content."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing that breaks a rule. `remedy` says what to write instead and is never empty."""

    place: Place
    rule: str
    message: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}  {self.rule}  {self.message} {self.remedy}"


class ContentErrors(Exception):
    """Content that cannot be used; `issues` holds everything that is wrong with it."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(sorted(issues))
        super().__init__("\n".join(map(str, self.issues)))


def did_you_mean(written: str, known: Iterable[str], *, otherwise: str | None = None) -> str:
    """The sentence that names the nearest known word, or the whole choice if nothing is near."""
    choice = sorted(set(known))
    near = nearest(written, choice)
    if near is not None:
        return f"Did you mean '{near}'?"
    return otherwise or f"Write {one_of(choice)}."


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known word that is most like the written one, if any is."""
    return next(iter(get_close_matches(written, sorted(known), n=1, cutoff=0.6)), None)


def one_of(words: Sequence[str]) -> str:
    """'a', 'b' or 'c'."""
    quoted = [f"'{word}'" for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"
