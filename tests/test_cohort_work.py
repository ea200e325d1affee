"""What is said of items in a cohort rests on first answers, and on levels without the item."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from academy import services
from academy.cohort_forms import Choice, Question
from academy.cohort_work import (
    form_statistics,
    item_figures,
    levels_today,
    levels_without,
    reliability,
    stacked,
)
from academy.language import Text
from academy.levels import SkillTree, estimate
from academy.services.cohorts import members_of
from academy.storage import open_records
from tests.cast import gather
from tests.lsat6 import NAMES, lsat6

SKILL = "dou-plus"


@pytest.fixture
def classroom(curriculum, noon):
    """Makes a cohort of so many merchants who practised one skill; and reads their work."""

    def make(people: int, *, strength=lambda number: 0.6, rapid: bool = False):
        cast = gather(open_records("memory:"), noon)
        rng = random.Random(people)
        for number in range(people):
            learner = f"merchant-{number:04}"
            services.join_cohort(
                cast.records, learner, cast.cohort.code, name="", address="192.0.2.1", now=noon
            )
            practise(cast.records, curriculum, learner, rng, strength(number), noon, rapid)
        later = noon + timedelta(days=1)
        return works_of(cast, curriculum, later)

    return make


def works_of(cast, curriculum, now):
    """What Dana's cohort showed, everybody's summary worked out."""
    members = members_of(cast.records, cast.cohort.id)
    list(services.work_out_summaries(cast.records, curriculum, members, now=now))
    return services.watch_cohort(cast.records, cast["Dana"], curriculum, cast.cohort.id).works


def figures_of(curriculum, works):
    return item_figures(curriculum, works, levels_today(curriculum.framework, works))


def practise(records, curriculum, learner, rng, strength, now, rapid) -> None:
    quiz = services.open_quiz(
        records, learner, curriculum, purpose="practice", subject=SKILL, now=now
    )
    for number, item_id in enumerate(quiz.form):
        item = curriculum.bank.item(item_id)
        wrong = [option.id for option in item.options if not option.is_key]
        chosen = item.key if rng.random() < strength else {rng.choice(wrong)}
        services.record_response(
            records, learner, curriculum, quiz.id, item_id, chosen,
            seconds=0.1 if rapid else 60, now=now + timedelta(minutes=number),
        )  # fmt: skip


def test_a_batch_says_of_each_what_he_is_told_alone(curriculum, classroom):
    works = classroom(6)
    tree = SkillTree.of(curriculum.framework)
    together = levels_today(curriculum.framework, works)
    for place, work in enumerate(works):
        alone = estimate(tree, work.sheet.evidence)
        assert together.mean[place] == pytest.approx(alone.mean[0], abs=1e-3)


def test_the_level_an_item_is_held_against_does_not_know_the_answer_to_it(curriculum, classroom):
    works = classroom(6)
    number = [skill.id for skill in curriculum.framework.skills].index(SKILL)
    posterior = levels_today(curriculum.framework, works)
    today, without = posterior.mean[:, number], list(levels_without(works, posterior))
    for place, work in enumerate(works):
        for column in work.sheet.first.values():
            is_correct = bool(work.sheet.evidence.correct[0, column])
            assert (without[place][column] < today[place]) == is_correct


def test_taking_an_answer_out_comes_close_to_estimating_without_it(curriculum, classroom):
    works = classroom(8)
    number = [skill.id for skill in curriculum.framework.skills].index(SKILL)
    tree = SkillTree.of(curriculum.framework)
    without = list(levels_without(works, levels_today(curriculum.framework, works)))
    for place, work in enumerate(works):
        for column in work.sheet.first.values():
            weight = work.sheet.evidence.weight.copy()
            weight[0, column] = 0.0
            anew = estimate(tree, replace(work.sheet.evidence, weight=weight)).mean[0, number]
            assert without[place][column] == pytest.approx(anew, abs=0.1)


def test_shorter_rows_are_filled_with_what_weighs_nothing(classroom):
    works = classroom(3)
    table = stacked([work.sheet.evidence for work in works])
    assert table.weight.sum() == pytest.approx(sum(w.sheet.evidence.weight.sum() for w in works))


def test_nothing_is_shown_of_an_item_below_ten_answers(curriculum, classroom):
    assert figures_of(curriculum, classroom(9)) == ()


def test_each_figure_appears_at_its_number_of_people(curriculum, classroom):
    figures = figures_of(curriculum, classroom(45, strength=lambda n: 0.3 + 0.6 * (n % 2)))
    assert any(each.n < 30 for each in figures) and any(each.n >= 30 for each in figures)
    for each in figures:
        assert each.n >= 10
        assert math.isnan(each.statistics.item_rest) == (each.n < 30)
        assert not each.statistics.flags, "50 answers are needed for any flag"


def test_options_tell_nothing_of_one_to_four_people(curriculum, classroom):
    for each in figures_of(curriculum, classroom(20)):
        counts = [option.count for option in each.options]
        assert all(count is None or count == 0 or count >= 5 for count in counts)
        assert counts.count(None) != 1


def test_rapid_guesses_say_nothing_of_an_item(curriculum, classroom):
    assert figures_of(curriculum, classroom(12, rapid=True)) == ()


def test_levels_that_differ_are_told_apart_more_reliably_than_levels_that_do_not(
    curriculum, classroom
):
    def of(works):
        return reliability(works, levels_today(curriculum.framework, works))

    unlike, n = of(classroom(20, strength=lambda number: number % 2))
    alike, _ = of(classroom(20, strength=lambda number: 0.5))
    assert n == 20
    assert 0 <= alike < unlike < 1
    assert np.isnan(of(classroom(9))[0])


def question(name: str, *keys: str, options: str = "ABCD") -> Question:
    words = Text("题", "Question")
    choices = tuple(Choice(each, words, words, each in keys) for each in options)
    return Question(name, words, choices, len(keys) > 1, True, words)


def test_a_form_that_all_took_whole_has_the_alpha_of_its_marks():
    questions = [question(name, "B") for name in NAMES]
    answers = [
        {name: frozenset("B" if right else "A") for name, right in zip(NAMES, row, strict=True)}
        for row in lsat6()
    ]
    found = form_statistics(questions, answers)
    assert (round(found.alpha, 4), found.n) == (0.2950, 1000)
    assert "dead_distractor" in found.items[0].flags, "C and D drew nobody"


def test_several_right_options_are_right_together_only_and_a_blank_counts_for_nothing():
    questions = [question("one", "A", "B"), question("two", "A")]
    answers = [{"one": frozenset("AB")}, {"one": frozenset("A")}, {"two": frozenset("A")}] * 50
    one, two = form_statistics(questions, answers).items
    assert (one.n, one.facility, two.n) == (100, 0.5, 50)
    assert one.flags == ()


def test_the_work_is_that_of_the_members_and_of_nobody_else(curriculum, noon):
    cast = gather(open_records("memory:"), noon)
    for name in ("Ada", "Cyrus"):
        practise(cast.records, curriculum, cast.id(name), random.Random(1), 0.5, noon, False)
    works = works_of(cast, curriculum, noon)
    assert {work.member.name for work in works} == {"Ada", "Bea"}
    assert members_of(cast.records, cast.cohort.id).keys() == {cast.id("Ada"), cast.id("Bea")}
