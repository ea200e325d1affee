"""A team's plan: the posts, who holds them, who reports to whom, and who doubles."""

from __future__ import annotations

from dataclasses import dataclass

from academy.language import Text
from academy.shops import Table

COLUMNS = ("id", "post", "people", "reports-to", "who", "doubles")
"""What a table must have to be read as a plan."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post, at its place in the plan."""

    id: str
    title: Text
    people: int
    """Who hold it; 0 where somebody does it beside another post."""
    who: Text | None
    doubles: Text | None
    """What else they do, or who does it where nobody holds it alone."""
    depth: int
    """Steps below the head of the shop."""
    above: int | None
    """Place in the plan of the post it reports to; None for the head."""


def plan(table: Table) -> tuple[Post, ...]:
    """The posts from the head down, each followed by those who report to it.

    Needs the table to have `COLUMNS`. Raises ValueError, with what to write, where a post reports
    to nobody known, or not to the head in the end.
    """
    rows = {_id(row["id"]): row for row in table.records}
    heads = [id_ for id_, row in rows.items() if row["reports-to"] is None]
    if len(heads) != 1:
        raise ValueError(f"{len(heads)} posts report to nobody. Leave the head alone without.")
    placed: list[Post] = []

    def place(id_: str, depth: int, above: int | None) -> None:
        row = rows[id_]
        here = len(placed)
        title, who, doubles = row["post"], row["who"], row["doubles"]
        assert isinstance(title, Text)
        placed.append(
            Post(
                id=id_,
                title=title,
                people=int(row["people"]) if isinstance(row["people"], int | float) else 0,
                who=who if isinstance(who, Text) else None,
                doubles=doubles if isinstance(doubles, Text) else None,
                depth=depth,
                above=above,
            )
        )
        for other, its in rows.items():
            if its["reports-to"] is not None and _id(its["reports-to"]) == id_:
                place(other, depth + 1, here)

    place(heads[0], 0, None)
    lost = sorted(rows.keys() - {post.id for post in placed})
    if lost:
        raise ValueError(f"'{lost[0]}' does not report to the head in the end. Name a post above.")
    return tuple(placed)


def _id(cell: object) -> str:
    return cell.en if isinstance(cell, Text) else str(cell)
