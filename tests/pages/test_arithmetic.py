"""The rank of a recommendation can be worked out again from nothing but what the page shows."""

from __future__ import annotations

import math
import re
from datetime import timedelta

import pytest

from academy import services
from academy.ui import clock, resources

NUMBER = re.compile(r"[+−-]?\d+(?:\.\d+)?")
NEAR = 0.0005
"""What rounding to four decimals may add up to."""


def numbers(cell: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in NUMBER.findall(cell)]


def tables(markdown: str) -> list[list[list[str]]]:
    """The rows of each table, without its head."""
    return [
        [re.findall(r":small\[(.*?)\](?= \|)", line) for line in block.split("\n")[2:]]
        for block in markdown.split("\n\n")
        if block.startswith("|")
    ]


def solid(level: float) -> float:
    return 1 / (1 + math.exp(-level / 0.3))


def recompute(shown: str, caption: str) -> str:
    """Do the whole sum again, with the figures shown; gives the kind of move it was."""
    cases, lines, *opening = tables(shown)
    near = {"abs": NEAR}
    values = [numbers(value) for _name, value in lines]
    level, se = values[0][0], abs(values[0][1])
    asked, gap = values[1][0], values[2][0]
    closed, direct, per_minute = None, None, values[-1]
    rows = [[numbers(cell)[0] for cell in row] for row in cases]
    is_review = "ln(" not in caption
    if is_review:
        left, share, brought = values[3][1], values[3][2], values[3][3]
        assert brought == pytest.approx((1 - left) * share, **near)
        closed, direct = values[4][0], values[5]
        rise_at = dict.fromkeys([row[1] for row in rows], brought)
    else:
        *factors, readiness = values[3]
        solids = factors[2::3]
        assert readiness == pytest.approx(math.prod(0.2 + 0.8 * each for each in solids), **near)
        rate, ready, teaches = values[4]
        assert (ready, teaches) == pytest.approx((readiness, rate * readiness), **near)
        ceiling = float(re.search(r"\(\((\d\.\d\d) ", caption)[1])
        basics = solid if ceiling > 1 else lambda _level: 1.0
        rise_at = {
            row[1]: teaches * 0.3 * math.log1p(math.exp((ceiling - row[1]) / 0.3)) * basics(row[1])
            for row in rows
        }
        assert values[5][0] == pytest.approx(sum(row[0] * row[3] for row in rows), **near)
        closed, direct = values[6][0], values[7]
    for row, step in zip(rows, (-2.8570, -1.3556, 0, 1.3556, 2.8570), strict=True):
        assert row[1] == pytest.approx(level + step * se, **near)
        assert row[2] == pytest.approx(max(asked - row[1], 0), **near)
        assert row[3] == pytest.approx(rise_at[row[1]], **near)
        assert row[4] == min(row[2], row[3])
    assert gap == pytest.approx(sum(row[0] * row[2] for row in rows), **near)
    assert closed == pytest.approx(sum(row[0] * row[4] for row in rows), **near)
    assert direct[1:] == pytest.approx([closed, direct[0] * closed], **near)
    unlock = unlocked(rows, lines, *opening) if opening else 0.0
    worth = (direct[2] + unlock) / per_minute[2]
    assert per_minute[:2] == pytest.approx([direct[2], unlock], **near)
    assert per_minute[3] == pytest.approx(worth, abs=NEAR / per_minute[2])
    return "review" if is_review else "advanced" if ceiling > 1 else "basic"


def unlocked(rows, lines, opening, waiting) -> float:
    """The worth of what a skill opens, from the five levels and from what waits."""
    demand: dict[str, float] = {}
    for name, own, carries, behind, in_all in waiting:
        importance, gap = numbers(own)
        later = sum(demand[each] for each in re.findall(r"\d+", behind))
        expected = importance * gap + 1.2 * (1 - numbers(carries)[0]) * later
        number, name = name.split(". ", 1)
        demand[number] = demand[name] = numbers(in_all)[0]
        assert demand[number] == pytest.approx(expected, abs=3 * NEAR)
    opens = [[numbers(cell)[0] for cell in row] for row in opening]
    for row, (chance, before, after, gained) in zip(rows, opens, strict=True):
        expected = [row[0], solid(row[1]), solid(row[1] + row[3])]
        assert [chance, before, after] == pytest.approx(expected, abs=NEAR)
        assert gained == pytest.approx(after - before, abs=NEAR)
    opened = sum(chance * gained for chance, *_, gained in opens)
    assert numbers(lines[8][1])[0] == pytest.approx(opened, abs=NEAR)
    total = 0.0
    for name, value in lines[9:-1]:
        share, waits, opens, found = numbers(value)
        assert waits == next(each for skill, each in demand.items() if name.endswith(skill))
        assert opens == pytest.approx(opened, abs=NEAR)
        assert found == pytest.approx(share * waits * opens, abs=NEAR)
        total += found
    return total


@pytest.fixture
def study(records, learner):
    """A merchant at a stage, with lessons finished long ago and a share of an exam right."""

    def begin(who: str, stage: str, *, lessons: int, share: float | None) -> str:
        curriculum, now = resources.curriculum(), clock.now() - timedelta(days=500)
        id_ = learner(who)
        services.choose_stage(records, id_, curriculum.framework, stage, now=now)

        def answer(quiz, item_id, is_right, at):
            item = curriculum.bank.item(item_id)
            wrong = {next(option.id for option in item.options if not option.is_key)}
            chosen = item.key if is_right else wrong
            services.record_response(
                records, id_, curriculum, quiz.id, item_id, chosen, seconds=60, now=at
            )

        for lesson in list(curriculum.lessons)[:lessons]:
            quiz = services.open_quiz(
                records, id_, curriculum, purpose="lesson", subject=lesson, now=now
            )
            services.open_lesson(records, id_, curriculum, lesson, now=now)
            for item_id in quiz.form:
                answer(quiz, item_id, True, now)
            services.complete_lesson(records, id_, curriculum, lesson, now=now)
        if share is not None:
            now = clock.now()
            quiz = services.open_quiz(
                records, id_, curriculum, purpose="exam", subject=stage, now=now
            )
            for number, item_id in enumerate(quiz.form):
                answer(quiz, item_id, (number + 1) * share // 1 > number * share // 1, now)
            services.submit_quiz(records, id_, curriculum, quiz.id, now=now)
        return id_

    return begin


def opened_arithmetic(visit, records, who: str, id_: str, language: str):
    """The tables and the caption of each recommendation on the results page."""
    at = visit(who, "results", language)
    plan = services.study_plan(
        resources.curriculum(), services.read_history(records, id_), now=clock.now()
    )
    at.session_state["arithmetic"] = True
    at.run()
    shown = [each.value for each in at.markdown if "0.5333" in each.value]
    captions = [each.value for each in at.caption if "2.8570" in each.value]
    assert len(shown) == len(plan.recommendations()) == len(captions)
    return zip(shown, captions, strict=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_arithmetic_can_be_done_again_by_hand(visit, records, study, language):
    done = set()
    for who, stage, lessons, share in (
        ("ada", "preparing", 0, None),
        ("bea", "mature", 12, 0.7),
        ("cyrus", "growing", 40, 0.4),
        ("dana", "preparing", 30, 0.2),
    ):
        id_ = study(who, stage, lessons=lessons, share=share)
        for shown, caption in opened_arithmetic(visit, records, who, id_, language):
            done.add(recompute(shown, caption))
    assert done == {"basic", "advanced", "review"}, "choose merchants who are told all three"
