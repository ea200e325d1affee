"""Stage texts: what a merchant reads about the stage he is at, dimension by dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from academy.language import Text


@dataclass(frozen=True)
class StageText:
    """What each dimension means at one stage, what goes wrong without it, what to do first."""

    stage: str
    title: Text
    opening: Text
    sections: Mapping[str, Text]
    """Dimension id to Markdown, in the framework's order."""
