"""Content on the screen: Markdown with its facts, marks and links filled in."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import streamlit as st

from academy.content import markup
from academy.facts import Fact, Source
from academy.language import Language, Text
from academy.search import words_of
from academy.ui import clock, language, navigation, resources
from academy.ui.language import _


def rendered(source: str) -> str:
    """Markdown that Streamlit can show, in the visitor's language."""
    return _rendered(
        source, language.current(), resources.curriculum().revision, clock.now().date()
    )


@lru_cache(maxsize=4096)
def _rendered(source: str, of: Language, revision: str, today: date) -> str:
    return markup.render(
        source,
        of,
        facts=resources.curriculum().facts,
        shops=resources.curriculum().shops,
        labels=markup.Labels(
            rule=_("Official rule"),
            method=_("Common method"),
            lore=_("Street lore"),
            stale=_("needs re-checking"),
        ),
        lesson_address=lambda lesson_id: f"/lesson?lesson={lesson_id}",
        today=today,
    )


def prose(source: str | Text) -> None:
    """Show a text of the curriculum."""
    st.markdown(rendered(language.text(source) if isinstance(source, Text) else source))


def plain_words(source: str) -> str:
    """The words of a text of the curriculum on one line, for where Markdown is not shown."""
    words = words_of(source, language.current(), resources.curriculum())
    return " ".join(words.split())


def next_lessons(source: str) -> None:
    """What comes next: the words, and below them a link to each lesson they name."""
    prose(markup.without_links(source))
    lessons = resources.curriculum().lessons
    for lesson_id in markup.linked_lessons(source):
        if lesson_id in lessons:
            title = language.text(lessons[lesson_id].title)
            navigation.link("lesson", title, icon=":material/arrow_forward:", lesson=lesson_id)


def source_line(source: Source) -> str:
    """A source with the day somebody last looked, as a line of a Markdown list."""
    title = language.text(source.title)
    linked = f"[{title}]({source.url})" if source.url else title
    return f"- {linked} :small[:gray[{_('verified on {day}').format(day=source.verified_on)}]]"


def fact_line(fact: Fact) -> str:
    """A fact with all that is known of it, as a line of a Markdown list."""
    market = {"douyin": _("Douyin"), "tiktok-shop": _("TikTok Shop"), "both": _("both")}
    confidence = {"high": _("rule text"), "medium": _("secondary"), "low": _("street lore")}
    title = language.text(fact.source.title)
    source = f"[{title}]({fact.source.url})" if fact.source.url else title
    details = _("{market} · {confidence} · verified on {day} · to be reviewed by {review}").format(
        market=market[fact.market],
        confidence=confidence[fact.confidence],
        day=fact.source.verified_on,
        review=fact.review_by,
    )
    return f"- {language.text(fact.statement)} :small[:gray[{source} · {details}]]"
