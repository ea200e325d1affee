"""The ledger of ids: a line for each that was ever in use, so that none is lost or reused.

A line is `kind id`, or `kind id retired` once the thing is no longer taught. The lines are sorted,
so that two authors' additions merge.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from academy.content.corpus import Corpus

LEDGER = "curriculum/ids.txt"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One id that is or was in use."""

    number: int
    kind: str
    id: str
    is_retired: bool


def read_ledger(root: Path) -> list[LedgerLine]:
    """The lines of the ledger; none where there is no ledger yet."""
    path = root / LEDGER
    if not path.exists():
        return []
    lines = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        kind, _, rest = row.partition(" ")
        id_, _, mark = rest.partition(" ")
        if id_:
            lines.append(LedgerLine(number, kind, id_, mark == "retired"))
    return lines


def ids_in_use(corpus: Corpus) -> Set[tuple[str, str]]:
    """Kind and id of everything that learners may have met: all but drafts."""
    items = {("item", entry.noun.id) for entry in corpus.items if entry.noun.status != "draft"}
    others = {(each.kind, each.id) for each in corpus.identities if each.kind != "item"}
    return items | others


def write_ledger(corpus: Corpus) -> int:
    """Add the ids that the ledger lacks; return how many."""
    lines = {(line.kind, line.id): line.is_retired for line in read_ledger(corpus.root)}
    new = ids_in_use(corpus) - lines.keys()
    rows = sorted(
        f"{kind} {id_}{' retired' if lines.get((kind, id_)) else ''}"
        for kind, id_ in lines.keys() | new
    )
    (corpus.root / LEDGER).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return len(new)
