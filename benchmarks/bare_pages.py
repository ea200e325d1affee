"""What Streamlit alone takes for pages like ours, in multiples of its empty page.

`python -m benchmarks.bare_pages` walks one merchant through the site, notes the elements of each
page, and serves them again without the site: the same menu, containers, texts, buttons and charts,
one call after the other, with nothing read, worked out or decided. It tells how much of what our
pages take is for their elements, and is no lower bound: ours keep their words and charts ready. It
writes results/bare_pages.md; nothing is asserted.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree
from statistics import median, quantiles
from typing import Any

from academy.content import load_content
from academy.curriculum import Curriculum
from academy.ui.look import MARK
from benchmarks.load import Shown, Visitor
from benchmarks.printing import print_and_keep
from benchmarks.site import EMPTY_PAGE, PACES, ROOT, VISITORS, Server, served, walk

RESULT = ROOT / "benchmarks" / "results" / "bare_pages.md"
ROUNDS = 40
"""How often a single visitor opens each page."""
WALKS = 4
"""How often each of twenty does."""
BLOCKS = {"flex_container", "grid_container", "vertical", "horizontal", "column"}

Place = tuple[int, ...]
Node = tuple[str, dict[str, Any], list[Any] | None]
"""A kind of element, what it says, and what stands in it if it holds others."""

BARE_SITE = """
import json
from copy import copy
from functools import cache, partial

import streamlit as st

SEEN = json.load(open("pages.json"))


def show(kind, says, key):
    if kind == "heading":
        (st.title if says["tag"] == "h1" else st.subheader)(says["body"], anchor=False)
    elif kind == "html":
        st.html(says["body"])
    elif kind == "button":
        st.button(says["label"], key=key)
    elif kind == "page_link":
        st.page_link(pages()["stage"], label=says["label"])
    elif kind == "radio":
        st.radio(says["label"], says["options"], index=None, key=key)
    elif kind == "button_group":
        st.pills(says["label"], says["options"], key=key)
    elif kind == "selectbox":
        st.selectbox(says["label"], says["options"], key=key)
    elif kind == "checkbox":
        st.checkbox(says["label"], key=key)
    elif kind == "progress":
        st.progress(0.5, text="1 / 2")
    elif kind == "vega_lite_chart":
        chart(says["spec"])
    else:
        st.markdown(says.get("body") or says.get("label") or "-")


@st.cache_resource
def chart(spec):
    st.vega_lite_chart(json.loads(spec), theme=None)


def draw(nodes, place):
    for number, (kind, says, inner) in enumerate(nodes):
        key = f"{place}-{number}"
        if inner is None:
            show(kind, says, key)
            continue
        holder = {"expandable": st.expander, "popover": st.popover}.get(kind)
        opened = holder(says["label"], key=key, on_change="rerun") if holder else st.container()
        with opened:
            draw(inner, key)


@cache
def pages():
    return {
        name: st.Page(
            partial(draw, SEEN["pages"].get(name, []), name),
            title=name or "home",
            icon=":material/home:",
            url_path=name,
            default=not name,
            visibility="visible" if number < 12 else "hidden",
        )
        for number, name in enumerate(SEEN["names"])
    }


st.set_page_config(layout="centered")
st.logo(SEEN["mark"], size="large")
page = st.navigation({"": list(pages().values())}, position="top")
with st.container(horizontal=True):
    st.page_link(pages()["stage"], label="stage")
    st.html("<a>sign in</a>")
    st.button("English", key="language")


@st.fragment
def body():
    copy(page).run()


