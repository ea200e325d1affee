"""The index: built once from a curriculum, asked by every visitor."""

from __future__ import annotations

import re
import sqlite3
import threading
import weakref
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from academy.content import markup
from academy.curriculum import Curriculum
from academy.language import LANGUAGES, Language, Text
from academy.lessons import Lesson
from academy.search.grams import asked_grams, grams, is_chinese, name_form, plain
from academy.search.pinyin import sounds

Kind = Literal["term", "skill", "lesson", "item"]

LONGEST_QUERY = 200
"""Characters of a query that are read."""
EXCERPT: dict[Language, int] = {"zh": 70, "en": 150}
"""Characters of a title or an excerpt."""

_WEIGHT: dict[Kind, float] = {"term": 1.0, "skill": 0.95, "lesson": 0.9, "item": 0.5}
"""Of two pages that match alike, the shorter answer comes first."""
_MOST_GRAMS = 48
_CANDIDATES = 80
_TABLE_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|?)+[ \t]*$", re.MULTILINE)
_SYNTAX = re.compile(r"\*\*|[|#>`\\]|^\s*(?:[-*]|\d+\.)\s+|\[[ x]\]|^[\s|:-]+$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SENTENCE = re.compile(r"\n+|(?<=[。！？])|(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, in the language asked for.

    `id` is that of the term, skill, lesson or item. The title of an item is its stem, the excerpt
    the title of the lesson on whose way it stands.
    """

    kind: Kind
    id: str
    title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Page:
    kind: Kind
    id: str
    title: Text
    names: tuple[str, ...]
    """Everything it is called, garbled names too."""
    body: Text
    """What it is found by besides its names."""
    sentences: Mapping[Language, tuple[tuple[str, str], ...]]
    """What an excerpt may be: each sentence as it is shown, and as a query is held to it."""
    forms: frozenset[str]
    """The names as a query's `name_form` may equal them."""
    sounds: frozenset[str]
    title_sounds: frozenset[str]


class Index:
    """Finds terms, skills, lessons and the questions on their way. It may be shared by threads."""

    def __init__(self, curriculum: Curriculum) -> None:
        self._pages = tuple(_pages(curriculum))
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute(
            "CREATE VIRTUAL TABLE pages USING fts5"
            "(names, sounds, body, content='', tokenize='porter unicode61')"
        )
        words: set[str] = set()
        name_words: set[str] = set()
        for number, page in enumerate(self._pages):
            called = [gram for name in page.names for gram in grams(name)]
            said = [gram for each in LANGUAGES for gram in grams(page.body.in_(each))]
            self._database.execute(
                "INSERT INTO pages (rowid, names, sounds, body) VALUES (?, ?, ?, ?)",
                (number, " ".join(called), " ".join(page.sounds), " ".join(said)),
            )
            name_words.update(gram for gram in called if not is_chinese(gram))
            words.update(gram for gram in said if not is_chinese(gram))
        self._name_words = sorted(word for word in name_words if len(word) > 2)
        self._words = sorted(words | name_words)

    def find(self, query: str, language: Language, limit: int = 20) -> tuple[Hit, ...]:
        """What matches, best first, none twice; nothing where the query says nothing.

        Whatever is typed is looked for and never taken for a command.
        """
        query = query[:LONGEST_QUERY]
        wanted = asked_grams(query)[:_MOST_GRAMS]
        if not wanted:
            return ()
        asked, heard = name_form(query), _heard(query)
        with self._lock:
            found = self._database.execute(
                "SELECT rowid, bm25(pages, 6.0, 4.0, 1.0) AS score FROM pages "
                "WHERE pages MATCH ? ORDER BY score LIMIT ?",
                (self._expression(wanted, heard), _CANDIDATES),
            ).fetchall()
        best = min((score for _, score in found), default=-1.0)

        def merit(row: tuple[int, float]) -> tuple[float, int]:
            number, score = row
            page = self._pages[number]
            return _nearness(page, asked, heard) + _WEIGHT[page.kind] * score / best, -number

        ranked = sorted(found, key=merit, reverse=True)[:limit]
        return tuple(_hit(self._pages[number], wanted, language) for number, _ in ranked)

    def _expression(self, wanted: list[str], heard: frozenset[str]) -> str:
        """The query in FTS5's language; each gram is letters, figures or Chinese, and quoted."""
        parts = [f'sounds: "{sound}"' for sound in sorted(heard)]
        for gram in wanted:
            if is_chinese(gram):
                parts.append(f'{{names body}}: "{gram}"')
                continue
            parts.append(f'{{names body}}: "{gram}"{" *" if len(gram) > 2 else ""}')
            parts.append(f'sounds: "{gram}"{" *" if len(gram) > 3 else ""}')
            parts += [f'names: "{word}"' for word in self._meant(gram)]
        return " OR ".join(parts)

    def _meant(self, word: str) -> list[str]:
        """The words of names that a misspelt word is near to; none for one that is known."""
        at = bisect_left(self._words, word)
        if len(word) < 4 or (at < len(self._words) and self._words[at].startswith(word)):
            return []
        return get_close_matches(word, self._name_words, n=2, cutoff=0.75)


def _nearness(page: _Page, asked: str, heard: frozenset[str]) -> float:
    """How far the query is a name of the page: 3 it is one, 0 no name is in it."""
    if asked in page.forms:
        return 3.0
    if asked in page.sounds:
        return 2.5 if asked in page.title_sounds else 2.3
    if page.sounds & heard:
        return 2.0
    shares = [0.0]
    for form in page.forms:
        if len(form) > 1 and form in asked:
            shares.append((len(form) / len(asked)) ** 2)
        elif len(asked) > 1 and asked in form:
            shares.append(len(asked) / len(form))
    return 1.5 * max(shares)


def _heard(query: str) -> frozenset[str]:
    """How a name in Chinese sounds: what is typed by ear is often another character."""
    form = name_form(query)
    if not 2 <= len(form) <= 8 or not all(map(is_chinese, form)):
        return frozenset()
    return frozenset(sound for sound in sounds(form) if len(sound) > len(form))


def _hit(page: _Page, wanted: list[str], language: Language) -> Hit:
    """A page with the sentence that says most of what is wanted; the first where none does."""
    shown, _ = max(
        page.sentences[language],
        key=lambda sentence: sum(gram in sentence[1] for gram in wanted),
        default=("", ""),
    )
    title = " ".join(page.title.in_(language).split())
    return Hit(page.kind, page.id, _shortened(title, language), _shortened(shown, language))


def _shortened(text: str, language: Language) -> str:
    most = EXCERPT[language]
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _pages(curriculum: Curriculum) -> Iterator[_Page]:
    framework = curriculum.framework

    def spoken(markdown: Text) -> Text:
        """The words of a text, with the values of facts in place."""
        return Text(*(words_of(markdown.in_(each), each, curriculum) for each in LANGUAGES))

    for term in curriculum.glossary.terms.values():
        others = (*term.also, *term.garbled)
        yield _page("term", term.id, term.name, spoken(term.definition), others=others)
    for skill in framework.skills:
        can_do = [outcome.can_do for outcome in skill.outcomes]
        yield _page("skill", skill.id, skill.name, _joined((skill.summary, *can_do)))
    lesson_of: dict[str, Lesson] = {}
    for lesson in curriculum.lessons.values():
        can_do = [framework.outcome(each).can_do for each in lesson.outcomes]
        yield _page("lesson", lesson.id, lesson.title, _joined((*can_do, spoken(_prose(lesson)))))
        lesson_of |= {item_id: lesson for item_id in lesson.items if item_id not in lesson_of}
    for item_id, lesson in lesson_of.items():
        stem = spoken(curriculum.bank.item(item_id).stem)
        yield _page("item", item_id, stem, stem, is_named=False, excerpt=lesson.title)


def _page(
    kind: Kind,
    id_: str,
    title: Text,
    body: Text,
    *,
    others: tuple[str, ...] = (),
    is_named: bool = True,
    excerpt: Text | None = None,
) -> _Page:
    names = (title.zh, title.en, *others) if is_named else ()
    return _Page(
        kind=kind,
        id=id_,
        title=title,
        names=names,
        body=body,
        sentences={each: _sentences((excerpt or body).in_(each)) for each in LANGUAGES},
        forms=frozenset(map(name_form, names)),
        sounds=frozenset().union(*map(sounds, names)),
        title_sounds=sounds(title.zh) if is_named else frozenset(),
    )


def words_of(markdown: str, language: Language, curriculum: Curriculum) -> str:
    """The words of a text on their own, with the values of facts and shops in place."""
    text = markup.FACT.sub(lambda found: curriculum.fact(found[1]).value.in_(language), markdown)
    text = markup.SHOP.sub(
        lambda found: curriculum.shop(found[1]).number(found[2]).value.in_(language), text
    )
    text = _TABLE_RULE.sub("", text)
    return _SYNTAX.sub(" ", _LINK.sub(r"\1", markup.MARK.sub("", text)))


def _sentences(text: str) -> tuple[tuple[str, str], ...]:
    found = (" ".join(each.split()) for each in _SENTENCE.split(text))
    return tuple((sentence, plain(sentence)) for sentence in found if sentence)


def _joined(texts: Iterable[Text]) -> Text:
    both = tuple(texts)
    return Text("\n".join(each.zh for each in both), "\n".join(each.en for each in both))


def _prose(lesson: Lesson) -> Text:
    zh, en = (
        "\n".join(
            block.content
            for section in lesson.sections[language]
            for block in section.blocks
            if block.kind == "prose"
        )
        for language in LANGUAGES
    )
    return Text(zh, en)
