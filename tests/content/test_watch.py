from __future__ import annotations

import pytest

from academy.content import ContentErrors, ContentWatch
from academy.content.watch import LOOK_EVERY

BANK = "quizzes/shop-health.yaml"


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_content_follows_its_files(tree, clock):
    watch = ContentWatch(tree.root, clock=clock)
    first = watch.current()
    tree.change(BANK, "Where does she look first?", "Where does she begin?")
    clock.seconds += LOOK_EVERY
    assert watch.current().revision != first.revision
    assert watch.current().bank.item("shop-health-01").stem.en.endswith("Where does she begin?")


def test_content_stays_the_same_object_while_nothing_changes(tree, clock):
    watch = ContentWatch(tree.root, clock=clock)
    first = watch.current()
    clock.seconds += 60
    assert watch.current() is first


def test_files_are_looked_at_every_few_seconds_at_most(tree, clock):
    watch = ContentWatch(tree.root, clock=clock)
    first = watch.current()
    tree.change(BANK, "difficulty: 2", "difficulty: 3")
    clock.seconds += LOOK_EVERY - 0.1
    assert watch.current() is first
    clock.seconds += 0.1
    assert watch.current() is not first


def test_broken_files_leave_the_last_good_state_and_say_what_is_wrong(tree, clock):
    watch = ContentWatch(tree.root, clock=clock)
    good = watch.current()
    tree.change(BANK, "difficulty: 2", "difficulty: six")
    clock.seconds += LOOK_EVERY
    assert watch.current() is good
    assert [issue.rule for issue in watch.issues] == ["values-have-their-form"]

    tree.change(BANK, "difficulty: six", "difficulty: 4")
    clock.seconds += LOOK_EVERY
    assert watch.issues == ()
    assert watch.current().bank.item("shop-health-01").difficulty == 4


def test_there_must_be_a_good_state_to_begin_with(tree, clock):
    tree.change(BANK, "difficulty: 2", "difficulty: six")
    with pytest.raises(ContentErrors):
        ContentWatch(tree.root, clock=clock)


def test_a_file_that_vanishes_while_it_is_read_is_an_issue_and_no_crash(tree, clock):
    watch = ContentWatch(tree.root, clock=clock)
    good = watch.current()
    (tree.root / "curriculum/facts/more.yaml").symlink_to(tree.root / "nowhere.yaml")
    tree.change(BANK, "difficulty: 2", "difficulty: 3")
    clock.seconds += LOOK_EVERY
    assert watch.current() is good
    assert [issue.place.file for issue in watch.issues] == ["curriculum/facts/more.yaml"]


def test_a_new_file_is_noticed(tree, clock):
    watch = ContentWatch(tree.root, clock=clock)
    tree.write("curriculum/facts/more.yaml", "facts: []\n")
    before = watch.current().revision
    clock.seconds += LOOK_EVERY
    assert watch.current().revision != before
