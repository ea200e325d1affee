"""The form of every content file: which keys there are and what may stand in them.

The models here refuse what they do not know. Each becomes a noun of the subject, and each file
model becomes a JSON Schema that editors complete and check with.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from academy.assessment import Statement
from academy.facts import Confidence, Fact, Market, Source
from academy.framework import (
    Ability,
    Dimension,
    Framework,
    Level,
    Outcome,
    Skill,
    Stage,
)
from academy.glossary import Term
from academy.items import Fault, Item, ItemStatus, ItemType, Option, Thinking
from academy.language import Text
from academy.shops import (
    Cell,
    Column,
    ColumnKind,
    Milestone,
    Product,
    Shop,
    ShopNumber,
    Table,
    Unit,
)

ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
TRACE = r"^\d+\.\d+\.\d+[a-z]?$"
URL = r"^https?://\S+$"
LETTER = r"^[a-e]$"

Id = Annotated[str, StringConstraints(pattern=ID)]
Trace = Annotated[str, StringConstraints(pattern=TRACE)]
Url = Annotated[str, StringConstraints(pattern=URL)]
Letter = Annotated[str, StringConstraints(pattern=LETTER)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
StageWeights = dict[Id, Annotated[int, Field(ge=0, le=3)]]
StageTargets = dict[Id, Annotated[int, Field(ge=1, le=99)]]
StageShares = dict[Id, Annotated[int, Field(ge=0, le=100)]]


class Shape(BaseModel):
    """A mapping whose keys are all known."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextShape(Shape):
    """One text in both languages."""

    zh: Prose
    en: Prose

    def noun(self) -> Text:
        return Text(self.zh, self.en)


class SourceShape(Shape):
    """Where a fact was read, and the day somebody last looked."""

    title: TextShape
    url: Url | None = None
    verified_on: date

    def noun(self) -> Source:
        return Source(self.title.noun(), self.url, self.verified_on)


class FactShape(Shape):
    """One number or rule of a platform."""

    id: Id
    market: Market
    value: TextShape
    statement: TextShape
    source: SourceShape
    effective_on: date | None = None
    review_by: date
    confidence: Confidence

    def noun(self) -> Fact:
        return Fact(
            id=self.id,
            market=self.market,
            value=self.value.noun(),
            statement=self.statement.noun(),
            source=self.source.noun(),
            review_by=self.review_by,
            confidence=self.confidence,
            effective_on=self.effective_on,
        )


class FactsFile(Shape):
    """curriculum/facts/*.yaml"""

    facts: list[FactShape]


class OptionShape(Shape):
    """One answer; `key: true` makes it right."""

    id: Letter
    text: TextShape
    key: bool = False
    feedback: TextShape

    def noun(self) -> Option:
        return Option(self.id, self.text.noun(), self.key, self.feedback.noun())


class FaultShape(Shape):
    """What was wrong with an item that merchants have answered; without `wrong_key`, all of it."""

    found_on: date
    reason: TextShape
    wrong_key: list[Letter] = []

    def noun(self) -> Fault:
        return Fault(self.found_on, self.reason.noun(), frozenset(self.wrong_key))


class ItemShape(Shape):
    """One item of a bank."""

    id: Id
    status: ItemStatus
    outcome: Id
    level: Level
    type: ItemType
    thinking: Thinking
    difficulty: Annotated[int, Field(ge=1, le=5)]
    stem: TextShape
    options: Annotated[list[OptionShape], Field(min_length=3, max_length=5)]
    facts: list[Id] = []
    variables: dict[Name, Annotated[list[float | int], Field(min_length=2, max_length=12)]] = {}
    fault: FaultShape | None = None

    def noun(self, skill: str, facts: tuple[str, ...]) -> Item:
        """`facts` are those listed and those that the texts refer to."""
        return Item(
            id=self.id,
            skill=skill,
            outcome=self.outcome,
            level=self.level,
            status=self.status,
            type=self.type,
            thinking=self.thinking,
            difficulty=self.difficulty,
            stem=self.stem.noun(),
            options=tuple(option.noun() for option in self.options),
            facts=facts,
            variables={name: tuple(map(float, values)) for name, values in self.variables.items()},
            fault=self.fault.noun() if self.fault else None,
        )


class BankFile(Shape):
    """quizzes/<skill>.yaml"""

    skill: Id
    items: list[ItemShape]


