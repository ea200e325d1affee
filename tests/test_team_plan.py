from __future__ import annotations

import pytest

from academy.language import Text
from academy.shops import Cell, Column, Table
from academy.team_plan import COLUMNS, plan


def team(*rows: tuple[str, int, str | None]) -> Table:
    def text(words: str) -> Text:
        return Text(words, words)

    columns = tuple(
        Column(each, text(each), "count" if each == "people" else "text") for each in COLUMNS
    )
    cells: list[tuple[Cell, ...]] = [
        (text(id_), text(id_), people, text(above) if above else None, None, None)
        for id_, people, above in rows
    ]
    return Table("team", text("team"), "now", columns, tuple(cells))


def test_posts_follow_the_one_they_report_to():
    posts = plan(
        team(("live", 2, "head"), ("head", 1, None), ("host", 1, "live"), ("ads", 1, "head"))
    )
    assert [(post.id, post.depth, post.above) for post in posts] == [
        ("head", 0, None),
        ("live", 1, 0),
        ("host", 2, 1),
        ("ads", 1, 0),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("head", 1, None), ("ads", 1, "hed")],
        [("head", 1, None), ("ads", 1, "live"), ("live", 1, "ads")],
        [("ads", 1, "ads")],
        [("head", 1, None), ("other", 1, None)],
    ],
)
def test_a_team_has_one_head_to_whom_all_report_in_the_end(rows):
    with pytest.raises(ValueError, match=r"\.$"):
        plan(team(*rows))
