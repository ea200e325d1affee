from datetime import timedelta

import pytest

from academy import services


@pytest.fixture
def begun(records, curriculum, ada, noon):
    return services.open_assessment(
        records, ada, curriculum, form="short", stage="exploring", now=noon
    )


def rate(records, curriculum, learner, attempt, statement, value, now):
    services.rate_statement(records, learner, curriculum, attempt.id, statement, value, now=now)


def refusal_of(act, *args, **kwargs):
    with pytest.raises(services.Refusal) as refused:
        act(*args, **kwargs)
    return refused.value.reason


def test_the_short_form_asks_one_statement_a_skill(begun, curriculum):
    skills = [curriculum.assessment.statement(each).skill for each in begun.statements]
    assert sorted(skills) == sorted({skill.id for skill in curriculum.framework.skills})


def test_the_full_form_asks_every_statement(records, curriculum, bea, noon):
    full = services.open_assessment(
        records, bea, curriculum, form="full", stage="growing", now=noon
    )
    assert full.statements == tuple(curriculum.assessment.statements)


def test_each_rating_is_saved_when_it_is_given_and_the_last_one_counts(
    records, curriculum, ada, begun, noon
):
    statement = begun.statements[0]
    for value in (2, 5, "dont-know", 4):
        rate(records, curriculum, ada, begun, statement, value, noon)
    kept = services.read_history(records, ada).assessments[begun.id]
    assert kept.ratings[statement].value == 4
    assert len(kept.unanswered) == len(begun.statements) - 1


def test_opening_it_again_goes_on_where_it_was_left(records, curriculum, ada, begun, noon):
    rate(records, curriculum, ada, begun, begun.statements[3], 3, noon)
    again = services.open_assessment(
        records, ada, curriculum, form="full", stage="mature", now=noon + timedelta(days=9)
    )
    assert again.id == begun.id
    assert list(again.ratings) == [begun.statements[3]]


def test_a_rating_after_handing_in_is_refused_and_changes_nothing(
    records, curriculum, ada, begun, noon
):
    rate(records, curriculum, ada, begun, begun.statements[0], 2, noon)
    services.submit_assessment(records, ada, begun.id, now=noon)
    reason = refusal_of(rate, records, curriculum, ada, begun, begun.statements[0], 5, noon)
    kept = services.read_history(records, ada).assessments[begun.id]
    assert reason == "already-submitted"
    assert kept.ratings[begun.statements[0]].value == 2


def test_handing_in_twice_is_once(records, ada, begun, noon):
    first = services.submit_assessment(records, ada, begun.id, now=noon)
    second = services.submit_assessment(records, ada, begun.id, now=noon + timedelta(hours=1))
    assert first == second


@pytest.mark.parametrize("value", [0, 6, -1, "5", "a" * 10_000, None, True, 2.5])
def test_what_is_no_rating_is_refused(records, curriculum, ada, begun, noon, value):
    reason = refusal_of(rate, records, curriculum, ada, begun, begun.statements[0], value, noon)
    assert reason == "no-such-rating"


def test_a_statement_that_is_not_asked_is_refused(records, curriculum, ada, begun, noon):
    asked = set(begun.statements)
    not_asked = next(each for each in curriculum.assessment.statements if each not in asked)
    for statement in (not_asked, "../../etc"):
        assert (
            refusal_of(rate, records, curriculum, ada, begun, statement, 3, noon)
            == "unknown-statement"
        )


def test_nobody_reaches_somebody_elses_assessment(records, curriculum, bea, begun, noon):
    assert (
        refusal_of(rate, records, curriculum, bea, begun, begun.statements[0], 3, noon)
        == "unknown-attempt"
    )
    assert refusal_of(services.submit_assessment, records, bea, begun.id, now=noon) == (
        "unknown-attempt"
    )
    assert records.events(bea) == ()


def test_a_new_one_after_handing_in_leaves_the_old_as_it_was(records, curriculum, ada, begun, noon):
    rate(records, curriculum, ada, begun, begun.statements[0], 2, noon)
    services.submit_assessment(records, ada, begun.id, now=noon)
    later = noon + timedelta(days=30)
    second = services.open_assessment(
        records, ada, curriculum, form="short", stage="growing", now=later
    )
    rate(records, curriculum, ada, second, begun.statements[0], 5, later)
    first = services.read_history(records, ada).assessments[begun.id]
    assert second.id != begun.id
    assert (first.stage, first.ratings[begun.statements[0]].value) == ("exploring", 2)
