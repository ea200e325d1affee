"""Merchants who exist only to try the site on: what they can do, how they study, what they forget.

Their true levels are never shown to the site; it sees what they answer and say. Each is drawn from
a generator, so that the same seed brings the same people back.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from academy.assessment import ABSTENTIONS, Abstention
from academy.effort import reading_length
from academy.framework import Framework, Skill
from academy.items import EXPERT_LOGITS, Item
from academy.lessons import Lesson
from academy.levels import (
    ABILITY_VARIANCE,
    DIMENSION_VARIANCE,
    EXPERT_SHRINKAGE,
    GENERAL_VARIANCE,
    LEARNING_RATE,
    RATING_AT_ZERO,
    RATING_SLOPE,
    SKILL_VARIANCE,
    STAGE_NORM,
    UNREADY_SHARE,
    expected_gain,
    solidity,
)
from academy.stage_finder import SHOP_FACTS, find_stage

EXPERT_ERROR = 0.45
"""How far an expert's difficulty is off, logits."""
KEPT, FADING_DAYS = 0.35, 75.0
"""Share of what a lesson taught that stays, and the days in which the rest falls to a third."""
OLD_HANDS, OLD_HANDS_LEAD = 0.1, 1.0
"""Share of merchants who have run shops before, and by how many logits they are ahead."""
READING_SECONDS = 0.16
"""For each Chinese character of a question."""

