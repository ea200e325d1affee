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


def has_colophon(at) -> bool:
    return any("colophon" in element.body for element in at.get("html"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("screen", PAGES)
def test_every_page_opens_for_a_newcomer_and_ends_in_the_colophon(visit, screen, language):
    at = visit("eve", screen, language)
    assert words(at)
    assert has_colophon(at)


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
        ("certificate", {"attempt": "0" * 16}),
        ("glossary", {"term": "nope"}),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_where_to_go(visit, screen, query):
    at = visit("eve", screen, **query)
    assert [title.value for title in at.title] == ["There is nothing at this address"]
    assert "<script>" not in words(at)
    assert has_colophon(at)


@pytest.mark.parametrize(
    ("screen", "query", "ways"),
    [
        ("skill", {"skill": "juggling"}, ["Go to the start page", "See all skills"]),
        (
            "quiz",
            {"purpose": "exam", "subject": "golden"},
            ["The four stages", "Go to the start page"],
        ),
        ("glossary", {"term": "nope"}, ["All terms"]),
        ("class", {"cohort": "nope"}, ["Go to the start page"]),
    ],
)
def test_what_is_not_there_leads_on_to_what_it_speaks_of(visit, screen, query, ways):
    labels = [link.label for link in visit("eve", screen, **query).get("page_link")]
    assert labels[-len(ways) :] == ways


def test_whoever_is_not_in_the_class_is_led_to_signing_in_and_back(visit):
    said = "".join(each.body for each in visit("eve", "class", cohort="spring").get("html"))
    assert said.count('href="/sign-in?next=%2Fclass%3Fcohort%3Dspring"') == 2
    assert 'href="/join"' in said


def test_somebody_elses_attempt_looks_like_none_at_all(visit, records, underway):
    (attempt,) = services.read_history(records, underway).quizzes
    nowhere = visit("bea", "quiz", attempt="0" * 16)
    others = visit("bea", "quiz", attempt=attempt)
    assert words(others) == words(nowhere)


def test_looking_around_leaves_no_record(visit, records):
    for screen in ("home", "stage", "stages", "skills", "results", "progress", "mistakes"):
        visit("eve", screen)
    assert records.learner_ids() == ()
