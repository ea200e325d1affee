"""Rules of whole banks: what items must not give away together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from academy.content.corpus import Corpus, Entry
from academy.content.issues import Place
from academy.content.measure import likeness
from academy.content.rules.registry import Finding, rule
from academy.items import Item
from academy.language import LANGUAGES, Language

LENGTH_FROM = 8
"""Single-choice items from which on the lengths of keys are judged."""
LENGTH_MARGIN = 0.10
POSITION_FROM = 12
"""Single-choice items from which on the positions of keys are judged."""
POSITION_MARGIN = 0.15
ALIKE = 0.8
RECALL_FROM = 9

Bank = Sequence[Entry[Item]]


@rule()
def the_longest_option_is_seldom_the_key(corpus: Corpus) -> Iterator[Finding]:
    """In a bank of 8 single-choice items or more, and in a dimension, the key is the longest option
    no more often than chance and 10 points, in either language."""
    for name, place, bank in _banks_and_dimensions(corpus):
        if len(bank) < LENGTH_FROM:
            continue
        for language in LANGUAGES:
            shares = {entry.noun.id: _longest(entry.noun, corpus, language) for entry in bank}
            share = sum(shares.values()) / len(bank)
            limit = _chance(bank) + LENGTH_MARGIN
            if share > limit:
                long = [id_ for id_, is_longest in shares.items() if is_longest]
                yield Finding(
                    place,
                    f"In {name} the key is the longest option ({language}) in {share:.0%} of the "
                    f"items; {limit:.0%} is the most.",
                    f"Shorten the key or lengthen a distractor in some of: {', '.join(long)}.",
                )


@rule()
def keys_are_spread(corpus: Corpus) -> Iterator[Finding]:
    """In a bank of 12 single-choice items or more, and over all of them, no position holds the key
    more often than chance and 15 points."""
    everything = [entry for _, _, bank in _banks(corpus) for entry in bank]
    whole = [("all banks together", Place("quizzes", 1), everything)] if everything else []
    for name, place, bank in (*_banks(corpus), *whole):
        if len(bank) < POSITION_FROM:
            continue
        positions = Counter(min(entry.noun.key) for entry in bank if entry.noun.key)
        limit = _chance(bank) + POSITION_MARGIN
        for position, count in positions.items():
            if count / len(bank) > limit:
                there = [entry.noun.id for entry in bank if position in entry.noun.key]
                yield Finding(
                    place,
                    f"In {name} the key is {position} in {count / len(bank):.0%} of the items; "
                    f"{limit:.0%} is the most.",
                    f"Move it in some of: {', '.join(there[:15])}.",
                )


@rule()
def stems_are_not_alike(corpus: Corpus) -> Iterator[Finding]:
    """No two items of a bank ask nearly the same."""
    for bank in corpus.banks().values():
        for one, other in combinations(bank, 2):
            alike = likeness(one.noun.stem.zh, other.noun.stem.zh, "zh")
            if alike >= ALIKE:
                yield Finding(
                    other.at("stem"),
                    f"'{other.noun.id}' asks nearly the same as '{one.noun.id}' "
                    f"({alike:.0%} alike).",
                    "Ask for something else, or about another case.",
                )


@rule()
def a_bank_asks_for_more_than_recall(corpus: Corpus) -> Iterator[Finding]:
    """In a bank of 9 items or more, a third at least asks to apply or to analyse."""
    for skill, bank in corpus.banks().items():
        beyond = sum(entry.noun.thinking != "recall" for entry in bank)
        if len(bank) >= RECALL_FROM and beyond < len(bank) / 3:
            yield Finding(
                _top(bank),
                f"In '{skill}' {beyond} of {len(bank)} items ask for more than recall.",
                f"Turn {-(-len(bank) // 3) - beyond} of the others into a case, a calculation or "
                "a diagnosis.",
            )


def _banks(corpus: Corpus) -> Iterator[tuple[str, Place, Bank]]:
    """Each skill's single-choice items, what to call them and where they stand."""
    for skill, entries in corpus.banks().items():
        yield f"the bank of '{skill}'", _top(entries), _single(entries)


def _banks_and_dimensions(corpus: Corpus) -> Iterator[tuple[str, Place, Bank]]:
    yield from _banks(corpus)
    if corpus.framework is None:
        return
    grouped: dict[str, list[Entry[Item]]] = defaultdict(list)
    banks_of: Counter[str] = Counter()
    for skill, entries in corpus.banks().items():
        if skill in corpus.ids["skill"]:
            home = corpus.framework.noun.dimension_of(skill).id
            grouped[home] += _single(entries)
            banks_of[home] += 1
    for number, dimension in enumerate(corpus.framework.noun.dimensions):
        if banks_of[dimension.id] > 1:
            place = corpus.framework.at("dimensions", number)
            yield f"the dimension '{dimension.id}'", place, grouped[dimension.id]


def _single(entries: Iterable[Entry[Item]]) -> Bank:
    return [entry for entry in entries if entry.noun.type == "single"]


def _top(entries: Bank) -> Place:
    return Place(entries[0].file, entries[0].lines.of("skill"))


def _chance(bank: Bank) -> float:
    """How often one position of a bank's items would hold the key by chance."""
    return sum(1 / len(entry.noun.options) for entry in bank) / len(bank)


def _longest(item: Item, corpus: Corpus, language: Language) -> float:
    """1 if the key alone is the longest option, a share where several are, 0 otherwise."""
    lengths = {
        option.id: len(corpus.filled(option.text.in_(language), language).replace(" ", ""))
        for option in item.options
    }
    most = [id_ for id_, size in lengths.items() if size == max(lengths.values())]
    return len(item.key & set(most)) / len(most)
