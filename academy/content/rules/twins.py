"""Rules of the two languages of a lesson: alike in structure, each written in its own tongue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from academy.content import markup
from academy.content.corpus import Corpus, Passage
from academy.content.measure import CHINESE, has_chinese
from academy.content.rules.registry import Finding, rule
from academy.variants import PLACE

_QUOTED = re.compile(
    r"\([^()]*\)|（[^（）]*）|“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’|「[^「」]*」|《[^《》]*》|\*[^*]*\*"
)
_ENGLISH_WORD = re.compile(r"\b[a-z]{2,}\b")


@rule(holds_together=True)
def the_heads_of_twins_agree(corpus: Corpus) -> Iterator[Finding]:
    """The two files of a lesson agree on skill, level, minutes, outcomes and sources."""
    for chinese, english in corpus.pairs():
        head, twin = chinese.head.noun, english.head.noun
        for key in ("skill", "level", "minutes", "outcomes"):
            if getattr(head, key) != getattr(twin, key):
                yield Finding(
                    english.head.at(key),
                    f"'{key}' is {getattr(twin, key)} here and {getattr(head, key)} in "
                    f"{chinese.file}.",
                    "Write the same in both.",
                )
        if [(source.url, source.verified_on) for source in head.sources] != [
            (source.url, source.verified_on) for source in twin.sources
        ]:
            yield Finding(
                english.head.at("sources"),
                f"The sources are not those of {chinese.file}.",
                "List the same sources with the same dates, in the same order.",
            )


@rule()
def the_sections_of_twins_are_alike(corpus: Corpus) -> Iterator[Finding]:
    """Each section has the same items, facts, numbers of shops, marks, list entries, table rows and
    headings in both languages."""
    for chinese, english in corpus.pairs():
        for part, twin in zip(chinese.parts, english.parts, strict=False):
            here, there = _features(twin.text), _features(part.text)
            for what in here:
                if here[what] != there[what]:
                    yield Finding(
                        twin.place,
                        f"This section has {_shown(here[what])} {what}; "
                        f"in Chinese it has {_shown(there[what])}.",
                        "Give both the same.",
                    )
                    break


def _features(text: str) -> dict[str, list[str] | int]:
    structure = Counter(token.type for token in markup.tokens(text))
    on_the_way = [f"{b.kind} {b.content}" for b in markup.blocks(text) if b.kind != "prose"]
    return {
        "as what stands on the way": on_the_way,
        "as facts": sorted(markup.fact_ids(text)),
        "as numbers of shops": sorted(".".join(each) for each in markup.shop_numbers(text)),
        "as marks": markup.MARK.findall(text),
        "list entries": structure["list_item_open"],
        "table rows": structure["tr_open"],
        "headings": structure["heading_open"],
    }


def _shown(feature: list[str] | int) -> str:
    return str(feature) if isinstance(feature, int) else f"[{', '.join(feature)}]"


@rule()
def each_text_is_in_its_language(corpus: Corpus) -> Iterator[Finding]:
    """Chinese texts are Chinese; English ones hold Chinese only in parentheses or quotes."""
    for passage in corpus.passages:
        if passage.language == "en":
            yield from _chinese_in_english(passage)
        elif not has_chinese(passage.text) and len(_ENGLISH_WORD.findall(_prose(passage))) >= 3:
            yield Finding(
                passage.at(),
                f"The Chinese text '{_start(passage.text)}' is not Chinese.",
                "Write it in Chinese.",
            )


def _chinese_in_english(passage: Passage) -> Iterator[Finding]:
    if not has_chinese(passage.text):
        return
    for place, row in passage.rows():
        found = re.search(f"[{CHINESE}]+", _QUOTED.sub("", row))
        if found:
            yield Finding(
                place,
                f"The English text holds '{found[0]}'.",
                "Write the English term; the platform's own may follow it in parentheses.",
            )


def _prose(passage: Passage) -> str:
    return PLACE.sub("", markup.without_references(markup.plain_text(passage.text)))


def _start(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
