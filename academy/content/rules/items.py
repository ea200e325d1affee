"""Rules of single items."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date

from academy.content import markup
from academy.content.corpus import Corpus, Entry
from academy.content.issues import Place, did_you_mean
from academy.content.measure import length
from academy.content.rules.registry import Finding, dated_rule, rule
from academy.items import Item
from academy.language import LANGUAGES
from academy.variants import MOST_VARIANTS, PLACE, FormulaError, filled, variants

FEEDBACK_LENGTH = {"zh": 8, "en": 4}
"""Chinese characters, English words."""

_SPEAKS_FOR_ALL = re.compile(
    r"以上.{0,3}(都|皆|均|全|不对|不是)|以上.{0,2}(两|三|四)[项个种]"
    r"|^(都|全部?都?|全都|均|皆)(不?对|不?是|正确|错误?|不?可以|不?行|不?用)($|[，。；])"
    r"|\b(all|none|both|neither|any) (of )?(the |these )?above\b"
    r"|^(all|none|both) of (these|them)\b",
    re.IGNORECASE,
)


@rule(holds_together=True)
def an_item_has_its_key(corpus: Corpus) -> Iterator[Finding]:
    """A single-choice item has one key; a multiple-choice item has two or more, but not all."""
    for entry in corpus.items:
        item = entry.noun
        keys, options = len(item.key), len(item.options)
        if item.type == "single" and keys != 1:
            yield Finding(
                entry.at("options"),
                f"The single-choice item '{item.id}' has {keys} keys.",
                "Give exactly one option 'key: true'.",
            )
        if item.type == "multiple" and not 2 <= keys < options:
            yield Finding(
                entry.at("options"),
                f"The multiple-choice item '{item.id}' has {keys} keys of {options} options.",
                f"Give 'key: true' to 2 to {options - 1} of them, or write 'type: single'.",
            )


@rule(holds_together=True)
def options_are_lettered_in_order(corpus: Corpus) -> Iterator[Finding]:
    """The options of an item are a, b, c and so on."""
    for entry in corpus.items:
        for number, option in enumerate(entry.noun.options):
            letter = "abcde"[number]
            if option.id != letter:
                yield Finding(
                    entry.at("options", number, "id"),
                    f"Option {number + 1} of '{entry.noun.id}' is '{option.id}'.",
                    f"Write '{letter}'.",
                )


@rule()
def only_multiple_choice_has_five_options(corpus: Corpus) -> Iterator[Finding]:
    """A single-choice item has three or four options."""
    for entry in corpus.items:
        if entry.noun.type == "single" and len(entry.noun.options) > 4:
            yield Finding(
                entry.at("options", 4),
                f"The single-choice item '{entry.noun.id}' has five options.",
                "Take the weakest distractor out.",
            )


@rule(holds_together=True)
def an_item_measures_an_outcome_of_its_skill(corpus: Corpus) -> Iterator[Finding]:
    """A bank's skill is known, and each of its items measures one of that skill's outcomes."""
    if corpus.framework is None:
        return
    framework = corpus.framework.noun
    named: set[str] = set()
    for entry in corpus.items:
        item = entry.noun
        if item.skill not in corpus.ids["skill"]:
            if entry.file not in named:
                yield Finding(
                    Place(entry.file, entry.lines.of("skill")),
                    f"There is no skill '{item.skill}'.",
                    did_you_mean(
                        item.skill, corpus.ids["skill"], otherwise="Name a skill of the framework."
                    ),
                )
            named.add(entry.file)
            continue
        outcomes = [outcome.id for outcome in framework.skill(item.skill).outcomes]
        if item.outcome not in outcomes:
            yield Finding(
                entry.at("outcome"),
                f"'{item.outcome}' is no outcome of '{item.skill}'.",
                did_you_mean(item.outcome, outcomes),
            )


@rule()
def an_item_is_no_harder_than_its_outcome(corpus: Corpus) -> Iterator[Finding]:
    """An advanced item measures an advanced outcome."""
    if corpus.framework is None:
        return
    levels = {outcome.id: outcome.level for outcome in corpus.framework.noun.outcomes}
    for entry in corpus.items:
        if entry.noun.level == "advanced" and levels.get(entry.noun.outcome) == "basic":
            yield Finding(
                entry.at("level"),
                f"'{entry.noun.id}' is advanced, its outcome '{entry.noun.outcome}' is basic.",
                "Write 'level: basic', or name an advanced outcome.",
            )


@rule()
def every_option_teaches(corpus: Corpus) -> Iterator[Finding]:
    """Each option has its own feedback, of 8 Chinese characters or 4 English words at least."""
    for entry in corpus.items:
        for language in LANGUAGES:
            said: dict[str, str] = {}
            for number, option in enumerate(entry.noun.options):
                feedback = option.feedback.in_(language)
                place = entry.at("options", number, "feedback", language)
                if length(corpus.filled(feedback, language), language) < FEEDBACK_LENGTH[language]:
                    yield Finding(
                        place,
                        f"The feedback on {option.id} of '{entry.noun.id}' is too short to teach.",
                        "Say why the key is right, or which misconception this is and what is "
                        "true instead.",
                    )
                elif feedback in said:
                    yield Finding(
                        place,
                        f"The options {said[feedback]} and {option.id} of '{entry.noun.id}' have "
                        "the same feedback.",
                        "Say what is wrong with this one.",
                    )
                said.setdefault(feedback, option.id)


@rule()
def options_differ(corpus: Corpus) -> Iterator[Finding]:
    """No two options of an item say the same."""
    for entry in corpus.items:
        for language in LANGUAGES:
            said: dict[str, str] = {}
            for number, option in enumerate(entry.noun.options):
                text = option.text.in_(language)
                if text in said:
                    yield Finding(
                        entry.at("options", number, "text", language),
                        f"The options {said[text]} and {option.id} of '{entry.noun.id}' are the "
                        "same.",
                        "Write another distractor, or take it out.",
                    )
                said.setdefault(text, option.id)


@rule()
def no_option_speaks_for_the_others(corpus: Corpus) -> Iterator[Finding]:
    """No option says "all of the above" or "none of the above"."""
    for entry in corpus.items:
        for number, option in enumerate(entry.noun.options):
            for language in LANGUAGES:
                if _SPEAKS_FOR_ALL.search(option.text.in_(language)):
                    yield Finding(
                        entry.at("options", number, "text", language),
                        f"Option {option.id} of '{entry.noun.id}' speaks for the others.",
                        "Write a distractor of its own, or make it a multiple-choice item.",
                    )


@rule()
def keys_stand_on_firm_facts(corpus: Corpus) -> Iterator[Finding]:
    """A fact of low confidence is never what makes an option right."""
    weak = {entry.noun.id for entry in corpus.facts if entry.noun.confidence == "low"}
    for entry in corpus.items:
        for place, fact in _standing(entry):
            if fact in weak:
                yield Finding(
                    place,
                    f"The key of '{entry.noun.id}' stands on '{fact}', which is street lore.",
                    "Ask for something that a rule or a formula decides.",
                )


def _standing(entry: Entry[Item]) -> Iterator[tuple[Place, str]]:
    """The facts of the key's text, and those that the item names without writing them."""
    item = entry.noun
    for number, option in enumerate(item.options):
        if option.is_key:
            place = entry.at("options", number, "text")
            for fact in markup.fact_ids(option.text.zh, option.text.en):
                yield place, fact
    written = markup.fact_ids(*(text.zh + text.en for text in item.texts))
    for fact in item.facts:
        if fact not in written:
            yield entry.at("facts"), fact


