"""Frameworks of any shape for tests of measurement: skills s0, s1 … in abilities a0, a1 …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from academy.framework import STAGE_IDS, Ability, Dimension, Framework, Outcome, Skill, Stage
from academy.items import Item, ItemBank, Option
from academy.language import Text
from academy.proficiency import Answer, Rating

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NOTHING = Text("", "")


def framework_of(
    sizes: Sequence[Sequence[int]] = ((2, 1), (3,)),
    needs: Mapping[str, Sequence[str]] | None = None,
    importance: Mapping[str, int] | None = None,
    target: int = 60,
) -> Framework:
    """`sizes` holds, for each dimension, the number of skills of each ability."""
    numbers = iter(range(10_000))
    dimensions, abilities = [], 0
    for row in sizes:
        members = []
        for size in row:
            skills = tuple(
                _skill(f"s{next(numbers)}", needs or {}, importance or {}, target)
                for _ in range(size)
            )
            members.append(
                Ability(
                    id=f"a{abilities}", name=NOTHING, short=NOTHING, summary=NOTHING, skills=skills
                )
            )
            abilities += 1
        dimensions.append(
            Dimension(
                id=f"d{len(dimensions)}",
                name=NOTHING,
                summary=NOTHING,
                emphasis=dict.fromkeys(STAGE_IDS, 25),
                abilities=tuple(members),
            )
        )
    stages = tuple(Stage(id=stage, name=NOTHING, summary=NOTHING) for stage in STAGE_IDS)
    return Framework(revision="1", stages=stages, dimensions=tuple(dimensions))


def _skill(
    skill_id: str,
    needs: Mapping[str, Sequence[str]],
    importance: Mapping[str, int],
    target: int,
) -> Skill:
    weight = importance.get(skill_id, 2)
    outcomes = tuple(
        Outcome(
            id=f"{skill_id}-{level}-{number}",
            can_do=NOTHING,
            level=level,
            stages=STAGE_IDS,
            seeds=(1,),
            traces=(),
        )
        for level in ("basic", "advanced")
        for number in (0, 1)
    )
    return Skill(
        id=skill_id,
        name=NOTHING,
        summary=NOTHING,
        outcomes=outcomes,
        prerequisites=tuple(needs.get(skill_id, ())),
        importance=dict.fromkeys(STAGE_IDS, weight),
        target=dict.fromkeys(STAGE_IDS, target) if weight else {},
    )


def bank_of(framework: Framework, per_skill: int = 10) -> ItemBank:
    """A bank of active items, every difficulty, level and outcome in turn."""
    items = {}
    for skill in framework.skills:
        for number in range(per_skill):
            level = "basic" if number % 2 == 0 else "advanced"
            item = Item(
                id=f"{skill.id}-i{number}",
                skill=skill.id,
                outcome=f"{skill.id}-{level}-{number // 2 % 2}",
                level=level,
                status="active",
                type="single",
                thinking="apply",
                difficulty=1 + number % 5,
                stem=NOTHING,
                options=tuple(
                    Option(id=name, text=NOTHING, is_key=name == "a", feedback=NOTHING)
                    for name in "abcd"
                ),
            )
            items[item.id] = item
    return ItemBank(items)


def answer(skill_id: str = "s0", item_id: str = "i0", is_correct: bool = True, **more) -> Answer:
    """One answer to an item of middling difficulty with four options."""
    plain = {"answered_at": NOW - timedelta(days=1), "b": 0.0, "guessing": 0.25}
    return Answer(skill_id=skill_id, item_id=item_id, is_correct=is_correct, **(plain | more))


def rating(skill_id: str = "s0", number: int = 0, value: int = 3, **more) -> Rating:
    plain = {"rated_at": NOW - timedelta(days=1)}
    return Rating(skill_id, f"{skill_id}-t{number}", value, **(plain | more))


def answers_on(framework: Framework, most: int = 25) -> st.SearchStrategy[list[Answer]]:
    """Answers to different items at random skills, difficulties and dates."""
    one = st.tuples(
        st.sampled_from([skill.id for skill in framework.skills]),
        st.booleans(),
        st.sampled_from([-1.5, -0.75, 0.0, 0.75, 1.5]),
        st.sampled_from([0.06, 0.25, 0.5]),
        st.integers(0, 400),
        st.booleans(),
    )

    def build(rows: list[tuple]) -> list[Answer]:
        return [
            answer(
                skill_id,
                f"i{number}",
                is_correct,
                b=b,
                guessing=c,
                answered_at=NOW - timedelta(days=days),
                was_seen=was_seen,
            )
            for number, (skill_id, is_correct, b, c, days, was_seen) in enumerate(rows)
        ]

    return st.lists(one, max_size=most).map(build)


def ratings_on(framework: Framework, most: int = 12) -> st.SearchStrategy[list[Rating]]:
    """Ratings of two statements a skill."""
    statement = st.tuples(
        st.sampled_from([skill.id for skill in framework.skills]), st.integers(0, 1)
    )
    rows = st.dictionaries(statement, st.integers(1, 5), max_size=most)
    return rows.map(
        lambda given: [
            rating(skill_id, number, value) for (skill_id, number), value in given.items()
        ]
    )
