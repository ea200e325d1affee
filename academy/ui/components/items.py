"""Items on the screen: answer one, and see what it taught."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from academy import services
from academy.attempts import QuizAttempt, Response
from academy.content.markup import escape
from academy.faults import as_counted, corrections
from academy.items import Item
from academy.language import Text
from academy.services import Refusal
from academy.ui import clock, language, navigation, resources, session, trouble
from academy.ui.components import frame
from academy.ui.components.prose import plain_words, prose, rendered
from academy.ui.components.skills import stage_name
from academy.ui.language import _, plural, text
from academy.variants import filled


def practice_item(attempt: QuizAttempt, item: Item, *, number: int, total: int) -> None:
    """One item whose feedback comes at once: choose, check, read why."""
    response = attempt.responses.get(item.id)
    heading = _heading(number, total)
    with st.container(border=True, key=f"item-{item.id}"):
        if response:
            answered_item(attempt, item, response, heading=heading)
            return
        _note_shown(attempt, item)
        prose(heading + _in(attempt, item, item.stem))
        _choice(attempt, item, on_change="ignore")
        st.button(
            _("Check my answer"),
            key=f"check:{attempt.id}:{item.id}",
            on_click=_check,
            args=(attempt, item),
        )
        _say_refusal(attempt, item)


def exam_item(attempt: QuizAttempt, item: Item, *, number: int, total: int) -> None:
    """One item of an exam: each change is saved, feedback comes at the end.

    At the last one the whole exam is drawn anew with each choice, because it says what is open;
    at the others the choice alone.
    """
    _note_shown(attempt, item)
    prose(_heading(number, total) + _in(attempt, item, item.stem))
    draw = _exam_choice if number == total else st.fragment(_exam_choice)
    draw(attempt, item)


def _exam_choice(attempt: QuizAttempt, item: Item) -> None:
    is_saved = _given(attempt, item) is not None
    _choice(attempt, item, on_change=_save_change(attempt, item), is_saved=is_saved)
    _say_refusal(attempt, item)


def begin_lesson(shown: QuizAttempt) -> None:
    """Store that the lesson was begun with the questions `shown`, before anything is done in it."""
    learner, on_word_of = session.acting_learner()
    try:
        services.begin_lesson(
            resources.records(),
            learner,
            resources.curriculum(),
            shown,
            now=clock.now(),
            session=on_word_of,
        )
    except Refusal as refusal:
        if refusal.reason == "signed-out":
            trouble.stop("elsewhere")
        raise


def check_item(attempt: QuizAttempt, item: Item) -> None:
    """One item of a check: choose, then on to the next; no way back."""
    with st.container(border=True, key=f"item-{item.id}"):
        _note_shown(attempt, item)
        prose(_in(attempt, item, item.stem))
        _choice(attempt, item, on_change="ignore")
        st.button(
            _("Next question"),
            type="primary",
            key=f"check:{attempt.id}:{item.id}",
            on_click=_check,
            args=(attempt, item),
        )
        _say_refusal(attempt, item)


def quiz_title(attempt: QuizAttempt) -> str:
    """What a quiz is about."""
    curriculum = resources.curriculum()
    if attempt.purpose == "exam":
        return _("Stage exam: {stage}").format(
            stage=stage_name(curriculum.framework, attempt.subject)
        )
    if attempt.purpose == "check":
        return _("Quick check")
    if attempt.purpose == "review":
        return _("My mistakes, once more")
    if attempt.purpose == "lesson":
        return text(curriculum.lesson(attempt.subject).title)
    name = text(curriculum.framework.skill(attempt.subject).name)
    return _("Three questions: {skill}").format(skill=name) if attempt.purpose == "probe" else name


def answered_item(
    attempt: QuizAttempt,
    item: Item,
    response: Response,
    *,
    heading: str = "",
    is_own: bool = True,
) -> None:
    """An item with its answer: what was chosen, what is right, and why.

    `is_own` says that the reader gave it.
    """
    verdict = (
        f":green-badge[:material/check: {_('Right')}]"
        if response.is_correct
        else f":yellow-badge[:material/close: {_('Not right')}]"
    )
    lines = [heading + _in(attempt, item, item.stem), verdict]
    right = _("the right answer") if item.type == "single" else _("right, not chosen")
    order = attempt.option_order.get(item.id, tuple(option.id for option in item.options))
    for option_id in order:
        option = item.option(option_id)
        is_chosen, is_key = option_id in response.chosen, option_id in response.judgement.key
        if not (is_chosen or is_key):
            continue
        sign = ":green[:material/check_circle:]" if is_key else ":yellow[:material/cancel:]"
        given = _("your answer") if is_own else _("the answer given")
        whose = given if is_chosen else right
        lines += [
            f"{sign} **{_in(attempt, item, option.text)}** :gray[({whose})]",
            _in(attempt, item, option.feedback),
        ]
    lines += [f":small[:gray[{line}]]" for line in _since(item, response)]
    prose("\n\n".join(lines))


def _since(item: Item, response: Response) -> list[str]:
    """What has become of an item since it was answered, and what that does to the answer."""
    fault = item.fault
    if fault is None:
        return [_("This question has since been retired.")] if item.status == "retired" else []
    told = {"date": f"{fault.found_on}", "reason": text(fault.reason)}
    if fault.is_withdrawn:
        withdrawn = _("This question was withdrawn on {date} and counts no more: {reason}")
        return [withdrawn.format(**told)]
    lines = [_("The key of this question was corrected on {date}: {reason}").format(**told)]
    counted = as_counted(response, resources.curriculum().bank)
    if counted and counted is not response:
        lines.append(
            _("It is shown as it was judged then; by the corrected key your answer is right.")
            if counted.is_correct
            else _("It is shown as it was judged then; by the corrected key it is not right.")
        )
    return lines


def corrected_since(responses: Iterable[Response]) -> None:
    """How many of some answers count otherwise than they were judged; nothing if none does."""
    found = corrections(responses, resources.curriculum().bank)
    lines = []
    if found.mended:
        lines.append(
            plural(
                "{n} question that you answered was corrected since; it counts here by the "
                "corrected key.",
                "{n} questions that you answered were corrected since; they count here by the "
                "corrected keys.",
                len(found.mended),
            )
        )
    if found.withdrawn:
        lines.append(
            plural(
                "{n} question that you answered was withdrawn since and counts no more.",
                "{n} questions that you answered were withdrawn since and count no more.",
                len(found.withdrawn),
            )
        )
    if lines:
        st.caption("  \n".join(lines))


def _heading(number: int, total: int) -> str:
    where = _("Question {number} of {total}").format(number=number, total=total)
    return f":small[:gray[{where}]]\n\n"


def _in(attempt: QuizAttempt, item: Item, words: Text) -> str:
    """A text of an item in the visitor's language, with the numbers this attempt drew."""
    return filled(text(words), attempt.values.get(item.id, {}))