@dated_rule()
def a_fault_is_mended_or_withdrawn(corpus: Corpus, today: date) -> Iterator[Finding]:
    """A fault was found today or before, and its item has another key since or is retired."""
    for entry in corpus.items:
        item, fault = entry.noun, entry.noun.fault
        if fault is None:
            continue
        if fault.found_on > today:
            yield Finding(
                entry.at("fault", "found_on"),
                f"The fault of '{item.id}' was found on {fault.found_on}, in the future.",
                f"Write the day on which it was found, {today} at the latest.",
            )
        if fault.is_withdrawn and item.status != "retired":
            yield Finding(
                entry.at("fault"),
                f"'{item.id}' is faulty and still {item.status}.",
                "Mend the key and name the former one in 'wrong_key', or write 'status: retired'.",
            )
        if fault.wrong_key == item.key:
            yield Finding(
                entry.at("fault", "wrong_key"),
                f"The wrong key of '{item.id}' is its key still.",
                "Move 'key: true' to the right option; leave the options and their order alone.",
            )
        is_one = len(fault.wrong_key) == 1
        strange = fault.wrong_key - {option.id for option in item.options}
        if not fault.is_withdrawn and (strange or is_one != (item.type == "single")):
            yield Finding(
                entry.at("fault", "wrong_key"),
                f"'{item.id}' cannot have had the key {', '.join(sorted(fault.wrong_key))}.",
                "Name the options that were its key. If the options or the type have changed, "
                "retire it, leave 'wrong_key' out and write a new item.",
            )


@rule(holds_together=True)
def variables_give_a_question(corpus: Corpus) -> Iterator[Finding]:
    """Whatever values its variables take, an item has its numbers and no two options alike."""
    for entry in corpus.items:
        item = entry.noun
        texts = " ".join(text.in_(language) for language in LANGUAGES for text in item.texts)
        if not item.variables and not PLACE.search(texts):
            continue
        try:
            trouble = _trouble_with_variants(item)
        except FormulaError as error:
            trouble = (f"In '{item.id}': {error}", "Mend the formula or add the variable.")
        if trouble:
            yield Finding(entry.at("variables") if item.variables else entry.at("stem"), *trouble)


def _trouble_with_variants(item: Item) -> tuple[str, str] | None:
    if not item.variables:
        return f"'{item.id}' has formulas and no variables.", "Add 'variables' with their values."
    count = math.prod(len(values) for values in item.variables.values())
    if count > MOST_VARIANTS:
        return f"'{item.id}' has {count} variants.", f"Give fewer values: {MOST_VARIANTS} at most."
    for values in variants(item):
        shown = ", ".join(f"{name} {value:g}" for name, value in values.items())
        for language in LANGUAGES:
            for text in item.texts:
                filled(text.in_(language), values)
            options = [filled(option.text.in_(language), values) for option in item.options]
            if len(set(options)) < len(options):
                return (
                    f"With {shown} two options of '{item.id}' are alike.",
                    "Choose values or formulas that keep them apart.",
                )
    return None
