"""What is made when no page is run: the files that a visitor asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from academy.ui import clock, language

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def later(
    make: Callable[_Given, _Made], *args: _Given.args, **more: _Given.kwargs
) -> Callable[[], _Made]:
    """Something to be made later, in the language and by the clock of the page that offers it."""
    spoken, zone = language.current(), clock.zone()

    def made() -> _Made:
        with language.speaking(spoken), clock.showing(zone):
            return make(*args, **more)

    return made
