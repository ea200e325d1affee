"""From a tree of files to the curriculum, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from academy.assessment import Assessment
from academy.content import markup
from academy.content.corpus import Corpus, LessonFile, StageFile
from academy.content.issues import ContentErrors, Issue
from academy.content.reader import read_corpus
from academy.content.rules import judge
from academy.curriculum import Curriculum
from academy.facts import Source
from academy.framework import STAGE_IDS, Framework
from academy.glossary import Glossary
from academy.items import ItemBank
from academy.language import Language, Text
from academy.lessons import HEADINGS, Lesson, Section
from academy.shops import Shop
from academy.stages import StageText

_LEVELS = ("basic", "advanced")


def load_content(root: Path) -> Curriculum:
    """Load the tree below `root`.

    Raises `ContentErrors` with everything that keeps the site from running on it: files that
    cannot be read and references that lead nowhere. The rest is for `check_content` to say.
    """
    corpus = read_corpus(root)
    issues = judge(corpus, date.max, only_what_holds_together=True)
    if issues or corpus.framework is None:
        raise ContentErrors(issues)
    return _curriculum(corpus, corpus.framework.noun)


def check_content(root: Path, today: date) -> tuple[Corpus, list[Issue]]:
    """Hold the tree against every rule; the issues come sorted by file and line."""
    corpus = read_corpus(root)
    return corpus, judge(corpus, today)


def _curriculum(corpus: Corpus, framework: Framework) -> Curriculum:
    order = {skill.id: number for number, skill in enumerate(framework.skills)}
    shops = {
        entry.noun.id: replace(
            entry.noun,
            orders=tuple(
                sorted(
                    (order.noun for order in corpus.orders.get(entry.noun.id, ())),
                    key=lambda order: order.day,
                )
            ),
        )
        for entry in sorted(corpus.shops, key=lambda entry: STAGE_IDS.index(entry.noun.stage))
    }
    lessons = sorted(
        (_lesson(chinese, english, shops.values()) for chinese, english in corpus.pairs()),
        key=lambda lesson: (order[lesson.skill], _LEVELS.index(lesson.level), lesson.id),
    )
    statements = sorted(
        (entry.noun for entry in corpus.statements),
        key=lambda statement: (order[statement.skill], not statement.is_short),
    )
    items = sorted((entry.noun for entry in corpus.items), key=lambda item: order[item.skill])
    stages = {(page.head.noun.stage, page.language): page for page in corpus.stages}
    return Curriculum(
        revision=corpus.revision,
        framework=framework,
        bank=ItemBank({item.id: item for item in items}),
        lessons={lesson.id: lesson for lesson in lessons},
        facts={entry.noun.id: entry.noun for entry in corpus.facts},
        assessment=Assessment({statement.id: statement for statement in statements}),
        stage_texts={
            stage.id: _stage_text(framework, stages[stage.id, "zh"], stages[stage.id, "en"])
            for stage in framework.stages
            if (stage.id, "zh") in stages and (stage.id, "en") in stages
        },
        glossary=Glossary({entry.noun.id: entry.noun for entry in corpus.terms}),
        shops=shops,
    )


def _lesson(chinese: LessonFile, english: LessonFile, shops: Iterable[Shop]) -> Lesson:
    head, other = chinese.head.noun, english.head.noun
    said = "\n".join(part.text for part in chinese.parts)
    referred = {shop for shop, _ in markup.shop_numbers(said)}
    return Lesson(
        id=head.id,
        skill=head.skill,
        level=head.level,
        title=Text(head.title, other.title),
        minutes=head.minutes,
        outcomes=tuple(head.outcomes),
        sections={"zh": _sections(chinese), "en": _sections(english)},
        sources=tuple(
            Source(Text(source.title, twin.title), source.url, source.verified_on)
            for source, twin in zip(head.sources, other.sources, strict=True)
        ),
        facts=markup.fact_ids(said),
        shops=tuple(
            shop.id for shop in shops if shop.id in referred or shop.is_spoken_of(said, "zh")
        ),
    )


def _sections(lesson: LessonFile) -> tuple[Section, ...]:
    roles = roles_by_heading(lesson.language)
    return tuple(
        Section(roles[part.heading], part.heading, markup.blocks(part.text))
        for part in lesson.parts
    )


def roles_by_heading(language: Language) -> dict[str, str]:
    """Heading to role, in one language."""
    return {heading.in_(language): role for role, heading in HEADINGS.items()}


def _stage_text(framework: Framework, chinese: StageFile, english: StageFile) -> StageText:
    return StageText(
        stage=chinese.head.noun.stage,
        title=Text(chinese.head.noun.title, english.head.noun.title),
        opening=Text(chinese.opening.text.strip(), english.opening.text.strip()),
        sections={
            dimension.id: Text(zh.text.strip(), en.text.strip())
            for dimension, zh, en in zip(
                framework.dimensions, chinese.parts, english.parts, strict=True
            )
        },
    )
