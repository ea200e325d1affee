"""A trainer's own items: what a row of his table says, and why a row says nothing.

The columns are those that Chinese trainers know: 题型, 题干, 选项A…, 正确答案, 解析, 知识点, 难度.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from academy.cohort_forms import Choice, Question
from academy.language import Text
from academy.one_line import one_line
from academy.records import JSON

OwnType = Literal["single", "multiple", "true-false"]
OwnStatus = Literal["own", "offered", "accepted"]
"""own: the cohort's alone; offered: an administrator is asked; accepted: he took it over."""
ProblemCode = Literal[
    "type-unknown",
    "stem-missing",
    "stem-long",
    "options-few",
    "options-same",
    "option-gap",
    "text-long",
    "key-missing",
    "key-unknown",
    "key-count",
    "difficulty-unknown",
]
Verdict = Literal["new", "twice", "known", "in-bank", "example", "wrong"]
"""new: can be taken; twice: stands further up in the table; known: the cohort has it; in-bank: the
bank has it; example: the template brought it; wrong: it has problems."""

LETTERS = "ABCDEFGH"
LONGEST_STEM, LONGEST_TEXT, LONGEST_TOPIC = 1000, 500, 60
MOST_ITEMS = 2000
"""Of one cohort."""

COLUMNS = {
    "type": ("题型", "题目类型", "试题类型", "type", "question type"),
    "stem": ("题干", "题目", "题目内容", "试题", "试题内容", "question", "stem"),
    "key": ("正确答案", "答案", "标准答案", "参考答案", "answer", "key", "correct answer"),
    "explanation": ("解析", "答案解析", "试题解析", "explanation", "feedback"),
    "topic": ("知识点", "考点", "topic", "skill"),
    "difficulty": ("难度", "难易度", "难易程度", "难度系数", "difficulty"),
    **{
        letter: (f"选项{letter}", f"选项 {letter}", f"{letter}选项", f"option {letter}", letter)
        for letter in LETTERS
    },
}
"""Column to the headings by which it is known; the first is the template's."""
_TYPES: Mapping[str, OwnType] = {
    "单选": "single",
    "单选题": "single",
    "单项选择": "single",
    "单项选择题": "single",
    "single": "single",
    "single choice": "single",
    "多选": "multiple",
    "多选题": "multiple",
    "多项选择": "multiple",
    "多项选择题": "multiple",
    "multiple": "multiple",
    "multiple choice": "multiple",
    "判断": "true-false",
    "判断题": "true-false",
    "是非题": "true-false",
    "true/false": "true-false",
    "true-false": "true-false",
}
_STEPS = {
    "": 3, "容易": 1, "很易": 1, "易": 1, "较易": 2, "中": 3, "中等": 3,
    "较难": 4, "难": 5, "很难": 5,
    "very easy": 1, "easy": 2, "medium": 3, "hard": 4, "very hard": 5,
}  # fmt: skip
_TRUE = frozenset({"对", "正确", "是", "√", "✓", "t", "true", "yes", "a"})
_FALSE = frozenset({"错", "错误", "否", "×", "✗", "x", "f", "false", "no", "b"})
EXAMPLES = (
    (
        "单选题", "短视频前三秒最要紧的是什么？", "先报店名", "让人停下来看", "先讲优惠", "",
        "", "", "B", "没停下来的人，后面的都看不到。", "短视频策划", "2",
    ),
    (
        "多选题", "下面哪些要写进发货承诺？", "发货时限", "发货地", "老板的生日", "", "", "",
        "AB", "时限和发货地买家都会问。", "履约", "3",
    ),
    (
        "判断题", "好评可以用红包换。", "", "", "", "", "", "",
        "错", "以利益换好评是违规的。", "平台规则", "1",
    ),
)  # fmt: skip
"""Rows of the template, in its columns; beside rows of one's own they are left out."""
HEADING_WITHIN = 10
"""A title and instructions may stand above the headings, in so many rows with them."""
TRUE_FALSE = (Text("对", "True"), Text("错", "False"))


