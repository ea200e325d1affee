"""YAML, alone or as front matter, read with the line of every key and value kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from academy.content.issues import Issue, Place

KeyPath = tuple[str | int, ...]
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"---[ \t]*$")


@dataclass(frozen=True, slots=True)
class Lines:
    """Where in its file each key and value of a document stands, counted from 1."""

    known: Mapping[KeyPath, int] = field(default_factory=dict)
    literal: frozenset[KeyPath] = frozenset()
    """Paths of block texts (`|`), whose own lines begin one line further down."""

    def of(self, *path: str | int, text_line: int = 0) -> int:
        """The line of a key, or of the nearest thing around it that has one.

        `text_line` counts the lines within a block text, from 0.
        """
        if path in self.literal:
            return self.known[path] + 1 + text_line
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, 1)


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text holds; `data` is None when it cannot be read or is empty."""

    data: Any
    lines: Lines
    issues: tuple[Issue, ...] = ()


def parse_yaml(text: str, file: str, *, first_line: int = 1) -> Document:
    """Read one YAML document. Aliases and doubled keys are issues, not errors."""
    try:
        loader = LOADER(text)
        root = loader.get_single_node()
        if root is None:
            return Document(None, Lines())
        reading = _Reading(loader, file, first_line)
        data = reading.value(root, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        problem = error.problem or error.context or "it does not parse"
        return Document(None, Lines(), (_unreadable(file, line, problem),))
    except yaml.reader.ReaderError as error:
        line = first_line + text[: error.position].count("\n")
        return Document(None, Lines(), (_unreadable(file, line, error.reason),))
    lines = Lines(reading.known, frozenset(reading.literal))
    return Document(data, lines, tuple(reading.issues))


def split_front_matter(text: str) -> tuple[str | None, list[str], int]:
    """Front matter, the lines of the body, and the number of the body's first line.

    The front matter is None when the file does not begin with a line `---` or never closes it.
    """
    rows = text.split("\n")
    if not _FENCE.match(rows[0]):
        return None, rows, 1
    for number, row in enumerate(rows[1:], start=1):
        if _FENCE.match(row):
            return "\n".join(rows[1:number]), rows[number + 1 :], number + 2
    return None, rows, 1


def _unreadable(file: str, line: int, problem: str) -> Issue:
    return Issue(
        Place(file, line),
        "yaml-is-well-formed",
        f"This is not YAML: {problem}.",
        "Mend the indentation, and put a text in quotes that holds ': ' or ' #' or begins with "
        "a sign.",
    )


class _Reading:
    """One pass over the nodes of a document."""

    def __init__(self, loader: yaml.SafeLoader, file: str, first_line: int) -> None:
        self.loader = loader
        self.file = file
        self.first_line = first_line
        self.known: dict[KeyPath, int] = {}
        self.literal: list[KeyPath] = []
        self.issues: list[Issue] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, path: KeyPath) -> Any:
        self.known.setdefault(path, self.line(node))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        if id(node) in self.seen:
            self.note(node, "An alias (*) stands here.", "Write the text out.")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return self.mapping(node, path)

    def mapping(self, node: yaml.Node, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self.note(key_node, f"The key '{key}' stands here twice.", "Keep one of the two.")
                continue
            self.known[(*path, key)] = self.line(key_node)
            found[key] = self.value(value_node, (*path, key))
        return found

    def scalar(self, node: yaml.ScalarNode, path: KeyPath) -> Any:
        if node.style == "|":
            self.literal.append(path)
        if node.tag == "tag:yaml.org,2002:str":
            return node.value
        try:
            return self.loader.construct_object(node)
        except ValueError:
            self.note(node, f"'{node.value}' is no date.", "Write a day such as 2026-08-22.")
            return node.value

    def line(self, node: yaml.Node) -> int:
        return self.first_line + node.start_mark.line

    def note(self, node: yaml.Node, message: str, remedy: str) -> None:
        place = Place(self.file, self.line(node))
        self.issues.append(Issue(place, "yaml-is-well-formed", message, remedy))
