"""Rules of lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from academy.calculators import CALCULATORS
from academy.content import markup
from academy.content.corpus import Corpus, LessonFile
from academy.content.issues import Place, did_you_mean
from academy.content.measure import substance
from academy.content.rules.registry import Finding, rule
from academy.language import LANGUAGES
from academy.lessons import HEADINGS

SUBSTANCE = {"zh": (900, 1600, "Chinese characters"), "en": (600, 1000, "English words")}
ITEMS_ON_THE_WAY = (3, 5)


@rule(holds_together=True)
def a_lesson_exists_in_both_languages(corpus: Corpus) -> Iterator[Finding]:
    """Every lesson has a Chinese and an English file."""
    known = {(lesson.head.noun.id, lesson.language) for lesson in corpus.lessons}
    for lesson in corpus.lessons:
        for language in LANGUAGES:
            twin = lesson.file.removesuffix(f".{lesson.language}.md") + f".{language}.md"
            if (lesson.head.noun.id, language) not in known and twin not in corpus.files:
                yield Finding(
                    lesson.head.at("id"),
                    f"The lesson '{lesson.head.noun.id}' has no '{language}' file.",
                    f"Write {twin}.",
                )
            elif (lesson.head.noun.id, language) not in known and "lesson" not in corpus.unread:
                yield Finding(
                    lesson.head.at("id"),
                    f"The lesson '{lesson.head.noun.id}' has another id in {twin}.",
                    "Write the same id in both.",
                )


@rule(holds_together=True)
def a_lesson_has_the_seven_sections(corpus: Corpus) -> Iterator[Finding]:
    """A lesson has the seven sections, each once, in order, and nothing before the first."""
    for lesson in corpus.lessons:
        wanted = [heading.in_(lesson.language) for heading in HEADINGS.values()]
        given = [part.heading for part in lesson.parts]
        stray = next((row for row in lesson.opening.rows if row.strip()), None)
        if stray is not None:
            line = lesson.opening.first_line + lesson.opening.rows.index(stray)
            yield Finding(
                Place(lesson.file, line),
                "A text stands before the first section.",
                f"Put it under '## {wanted[0]}'.",
            )
        unknown = [part for part in lesson.parts if part.heading not in wanted]
        for part in unknown:
            yield Finding(
                part.place,
                f"There is no section '{part.heading}'.",
                did_you_mean(part.heading, wanted, otherwise="Make it a heading of level three."),
            )
        if unknown or given == wanted:
            continue
        missing = [heading for heading in wanted if heading not in given]
        if missing:
            yield Finding(
                lesson.head.at(),
                f"The section '{missing[0]}' is missing.",
                f"Write '## {missing[0]}' and its text.",
            )
            continue
        wrong = next(
            part
            for number, part in enumerate(lesson.parts)
            if number >= len(wanted) or part.heading != wanted[number]
        )
        yield Finding(
            wrong.place,
            f"The section '{wrong.heading}' stands in the wrong place or twice.",
            f"Keep this order: {', '.join(wanted)}.",
        )


@rule(holds_together=True)
def a_lesson_teaches_outcomes_of_its_skill(corpus: Corpus) -> Iterator[Finding]:
    """A lesson's skill is known, and its outcomes are that skill's."""
    if corpus.framework is None:
        return
    for lesson in corpus.lessons:
        head = lesson.head.noun
        if head.skill not in corpus.ids["skill"]:
            yield Finding(
                lesson.head.at("skill"),
                f"There is no skill '{head.skill}'.",
                did_you_mean(
                    head.skill, corpus.ids["skill"], otherwise="Name a skill of the framework."
                ),
            )
            continue
        skill = corpus.framework.noun.skill(head.skill)
        known = [outcome.id for outcome in skill.outcomes]
        for number, outcome in enumerate(head.outcomes):
            if outcome not in known:
                yield Finding(
                    lesson.head.at("outcomes", number),
                    f"'{outcome}' is no outcome of '{head.skill}'.",
                    did_you_mean(outcome, known),
                )


@rule()
def a_basic_lesson_teaches_basic_outcomes(corpus: Corpus) -> Iterator[Finding]:
    """A basic lesson names no advanced outcome."""
    if corpus.framework is None:
        return
    levels = {outcome.id: outcome.level for outcome in corpus.framework.noun.outcomes}
    for lesson in corpus.lessons:
        for number, outcome in enumerate(lesson.head.noun.outcomes):
            if lesson.head.noun.level == "basic" and levels.get(outcome) == "advanced":
                yield Finding(
                    lesson.head.at("outcomes", number),
                    f"'{outcome}' is advanced, the lesson is basic.",
                    "Teach it in the advanced lesson of the skill.",
                )


@rule()
def a_lesson_is_neither_short_nor_long(corpus: Corpus) -> Iterator[Finding]:
    """A lesson has 900 to 1,600 Chinese characters and 600 to 1,000 English words of substance."""
    for lesson in corpus.lessons:
        least, most, unit = SUBSTANCE[lesson.language]
        size = sum(substance(part.text, lesson.language) for part in lesson.parts)
        if not least <= size <= most:
            change = f"Add {least - size}" if size < least else f"Cut {size - most}"
            yield Finding(
                lesson.head.at(),
                f"The lesson has {size} {unit}; it should have {least} to {most}.",
                f"{change} at least.",
            )


@rule(holds_together=True)
def items_on_the_way_are_known(corpus: Corpus) -> Iterator[Finding]:
    """An item on the way is an active item of the lesson's skill."""
    items = {entry.noun.id: entry.noun for entry in corpus.items}
    for lesson in corpus.lessons:
        skill = lesson.head.noun.skill
        for place, id_ in _items(lesson):
            item = items.get(id_)
            if item is None and not corpus.may_exist("item", id_):
                yield Finding(
                    place,
                    f"There is no item '{id_}'.",
                    did_you_mean(
                        id_,
                        [known for known in corpus.ids["item"] if known.startswith(skill)],
                        otherwise=f"Add it to quizzes/{skill}.yaml first.",
                    ),
                )
            elif item is not None and item.skill != skill:
                yield Finding(
                    place,
                    f"The item '{id_}' belongs to the skill '{item.skill}'.",
                    f"Ask an item of '{skill}'.",
                )
            elif item is not None and item.status != "active":
                yield Finding(
                    place,
                    f"The item '{id_}' is {item.status}.",
                    "Ask an active item, or make this one active.",
                )


