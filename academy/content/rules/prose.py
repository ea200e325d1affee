"""Rules of every text, in whichever file it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from academy.content import markup
from academy.content.corpus import Corpus
from academy.content.issues import Place, did_you_mean
from academy.content.rules.registry import Finding, rule
from academy.content.tidy import FULL_FORM, HALF_WIDTH
from academy.variants import PLACE

_HTML = re.compile(r"</?[A-Za-z][^>]*>|<!--|&[A-Za-z]+;|&#\d+;")
_IMAGE = re.compile(r"!\[")
_LINK = re.compile(r"\]\(([^)\s]*)[^)]*\)")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]")
_FULL_WIDTH = re.compile("[，。；：？！（）、]")
_IN_PARENTHESES = re.compile(r"\([^()]*\)|（[^（）]*）|“[^“”]*”|「[^「」]*」|《[^《》]*》")
_DOUBLE_SPACE = re.compile(r"(?<=\S)  +(?=\S)")


@rule()
def texts_hold_no_html(corpus: Corpus) -> Iterator[Finding]:
    """Texts are Markdown without HTML."""
    for passage in corpus.passages:
        if "<" in passage.text or "&" in passage.text:
            for place, row in passage.rows():
                found = _HTML.search(row)
                if found:
                    yield Finding(place, f"'{found[0]}' is HTML.", "Write it in Markdown.")


@rule()
def links_lead_somewhere(corpus: Corpus) -> Iterator[Finding]:
    """A link leads to a lesson of the framework or to an https address; there are no images."""
    for place, row in _rows_with(corpus, "]("):
        if _IMAGE.search(row):
            yield Finding(place, "An image stands here.", "Say it in words or in a table.")
            continue
        for target in _LINK.findall(row):
            scheme, _, lesson = target.partition(":")
            if scheme == "lesson" and not _is_written_or_planned(corpus, lesson):
                yield Finding(
                    place,
                    f"There is no lesson '{lesson}'.",
                    did_you_mean(
                        lesson, corpus.ids["lesson"], otherwise="Name a skill and its level."
                    ),
                )
            elif scheme not in ("lesson", "https"):
                yield Finding(
                    place,
                    f"The link leads to '{target}'.",
                    "Write lesson:ID or an address that begins with https://.",
                )


@rule(severity="warning")
def linked_lessons_are_written(corpus: Corpus) -> Iterator[Finding]:
    """The lessons that links lead to are written."""
    for place, row in _rows_with(corpus, "](lesson:"):
        for found in markup.LESSON_LINK.finditer(row):
            lesson = found[1]
            if not corpus.may_exist("lesson", lesson) and _is_written_or_planned(corpus, lesson):
                yield Finding(
                    place,
                    f"The lesson '{lesson}' is not written yet.",
                    "Write it, or link to another.",
                )


def _is_written_or_planned(corpus: Corpus, lesson: str) -> bool:
    """Whether the lesson exists, or is named after a skill and a level as a lesson is."""
    skill = re.sub(r"-(basic|advanced)(-[2-9])?$", "", lesson)
    return corpus.may_exist("lesson", lesson) or (
        skill != lesson and corpus.may_exist("skill", skill)
    )


def _rows_with(corpus: Corpus, sign: str) -> Iterator[tuple[Place, str]]:
    for passage in corpus.passages:
        if sign in passage.text:
            yield from (found for found in passage.rows() if sign in found[1])


@rule()
def marks_and_references_are_written_right(corpus: Corpus) -> Iterator[Finding]:
    """Between colons stands rule, method or lore; between braces a fact, a number of a shop or a
    formula."""
    for passage in corpus.passages:
        if ":" not in passage.text and "{" not in passage.text:
            continue
        for place, row in passage.rows():
            for mark in markup.MARK.findall(row):
                if mark not in markup.ADVICE:
                    yield Finding(
                        place, f"There is no mark ':{mark}:'.", did_you_mean(mark, markup.ADVICE)
                    )
            if markup.is_directive(row) or "::item" in row:
                continue
            for braces in markup.BRACES.findall(row):
                if not any(form.fullmatch(braces) for form in (markup.FACT, markup.SHOP, PLACE)):
                    yield Finding(
                        place,
                        f"'{braces}' is no reference.",
                        "Write a fact as {fact:its-id}, a number of a shop as {shop:shop.number}, "
                        "without spaces.",
                    )


@rule()
def texts_are_clean(corpus: Corpus) -> Iterator[Finding]:
    """Texts hold no tabs, no double spaces and no emoji."""
    for passage in corpus.passages:
        for place, row in passage.rows():
            emoji = _EMOJI.search(row)
            if "\t" in row:
                yield Finding(place, "A tab stands here.", "Write spaces.")
            if emoji:
                yield Finding(place, f"The emoji '{emoji[0]}' stands here.", "Say it in words.")
            if "  " in row and not row.lstrip().startswith("|") and _DOUBLE_SPACE.search(row):
                yield Finding(place, "Two spaces stand in a row.", "Write one.")


@rule()
def each_language_has_its_punctuation(corpus: Corpus) -> Iterator[Finding]:
    """After Chinese characters punctuation has its full width; in English it has half."""
    for passage in corpus.passages:
        for place, row in passage.rows():
            if passage.language == "zh":
                found = HALF_WIDTH.search(row)
                if found:
                    around = row[max(0, found.start() - 4) : found.end() + 3]
                    yield Finding(
                        place,
                        f"Half-width '{found[0]}' stands in '{around}'.",
                        f"Write '{FULL_FORM.get(found[0], '“” in pairs')}', or run: "
                        "python -m academy content tidy.",
                    )
            else:
                found = _FULL_WIDTH.search(_IN_PARENTHESES.sub("", row))
                if found:
                    yield Finding(
                        place,
                        f"Full-width '{found[0]}' stands in an English text.",
                        "Write the English sign.",
                    )
