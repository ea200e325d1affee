"""The acts: what a learner can do, each saved before it is acknowledged.

Every act takes the records, whose they are, and the instant; doing the same thing twice is
harmless. What cannot be done is refused with a `Refusal` that says why.
"""

from academy.services.accounts import (
    Browser,
    change_password,
    come_in_from_outside,
    create_administrator,
    everybody,
    find_account,
    find_person,
    give_role,
    guest_of,
    hand_out_reset_code,
    has_password,
    is_own_password,
    learner_from_outside,
    open_account,
    person_of,
    reset_password,
    sign_in,
    staff,
)
from academy.services.assessments import (
    open_assessment,
    rate_statement,
    submit_assessment,
)
from academy.services.bringing import work_done
from academy.services.certificates import (
    certificate_of,
    find_certificate,
    issue_certificate,
)
from academy.services.cohorts import (
    ANY_DAYS,
    Days,
    add_trainer,
    archive_cohort,
    change_cohort,
    cohort_members,
    create_cohort,
    every_cohort,
    find_invitation,
    join_cohort,
    leave_cohort,
    member_history,
    onlookers,
    open_cohort,
    own_cohorts,
    remove_member,
    remove_trainer,
    renew_code,
    reopen_cohort,
)
from academy.services.erasing import erase
from academy.services.expecting import (
    check_list,
    expect_members,
    expect_no_more,
    expected_members,
    expected_name,
)
from academy.services.guiding import guide, note_on, take_back_note
from academy.services.histories import read_history
from academy.services.lessons import complete_lesson, open_lesson, tick, ticked
from academy.services.my_data import everything, stored
from academy.services.quizzes import (
    draw_next,
    find_quiz,
    open_quiz,
    record_response,
    submit_quiz,
)
from academy.services.refusals import Refusal, TooManyTries
from academy.services.results import profile_of, standings_of, study_plan
from academy.services.reviews import (
    MINUTES_OFFERED,
    choose_review_minutes,
    due_today,
    review_minutes,
)
from academy.services.sessions import end_session, end_sessions, has_ended, sessions_of
from academy.services.stages import (
    choose_stage,
    find_and_choose_stage,
    remember_shop_fact,
    shop_facts,
)
from academy.services.summaries import work_out_summaries
from academy.services.teaching import cohort_work
from academy.services.visitors import choose_language, join, learner_of
from academy.services.watching import Watched, watch_cohort

__all__ = [
    "ANY_DAYS",
    "MINUTES_OFFERED",
    "Browser",
    "Days",
    "Refusal",
    "TooManyTries",
    "Watched",
    "add_trainer",
    "archive_cohort",
    "certificate_of",
    "change_cohort",
    "change_password",
    "check_list",
    "choose_language",
    "choose_review_minutes",
    "choose_stage",
    "cohort_members",
    "cohort_work",
    "come_in_from_outside",
    "complete_lesson",
    "create_administrator",
    "create_cohort",
    "draw_next",
    "due_today",
    "end_session",
    "end_sessions",
    "erase",
    "every_cohort",
    "everybody",
    "everything",
    "expect_members",
    "expect_no_more",
    "expected_members",
    "expected_name",
    "find_account",
    "find_and_choose_stage",
    "find_certificate",
    "find_invitation",
    "find_person",
    "find_quiz",
    "give_role",
    "guest_of",
    "guide",
    "hand_out_reset_code",
    "has_ended",
    "has_password",
    "is_own_password",
    "issue_certificate",
    "join",
    "join_cohort",
    "learner_from_outside",
    "learner_of",
    "leave_cohort",
    "member_history",
    "note_on",
    "onlookers",
    "open_account",
    "open_assessment",
    "open_cohort",
    "open_lesson",
    "open_quiz",
    "own_cohorts",
    "person_of",
    "profile_of",
    "rate_statement",
    "read_history",
    "record_response",
    "remember_shop_fact",
    "remove_member",
    "remove_trainer",
    "renew_code",
    "reopen_cohort",
    "reset_password",
    "review_minutes",
    "sessions_of",
    "shop_facts",
    "sign_in",
    "staff",
    "standings_of",
    "stored",
    "study_plan",
    "submit_assessment",
    "submit_quiz",
    "take_back_note",
    "tick",
    "ticked",
    "watch_cohort",
    "work_done",
    "work_out_summaries",
]
