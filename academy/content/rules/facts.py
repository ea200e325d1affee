"""Rules of facts, and of how texts refer to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from academy.content import markup
from academy.content.corpus import Corpus, Part
from academy.content.issues import Place, did_you_mean
from academy.content.rules.registry import Finding, dated_rule, rule
from academy.language import LANGUAGES


@dated_rule()
def dates_of_a_fact_make_sense(corpus: Corpus, today: date) -> Iterator[Finding]:
    """A fact was verified today or before, and is reviewed after that."""
    for entry in corpus.facts:
        fact = entry.noun
        if fact.source.verified_on > today:
            yield Finding(
                entry.at("source", "verified_on"),
                f"The fact '{fact.id}' was verified on {fact.source.verified_on}, in the future.",
                f"Write the day on which somebody looked, {today} at the latest.",
            )
        if fact.review_by <= fact.source.verified_on:
            yield Finding(
                entry.at("review_by"),
                f"The fact '{fact.id}' is to be reviewed on {fact.review_by}, which is not after "
                f"{fact.source.verified_on}, when it was verified.",
                "Write a later day, half a year on as a rule.",
            )


@dated_rule(severity="warning")
def facts_are_reviewed_in_time(corpus: Corpus, today: date) -> Iterator[Finding]:
    """No fact is past the day by which somebody meant to look again."""
    for entry in corpus.facts:
        if entry.noun.is_stale(today):
            yield Finding(
                entry.at("review_by"),
                f"The fact '{entry.noun.id}' was to be reviewed by {entry.noun.review_by}.",
                "Look it up, then write the new 'verified_on' and 'review_by'.",
            )


@rule(holds_together=True)
def fact_references_are_known(corpus: Corpus) -> Iterator[Finding]:
    """Every fact that a text or an item refers to exists."""
    known = corpus.ids["fact"]
    otherwise = "Add the fact under curriculum/facts/ first."
    for passage in corpus.passages:
        if "{fact:" not in passage.text:
            continue
        for place, row in passage.rows():
            for id_ in markup.fact_ids(row):
                if not corpus.may_exist("fact", id_):
                    yield Finding(
                        place,
                        f"There is no fact '{id_}'.",
                        did_you_mean(id_, known, otherwise=otherwise),
                    )
    for entry in corpus.items:
        in_texts = markup.fact_ids(*(text.zh + text.en for text in entry.noun.texts))
        for number, id_ in enumerate(entry.noun.facts):
            if id_ not in in_texts and not corpus.may_exist("fact", id_):
                yield Finding(
                    entry.at("facts", number),
                    f"There is no fact '{id_}'.",
                    did_you_mean(id_, known, otherwise=otherwise),
                )


@rule()
def a_market_is_named_with_its_numbers(corpus: Corpus) -> Iterator[Finding]:
    """Where a number is TikTok Shop's, the paragraph, its heading, the item or the definition says
    TikTok."""
    abroad = {entry.noun.id for entry in corpus.facts if entry.noun.market == "tiktok-shop"}
    for lesson in corpus.lessons:
        for part in lesson.parts:
            for place, words in _paragraphs(part):
                yield from _unnamed(place, words, abroad)
    for item in corpus.items:
        noun = item.noun
        texts = [noun.stem, *(option.text for option in noun.options)]
        spoken = " ".join(text.in_(language) for text in texts for language in ("zh", "en"))
        yield from _unnamed(item.at("stem"), spoken, abroad)
    for term in corpus.terms:
        for language in LANGUAGES:
            definition = term.noun.definition.in_(language)
            yield from _unnamed(term.at("definition", language), definition, abroad)


def _unnamed(place: Place, words: str, abroad: set[str]) -> Iterator[Finding]:
    for id_ in markup.fact_ids(words):
        if id_ in abroad and "TikTok" not in words:
            yield Finding(
                place,
                f"'{id_}' is a number of TikTok Shop, and nothing here says so.",
                "Put it under '### TikTok Shop', or name TikTok Shop in the sentence.",
            )


def _paragraphs(part: Part) -> Iterator[tuple[Place, str]]:
    """Each paragraph, list or table with its heading of third level before it."""
    heading, words, start = "", "", 0
    for number, row in enumerate((*part.rows, "")):
        if row.startswith("### "):
            heading = row
        elif row.strip():
            start = start if words else number
            words += f"{row}\n"
        elif words:
            yield part.at(start), f"{heading}\n{words}"
            words = ""