class StatementShape(Shape):
    """One line of the self-assessment with its five anchors."""

    id: Id
    skill: Id
    short: bool = False
    text: TextShape
    anchors: Annotated[list[TextShape], Field(min_length=5, max_length=5)]

    def noun(self) -> Statement:
        first, second, third, fourth, fifth = (anchor.noun() for anchor in self.anchors)
        return Statement(
            id=self.id,
            skill=self.skill,
            text=self.text.noun(),
            anchors=(first, second, third, fourth, fifth),
            is_short=self.short,
        )


class AssessmentFile(Shape):
    """curriculum/assessment/<dimension>.yaml"""

    statements: list[StatementShape]


class LessonSourceShape(Shape):
    """A source of a lesson, its title in the language of the file."""

    title: Prose
    url: Url | None = None
    verified_on: date


class LessonHead(Shape):
    """The front matter of curriculum/lessons/<dimension>/<skill>/<level>.<language>.md"""

    id: Id
    skill: Id
    level: Level
    title: Prose
    minutes: Annotated[int, Field(ge=8, le=18)]
    outcomes: Annotated[list[Id], Field(min_length=1)]
    sources: list[LessonSourceShape] = []


class StageHead(Shape):
    """The front matter of curriculum/stages/<stage>.<language>.md"""

    stage: Id
    title: Prose


class TermShape(Shape):
    """One word of the trade; `garbled` names are found by search and never shown."""

    id: Id
    term: TextShape
    definition: TextShape
    also: list[Prose] = []
    garbled: list[Prose] = []
    skill: Id | None = None
    market: Market = "douyin"

    def noun(self) -> Term:
        return Term(
            id=self.id,
            name=self.term.noun(),
            definition=self.definition.noun(),
            also=tuple(self.also),
            garbled=tuple(self.garbled),
            skill=self.skill,
            market=self.market,
        )


class GlossaryFile(Shape):
    """curriculum/glossary.yaml"""

    terms: list[TermShape]


class MilestoneShape(Shape):
    """A point of a shop's story."""

    id: Id
    stage: Id
    when: TextShape
    text: TextShape

    def noun(self) -> Milestone:
        return Milestone(self.id, self.stage, self.when.noun(), self.text.noun())


class ShopNumberShape(Shape):
    """One number of a shop: `value` as texts show it, `number` as one reckons with it."""

    id: Id
    value: TextShape
    number: float | int
    unit: Unit
    what: TextShape
    as_of: Id

    def noun(self) -> ShopNumber:
        return ShopNumber(
            id=self.id,
            value=self.value.noun(),
            number=float(self.number),
            unit=self.unit,
            what=self.what.noun(),
            as_of=self.as_of,
        )


class ColumnShape(Shape):
    """One column of a table."""

    id: Id
    name: TextShape
    kind: ColumnKind

    def noun(self) -> Column:
        return Column(self.id, self.name.noun(), self.kind)


class TableShape(Shape):
    """Rows of a shop's books; a text that is the same in both languages is written once."""

    id: Id
    title: TextShape
    as_of: Id
    columns: Annotated[list[ColumnShape], Field(min_length=2)]
    rows: Annotated[list[list[TextShape | Prose | float | int | None]], Field(min_length=1)]

    def noun(self) -> Table:
        return Table(
            id=self.id,
            title=self.title.noun(),
            as_of=self.as_of,
            columns=tuple(column.noun() for column in self.columns),
            rows=tuple(tuple(map(_cell, row)) for row in self.rows),
        )


def _cell(written: TextShape | str | float | None) -> Cell:
    if isinstance(written, TextShape):
        return written.noun()
    return Text(written, written) if isinstance(written, str) else written


class CalledShape(Shape):
    """The names under which texts of each language speak of a shop or its owner."""

    zh: Annotated[list[Prose], Field(min_length=1)]
    en: Annotated[list[Prose], Field(min_length=1)]


class ProductShape(Shape):
    """Something that the orders of a shop are for."""

    id: Id
    name: TextShape

    def noun(self) -> Product:
        return Product(self.id, self.name.noun())


