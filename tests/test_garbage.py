"""Garbage is found, early if it is new and in the end if it lived long."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from academy import garbage


class Knot:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.self = self


def set_aside_and_dropped() -> weakref.ref[Knot]:
    """Something that outlived a full look and became garbage after it."""
    garbage.set_survivors_aside()
    knot = Knot()
    gc.collect()
    return weakref.ref(knot)


@pytest.fixture(autouse=True)
def as_before():
    callbacks = list(gc.callbacks)
    yield
    gc.callbacks[:] = callbacks
    gc.unfreeze()


def test_new_garbage_is_found_by_the_next_full_look():
    garbage.set_survivors_aside()
    dropped = weakref.ref(Knot())
    gc.collect()
    assert dropped() is None


def test_what_outlived_a_look_is_not_looked_at_again():
    gone = set_aside_and_dropped()
    assert not any(isinstance(each, Knot) for each in gc.get_objects())
    gc.collect()
    assert gone() is not None


def test_garbage_that_was_set_aside_is_found_in_the_end():
    gone = set_aside_and_dropped()
    garbage.look_through_everything()
    assert gone() is None


def test_beginning_twice_is_the_same_as_once():
    before = len(gc.callbacks)
    garbage.set_survivors_aside()
    garbage.set_survivors_aside()
    assert len(gc.callbacks) == before + 1


def test_everything_is_looked_through_at_intervals_once_nobody_waits():
    gone = set_aside_and_dropped()
    asked: list[bool] = []

    def is_busy() -> bool:
        assert gone() is not None, "It was looked through while somebody waited."
        asked.append(len(asked) < 3)
        return asked[-1]

    async def until_found() -> None:
        tending = asyncio.create_task(garbage.tend(is_busy, seconds=0.01))
        while gone() is not None:
            await asyncio.sleep(0.01)
        tending.cancel()

    asyncio.run(asyncio.wait_for(until_found(), 10))
    assert asked == [True, True, True, False]
