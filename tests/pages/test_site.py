"""Every page opens, in both languages, for somebody new and for somebody under way."""

import pytest

from academy import services
from academy.stage_finder import SHOP_FACTS
from academy.ui import navigation, resources
from tests.pages.conftest import words

PAGES = tuple(navigation._PATHS)
SHOP = {name: bands[0] for name, bands in SHOP_FACTS.items()} | {"months_open": 3, "orders": 30}


@pytest.fixture
def underway(records, learner, noon):
    """Ada knows her stage, has rated herself and answered some questions."""
    ada, curriculum = learner("ada"), resources.curriculum()
    services.find_and_choose_stage(records, ada, SHOP, now=noon)
    assessment = services.open_assessment(
        records, ada, curriculum, form="short", stage="exploring", now=noon
    )
    for statement in assessment.statements:
        services.rate_statement(records, ada, curriculum, assessment.id, statement, 3, now=noon)
    services.submit_assessment(records, ada, assessment.id, now=noon)
    quiz = services.open_quiz(
        records, ada, curriculum, purpose="exam", subject="exploring", now=noon
    )
    for item_id in quiz.form:
        services.record_response(
            records,
            ada,
            curriculum,
            quiz.id,
            item_id,
            curriculum.bank.item(item_id).key,
            seconds=30,
            now=noon,
        )
    services.submit_quiz(records, ada, curriculum, quiz.id, now=noon)
    return ada


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", PAGES)
def test_every_page_opens_for_a_newcomer(visit, screen, language):
    assert words(visit("eve", screen, language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", PAGES)
def test_every_page_opens_for_somebody_under_way(visit, underway, screen, language):
    assert words(visit("ada", screen, language))


@pytest.mark.parametrize(
    ("screen", "query"),
    [
        ("stages", {"stage": "golden"}),
        ("skill", {"skill": "juggling"}),
        ("lesson", {"lesson": "nope"}),
        ("lesson", {}),
        ("shop", {"shop": "nope"}),
        ("quiz", {"purpose": "practice", "subject": "juggling"}),
        ("quiz", {"purpose": "exam", "subject": "golden"}),
        ("quiz", {"purpose": "cheat", "subject": "golden"}),
        ("quiz", {"attempt": "0" * 16}),
        ("quiz", {"attempt": "<script>"}),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_where_to_go(visit, screen, query):
    at = visit("eve", screen, **query)
    assert at.title[0].value == "There is nothing at this address"
    assert "<script>" not in words(at)


def test_somebody_elses_attempt_looks_like_none_at_all(visit, records, underway):
    (attempt,) = services.read_history(records, underway).quizzes
    nowhere = visit("bea", "quiz", attempt="0" * 16)
    others = visit("bea", "quiz", attempt=attempt)
    assert words(others) == words(nowhere)


def test_looking_around_leaves_no_record(visit, records):
    for screen in ("home", "stage", "stages", "skills", "results", "progress", "mistakes"):
        visit("eve", screen)
    assert records.learner_ids() == ()
