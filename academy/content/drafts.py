"""An item from outside as a draft entry of a bank's file, for an author to finish."""

from __future__ import annotations

import yaml

from academy.framework import Level, Outcome
from academy.own_items import LETTERS, OwnItem

UNFINISHED = "TODO"
"""What stands where an author has to write: the other language, and why an option is wrong."""
_HEAD = """\
# A draft of {id}, and no question of the bank yet. To finish it:
# 1. Write what is marked {mark}: each text in the other language, and why each option is right or
#    wrong, in both.
# 2. Put the entry under "items:" in quizzes/{skill}.yaml.
# 3. Run python -m academy content check, and make the status "active" when nothing is named.
"""


class _Indented(yaml.SafeDumper):
    """Writes lists as the banks' files do, indented under what they belong to."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def draft_entry(item: OwnItem, skill: str, outcome: Outcome) -> str:
    """An accepted item in the form of `quizzes/<skill>.yaml`, with what is to be written marked."""
    level: Level = outcome.level
    options = []
    for place, words in enumerate(item.texts):
        option: dict[str, object] = {
            "id": LETTERS[place].lower(),
            "text": {"zh": words.zh, "en": words.en if words.en != words.zh else UNFINISHED},
        }
        if place in item.key:
            option["key"] = True
        feedback = item.explanation if place in item.key and item.explanation else UNFINISHED
        option["feedback"] = {"zh": feedback, "en": UNFINISHED}
        options.append(option)
    entry = {
        "id": item.bank_id,
        "status": "draft",
        "outcome": outcome.id,
        "level": level,
        "type": "multiple" if item.type == "multiple" else "single",
        "thinking": "apply",
        "difficulty": item.difficulty,
        "stem": {"zh": item.stem, "en": UNFINISHED},
        "options": options,
    }
    body = yaml.dump(
        {"skill": skill, "items": [entry]},
        Dumper=_Indented,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    return _HEAD.format(id=item.bank_id, mark=UNFINISHED, skill=skill) + body