@rule()
def three_to_five_items_stand_on_the_way(corpus: Corpus) -> Iterator[Finding]:
    """A lesson asks three to five items, each once and on a line of its own."""
    least, most = ITEMS_ON_THE_WAY
    for lesson in corpus.lessons:
        seen: set[str] = set()
        for place, id_ in _items(lesson):
            if id_ in seen:
                yield Finding(place, f"'{id_}' is asked twice.", "Ask another item here.")
            seen.add(id_)
        if not least <= len(seen) <= most:
            yield Finding(
                lesson.head.at(),
                f"The lesson asks {len(seen)} items on the way.",
                f"Ask {least} to {most}, each in a line such as "
                f"::item{{{lesson.head.noun.skill}-01}}.",
            )
        for part in lesson.parts:
            for line, row in part.numbered():
                if "::item" in row and not markup.ITEM_LINE.match(row):
                    yield Finding(
                        Place(lesson.file, line),
                        "An item on the way is not alone on its line, or is not written right.",
                        f"Write a line that is only ::item{{{lesson.head.noun.skill}-01}}.",
                    )


@rule(holds_together=True)
def calculators_are_known(corpus: Corpus) -> Iterator[Finding]:
    """A calculator on the way is one that the academy has."""
    for lesson in corpus.lessons:
        for part in lesson.parts:
            for line, row in part.numbered():
                found = markup.CALCULATOR_LINE.match(row)
                if found and found[1] not in CALCULATORS:
                    yield Finding(
                        Place(lesson.file, line),
                        f"There is no calculator '{found[1]}'.",
                        did_you_mean(found[1], CALCULATORS),
                    )


@rule()
def advice_is_marked(corpus: Corpus) -> Iterator[Finding]:
    """The steps of a lesson say of some advice whether it is a rule, a method or lore."""
    for lesson in corpus.lessons:
        steps = HEADINGS["steps"].in_(lesson.language)
        for part in lesson.parts:
            if part.heading == steps and not markup.MARK.search(part.text):
                yield Finding(
                    part.place,
                    f"No advice under '{steps}' is marked.",
                    "Begin it with :rule:, :method: or :lore:.",
                )


@rule()
def lessons_have_headings_of_level_three_alone(corpus: Corpus) -> Iterator[Finding]:
    """Besides its sections a lesson has headings of third level and no others."""
    for lesson in corpus.lessons:
        for part in (lesson.opening, *lesson.parts):
            for line, row in part.numbered():
                if re.match(r"(#|#{4,6})\s", row):
                    yield Finding(
                        Place(lesson.file, line),
                        f"This is a heading of level {len(row) - len(row.lstrip('#'))}.",
                        "Write '### ' before it.",
                    )


def _items(lesson: LessonFile) -> Iterator[tuple[Place, str]]:
    for part in lesson.parts:
        for line, row in part.numbered():
            found = markup.ITEM_LINE.match(row)
            if found:
                yield Place(lesson.file, line), found[1]
