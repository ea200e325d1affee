"""Ids of attempts: the same act gives the same id, and no learner can guess another's."""

from __future__ import annotations

import hashlib


def attempt_id(learner_id: str, kind: str, subject: str, number: int) -> str:
    """Sixteen hexadecimal digits for a learner's nth attempt at something.

    A second click, a second tab or a lost answer from the server finds the attempt that the
    first one made.
    """
    named = "\n".join((learner_id, kind, subject, str(number)))
    return hashlib.sha256(named.encode()).hexdigest()[:16]
