"""Rules of the invented shops, and of how texts refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from academy import team_plan
from academy.content import markup
from academy.content.corpus import Corpus, Entry
from academy.content.issues import Place, did_you_mean
from academy.content.measure import traits
from academy.content.rules.registry import Finding, rule
from academy.content.sums import sums
from academy.framework import STAGE_IDS
from academy.language import LANGUAGES, Language, Text
from academy.shops import ColumnKind, Shop, ShopNumber, Table

SHARED = {"zh": 3, "en": 2}
"""How many pairs of characters, or words, a sentence must share with what a number of a shop is
before a number in it is taken for that."""

_FIGURE = re.compile(r"[¥$]?\s?(\d[\d,]*(?:\.\d+)?)\s?(%|万|million|thousand)?")
_SCALES = {"%": 0.01, "万": 1e4, "million": 1e6, "thousand": 1e3}
_WRITTEN = re.compile(r"(?<![\d.,])[¥$]?\d[\d,]*(?:\.\d+)?(?: ?(?:万元|万|元|%)| million)?")
_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s")
_CLAUSE = re.compile(r"[，：]|(?<=[^\d]),|,(?=\s)|:\s")
_EQUALS = re.compile(r"[=≈＝]")
_SUM = re.compile(r"[=≈＝×÷]|\s[−+]\s")


@rule(holds_together=True)
def a_shop_hangs_together(corpus: Corpus) -> Iterator[Finding]:
    """A shop stands in the file of its id, and its story names the stages in order, its numbers and
    tables a milestone, its card numbers that it has, its orders products that it sells."""
    for entry in corpus.shops:
        shop = entry.noun
        if entry.file != f"curriculum/shops/{shop.id}.yaml":
            yield Finding(
                entry.at("id"),
                f"The shop '{shop.id}' does not stand in the file of its id.",
                f"Move it to curriculum/shops/{shop.id}.yaml.",
            )
        reached = 0
        for number, milestone in enumerate(shop.timeline):
            if milestone.stage not in STAGE_IDS[reached:]:
                yield Finding(
                    entry.at("timeline", number, "stage"),
                    f"'{milestone.stage}' cannot be the stage of '{milestone.id}'.",
                    did_you_mean(milestone.stage, STAGE_IDS[reached:]),
                )
            else:
                reached = STAGE_IDS.index(milestone.stage)
        known = [milestone.id for milestone in shop.timeline]
        dates = [("numbers", each.as_of) for each in shop.numbers.values()]
        dates += [("tables", each.as_of) for each in shop.tables.values()]
        for number, (key, as_of) in enumerate(dates):
            if as_of not in known:
                position = number if key == "numbers" else number - len(shop.numbers)
                yield Finding(
                    entry.at(key, position, "as_of"),
                    f"'{shop.id}' has no milestone '{as_of}'.",
                    did_you_mean(as_of, known),
                )
        for number, id_ in enumerate(shop.card):
            if id_ not in shop.numbers:
                yield Finding(
                    entry.at("card", number),
                    f"'{shop.id}' has no number '{id_}'.",
                    did_you_mean(id_, shop.numbers),
                )
    yield from _stray_orders(corpus)


def _stray_orders(corpus: Corpus) -> Iterator[Finding]:
    sold = {
        entry.noun.id: [product.id for product in entry.noun.products] for entry in corpus.shops
    }
    for shop, orders in corpus.orders.items():
        if shop not in sold and not corpus.may_exist("shop", shop):
            yield Finding(
                Place(f"curriculum/shops/{shop}-orders.csv", 1),
                f"There is no shop '{shop}'.",
                did_you_mean(shop, corpus.ids["shop"], otherwise="Name the file after a shop."),
            )
        for order in orders:
            if shop in sold and order.noun.product not in sold[shop]:
                yield Finding(
                    order.at(),
                    f"'{shop}' does not sell '{order.noun.product}'.",
                    did_you_mean(
                        order.noun.product,
                        sold[shop],
                        otherwise="Add it to the shop's products.",
                    ),
                )


@rule(holds_together=True)
def tables_of_a_shop_are_whole(corpus: Corpus) -> Iterator[Finding]:
    """Every row of a shop's table has one cell a column, of the column's kind or empty."""
    for entry in corpus.shops:
        for number, table in enumerate(entry.noun.tables.values()):
            for line, row in enumerate(table.rows):
                place = entry.at("tables", number, "rows", line)
                if len(row) != len(table.columns):
                    yield Finding(
                        place,
                        f"This row has {len(row)} cells; '{table.id}' has "
                        f"{len(table.columns)} columns.",
                        "Write one cell a column, null where there is nothing.",
                    )
                    continue
                for column, cell in zip(table.columns, row, strict=True):
                    if not _fits(cell, column.kind):
                        yield Finding(
                            place,
                            f"The cell of '{column.id}' is no {column.kind}.",
                            "Write a text in both languages for text, a bare number for the rest.",
                        )


def _fits(cell: object, kind: ColumnKind) -> bool:
    return cell is None or isinstance(cell, Text) == (kind == "text")


@rule()
def a_number_of_a_shop_says_itself(corpus: Corpus) -> Iterator[Finding]:
    """What a text shows of a number of a shop is that number, in both languages."""
    for entry in corpus.shops:
        for position, number in enumerate(entry.noun.numbers.values()):
            for language in LANGUAGES:
                shown = _figure(number.value.in_(language))
                if shown is None or abs(shown - number.number) > 1e-9 * abs(number.number):
                    yield Finding(
                        entry.at("numbers", position, "value", language),
                        f"'{number.value.in_(language)}' does not say {number.number:g}.",
                        "Let both say the same: 59 元 and ¥59 for 59, 22% for 0.22.",
                    )


def _figure(value: str) -> float | None:
    found = _FIGURE.search(value)
    if not found or len(_FIGURE.findall(value)) != 1:
        return None
    return float(found[1].replace(",", "")) * _SCALES.get(found[2], 1.0)


@rule(holds_together=True)
def shop_references_are_known(corpus: Corpus) -> Iterator[Finding]:
    """Every number of a shop that a text refers to exists."""
    shops = _shops(corpus)
    for passage in corpus.passages:
        if "{shop:" not in passage.text:
            continue
        for place, row in passage.rows():
            for shop, number in markup.shop_numbers(row):
                if shop in shops and number not in shops[shop].numbers:
                    yield Finding(
                        place,
                        f"The shop '{shop}' has no number '{number}'.",
                        did_you_mean(
                            number,
                            shops[shop].numbers,
                            otherwise=f"Add it to curriculum/shops/{shop}.yaml first.",
                        ),
                    )
                elif shop not in shops:
                    yield from _unknown_shop(corpus, place, shop)


def _unknown_shop(corpus: Corpus, place: Place, shop: str) -> Iterator[Finding]:
    if not corpus.may_exist("shop", shop):
        yield Finding(
            place,
            f"There is no shop '{shop}'.",
            did_you_mean(
                shop, corpus.ids["shop"], otherwise="Write it under curriculum/shops/ first."
            ),
        )


def _shops(corpus: Corpus) -> Mapping[str, Shop]:
    return {entry.noun.id: entry.noun for entry in corpus.shops}


@rule(holds_together=True)
def what_is_shown_of_a_shop_is_there(corpus: Corpus) -> Iterator[Finding]:
    """A table, a team or the orders that a lesson shows are a shop's, and have what showing them
    needs."""
    shops = _shops(corpus)
    for lesson in corpus.lessons:
        for part in lesson.parts:
            for line, row in part.numbered():
                found = markup.ON_THE_WAY.match(row)
                if not found or found[1] not in ("table", "team", "orders"):
                    continue
                place = Place(lesson.file, line)
                name, _, table = found[2].partition(".")
                if name not in shops:
                    yield from _unknown_shop(corpus, place, name)
                elif found[1] == "orders":
                    yield from _without_orders(corpus, place, name)
                else:
                    yield from _unfit_table(shops[name], place, found[1], table)


def _without_orders(corpus: Corpus, place: Place, shop: str) -> Iterator[Finding]:
    if shop not in corpus.orders:
        yield Finding(
            place,
            f"The orders of '{shop}' are not told.",
            f"Write them into curriculum/shops/{shop}-orders.csv.",
        )


def _unfit_table(shop: Shop, place: Place, kind: str, table_id: str) -> Iterator[Finding]:
    table = shop.tables.get(table_id)
    if table is None:
        yield Finding(
            place,
            f"The shop '{shop.id}' has no table '{table_id}'.",
            did_you_mean(table_id, shop.tables, otherwise="Add it to the shop's tables."),
        )
        return
    if kind == "team":
        trouble = _trouble_with_plan(table)
        if trouble:
            yield Finding(place, f"The table '{table_id}' is no plan of a team.", trouble)


def _trouble_with_plan(table: Table) -> str | None:
    columns = {column.id for column in table.columns}
    missing = [name for name in team_plan.COLUMNS if name not in columns]
    if missing:
        return f"It needs the columns {', '.join(team_plan.COLUMNS)}."
    try:
        team_plan.plan(table)
    except ValueError as error:
        return str(error)
    return None


class _Value(NamedTuple):
    reference: str
    subject: frozenset[str]


@rule()
def numbers_of_a_shop_stand_in_its_file(corpus: Corpus) -> Iterator[Finding]:
    """Where a lesson or an item tells of a shop, its numbers are references; only what is worked
    out from them is written."""
    values = {
        (entry.noun.id, language): _values(entry.noun, language)
        for entry in corpus.shops
        for language in LANGUAGES
    }
    for language in LANGUAGES:
        for place, text, shop in _told(corpus, language):
            if text.startswith("|"):
                continue
            for sentence in _SENTENCE.split(text):
                for reference, written in _bare(sentence, values[shop, language], language):
                    yield Finding(
                        place,
                        f"'{written}' is a number of the shop '{shop}'.",
                        f"Write {{shop:{reference}}} instead, or say what else the number is.",
                    )


def _told(corpus: Corpus, language: Language) -> Iterator[tuple[Place, str, str]]:
    """Each row of the lessons, stems and keys that name a shop, with the shop."""
    for entry in corpus.shops:
        shop = entry.noun
        for lesson in corpus.lessons:
            if lesson.language != language:
                continue
            for part in lesson.parts:
                if shop.is_spoken_of(part.text, language):
                    for line, row in part.numbered():
                        yield Place(lesson.file, line), row, shop.id
        for item in corpus.items:
            if item.noun.status == "retired" or not _is_about(item, shop, language):
                continue
            for row in item.noun.stem.in_(language).split("\n"):
                yield item.at("stem", language), row, shop.id
            for number, option in enumerate(item.noun.options):
                if option.is_key:
                    place = item.at("options", number, "text", language)
                    yield place, option.text.in_(language), shop.id


def _is_about(item: Entry, shop: Shop, language: Language) -> bool:
    return shop.is_spoken_of(item.noun.stem.in_(language), language)


def _values(shop: Shop, language: Language) -> Mapping[str, list[_Value]]:
    """Each number as it is written to the numbers of the shop that are written so."""
    found: dict[str, list[_Value]] = {}
    for number in shop.numbers.values():
        value = _WRITTEN.search(number.value.in_(language))
        if value and not _is_bare(number):
            subject = traits(number.what.in_(language), language)
            found.setdefault(value[0], []).append(_Value(f"{shop.id}.{number.id}", subject))
    return found


def _is_bare(number: ShopNumber) -> bool:
    """Whether it is a small count, which stands in any text for many things."""
    return number.unit not in ("yuan", "share") and number.number < 100


def _bare(
    sentence: str, values: Mapping[str, list[_Value]], language: Language
) -> Iterator[tuple[str, str]]:
    """Each number of the sentence that is the shop's, outside sums, with what it is."""
    subject: frozenset[str] | None = None
    for clause in _CLAUSE.split(sentence):
        if _SUM.search(clause):
            continue
        for found in _WRITTEN.finditer(clause):
            meant = values.get(found[0], ())
            if not meant:
                continue
            if subject is None:
                subject = traits(markup.without_references(sentence), language)
            nearest = max(meant, key=lambda value: len(value.subject & subject))
            if len(nearest.subject & subject) >= SHARED[language]:
                yield nearest.reference, found[0]


@rule()
def sums_come_out(corpus: Corpus) -> Iterator[Finding]:
    """A sum that is written out comes out, to the last place that is written."""
    for passage in corpus.passages:
        for place, row in passage.rows():
            if not _EQUALS.search(row):
                continue
            for found in sums(corpus.filled(row, passage.language)):
                if not found.is_right:
                    yield Finding(
                        place,
                        f"'{found.written}' does not come out.",
                        f"The left side gives {found.result:,.6g}.",
                    )
