"""Reading a tree of content files. What cannot be read is an issue, and reading goes on."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from academy.assessment import Statement
from academy.content import forms, markup
from academy.content.corpus import (
    Corpus,
    Entry,
    Identity,
    Kind,
    LessonFile,
    Part,
    Passage,
    StageFile,
)
from academy.content.issues import Issue, Place
from academy.content.schema import (
    AssessmentFile,
    BankFile,
    FactsFile,
    FrameworkFile,
    GlossaryFile,
    ItemShape,
    LessonHead,
    Shape,
    ShopFile,
    StageHead,
)
from academy.content.source import Document, KeyPath, Lines, parse_yaml, split_front_matter
from academy.facts import Fact
from academy.framework import Framework
from academy.glossary import Term
from academy.items import Item
from academy.language import LANGUAGES, Language
from academy.shops import Order, Shop

Form = TypeVar("Form", bound=Shape)

FRAMEWORK = "curriculum/framework.yaml"
PLACES = {
    "facts": "curriculum/facts/*.yaml",
    "lessons": "curriculum/lessons/**/*.md",
    "stages": "curriculum/stages/*.md",
    "assessment": "curriculum/assessment/*.yaml",
    "glossary": "curriculum/glossary.yaml",
    "shops": "curriculum/shops/*.yaml",
    "orders": "curriculum/shops/*.csv",
    "banks": "quizzes/*.yaml",
}
"""Where each kind of content lies, below the root."""


def content_files(root: Path) -> list[Path]:
    """Every content file of a tree, in a fixed order. Folders that are missing hold none."""
    found = [path for pattern in PLACES.values() for path in sorted(root.glob(pattern))]
    framework = root / FRAMEWORK
    return [framework, *found] if framework.exists() else found


def read_corpus(root: Path) -> Corpus:
    """Read every file of the tree; nothing is raised for what an author wrote."""
    return _Reading(root).corpus()


@dataclass
class _Reading:
    root: Path
    facts: list[Entry[Fact]] = field(default_factory=list)
    items: list[Entry[Item]] = field(default_factory=list)
    lessons: list[LessonFile] = field(default_factory=list)
    statements: list[Entry[Statement]] = field(default_factory=list)
    stages: list[StageFile] = field(default_factory=list)
    terms: list[Entry[Term]] = field(default_factory=list)
    shops: list[Entry[Shop]] = field(default_factory=list)
    orders: dict[str, tuple[Entry[Order], ...]] = field(default_factory=dict)
    identities: list[Identity] = field(default_factory=list)
    unread: set[Kind] = field(default_factory=set)
    passages: list[Passage] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def corpus(self) -> Corpus:
        digest = hashlib.sha256()
        framework: Entry[Framework] | None = None
        readers: dict[str, Callable[[str, str], None]] = {
            "facts": self.read_facts,
            "lessons": self.read_lesson,
            "stages": self.read_stage,
            "assessment": self.read_assessment,
            "glossary": self.read_glossary,
            "shops": self.read_shop,
            "orders": self.read_orders,
            "banks": self.read_bank,
        }
        paths = content_files(self.root)
        for path in paths:
            file = path.relative_to(self.root).as_posix()
            try:
                content = path.read_bytes()
            except OSError as error:
                self.note(
                    Place(file, 1),
                    "yaml-is-well-formed",
                    f"The file cannot be opened: {error.strerror}.",
                    "Put it back, or let everybody read it.",
                )
                continue
            digest.update(f"{file}\0{len(content)}\0".encode() + content)
            text = self.decoded(content, file)
            if text is None:
                continue
            if file == FRAMEWORK:
                framework = self.read_framework(text, file)
            else:
                readers[_place_of(file)](text, file)
        return Corpus(
            root=self.root,
            revision=digest.hexdigest()[:12],
            framework=framework,
            facts=tuple(self.facts),
            items=tuple(self.items),
            lessons=tuple(self.lessons),
            statements=tuple(self.statements),
            stages=tuple(self.stages),
            terms=tuple(self.terms),
            shops=tuple(self.shops),
            orders=self.orders,
            identities=tuple(self.identities),
            unread=frozenset(self.unread),
            passages=tuple(self.passages),
            files=tuple(path.relative_to(self.root).as_posix() for path in paths),
            issues=tuple(self.issues),
        )

    def decoded(self, content: bytes, file: str) -> str | None:
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.note(
                Place(file, line),
                "yaml-is-well-formed",
                "This line is not UTF-8.",
                "Save the file as UTF-8.",
            )
            return None

    def read_framework(self, text: str, file: str) -> Entry[Framework] | None:
        document = self.parsed(text, file)
        for kind, keys in _FRAMEWORK_LEVELS:
            self.identify(kind, document, keys, file)
        shape, _, issues = forms.fit(FrameworkFile, document, file)
        self.issues += issues
        revision = hashlib.sha256(text.encode()).hexdigest()[:12]
        return Entry(shape.noun(revision), file, document.lines) if shape else None

    def read_facts(self, text: str, file: str) -> None:
        shape, entries = self.entries(FactsFile, "fact", "facts", text, file)
        for fact, place in zip(shape.facts if shape else (), entries, strict=True):
            self.facts.append(place(fact.noun()))

    def read_bank(self, text: str, file: str) -> None:
        shape, entries = self.entries(BankFile, "item", "items", text, file)
        for item, place in zip(shape.items if shape else (), entries, strict=True):
            assert shape is not None
            self.items.append(place(item.noun(shape.skill, _facts_of(item))))

    def read_assessment(self, text: str, file: str) -> None:
        shape, entries = self.entries(AssessmentFile, "statement", "statements", text, file)
        for statement, place in zip(shape.statements if shape else (), entries, strict=True):
            self.statements.append(place(statement.noun()))

    def read_glossary(self, text: str, file: str) -> None:
        shape, entries = self.entries(GlossaryFile, "term", "terms", text, file)
        for term, place in zip(shape.terms if shape else (), entries, strict=True):
            self.terms.append(place(term.noun()))

    def read_shop(self, text: str, file: str) -> None:
        document = self.parsed(text, file)
        given = document.data.get("id") if isinstance(document.data, dict) else None
        if isinstance(given, str):
            self.identities.append(Identity("shop", given, Place(file, document.lines.of("id"))))
        else:
            self.unread.add("shop")
        shape, _, issues = forms.fit(ShopFile, document, file)
        self.issues += issues
        if shape is not None:
            self.shops.append(Entry(shape.noun(), file, document.lines))

    def read_orders(self, text: str, file: str) -> None:
        """A line an order below a line of names: buyer, day, product, paid, refunded."""
        shop = PurePosixPath(file).stem.removesuffix("-orders")
        self.orders[shop] = ()
        rows = list(csv.reader(text.splitlines()))
        if not rows or rows[0] != list(ORDER_COLUMNS):
            self.note(
                Place(file, 1),
                "values-have-their-form",
                "The first line does not name the columns of orders.",
                f"Write {','.join(ORDER_COLUMNS)} there.",
            )
            return
        orders = []
        for number, row in enumerate(rows[1:], start=2):
            try:
                buyer, day, product, paid, refunded = row
                order = Order(
                    buyer, date.fromisoformat(day), product, float(paid), _YES_NO[refunded]
                )
            except (ValueError, KeyError):
                self.note(
                    Place(file, number),
                    "values-have-their-form",
                    f"'{','.join(row)}' is no order.",
                    "Write a line such as b01,2026-08-22,cold-brew,59,no.",
                )
            else:
                orders.append(Entry(order, file, Lines({(): number})))
        self.orders[shop] = tuple(orders)

    def entries(
        self, form: type[Form], kind: Kind, key: str, text: str, file: str
    ) -> tuple[Form | None, list[Callable[[Any], Entry]]]:
        """The form of a file that lists entries, and for each what puts its noun in its place."""
        document = self.parsed(text, file)
        self.identify(kind, document, (key,), file)
        shape, positions, issues = forms.fit(form, document, file, entries=key)
        self.issues += issues

        def placed(position: int) -> Callable[[Any], Entry]:
            return lambda noun: Entry(noun, file, document.lines, (key, position))

        return shape, [placed(position) for position in positions]

    def read_lesson(self, text: str, file: str) -> None:
        page = self.page(LessonHead, text, file)
        if page is None:
            self.unread.add("lesson")
            return
        head, language, opening, parts = page
        if language == "zh":
            self.identities.append(Identity("lesson", head.noun.id, head.at("id")))
        self.passages.append(_title(head, language))
        self.lessons.append(LessonFile(head, language, opening, parts))

    def read_stage(self, text: str, file: str) -> None:
        page = self.page(StageHead, text, file)
        if page is not None:
            self.passages.append(_title(page[0], page[1]))
            self.stages.append(StageFile(*page))

    def page(
        self, form: type[Form], text: str, file: str
    ) -> tuple[Entry[Form], Language, Part, tuple[Part, ...]] | None:
        """Front matter, language, opening and sections of a Markdown file."""
        language = self.language_of(file)
        front, rows, first_line = split_front_matter(text)
        if language is not None:
            body = Passage(language, "\n".join(rows), file, first_line, has_lines=True)
            self.passages.append(body)
        if front is None:
            self.note(
                Place(file, 1),
                "front-matter-stands-first",
                "The file does not begin with its front matter.",
                "Write a line ---, the keys, and another line --- at the very top.",
            )
            return None
        document = parse_yaml(front, file, first_line=2)
        self.issues += document.issues
        shape, _, issues = forms.fit(form, document, file)
        self.issues += issues
        if shape is None or language is None:
            return None
        opening, *parts = _parts(rows, first_line, file)
        return Entry(shape, file, document.lines), language, opening, tuple(parts)

    def language_of(self, file: str) -> Language | None:
        for language in LANGUAGES:
            if file.endswith(f".{language}.md"):
                return language
        self.note(
            Place(file, 1),
            "files-stand-in-their-place",
            "The name of the file does not say its language.",
            "Let it end in .zh.md or .en.md.",
        )
        return None

    def parsed(self, text: str, file: str) -> Document:
        document = parse_yaml(text, file)
        self.issues += document.issues
        self.passages += _passages(document, file)
        return document

    def identify(self, kind: Kind, document: Document, keys: tuple[str, ...], file: str) -> None:
        if document.data is None:
            self.unread.add(kind)
        for path, given in _ids_below(document.data, keys, ()):
            self.identities.append(Identity(kind, given, Place(file, document.lines.of(*path))))

    def note(self, place: Place, rule: str, message: str, remedy: str) -> None:
        self.issues.append(Issue(place, rule, message, remedy))


ORDER_COLUMNS = ("buyer", "day", "product", "paid", "refunded")
_YES_NO = {"yes": True, "no": False}

_FRAMEWORK_LEVELS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("dimension", ("dimensions",)),
    ("ability", ("dimensions", "abilities")),
    ("skill", ("dimensions", "abilities", "skills")),
    ("outcome", ("dimensions", "abilities", "skills", "outcomes")),
)


def _place_of(file: str) -> str:
    if file.endswith(".csv"):
        return "orders"
    top, below, *_ = file.split("/")
    return "banks" if top == "quizzes" else below.removesuffix(".yaml")


def _ids_below(data: Any, keys: tuple[str, ...], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every id in the lists below the keys, however broken its surroundings are."""
    listed = data.get(keys[0]) if isinstance(data, dict) else None
    for position, entry in enumerate(listed if isinstance(listed, list) else ()):
        here = (*path, keys[0], position)
        if len(keys) > 1:
            yield from _ids_below(entry, keys[1:], here)
        elif isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield (*here, "id"), entry["id"]


