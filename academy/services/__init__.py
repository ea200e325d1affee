"""The acts: what a learner can do, each saved before it is acknowledged.

Every act takes the records, whose they are, and the instant; doing the same thing twice is
harmless. What cannot be done is refused with a `Refusal` that says why.
"""

from academy.services.assessments import (
    open_assessment,
    rate_statement,
    submit_assessment,
)
from academy.services.histories import read_history
from academy.services.lessons import complete_lesson, open_lesson, tick, ticked
from academy.services.quizzes import (
    draw_next,
    find_quiz,
    open_quiz,
    record_response,
    submit_quiz,
)
from academy.services.refusals import Refusal
from academy.services.results import profile_of, study_plan
from academy.services.reviews import (
    MINUTES_OFFERED,
    choose_review_minutes,
    due_today,
    review_minutes,
)
from academy.services.stages import (
    choose_stage,
    find_and_choose_stage,
    remember_shop_fact,
    shop_facts,
)
from academy.services.visitors import choose_language, join, learner_of

__all__ = [
    "MINUTES_OFFERED",
    "Refusal",
    "choose_language",
    "choose_review_minutes",
    "choose_stage",
    "complete_lesson",
    "draw_next",
    "due_today",
    "find_and_choose_stage",
    "find_quiz",
    "join",
    "learner_of",
    "open_assessment",
    "open_lesson",
    "open_quiz",
    "profile_of",
    "rate_statement",
    "read_history",
    "record_response",
    "remember_shop_fact",
    "review_minutes",
    "shop_facts",
    "study_plan",
    "submit_assessment",
    "submit_quiz",
    "tick",
    "ticked",
]
