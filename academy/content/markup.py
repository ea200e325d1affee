"""The little language that lessons and items are written in, and how it is shown.

Beyond Markdown it has these: `{fact:id}` for a fact's value and `{shop:shop.number}` for a number
of an invented shop; `:rule:`, `:method:` and `:lore:` for what a piece of advice is; on a line of
their own `::item{id}`, `::calculator{id}`, `::table{shop.table}`, `::team{shop.table}` and
`::orders{shop}` for what stands on the way; and `[text](lesson:id)` for a link to another lesson.
There is no HTML, no formula and no strikethrough: `<`, `$` and `~` are shown as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from markdown_it import MarkdownIt
from markdown_it.token import Token

from academy.facts import Advice, Fact
from academy.language import Language
from academy.lessons import Block, BlockKind
from academy.shops import Shop

ADVICE: tuple[Advice, ...] = get_args(Advice)

FACT = re.compile(r"\{fact:([a-z0-9-]+)\}")
SHOP = re.compile(r"\{shop:([a-z0-9-]+)\.([a-z0-9-]+)\}")
BRACES = re.compile(r"\{[^{}\n]*\}")
ON_THE_WAY = re.compile(r"::(item|calculator|table|team|orders)\{([a-z0-9.-]+)\}\s*$")
ITEM_LINE = re.compile(r"::item\{([a-z0-9-]+)\}\s*$")
CALCULATOR_LINE = re.compile(r"::calculator\{([a-z0-9-]+)\}\s*$")
LESSON_LINK = re.compile(r"\]\(lesson:([a-z0-9-]+)\)")
_WHOLE_LESSON_LINK = re.compile(r"\[([^\]\n]+)\]\(lesson:([a-z0-9-]+)\)")
MARK = re.compile(r"(?<!\S):([a-z]+):(?=\s|$)", re.MULTILINE)
_BADGES: Mapping[str, str] = {"rule": "green", "method": "gray", "lore": "yellow"}
"""None of the dimensions' colours, which mean nothing but their dimension."""
_SPECIAL = re.compile(r"\\.|[<$~]", re.DOTALL)
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])")

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the interface that stand in rendered text, in its language."""

    rule: str
    method: str
    lore: str
    stale: str


def blocks(source: str) -> tuple[Block, ...]:
    """Stretches of Markdown, and what stands on the way between them."""
    found: list[Block] = []
    prose: list[str] = []

    def close() -> None:
        text = "\n".join(prose).strip("\n")
        if text.strip():
            found.append(Block("prose", text))
        prose.clear()

    for row in source.split("\n"):
        on_the_way = ON_THE_WAY.match(row)
        if on_the_way:
            close()
            found.append(Block(cast(BlockKind, on_the_way[1]), on_the_way[2]))
        else:
            prose.append(row)
    close()
    return tuple(found)


def linked_lessons(source: str) -> tuple[str, ...]:
    """Ids of the lessons that a text links to, each once, in order."""
    return tuple(dict.fromkeys(found[2] for found in _WHOLE_LESSON_LINK.finditer(source)))


def without_links(source: str) -> str:
    """The text with its links to lessons as plain words, for where the links stand beside it."""
    return _WHOLE_LESSON_LINK.sub(r"**\1**", source)


def is_directive(row: str) -> bool:
    """Whether a line names something to show rather than something to read."""
    return ON_THE_WAY.match(row) is not None


def fact_ids(*texts: str) -> tuple[str, ...]:
    """Ids of the facts that the texts refer to, each once, in order."""
    return tuple(dict.fromkeys(found[1] for text in texts for found in FACT.finditer(text)))


def shop_numbers(*texts: str) -> tuple[tuple[str, str], ...]:
    """Shop and number of each reference to a shop's number, each once, in order."""
    return tuple(
        dict.fromkeys((found[1], found[2]) for text in texts for found in SHOP.finditer(text))
    )


def without_references(text: str) -> str:
    """The text without its references to facts and to numbers of shops."""
    return SHOP.sub("", FACT.sub("", text))


def render(
    source: str,
    language: Language,
    *,
    facts: Mapping[str, Fact],
    shops: Mapping[str, Shop],
    labels: Labels,
    lesson_address: Callable[[str], str],
    today: date,
) -> str:
    """Markdown as Streamlit shows it: references become values, marks become badges.

    A fact is followed by the lore badge when its confidence is low, and by the stale badge when its
    review is overdue. Nothing in the source becomes HTML.
    """

    def value(reference: re.Match[str]) -> str:
        fact = facts[reference[1]]
        parts = [escape(fact.value.in_(language))]
        if fact.confidence == "low":
            parts.append(badge(_BADGES["lore"], labels.lore))
        if fact.is_stale(today):
            parts.append(badge("gray", labels.stale))
        return " ".join(parts)

    def number(reference: re.Match[str]) -> str:
        return escape(shops[reference[1]].number(reference[2]).value.in_(language))

    words = {"rule": labels.rule, "method": labels.method, "lore": labels.lore}

    def marked(mark: re.Match[str]) -> str:
        kind = mark[1]
        return badge(_BADGES[kind], words[kind]) if kind in words else mark[0]

    text = SHOP.sub(number, FACT.sub(value, MARK.sub(marked, defused(source))))
    return LESSON_LINK.sub(lambda link: f"]({lesson_address(link[1])})", text)


def badge(colour: str, label: str) -> str:
    """The directive of a Streamlit badge."""
    return f":{colour}-badge[{escape(label)}]"


def escape(text: str) -> str:
    """Text that Markdown shows letter by letter, whoever wrote it."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def defused(markdown: str) -> str:
    """Markdown in which no HTML, no formula and no strikethrough can begin."""
    return _SPECIAL.sub(
        lambda found: found[0] if found[0].startswith("\\") else f"\\{found[0]}", markdown
    )


def plain_text(markdown: str) -> str:
    """The words of a Markdown text alone, block by block, without marks and link targets."""
    rows = "\n".join(row for row in markdown.split("\n") if not is_directive(row))
    return "\n".join(text for text in _spoken(tokens(MARK.sub("", rows))) if text)


def tokens(markdown: str) -> list[Token]:
    """The structure of a Markdown text."""
    return _parser.parse(markdown)


def _spoken(parsed: list[Token]) -> Iterator[str]:
    for token in parsed:
        if token.type == "inline":
            pieces = (
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or []
                if child.type != "image"
            )
            yield re.sub(r"^\[[ xX]\]\s+", "", "".join(pieces)).strip()
        elif token.type in ("code_block", "fence"):
            yield token.content.strip()
