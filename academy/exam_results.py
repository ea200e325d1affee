"""What one stage exam shows by itself, and whether that is enough for a certificate.

It is enough when the answers of this exam alone make it at least four in five likely that the whole
level reaches what the stage asks. Nothing else counts for it: neither ratings nor earlier answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from academy.curriculum import Curriculum
from academy.history import History
from academy.occasions import sitting
from academy.proficiency import MASTERY_PROBABILITY, Estimate, estimate_profile

LEAST_ANSWERS = 30
"""Of the 36 of a stage exam; fewer carry no certificate."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What one exam alone shows of the whole, against what its stage asks."""

    estimate: Estimate
    target: float
    answers: int

    @property
    def is_enough(self) -> bool:
        """Whether it carries a certificate."""
        likely = self.estimate.chance_of(self.target) >= MASTERY_PROBABILITY
        return likely and self.answers >= LEAST_ANSWERS


def shown_by_exam(history: History, curriculum: Curriculum, attempt_id: str) -> Showing | None:
    """What an exam shows by itself; None for what is no exam that was handed in and scored."""
    attempt = history.quizzes.get(attempt_id)
    if attempt is None or attempt.purpose != "exam" or attempt.submitted_at is None:
        return None
    if attempt.effort == "not-scored":
        return None
    answers = sitting(history, curriculum, attempt_id)
    profile = estimate_profile(
        curriculum.framework,
        answers,
        (),
        stage=attempt.subject,
        units_done={},
        now=attempt.submitted_at,
    )
    target = profile.overall_target
    return None if target is None else Showing(profile.overall, target, len(answers))
