"""Faults found in items after they were answered.

What was shown as the result of an attempt stays as it was judged. What is estimated today reads the
options that were chosen by the key as it has been mended, and leaves out what a withdrawn item was
answered. Only an item that says itself that it was faulty is read anew: no other edit of content
changes what anybody did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from academy.attempts import ItemState, Response
from academy.items import EXPERT_LOGITS, ItemBank


@dataclass(frozen=True, slots=True)
class Corrections:
    """Ids of the items of some responses that count otherwise today than they were judged."""

    mended: frozenset[str]
    """Their key was wrong and has been mended."""
    withdrawn: frozenset[str]
    """They were faulty and count no more."""

    def __bool__(self) -> bool:
        return bool(self.mended or self.withdrawn)


def as_counted(response: Response, bank: ItemBank) -> Response | None:
    """The response as it counts today; None if its item has been withdrawn as faulty.

    What was judged by the wrong key is judged by the mended one. The difficulty that answers had
    taught was that of the wrong key, so the expert's takes its place.
    """
    item = bank.items.get(response.item_id)
    if item is None or item.fault is None:
        return response
    if item.fault.is_withdrawn:
        return None
    if response.judgement.key != item.fault.wrong_key:
        return response
    state = ItemState(EXPERT_LOGITS[item.difficulty], version=f"mended {item.fault.found_on}")
    return replace(
        response,
        is_correct=item.is_correct(response.chosen),
        judgement=replace(response.judgement, key=item.key, state=state),
    )


def corrections(responses: Iterable[Response], bank: ItemBank) -> Corrections:
    """Which items of these responses have been mended or withdrawn since."""
    counted = {response.item_id: (response, as_counted(response, bank)) for response in responses}
    return Corrections(
        frozenset(each for each, (was, now) in counted.items() if now and now is not was),
        frozenset(each for each, (_, now) in counted.items() if now is None),
    )
