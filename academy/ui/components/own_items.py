"""A trainer's own items on the screen: why a row cannot be taken, and what to write instead."""

from __future__ import annotations

from academy.exchange.spreadsheets import MOST_ROWS, NotATable
from academy.own_items import LETTERS, LONGEST_STEM, LONGEST_TEXT, Line, OwnItem, Problem
from academy.ui.language import _, text
from academy.ui.strangers import as_text


def no_table_words(error: NotATable) -> str:
    """Why a file could not be read, as Markdown; it ends with what to do."""
    return _NO_TABLE[error.reason]().format(file=as_text(error.file_name), most=f"{MOST_ROWS:,}")


def problem_words(problem: Problem) -> str:
    """Why a cell cannot be taken, as plain text; it ends with what to write."""
    return _PROBLEMS[problem.code]().format(
        column=problem.column,
        value=problem.value,
        most=LONGEST_STEM if problem.code == "stem-long" else LONGEST_TEXT,
    )


def verdict_of_line(line: Line) -> str:
    """What becomes of a row, as plain text."""
    match line.verdict:
        case "new":
            return _("will be taken in")
        case "twice":
            return _("the same as row {n}, left out").format(n=line.same_as)
        case "known":
            return _("the cohort has it, left out")
        case "in-bank":
            return _("the bank has it, left out")
        case "example":
            return _("an example of the template, left out")
    return " ".join(problem_words(problem) for problem in line.problems)


def own_item_words(item: OwnItem) -> str:
    """An item with its options, the right ones marked, as Markdown."""
    about = [_TYPES[item.type](), item.topic, _("difficulty {n} of 5").format(n=item.difficulty)]
    lines = [f":small[:gray[{as_text(' · '.join(filter(None, about)))}]]", as_text(item.stem)]
    for place, words in enumerate(item.texts):
        sign = (
            ":green[:material/check_circle:]" if place in item.key else ":gray[:material/circle:]"
        )
        letter = "" if item.type == "true-false" else f"**{LETTERS[place]}** · "
        lines.append(f"{sign} {letter}{as_text(text(words))}")
    if item.explanation:
        lines.append(f":small[:gray[{as_text(item.explanation)}]]")
    return "\n\n".join(lines)


_TYPES = {
    "single": lambda: _("one right option"),
    "multiple": lambda: _("several right options"),
    "true-false": lambda: _("true or false"),
}
_NO_TABLE = {
    "empty": lambda: _("There is nothing in {file}. Fill it in and choose it again."),
    "long": lambda: _("{file} has more than {most} rows. Split it into several files."),
    "old": lambda: _("{file} is of an old kind. Save it as XLSX or CSV and choose that."),
    "no-text": lambda: _("{file} is no text. Save it as CSV in UTF-8, or as XLSX."),
    "no-workbook": lambda: _("{file} is no workbook. Save it as XLSX or CSV again."),
}
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