def lessons_on(items: Iterable[Item], *, place: str) -> None:
    """A link to each lesson that teaches what some items ask; nothing if there is none.

    `place` tells the list from others on the page.
    """
    curriculum = resources.curriculum()
    found = {
        lesson.id: lesson
        for item in items
        for lesson in curriculum.lessons_of(item.skill)
        if item.outcome in lesson.outcomes
    }
    if found:
        with navigation.rows(f"lessons-{place}"):
            for lesson in found.values():
                navigation.row(
                    "lesson", text(lesson.title), icon=":material/menu_book:", lesson=lesson.id
                )


def mistake(attempt: QuizAttempt, response: Response) -> None:
    """A question answered wrongly, on one line; tapping it shows why, and where it is taught."""
    item = resources.curriculum().bank.item(response.item_id)
    opened = st.expander(
        _asked(attempt, item), icon=":material/close:", key=f"mistake-{item.id}", on_change="rerun"
    )
    if opened.open:
        with opened:
            answered_item(attempt, item, response)
            lessons_on([item], place=item.id)


def _asked(attempt: QuizAttempt, item: Item) -> str:
    """What an item asks: the words of its stem, cut where they fill two lines of a phone."""
    words = plain_words(_in(attempt, item, item.stem))
    room = 44 if language.current() == "zh" else 88
    return escape(words if len(words) <= room else f"{words[: room - 1]}…")