@dataclass(frozen=True, slots=True)
class OwnItem:
    """One item that a trainer wrote; plain text in the language that he wrote."""

    id: str
    type: OwnType
    stem: str
    options: tuple[str, ...]
    """Empty for true or false."""
    key: tuple[int, ...]
    """Places of the right options, from 0."""
    explanation: str = ""
    topic: str = ""
    difficulty: int = 3
    import_id: str = ""
    status: OwnStatus = "own"
    outcome: str = ""
    """What it measures, as the administrator said who accepted it."""
    bank_id: str = ""
    """The id that it is to have in the bank, from then on."""

    @property
    def texts(self) -> tuple[Text, ...]:
        """The options as they are read."""
        if self.type == "true-false":
            return TRUE_FALSE
        return tuple(Text(option, option) for option in self.options)

    def question(self) -> Question:
        """The item as a cohort answers it."""
        return Question(
            self.id,
            Text(self.stem, self.stem),
            tuple(
                Choice(LETTERS[place], words, Text("", ""), place in self.key)
                for place, words in enumerate(self.texts)
            ),
            is_multiple=self.type == "multiple",
            is_own=True,
            explanation=Text(self.explanation, self.explanation),
        )

    def to_dict(self) -> dict[str, JSON]:
        """The plain form, ready for JSON."""
        return {
            "id": self.id,
            "type": self.type,
            "stem": self.stem,
            "options": list(self.options),
            "key": list(self.key),
            "explanation": self.explanation,
            "topic": self.topic,
            "difficulty": self.difficulty,
            "import": self.import_id,
            "status": self.status,
            "outcome": self.outcome,
            "bank_id": self.bank_id,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> OwnItem:
        """The item that `to_dict` described."""
        return cls(
            plain["id"],
            plain["type"],
            plain["stem"],
            tuple(plain["options"]),
            tuple(plain["key"]),
            plain["explanation"],
            plain["topic"],
            plain["difficulty"],
            plain["import"],
            plain["status"],
            plain.get("outcome", ""),
            plain.get("bank_id", ""),
        )


@dataclass(frozen=True, slots=True)
class Import:
    """One table that was taken in, so that it can be taken back as a whole."""

    id: str
    file: str
    items: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken, and the cell that says so."""

    code: ProblemCode
    column: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What is made of one row of a table."""

    number: int
    """As the spreadsheet counts it."""
    verdict: Verdict
    item: OwnItem | None
    problems: tuple[Problem, ...] = ()
    same_as: int = 0
    """The row further up that says the same, for one that stands twice."""


class NoSuchColumns(ValueError):
    """A table without the columns that every item needs."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"Missing columns: {', '.join(missing)}. Begin with the template.")
        self.missing = tuple(missing)


@dataclass
class _Reading:
    """What is read from one row, and what stood in the way."""

    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def complain(self, code: ProblemCode, column: str, value: str = "") -> None:
        self.problems.append(Problem(code, COLUMNS[column][0], one_line(value, 40)))


def read_table(
    rows: Sequence[Sequence[str]], *, known: Collection[str] = (), bank: Collection[str] = ()
) -> tuple[Line, ...]:
    """What is made of each row: the row report, before anything is done.

    Empty rows say nothing and are counted. `known` are the stems that the cohort has, `bank` those
    of the bank, in either language. Raises NoSuchColumns unless one of the first rows names the
    columns.
    """
    heading, places = _heading(rows)
    has, in_bank = {stem_key(each) for each in known}, {stem_key(each) for each in bank}
    examples = {stem_key(row[1]) for row in EXAMPLES}
    seen: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows[heading + 1 :], start=heading + 2):
        if not any(row):
            continue
        cells = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        reading = _Reading(cells)
        item = _item(reading)
        key = stem_key(item.stem) if item else ""
        verdict: Verdict = "new"
        if item is None:
            verdict = "wrong"
        elif key in seen:
            verdict = "twice"
        elif key in has:
            verdict = "known"
        elif key in in_bank:
            verdict = "in-bank"
        lines.append(
            Line(number, verdict, item, tuple(reading.problems), seen.get(key, 0) if key else 0)
        )
        if item:
            seen.setdefault(key, number)
    if seen.keys() - examples:
        lines = [_left_out(line, examples) for line in lines]
    return tuple(lines)


def _left_out(line: Line, examples: Collection[str]) -> Line:
    is_example = line.item is not None and stem_key(line.item.stem) in examples
    return replace(line, verdict="example") if is_example else line


def stem_key(stem: str) -> str:
    """What is the same in stems that differ in width, case, spaces and punctuation alone."""
    plain = unicodedata.normalize("NFKC", stem).casefold()
    return "".join(sign for sign in plain if sign.isalnum()) or plain.strip()


def _heading(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row that names the columns, and where each is."""
    for number, row in enumerate(rows[:HEADING_WITHIN]):
        with suppress(NoSuchColumns):
            return number, _places(row)
    return 0, _places(rows[0] if rows else ())


def _places(heading: Sequence[str]) -> dict[str, int]:
    names = [" ".join(unicodedata.normalize("NFKC", cell).casefold().split()) for cell in heading]
    places: dict[str, int] = {}
    for column, known in COLUMNS.items():
        wanted = {each.casefold() for each in known}
        place = next((at for at, name in enumerate(names) if name in wanted), None)
        if place is not None:
            places[column] = place
    missing = [COLUMNS[each][0] for each in ("type", "stem", "key") if each not in places]
    if missing:
        raise NoSuchColumns(missing)
    return places


def _item(reading: _Reading) -> OwnItem | None:
    """The item of a row; None, with the reasons noted, where it is none."""
    cells = reading.cells
    type_ = _TYPES.get(_plain(cells["type"]))
    if type_ is None:
        reading.complain("type-unknown", "type", cells["type"])
    stem = _text(cells["stem"])
    if not stem:
        reading.complain("stem-missing", "stem")
    elif len(stem) > LONGEST_STEM:
        reading.complain("stem-long", "stem", stem)
    options = tuple(_options(reading)) if type_ in ("single", "multiple") else ()
    key = _key(reading, type_, len(options)) if type_ else ()
    explanation = _text(cells.get("explanation", ""))
    if len(explanation) > LONGEST_TEXT:
        reading.complain("text-long", "explanation", explanation)
    difficulty = _difficulty(reading)
    if reading.problems or type_ is None:
        return None
    topic = one_line(cells.get("topic", ""), LONGEST_TOPIC)
    return OwnItem("", type_, stem, options, key, explanation, topic, difficulty)


def _options(reading: _Reading) -> Iterator[str]:
    given = [_text(reading.cells.get(letter, "")) for letter in LETTERS]
    while given and not given[-1]:
        given.pop()
    if len(given) < 2:
        reading.complain("options-few", "A")
    for letter, option in zip(LETTERS, given, strict=False):
        if not option:
            reading.complain("option-gap", letter)
        elif len(option) > LONGEST_TEXT:
            reading.complain("text-long", letter, option)
    if len({stem_key(each) for each in given}) < len(given) and all(given):
        reading.complain("options-same", "A")
    yield from given


def _key(reading: _Reading, type_: OwnType, options: int) -> tuple[int, ...]:
    said = _plain(reading.cells["key"])
    if not said:
        reading.complain("key-missing", "key")
        return ()
    if type_ == "true-false":
        if said in _TRUE or said in _FALSE:
            return (0,) if said in _TRUE else (1,)
        reading.complain("key-unknown", "key", reading.cells["key"])
        return ()
    letters = re.sub(r"[\s,，、;；/|和与]+", "", said).upper()
    places = sorted({LETTERS.find(letter) for letter in letters})
    if not places or places[0] < 0 or (options and places[-1] >= options):
        reading.complain("key-unknown", "key", reading.cells["key"])
        return ()
    if (type_ == "single") != (len(places) == 1):
        reading.complain("key-count", "key", reading.cells["key"])
    return tuple(places)


def _difficulty(reading: _Reading) -> int:
    said = _plain(reading.cells.get("difficulty", ""))
    if said in _STEPS:
        return _STEPS[said]
    if re.fullmatch(r"[1-5]", said):
        return int(said)
    reading.complain("difficulty-unknown", "difficulty", said)
    return 3


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().casefold()


def _text(cell: str) -> str:
    """A cell's text, its lines kept, without signs that cannot be seen."""
    lines = (one_line(line, LONGEST_STEM + 1) for line in cell.splitlines())
    return "\n".join(line for line in lines if line)