_FIRST = """
青禾 山谷 小满 拾光 云朵 南风 橙子 半亩 知味 禾木 鹿鸣 东篱 白露 海屿 稻香 暖阳 松间 一方 花溪 老街
"""
_GOODS = """
茶铺 果园 女装 童鞋 零食 家居 百货 蜂蜜 文具 陶器 渔具 护肤 花店 粮油 箱包 水杯 袜业 烘焙 宠物 灯饰
"""
_KINDS = "小店 工坊 旗舰店 铺子 商行"


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody studies."""

    sessions_a_week: float
    weeks_before_leaving: float
    """After so many weeks he comes no more; infinite for one who stays."""
    carelessness: float
    """Chance that an answer is a rapid guess."""
    bias: float
    """Steps by which he rates himself too high."""
    pace: float
    """Multiple of the usual reading time."""
    diligence: float
    """Chance that he does first what his trainer asks."""


@dataclass
class SimulatedMerchant:
    """Somebody with a level in every skill, who learns and forgets."""

    name: str
    shop_facts: Mapping[str, int]
    stage: str
    habits: Habits
    born: dict[str, float]
    """Skill id to the level he came with, logits."""
    rng: random.Random
    learned: dict[str, list[tuple[float, datetime]]] = field(default_factory=dict)

    def level(self, skill_id: str, now: datetime) -> float:
        """His true level today: what he came with, and what is left of what he learned."""
        taught = self.learned.get(skill_id, ())
        return self.born[skill_id] + sum(gain * _left(now, at) for gain, at in taught)

    def study(self, lesson: Lesson, skill: Skill, now: datetime) -> None:
        """A lesson takes him part of the way to its ceiling, less if what it needs is missing."""
        ready = 1.0
        for needed in skill.prerequisites:
            share = float(solidity(self.level(needed, now)))  # type: ignore[arg-type]
            ready *= UNREADY_SHARE + (1 - UNREADY_SHARE) * share
        rate = LEARNING_RATE[lesson.level] * ready * self.rng.uniform(0.5, 1.3)
        level = self.level(skill.id, now)
        gain = float(expected_gain(level, rate, float(lesson.level == "advanced")))  # type: ignore[arg-type]
        self.learned.setdefault(skill.id, []).append((gain, now))

    def answer(self, item: Item, now: datetime) -> tuple[frozenset[str], float]:
        """What he chooses, and after how many seconds."""
        truth = _truth(item)
        if self.rng.random() < self.habits.carelessness:
            return self._guess(item), round(self.rng.uniform(0.8, 2.4), 1)
        length = reading_length(item.stem.zh + "".join(o.text.zh for o in item.options))
        seconds = READING_SECONDS * length * self.habits.pace * self.rng.lognormvariate(0, 0.4) + 4
        chance = 1 / (1 + math.exp(truth.difficulty - self.level(item.skill, now)))
        if self.rng.random() < item.guessing + (1 - item.guessing) * chance:
            return item.key, round(seconds, 1)
        return self._mistake(item, truth), round(seconds, 1)

    def rate(self, skill_id: str, now: datetime) -> int | Abstention:
        """How he rates himself: by his level, by his bias, and somewhat at random."""
        if self.rng.random() < 0.05:
            return self.rng.choice(ABSTENTIONS)
        level = RATING_AT_ZERO + RATING_SLOPE * self.level(skill_id, now)
        said = 3 + level + self.habits.bias + self.rng.gauss(0, 0.9)
        return min(5, max(1, round(said)))

    def _guess(self, item: Item) -> frozenset[str]:
        options = [option.id for option in item.options]
        many = 1 if item.type == "single" else self.rng.randint(1, len(options))
        return frozenset(self.rng.sample(options, many))

    def _mistake(self, item: Item, truth: _Truth) -> frozenset[str]:
        """A wrong option, the popular one first; of several, one too many or one too few."""
        if item.type == "single":
            return frozenset(self.rng.choices(list(truth.appeal), list(truth.appeal.values())))
        odd = self.rng.choice([option.id for option in item.options])
        return item.key ^ {odd} or frozenset(truth.appeal)


def merchant(framework: Framework, rng: random.Random) -> SimulatedMerchant:
    """Somebody drawn at random: a shop, a stage found from its facts, levels that fit, habits."""
    shop = _shop(rng)
    stage = find_stage(shop).stage

    def draw(variance: float) -> float:
        return rng.gauss(0, math.sqrt(variance))

    overall = STAGE_NORM[stage] + draw(GENERAL_VARIANCE)
    if rng.random() < OLD_HANDS:
        overall += OLD_HANDS_LEAD
    born: dict[str, float] = {}
    for dimension in framework.dimensions:
        in_dimension = overall + draw(DIMENSION_VARIANCE)
        for ability in dimension.abilities:
            in_ability = in_dimension + draw(ABILITY_VARIANCE)
            born |= {skill.id: in_ability + draw(SKILL_VARIANCE) for skill in ability.skills}
    leaves = rng.random() < 0.25
    habits = Habits(
        sessions_a_week=rng.gammavariate(3.0, 0.8),
        weeks_before_leaving=rng.expovariate(1 / 4.5) if leaves else math.inf,
        carelessness=rng.choices((0.0, rng.betavariate(1, 20), rng.uniform(0.2, 0.6)), (7, 2, 1))[
            0
        ],
        bias=rng.gauss(0.1, 0.6),
        pace=rng.lognormvariate(0, 0.25),
        diligence=rng.betavariate(3, 2),
    )
    return SimulatedMerchant(_name(rng), shop, stage, habits, born, rng)


@dataclass(frozen=True, slots=True)
class _Truth:
    """What is true of an item, whatever its expert said."""

    difficulty: float
    appeal: Mapping[str, float]
    """Wrong option to how readily it is taken."""


def _truth(item: Item) -> _Truth:
    return _drawn(item.id, item.difficulty, tuple(o.id for o in item.options if not o.is_key))


@cache
def _drawn(item_id: str, step: int, wrong: tuple[str, ...]) -> _Truth:
    rng = random.Random(f"item {item_id}")
    difficulty = EXPERT_SHRINKAGE * EXPERT_LOGITS[step] + rng.gauss(0, EXPERT_ERROR)
    return _Truth(difficulty, {option: rng.expovariate(1) + 0.05 for option in wrong})


def _left(now: datetime, at: datetime) -> float:
    days = max(0.0, (now - at).total_seconds() / 86400)
    return KEPT + (1 - KEPT) * math.exp(-days / FADING_DAYS)


def _shop(rng: random.Random) -> dict[str, int]:
    """The facts of a shop of some size; its numbers go together, roughly."""
    size = rng.betavariate(1.4, 1.8)
    facts = {}
    for name, bands in SHOP_FACTS.items():
        place = size * (len(bands) - 1) + rng.gauss(0, 0.6)
        facts[name] = bands[min(len(bands) - 1, max(0, round(place)))]
    return facts


def _name(rng: random.Random) -> str:
    """A shop's name, or none: a few want none."""
    if rng.random() < 0.04:
        return ""
    first, goods, kind = (rng.choice(words.split()) for words in (_FIRST, _GOODS, _KINDS))
    return f"{first}{goods}" if rng.random() < 0.5 else f"{first}{goods}{kind}"