def _choice(attempt: QuizAttempt, item: Item, *, on_change, is_saved: bool = False) -> None:
    saved = f" · :material/check: {_('saved')}" if is_saved else ""
    words = {
        option_id: rendered(_in(attempt, item, item.option(option_id).text))
        for option_id in attempt.option_order[item.id]
    }
    given = attempt.responses.get(item.id)
    if item.type == "single":
        order = list(words)
        (current,) = given.chosen if given else (None,)
        st.radio(
            _("Choose one") + saved,
            order,
            index=order.index(current) if current else None,
            format_func=words.__getitem__,
            key=_key(attempt, item),
            on_change=on_change,
            persist_state="session",
        )
        return
    st.caption(_("Choose every answer that is right") + saved)
    for option_id, label in words.items():
        st.checkbox(
            label,
            value=bool(given and option_id in given.chosen),
            key=f"{_key(attempt, item)}:{option_id}",
            on_change=on_change,
            persist_state="session",
        )


def _chosen(attempt: QuizAttempt, item: Item) -> frozenset[str]:
    key = _key(attempt, item)
    if item.type == "single":
        chosen = st.session_state.get(key)
        return frozenset({chosen} if chosen else ())
    return frozenset(
        option.id for option in item.options if st.session_state.get(f"{key}:{option.id}")
    )


def _forget_choice(attempt: QuizAttempt, item: Item) -> None:
    """Show again what is kept instead of what could not be."""
    for key in list(st.session_state):
        if str(key).startswith(_key(attempt, item)):
            del st.session_state[key]


def _put_away(attempt: QuizAttempt, item: Item) -> None:
    """Forget what this tab kept of an item whose answer is final; each run goes through it all."""
    key = _key(attempt, item)
    for kept in (key, f"shown:{key}", *(f"{key}:{option.id}" for option in item.options)):
        st.session_state.pop(kept, None)


def _save_change(attempt: QuizAttempt, item: Item):
    def save() -> None:
        if _chosen(attempt, item):
            _check(attempt, item)

    return save


def _check(attempt: QuizAttempt, item: Item) -> None:
    """Save what is chosen, before the page is drawn anew; a refusal is said beside the item."""
    saved = None
    try:
        saved = _save(attempt, item)
        if attempt.purpose == "exam":
            st.session_state[_saved(attempt, item)] = saved
        else:
            _put_away(attempt, item)
    except Refusal as refusal:
        if refusal.reason == "signed-out":
            trouble.stop("elsewhere")
        st.session_state[_refused(attempt, item)] = refusal
    finally:
        if saved is None:
            _forget_choice(attempt, item)


def _say_refusal(attempt: QuizAttempt, item: Item) -> None:
    kept = _refused(attempt, item)
    if kept in st.session_state:
        frame.refused(st.session_state.pop(kept))


def _save(attempt: QuizAttempt, item: Item) -> Response:
    if attempt.purpose == "lesson":
        begin_lesson(attempt)
    now = clock.now()
    learner, on_word_of = session.acting_learner()
    return services.record_response(
        resources.records(),
        learner,
        resources.curriculum(),
        attempt.id,
        item.id,
        _chosen(attempt, item),
        seconds=_seconds_spent(attempt, item, now),
        now=now,
        session=on_word_of,
    )


def _seconds_spent(attempt: QuizAttempt, item: Item, now: datetime) -> float | None:
    """Since the item was shown or the one before it answered, whichever was later.

    A changed answer adds to the time it took before.
    """
    shown_at = st.session_state.get(f"shown:{_key(attempt, item)}")
    if shown_at is None:
        return None
    given = _given(attempt, item)
    others = [each.responded_at for each in attempt.responses.values()]
    since = max([shown_at, *others, *([given.responded_at] if given else [])])
    before = (given.seconds or 0.0) if given else 0.0
    return before + (now - since).total_seconds()


def _given(attempt: QuizAttempt, item: Item) -> Response | None:
    """The answer that is kept: this tab's, if it gave one since the attempt was read."""
    return st.session_state.get(_saved(attempt, item)) or attempt.responses.get(item.id)


def _note_shown(attempt: QuizAttempt, item: Item) -> None:
    st.session_state.setdefault(f"shown:{_key(attempt, item)}", clock.now())


def _key(attempt: QuizAttempt, item: Item) -> str:
    return f"choice:{attempt.id}:{item.id}"


def _saved(attempt: QuizAttempt, item: Item) -> str:
    return f"saved:{attempt.id}:{item.id}"


def _refused(attempt: QuizAttempt, item: Item) -> str:
    return f"refused:{attempt.id}:{item.id}"
