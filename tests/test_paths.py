"""The order in which a stage leads through what there is to learn."""

from datetime import timedelta

import pytest

from academy.framework import STAGE_IDS, UnknownId
from academy.history import History, LessonVisit
from academy.paths import next_step, stage_path
from tests.conftest import NOON


@pytest.mark.parametrize("stage", STAGE_IDS)
def test_a_path_holds_each_skill_that_the_stage_asks_once(curriculum, stage):
    walked = [
        step.skill.id for leg in stage_path(curriculum, stage, History()) for step in leg.steps
    ]
    asked = {s.id for s in curriculum.framework.skills if s.importance.get(stage, 0)}
    assert len(walked) == len(set(walked))
    assert set(walked) == asked


@pytest.mark.parametrize("stage", STAGE_IDS)
def test_the_weightiest_dimension_comes_first_and_the_weights_are_the_whole(curriculum, stage):
    weights = [leg.emphasis for leg in stage_path(curriculum, stage, History())]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) == 100


@pytest.mark.parametrize("stage", STAGE_IDS)
def test_within_a_dimension_nothing_stands_before_what_it_needs(curriculum, stage):
    for leg in stage_path(curriculum, stage, History()):
        place = {step.skill.id: number for number, step in enumerate(leg.steps)}
        for step in leg.steps:
            for needed in step.skill.prerequisites:
                assert place.get(needed, -1) < place[step.skill.id]


def test_preparing_begins_with_the_base_and_a_mature_shop_with_retained_assets(curriculum):
    assert stage_path(curriculum, "preparing", History())[0].dimension.id == "base"
    assert stage_path(curriculum, "mature", History())[0].dimension.id == "retention"


def test_the_next_step_moves_on_when_its_lessons_are_completed(curriculum):
    first = next_step(stage_path(curriculum, "preparing", History()))
    done = History(
        lessons={
            lesson.id: LessonVisit(
                lesson.id, lesson.skill, lesson.level, NOON, NOON + timedelta(minutes=9)
            )
            for lesson in first.lessons
        }
    )
    path = stage_path(curriculum, "preparing", done)
    assert next_step(path).skill.id != first.skill.id
    assert path[0].progress > 0


def test_an_unknown_stage_is_named(curriculum):
    with pytest.raises(UnknownId, match="golden"):
        stage_path(curriculum, "golden", History())
