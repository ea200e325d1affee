"""Terms on the screen: what a word of the trade means, where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from academy.content import markup
from academy.glossary import Term
from academy.language import Language
from academy.lessons import HEADINGS, PARTS, Lesson
from academy.search import spelling
from academy.ui import navigation, resources
from academy.ui.components.prose import rendered
from academy.ui.language import _, current, listed, text

MOST_TERMS = 10
"""Terms that are shown on one screen."""


def term_entry(term: Term, *, names_skill: bool = False) -> str:
    """A term as Markdown: its names in both languages, what it means, what else it is called."""
    here, there = (
        (term.name.zh, term.name.en) if current() == "zh" else (term.name.en, term.name.zh)
    )
    names = f"**{_capital(here)}**"
    if there != here:
        names += f" :gray[{there}]"
    if term.market == "tiktok-shop":
        names += f" :gray-badge[{_('TikTok Shop')}]"
    notes = []
    others = term.also_called(current())
    if others:
        notes.append(_("Also: {names}").format(names=listed(others)))
    if names_skill and term.skill:
        skill = resources.curriculum().framework.skill(term.skill)
        notes.append(_("Taught in: {skill}").format(skill=text(skill.name)))
    said = [names, rendered(text(term.definition))]
    if notes:
        said.append(f":small[:gray[{' · '.join(notes)}]]")
    return "  \n".join(said)


def term_card(term: Term) -> None:
    """One term in a frame, with a link to the skill that teaches it."""
    with st.container(border=True, key=f"term-{term.id}"):
        st.markdown(term_entry(term))
        if term.skill:
            skill = resources.curriculum().framework.skill(term.skill)
            navigation.link("skill", text(skill.name), icon=":material/school:", skill=skill.id)


def lesson_terms(lesson: Lesson, part: str) -> None:
    """The terms that a part of a lesson uses, by name; unfolded, what each of them means."""
    curriculum = resources.curriculum()
    terms = [
        curriculum.glossary.term(each)
        for each in _terms_of(curriculum.revision, lesson.id, part, current())
    ]
    if not terms:
        return
    names = listed(_capital(text(term.name)) for term in terms)
    opened = st.expander(
        _("Terms: {names}").format(names=names),
        icon=":material/dictionary:",
        key=f"terms-{lesson.id}-{part}",
        on_change="rerun",
    )
    if opened.open:
        opened.markdown("\n\n".join(map(term_entry, terms)))


def terms_by_letter() -> Mapping[str, tuple[Term, ...]]:
    """Every term under the first letter of its name, by its pinyin in Chinese; 0–9 are figures."""
    return _filed(resources.curriculum().revision, current())


@lru_cache(maxsize=4)
def _filed(revision: str, language: Language) -> Mapping[str, tuple[Term, ...]]:
    terms = resources.curriculum().glossary.terms.values()
    filed: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda term: spelling(term.name.in_(language))):
        letter = spelling(term.name.in_(language))[:1].upper()
        filed.setdefault(letter if letter.isalpha() else "0–9", []).append(term)
    return {letter: tuple(terms) for letter, terms in filed.items()}


@lru_cache(maxsize=2048)
def _terms_of(revision: str, lesson_id: str, part: str, language: Language) -> tuple[str, ...]:
    """Ids of a part's terms in the order of its text; those of the lesson's skill go before."""
    curriculum = resources.curriculum()
    lesson = curriculum.lesson(lesson_id)
    said = "\n".join(
        markup.without_references(markup.LESSON_LINK.sub("", block.content))
        for section in lesson.sections[language]
        if section.role in PARTS.get(part, HEADINGS)
        for block in section.blocks
        if block.kind == "prose"
    )
    terms = curriculum.glossary.said_in(said)
    nearest = sorted(terms, key=lambda term: (term.skill != lesson.skill, term.skill is None))
    kept = set(nearest[:MOST_TERMS])
    return tuple(term.id for term in terms if term in kept)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
