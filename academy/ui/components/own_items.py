"""A trainer's own items on the screen: why a row cannot be taken, and what to write instead."""

from __future__ import annotations

from academy.own_items import LONGEST_STEM, LONGEST_TEXT, Line, OwnItem, Problem
from academy.ui.language import _, text
from academy.ui.strangers import as_text


def problem_words(problem: Problem) -> str:
    """Why a cell cannot be taken; it ends with what to write."""
    return _PROBLEMS[problem.code]().format(
        column=problem.column,
        value=as_text(problem.value),
        most=LONGEST_STEM if problem.code == "stem-long" else LONGEST_TEXT,
    )


def verdict_of_line(line: Line) -> str:
    """What becomes of a row."""
    match line.verdict:
        case "new":
            return _("will be taken in")
        case "twice":
            return _("the same as row {n}, left out").format(n=line.same_as)
        case "known":
            return _("the cohort has it, left out")
        case "in-bank":
            return _("the bank has it, left out")
    return " ".join(problem_words(problem) for problem in line.problems)


def own_item_words(item: OwnItem) -> str:
    """An item with its options, the right ones marked, as Markdown."""
    lines = [as_text(item.stem)]
    for place, words in enumerate(item.texts):
        sign = (
            ":green[:material/check_circle:]" if place in item.key else ":gray[:material/circle:]"
        )
        lines.append(f"{sign} {as_text(text(words))}")
    if item.explanation:
        lines.append(f":small[:gray[{as_text(item.explanation)}]]")
    return "\n\n".join(lines)


_PROBLEMS = {
    "type-unknown": lambda: _("{column}: “{value}” is no type. Write 单选题, 多选题 or 判断题."),
    "stem-missing": lambda: _("{column} is empty. Write the question."),
    "stem-long": lambda: _("{column} is too long. Write at most {most} characters."),
    "options-few": lambda: _("There are fewer than two options. Fill in 选项A and 选项B."),
    "options-same": lambda: _("Two options are the same. Write different ones."),
    "option-gap": lambda: _("{column} is empty and a later one is not. Fill it in or move up."),
    "text-long": lambda: _("{column} is too long. Write at most {most} characters."),
    "key-missing": lambda: _("{column} is empty. Write the letter of the right option, as B."),
    "key-unknown": lambda: _(
        "{column}: “{value}” is no option here. Write letters of filled options, as B or AC; for "
        "判断题 write 对 or 错."
    ),
    "key-count": lambda: _(
        "{column}: 单选题 has one right option, 多选题 two or more. Change the letters or the type."
    ),
    "difficulty-unknown": lambda: _("{column}: “{value}” is no step. Write 1 to 5, or 易, 中, 难."),
}
