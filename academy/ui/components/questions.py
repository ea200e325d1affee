"""Questions that a cohort answers: asked, answered, and as the trainer sees the choices come in."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_uppercase

import streamlit as st

from academy.classroom import Tally
from academy.cohort_analytics import LEAST_PEOPLE
from academy.cohort_forms import CohortAnswer, Question
from academy.items import Item
from academy.language import Text
from academy.ui.components.prose import plain_words, rendered
from academy.ui.language import _, plural, text
from academy.ui.strangers import as_text
from academy.variants import example_values, filled


def example_words(item: Item, words: Text) -> str:
    """A text of an item of the bank with numbers in it, though nobody is asked it here."""
    return filled(text(words), example_values(item))


def question_words(question: Question, words: Text) -> str:
    """A text of a question as Markdown; letter by letter where a trainer wrote it."""
    return as_text(text(words)) if question.is_own else rendered(text(words))


def question_on_a_line(question: Question) -> str:
    """The words of a question for where Markdown is not shown."""
    words = text(question.stem)
    return " ".join(words.split()) if question.is_own else plain_words(words)


def choice_words(question: Question) -> dict[str, str]:
    """Each choice as Markdown, by its id, with the letter by which a class speaks of it."""
    return {
        choice.id: f"**{letter}** · {question_words(question, choice.text)}"
        for letter, choice in zip(ascii_uppercase, question.choices, strict=False)
    }


def ask(question: Question, *, key: str, save: Callable[[str, frozenset[str]], None]) -> None:
    """The question with its options, and the button that saves what is chosen."""
    st.markdown(question_words(question, question.stem))
    words = choice_words(question)

    def chosen() -> frozenset[str]:
        if question.is_multiple:
            return frozenset(each for each in words if st.session_state.get(f"{key}:{each}"))
        one = st.session_state.get(key)
        return frozenset({one} if one else ())

    def send() -> None:
        save(question.id, chosen())

    if question.is_multiple:
        st.caption(_("Choose every answer that is right"))
        for each, label in words.items():
            st.checkbox(label, key=f"{key}:{each}")
    else:
        st.radio(_("Choose one"), list(words), index=None, format_func=words.__getitem__, key=key)
    st.button(_("Send my answer"), type="primary", key=f"send:{key}", on_click=send)


def saved(question: Question, answer: CohortAnswer) -> None:
    """What was chosen, while it is not yet told what is right."""
    words = choice_words(question)
    chosen = [words[choice.id] for choice in question.choices if choice.id in answer.chosen]
    status = _("Saved. The answer is shown when everybody is ready.")
    lines = [question_words(question, question.stem), *chosen, f":material/check: {status}"]
    st.markdown("\n\n".join(lines))


def told(question: Question, answer: CohortAnswer | None) -> None:
    """The right answer, what was chosen, and why."""
    lines = [question_words(question, question.stem), _verdict(answer)]
    words = choice_words(question)
    right = _("right, not chosen") if answer and question.is_multiple else _("the right answer")
    for choice in question.choices:
        is_chosen = answer is not None and choice.id in answer.chosen
        if not (is_chosen or choice.is_key):
            continue
        sign = ":green[:material/check_circle:]" if choice.is_key else ":yellow[:material/cancel:]"
        whose = _("your answer") if is_chosen else right
        lines.append(f"{sign} {words[choice.id]} :gray[({whose})]")
        if text(choice.feedback):
            lines.append(question_words(question, choice.feedback))
    if text(question.explanation):
        lines.append(question_words(question, question.explanation))
    st.markdown("\n\n".join(lines))


def _verdict(answer: CohortAnswer | None) -> str:
    if answer is None:
        return f":gray-badge[{_('You gave no answer')}]"
    if answer.is_correct:
        return f":green-badge[:material/check: {_('Right')}]"
    return f":yellow-badge[:material/close: {_('Not right')}]"


def live_choices(question: Question, tally: Tally, members: int, *, is_shown: bool) -> None:
    """How the options are being chosen; only from five people on, and what is right when shown."""
    people = plural("{n} person answered", "{n} people answered", tally.people)
    of_all = _("of {n} in the cohort").format(n=members)
    st.markdown(f"**{people}** :gray[{of_all}]")
    is_told = tally.people >= LEAST_PEOPLE
    if not is_told:
        st.caption(
            _("How the options were chosen appears from {n} answers on.").format(n=LEAST_PEOPLE)
        )
    for choice_id, words in choice_words(question).items():
        choice = next(each for each in question.choices if each.id == choice_id)
        if is_shown:
            sign = "check_circle" if choice.is_key else "circle"
            colour = "green" if choice.is_key else "gray"
            words = f":{colour}[:material/{sign}:] {words}"
        if is_told:
            count = tally.counts.get(choice.id, 0)
            share = count / tally.people
            st.progress(min(1.0, share), text=f"{words} · **{count}** ({share:.0%})")
        else:
            st.markdown(words)
        if is_shown and text(choice.feedback):
            st.caption(question_words(question, choice.feedback))
    if is_shown and text(question.explanation):
        st.markdown(question_words(question, question.explanation))
