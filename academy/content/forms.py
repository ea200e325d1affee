"""Checking data against a form, and saying in an author's words where it does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from academy.content.issues import Issue, Place, did_you_mean, nearest
from academy.content.schema import ID, LETTER, TRACE, URL, Shape
from academy.content.source import Document, KeyPath, Lines

Form = TypeVar("Form", bound=Shape)

_PATTERNS = {
    ID: "Write lower-case words joined by hyphens, such as 'shop-health-01'.",
    TRACE: "Write a row of the competency tree, such as '1.1.3a'.",
    URL: "Write an address that begins with https://.",
    LETTER: "Write one letter from a to e.",
}
_SEE_GUIDE = "See docs/authoring.md."
_SPOKEN_TYPES = {bool: "yes or no", date: "day"}


def fit(
    model: type[Form], document: Document, file: str, *, entries: str | None = None
) -> tuple[Form | None, list[int], list[Issue]]:
    """Fit a document to a form.

    Returns the form, the original positions of its entries, and the issues. Where only some of
    the list under the key `entries` do not fit, the form holds the others. A document that could
    not be read has had its issues and gets no more.
    """
    data = document.data
    if data is None and document.issues:
        return None, [], []
    try:
        return model.model_validate(data), _positions(data, entries), []
    except ValidationError as error:
        problems = error.errors(include_url=False)
    misspelt = _misspelt(model, problems)
    issues = [
        _issue(model, problem, document.lines, file)
        for problem in problems
        if not (problem["type"] == "missing" and problem["loc"] in misspelt)
    ]
    places = [problem["loc"] for problem in problems]
    if entries is None or not all(len(place) > 1 and place[0] == entries for place in places):
        return None, [], issues
    broken = {place[1] for place in places}
    kept = [position for position in _positions(data, entries) if position not in broken]
    rest = {**data, entries: [data[entries][position] for position in kept]}
    return model.model_validate(rest), kept, issues


def _misspelt(model: type[Shape], problems: list[ErrorDetails]) -> set[KeyPath]:
    """The keys that an unknown key near them stands for; they are not missing as well."""
    meant: set[KeyPath] = set()
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            *around, written = problem["loc"]
            near = nearest(str(written), _keys_at(model, tuple(around)))
            if near:
                meant.add((*around, near))
    return meant


def _positions(data: Any, entries: str | None) -> list[int]:
    return list(range(len(data[entries]))) if entries else []


def _issue(model: type[Shape], problem: ErrorDetails, lines: Lines, file: str) -> Issue:
    path = tuple(step for step in problem["loc"] if step != "[key]")
    rule, message, remedy = _explain(model, problem, path)
    return Issue(Place(file, lines.of(*path)), rule, message, remedy)


def _explain(model: type[Shape], problem: ErrorDetails, path: KeyPath) -> tuple[str, str, str]:
    """The rule that is broken, what is wrong, and what to write instead."""
    kind, name = problem["type"], _spoken(path)
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        remedy = did_you_mean(str(path[-1]), known, otherwise=None if known else _SEE_GUIDE)
        if problem["input"] is None and ("zh" in known or not known):
            remedy = "If it is the rest of a text that holds a comma, put the text in quotes."
        return "keys-are-known", f"There is no key {name}.", remedy
    if kind == "missing":
        return "keys-are-complete", f"The key {name} is missing.", f"Add '{path[-1]}:'."
    message, remedy = _misfit(problem, name, _keys_at(model, path))
    return "values-have-their-form", message, remedy


def _misfit(problem: ErrorDetails, name: str, keys: list[str]) -> tuple[str, str]:
    given, limits = problem["input"], problem.get("ctx", {})
    is_ = f"{name} is '{given}'."
    match problem["type"]:
        case "literal_error":
            return is_, did_you_mean(str(given), re.findall("'([^']*)'", limits["expected"]))
        case "string_type" if isinstance(given, dict | list):
            return f"{name} is not one text.", "Write a single text, in quotes."
        case "string_type" if given is not None:
            return f"{name} reads as a {_SPOKEN_TYPES.get(type(given), 'number')}.", (
                f"Put it in quotes: '{given}'."
            )
        case "string_type" | "string_too_short":
            return f"{name} is empty.", "Write its text after the colon."
        case "string_pattern_mismatch":
            return is_, _PATTERNS[limits["pattern"]]
        case "too_short":
            return f"{name} has {limits['actual_length']} entries.", (
                f"Write at least {limits['min_length']}."
            )
        case "too_long":
            return f"{name} has more than {limits['max_length']} entries.", (
                f"Write at most {limits['max_length']}."
            )
        case "greater_than_equal":
            return is_, f"Write {limits['ge']} or more."
        case "less_than_equal":
            return is_, f"Write {limits['le']} or less."
        case "int_type" | "int_from_float":
            return is_, "Write a whole number without quotes."
        case "bool_type":
            return is_, "Write true or false without quotes."
        case "date_type" | "date_from_datetime_inexact":
            return is_, "Write a day such as 2026-08-22, without quotes."
        case "list_type":
            return f"{name} is not a list.", "Begin each of its entries with '- '."
        case "model_type" | "dict_type":
            return f"{name} is not a mapping.", f"Write it with the keys {', '.join(keys)}."
        case _:
            return f"{name} does not fit: {problem['msg']}.", _SEE_GUIDE


def _spoken(path: KeyPath) -> str:
    """The path as an author would say it: 'text.zh' of option 2."""
    if not path:
        return "The file"
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1:] = [f"{words[-1] if words else ''}[{step + 1}]"]
        else:
            words.append(step)
    return f"'{'.'.join(words[-3:])}'"


def _keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that the form knows at a path."""
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or current is None:
            continue
        known = current.model_fields.get(step)
        current = next(_models_in(known.annotation), None) if known else None
    return list(current.model_fields) if current else []


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