class ShopFile(Shape):
    """curriculum/shops/<shop>.yaml"""

    id: Id
    name: TextShape
    owner: TextShape
    trade: TextShape
    story: TextShape
    called: CalledShape
    timeline: Annotated[list[MilestoneShape], Field(min_length=1)]
    card: list[Id] = []
    numbers: list[ShopNumberShape] = []
    tables: list[TableShape] = []
    products: list[ProductShape] = []

    def noun(self) -> Shop:
        return Shop(
            id=self.id,
            name=self.name.noun(),
            owner=self.owner.noun(),
            trade=self.trade.noun(),
            story=self.story.noun(),
            called={"zh": tuple(self.called.zh), "en": tuple(self.called.en)},
            timeline=tuple(milestone.noun() for milestone in self.timeline),
            numbers={number.id: number.noun() for number in self.numbers},
            card=tuple(self.card),
            tables={table.id: table.noun() for table in self.tables},
            products=tuple(product.noun() for product in self.products),
        )


class StageShape(Shape):
    """Where the merchant's business is."""

    id: Id
    name: TextShape
    summary: TextShape

    def noun(self) -> Stage:
        return Stage(self.id, self.name.noun(), self.summary.noun())


class OutcomeShape(Shape):
    """Something a merchant can do."""

    id: Id
    can_do: TextShape
    level: Level
    stages: Annotated[list[Id], Field(min_length=1)]
    seeds: Annotated[list[Annotated[int, Field(ge=1, le=2)]], Field(min_length=1)]
    traces: Annotated[list[Trace], Field(min_length=1)]

    def noun(self) -> Outcome:
        return Outcome(
            id=self.id,
            can_do=self.can_do.noun(),
            level=self.level,
            stages=tuple(self.stages),
            seeds=tuple(self.seeds),
            traces=tuple(self.traces),
        )


class SkillShape(Shape):
    """What a lesson teaches and a quiz measures."""

    id: Id
    name: TextShape
    summary: TextShape
    prerequisites: list[Id] = []
    importance: StageWeights
    target: StageTargets
    outcomes: Annotated[list[OutcomeShape], Field(min_length=1)]

    def noun(self) -> Skill:
        return Skill(
            id=self.id,
            name=self.name.noun(),
            summary=self.summary.noun(),
            outcomes=tuple(outcome.noun() for outcome in self.outcomes),
            prerequisites=tuple(self.prerequisites),
            importance=self.importance,
            target=self.target,
        )


class AbilityShape(Shape):
    """One axis of the radar; `short` is its label."""

    id: Id
    name: TextShape
    short: TextShape
    summary: TextShape
    skills: Annotated[list[SkillShape], Field(min_length=1)]

    def noun(self) -> Ability:
        return Ability(
            id=self.id,
            name=self.name.noun(),
            short=self.short.noun(),
            summary=self.summary.noun(),
            skills=tuple(skill.noun() for skill in self.skills),
        )


class DimensionShape(Shape):
    """One of the dimensions, with the share each stage gives it, in percent."""

    id: Id
    name: TextShape
    summary: TextShape
    emphasis: StageShares
    abilities: Annotated[list[AbilityShape], Field(min_length=1)]

    def noun(self) -> Dimension:
        return Dimension(
            id=self.id,
            name=self.name.noun(),
            summary=self.summary.noun(),
            emphasis=self.emphasis,
            abilities=tuple(ability.noun() for ability in self.abilities),
        )


class FrameworkFile(Shape):
    """curriculum/framework.yaml"""

    stages: Annotated[list[StageShape], Field(min_length=1)]
    dimensions: Annotated[list[DimensionShape], Field(min_length=1)]

    def noun(self, revision: str) -> Framework:
        return Framework(
            revision=revision,
            stages=tuple(stage.noun() for stage in self.stages),
            dimensions=tuple(dimension.noun() for dimension in self.dimensions),
        )


FILES: dict[str, type[Shape]] = {
    "framework": FrameworkFile,
    "facts": FactsFile,
    "bank": BankFile,
    "assessment": AssessmentFile,
    "glossary": GlossaryFile,
    "shop": ShopFile,
    "lesson": LessonHead,
    "stage": StageHead,
}
"""Name of the JSON Schema to the file, or the front matter, that it describes."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of file, by name."""
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(),
        }
        for name, model in FILES.items()
    }


def write_json_schemas(root: Path) -> list[Path]:
    """Write curriculum/schemas/<name>.schema.json for each kind of file; return the paths."""
    folder = root / "curriculum" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in json_schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        written.append(path)
    return written
