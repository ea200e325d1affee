"""A team's plan as a tree that grows to the right: readable at the width of a phone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from academy.charts import theme
from academy.charts.canvas import (
    LAYOUTS,
    NARROW,
    Row,
    Spec,
    drawn,
    either,
    filled,
    sentence,
    table,
    wrapped,
)
from academy.charts.rows import pixels
from academy.charts.theme import Mode
from academy.language import Language
from academy.team_plan import Post

_EMS = {"wide": 50.0, "narrow": 29.0}
"""Width of the whole in ems, about."""
_STEP = 1.7
"""Ems by which a post stands to the right of the one it reports to."""
_TITLE, _LINE, _GAP = 2.0, 1.3, 0.55
"""Heights in ems: of a title with its room, of a line of notes, between two posts."""


def team_tree(posts: Sequence[Post], *, mode: Mode, language: Language) -> Spec:
    """A Vega-Lite specification of the posts; those that nobody holds alone are dashed."""
    built: Spec = json.loads(_tree(tuple(posts), mode, language))
    return built


def spoken(post: Post, language: Language) -> str:
    """A post in words: its title, how many hold it, who, and what they double as."""
    people = {"zh": f"{post.people} 人", "en": f"{post.people}"}[language]
    title = post.title.in_(language) + (f" · {people}" if post.people else "")
    return " · ".join([title, *_notes(post, language)])


def _notes(post: Post, language: Language) -> list[str]:
    return [text.in_(language) for text in (post.who, post.doubles) if text]


@lru_cache(maxsize=64)
def _tree(posts: tuple[Post, ...], mode: Mode, language: Language) -> str:
    rows = [_row(post, mode, language) for post in posts]
    height = {layout: _stack(rows, layout) for layout in LAYOUTS}
    links: list[Row] = []
    for post, row in zip(posts, rows, strict=True):
        if post.above is not None:
            above = rows[post.above]
            link: Row = {"depth": post.depth}
            for layout in LAYOUTS:
                link[f"from_{layout}"] = above[f"bottom_{layout}"]
                link[f"to_{layout}"] = row[f"top_{layout}"] + _TITLE / 2
            links.append(link)
    described = [
        spoken(post, language)
        + (f" ← {posts[post.above].title.in_(language)}" if post.above is not None else "")
        for post in posts
    ]
    return filled(
        _drawing(mode),
        {"links": links, "posts": rows},
        {
            "narrow": f"width < {NARROW}",
            "em": "narrow ? clamp(width / 28, 10.5, 12.5) : 14",
            "height": f"em * {either(height)}",
        },
        sentence(described, language),
    )


def _row(post: Post, mode: Mode, language: Language) -> Row:
    people = {"zh": f"{post.people} 人", "en": f"{post.people}"}[language]
    row: Row = {
        "depth": post.depth,
        "title": post.title.in_(language) + (f" · {people}" if post.people else ""),
        "dash": [1, 0] if post.people else [3, 3],
    }
    notes = _notes(post, language)
    for layout, ems in _EMS.items():
        room = ems - _STEP * post.depth - 2.0
        lines = [line for note in notes for line in wrapped(note, room)]
        row[f"note_{layout}"] = "\n".join(lines)
        row[f"lines_{layout}"] = len(lines)
    return row


def _stack(rows: list[Row], layout: str) -> float:
    """Place the rows one under another; returns where the last one ends, in ems."""
    top = 0.1
    for row in rows:
        lines = row[f"lines_{layout}"]
        row[f"top_{layout}"] = round(top, 2)
        row[f"bottom_{layout}"] = round(top + _TITLE + _LINE * lines + (0.35 if lines else 0), 2)
        top = row[f"bottom_{layout}"] + _GAP
    return round(top, 2)


@lru_cache
def _drawing(mode: Mode) -> Spec:
    import altair as alt

    def of_layout(field: str) -> str:
        return f"(narrow ? datum.{field}_narrow : datum.{field}_wide)"

    left = f"em * {_STEP} * datum.depth + 1"
    links = alt.Chart(table("links")).transform_calculate(
        stem=f"em * {_STEP} * (datum.depth - 1) + 0.75 * em",
        left=left,
        start=f"em * {of_layout('from')}",
        end=f"em * {of_layout('to')}",
    )
    down = links.mark_rule(color=theme.BORDER.in_(mode), strokeWidth=1.5).encode(
        x=pixels("x", "stem"), y=pixels("y", "start"), y2="end:Q"
    )
    across = links.mark_rule(color=theme.BORDER.in_(mode), strokeWidth=1.5).encode(
        x=pixels("x", "stem"), x2="left:Q", y=pixels("y", "end")
    )
    posts = alt.Chart(table("posts")).transform_calculate(
        left=left,
        right="width - 1",
        text_left=f"{left} + 0.7 * em",
        top=f"em * {of_layout('top')}",
        bottom=f"em * {of_layout('bottom')}",
        title_y=f"em * ({of_layout('top')} + {_TITLE / 2 + 0.05})",
        note_y=f"em * ({of_layout('top')} + {_TITLE + 0.4})",
        note="narrow ? datum.note_narrow : datum.note_wide",
    )
    boxes = posts.mark_rect(
        fill=theme.SURFACE.in_(mode),
        stroke=theme.BORDER.in_(mode),
        strokeDash=alt.expr("datum.dash"),
        cornerRadius=6,
    ).encode(x=pixels("x", "left"), x2="right:Q", y=pixels("y", "top"), y2="bottom:Q")
    titles = posts.mark_text(
        align="left",
        baseline="middle",
        color=theme.TEXT.in_(mode),
        fontSize=alt.expr("em"),
        fontWeight="bold",
    ).encode(x=pixels("x", "text_left"), y=pixels("y", "title_y"), text="title:N")
    notes = posts.mark_text(
        align="left",
        baseline="middle",
        color=theme.MUTED.in_(mode),
        fontSize=alt.expr("0.92 * em"),
        lineBreak="\n",
        lineHeight=alt.expr(f"{_LINE} * em"),
    ).encode(x=pixels("x", "text_left"), y=pixels("y", "note_y"), text="note:N")
    return drawn([down, across, boxes, titles, notes], mode)