def _title(head: Entry[LessonHead] | Entry[StageHead], language: Language) -> Passage:
    return Passage(language, head.noun.title, head.file, head.at("title").line)


def _passages(document: Document, file: str) -> Iterator[Passage]:
    """Every text below a key that is a language."""
    waiting: list[tuple[KeyPath, Any]] = [((), document.data)]
    while waiting:
        path, data = waiting.pop()
        if isinstance(data, list):
            waiting += [((*path, number), entry) for number, entry in enumerate(data)]
        elif isinstance(data, dict):
            for key, value in data.items():
                here = (*path, key)
                if key in LANGUAGES and isinstance(value, str):
                    line, is_block = document.lines.of(*here), here in document.lines.literal
                    yield Passage(key, value, file, line, is_block)
                else:
                    waiting.append((here, value))


def _facts_of(item: ItemShape) -> tuple[str, ...]:
    texts = [
        item.stem,
        *(text for option in item.options for text in (option.text, option.feedback)),
    ]
    referred = markup.fact_ids(*(text.zh for text in texts), *(text.en for text in texts))
    return tuple(dict.fromkeys((*item.facts, *referred)))


def _parts(rows: list[str], first_line: int, file: str) -> list[Part]:
    """The opening and the sections of a body, cut at its headings of second level."""
    cuts = [number for number, row in enumerate(rows) if row.startswith("## ")]
    parts = [
        Part("", Place(file, first_line), tuple(rows[: cuts[0] if cuts else None]), first_line)
    ]
    for start, end in zip(cuts, [*cuts[1:], len(rows)], strict=True):
        place = Place(file, first_line + start)
        heading = rows[start].removeprefix("## ").strip()
        parts.append(Part(heading, place, tuple(rows[start + 1 : end]), first_line + start + 1))
    return parts