body()
st.html("<p>below every page</p>")
"""


async def pages_seen(site: Server, curriculum: Curriculum) -> tuple[dict[str, list[Node]], list]:
    """The elements of each page at its first opening, by its name, and the names in the menu."""
    visitor, seen = Visitor(site.address), {}
    async for (page, what), _took in walk(visitor, curriculum):
        name = {"home of a guest": "", "home of a learner": "home-of-a-learner"}.get(page, page)
        if what == "open" and name not in seen:
            seen[name] = list(_nodes(visitor.places, (0, 1)))
    return seen, [*visitor.pages, "home-of-a-learner"]


def _nodes(places: Mapping[Place, Shown], within: Place) -> Iterator[Node]:
    depth = len(within)
    for place in sorted({each[: depth + 1] for each in places if each[:depth] == within}):
        if place == within:
            continue
        shown = places.get(place)
        inner = list(_nodes(places, place))
        holds = bool(inner) or shown is None or shown.kind in {*BLOCKS, "expandable", "popover"}
        yield shown.kind if shown else "vertical", _said(shown), inner if holds else None


def _said(shown: Shown | None) -> dict[str, Any]:
    element = shown.element if shown else None
    said = {name: getattr(element, name) for name in ("body", "label", "tag", "spec")
            if hasattr(element, name)}  # fmt: skip
    if hasattr(element, "options"):
        said["options"] = [getattr(each, "content", each) for each in element.options]
    return said


def count(nodes: list[Node]) -> int:
    return sum(1 + count(inner or []) for _kind, _said, inner in nodes)


async def measured(
    bare: Server, empty: Server, names: list[str]
) -> tuple[float, dict[str, list[float]], dict[str, list[float]]]:
    """The empty page's median, and what each page took one visitor and each of twenty."""
    idler, beside = Visitor(empty.address), []
    alone: dict[str, list[float]] = defaultdict(list)
    crowd: dict[str, list[float]] = defaultdict(list)
    await idler.arrive()
    for number in range(ROUNDS + 1):
        visitor = Visitor(bare.address)
        await visitor.arrive()
        for name in names:
            took = await visitor.open(name)
            beside.append(await idler.refresh())
            if number:
                alone[name].append(took)
        await visitor.leave()

    async def go_on(rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0, 5))
        for _ in range(WALKS):
            visitor = Visitor(bare.address)
            await visitor.arrive()
            for name in names:
                crowd[name].append(await visitor.open(name))
                await asyncio.sleep(rng.uniform(*PACES["hurried"]))
            await visitor.leave()

    await asyncio.gather(*(go_on(random.Random(number)) for number in range(VISITORS)))
    return median(beside), alone, crowd


def report(scratch: Path, curriculum: Curriculum) -> Iterator[str]:
    records = f"tinydb:{scratch / 'records'}"
    with served("app.py", ROOT, scratch / "site.log", ACADEMY_RECORDS=records) as site:
        seen, names = asyncio.run(pages_seen(site, curriculum))
    kept = json.dumps({"pages": seen, "names": names, "mark": MARK})
    (scratch / "pages.json").write_text(kept, encoding="utf-8")
    (scratch / "bare.py").write_text(BARE_SITE, encoding="utf-8")
    (scratch / "empty.py").write_text(EMPTY_PAGE, encoding="utf-8")
    with (
        served("empty.py", scratch, scratch / "empty.log") as empty,
        served("bare.py", scratch, scratch / "bare.log") as bare,
    ):
        least, alone, crowd = asyncio.run(measured(bare, empty, list(seen)))
    yield f"""# What Streamlit alone takes for our pages

`python -m benchmarks.bare_pages`: the menu, the frame and the elements of each page served again
without the site, nothing read and nothing worked out, in multiples of an empty Streamlit page
({1000 * least:.1f} ms) in the same run. Beside it stands results/site.md.

| page | elements | p50, one | p95, {VISITORS} ÷ one |
|:--|--:|--:|--:|"""
    for name, nodes in seen.items():
        p95, in_company = (quantiles(took[name], n=20)[18] for took in (alone, crowd))
        yield (
            f"| {name or 'home of a guest'} | {count(nodes)} | {median(alone[name]) / least:.1f} "
            f"| {in_company / p95:.1f} |"
        )


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        copytree(ROOT / ".streamlit", scratch / ".streamlit")
        print_and_keep(report(scratch, load_content(ROOT)), RESULT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
