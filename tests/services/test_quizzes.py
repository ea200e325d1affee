from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from academy import services
from academy.services.quizzes import EXAM_LENGTH, PRACTICE_LENGTH

SKILL = "fulfilment-rules"


@pytest.fixture
def practice(records, curriculum, ada, noon):
    return services.open_quiz(records, ada, curriculum, purpose="practice", subject=SKILL, now=noon)


@pytest.fixture
def exam(records, curriculum, ada, noon):
    return services.open_quiz(
        records, ada, curriculum, purpose="exam", subject="preparing", now=noon
    )


@pytest.fixture
def answer(records, curriculum, ada, noon):
    """Answer an item rightly or wrongly, as Ada unless told otherwise."""

    def give(attempt, item_id, *, right=True, chosen=None, learner=ada, now=noon, session=None):
        item = curriculum.bank.item(item_id)
        wrong = {next(option.id for option in item.options if not option.is_key)}
        return services.record_response(
            records,
            learner,
            curriculum,
            attempt.id,
            item_id,
            chosen if chosen is not None else (item.key if right else wrong),
            seconds=20,
            now=now,
            session=session,
        )

    return give


def refused(act, *args, **kwargs):
    with pytest.raises(services.Refusal) as refusal:
        act(*args, **kwargs)
    return refusal.value.reason


def test_a_practice_draws_distinct_active_items_of_the_skill(practice, curriculum):
    items = [curriculum.bank.item(each) for each in practice.form]
    assert len(set(practice.form)) == PRACTICE_LENGTH
    assert {(item.skill, item.status) for item in items} == {(SKILL, "active")}
    for item in items:
        assert sorted(practice.option_order[item.id]) == sorted(o.id for o in item.options)


def test_an_exam_asks_what_the_stage_asks(exam, curriculum):
    assert len(exam.form) == EXAM_LENGTH
    for each in exam.form:
        skill = curriculum.framework.skill(curriculum.bank.item(each).skill)
        assert skill.importance["preparing"] > 0


def test_opening_a_quiz_again_finds_the_same_attempt(records, curriculum, ada, practice, noon):
    again = services.open_quiz(
        records,
        ada,
        curriculum,
        purpose="practice",
        subject=SKILL,
        now=noon + timedelta(hours=5),
    )
    assert again == practice


def test_many_clicks_at_once_make_one_attempt(records, curriculum, ada, noon):
    def click(_):
        return services.open_quiz(
            records, ada, curriculum, purpose="practice", subject=SKILL, now=noon
        ).id

    with ThreadPoolExecutor(8) as clicks:
        assert len(set(clicks.map(click, range(8)))) == 1


def test_the_next_practice_brings_items_not_seen_before(
    records, curriculum, ada, practice, answer, noon
):
    for each in practice.form:
        answer(practice, each)
    services.submit_quiz(records, ada, curriculum, practice.id, now=noon)
    second = services.open_quiz(
        records, ada, curriculum, purpose="practice", subject=SKILL, now=noon
    )
    assert not set(second.form) & set(practice.form)


def test_a_response_is_judged_and_kept_with_its_rule(records, curriculum, ada, practice, answer):
    given = answer(practice, practice.form[0], right=False)
    kept = services.find_quiz(records, ada, practice.id).responses[practice.form[0]]
    item = curriculum.bank.item(practice.form[0])
    assert kept == given
    assert not kept.is_correct
    assert (kept.judgement.key, kept.judgement.skill_id) == (item.key, item.skill)


def test_in_practice_the_first_response_counts(practice, answer):
    answer(practice, practice.form[0], right=False)
    assert refused(answer, practice, practice.form[0], right=True) == "already-answered"


def test_the_same_response_sent_twice_counts_once(records, ada, practice, answer):
    first = answer(practice, practice.form[0])
    before = len(records.events(ada))
    assert answer(practice, practice.form[0]) == first
    assert len(records.events(ada)) == before


def test_in_an_exam_an_answer_may_be_changed_until_it_is_handed_in(
    records, curriculum, ada, exam, answer, noon
):
    answer(exam, exam.form[0], right=False)
    answer(exam, exam.form[0], right=True)
    assert services.submit_quiz(records, ada, curriculum, exam.id, now=noon).points == 1
    assert refused(answer, exam, exam.form[0], right=False) == "already-submitted"
    assert services.find_quiz(records, ada, exam.id).points == 1


def test_an_exam_shows_nothing_before_its_end(records, curriculum, ada, exam, answer, noon):
    answer(exam, exam.form[0], right=False)
    history = services.read_history(records, ada)
    assert (history.responses(), history.mistakes(curriculum.bank)) == ([], [])
    services.submit_quiz(records, ada, curriculum, exam.id, now=noon)
    assert len(services.read_history(records, ada).mistakes(curriculum.bank)) == 1


def test_unanswered_is_not_wrong(records, curriculum, ada, exam, answer, noon):
    answer(exam, exam.form[0])
    done = services.submit_quiz(records, ada, curriculum, exam.id, now=noon)
    assert (done.points, len(done.responses), len(done.unanswered)) == (1, 1, EXAM_LENGTH - 1)


def test_nothing_chosen_is_no_answer(records, curriculum, ada, practice, answer):
    before = records.events(ada)
    assert refused(answer, practice, practice.form[0], chosen=set()) == "nothing-chosen"
    assert records.events(ada) == before


@pytest.mark.parametrize("chosen", [{"z"}, {"a", "b"}, {"a" * 100_000}, {"<b>"}])
def test_what_is_no_option_is_refused_and_not_saved(
    records, curriculum, ada, practice, answer, chosen
):
    single = next(each for each in practice.form if curriculum.bank.item(each).type == "single")
    before = records.events(ada)
    assert refused(answer, practice, single, chosen=chosen) == "no-such-option"
    assert records.events(ada) == before


def test_an_item_that_is_not_on_the_form_is_refused(curriculum, practice, answer):
    stranger = next(each for each in curriculum.bank.items if each not in practice.form)
    assert refused(answer, practice, stranger) == "unknown-item"


def test_nobody_reaches_somebody_elses_attempt(records, curriculum, bea, practice, answer, noon):
    assert refused(answer, practice, practice.form[0], learner=bea) == "unknown-attempt"
    assert refused(services.find_quiz, records, bea, practice.id) == "unknown-attempt"
    assert refused(services.find_quiz, records, None, practice.id) == "unknown-attempt"
    assert (
        refused(services.submit_quiz, records, bea, curriculum, practice.id, now=noon)
        == "unknown-attempt"
    )


@pytest.mark.parametrize(
    ("purpose", "subject", "reason"),
    [
        ("practice", "juggling", "unknown-skill"),
        ("exam", "golden", "unknown-stage"),
        ("lesson", "nope", "unknown-lesson"),
        ("review", "mistakes", "nothing-to-ask"),
    ],
)
def test_a_quiz_about_nothing_is_refused(records, curriculum, ada, noon, purpose, subject, reason):
    assert reason == refused(
        services.open_quiz, records, ada, curriculum, purpose=purpose, subject=subject, now=noon
    )
    assert records.events(ada) == ()


def test_a_wrong_answer_stays_in_the_mistakes_until_it_is_right(
    records, curriculum, ada, practice, answer, noon
):
    answer(practice, practice.form[0], right=False)
    later = noon + timedelta(days=1)
    review = services.open_quiz(
        records, ada, curriculum, purpose="review", subject="mistakes", now=later
    )
    assert review.form == (practice.form[0],)
    answer(review, practice.form[0], right=True, now=later)
    assert services.read_history(records, ada).mistakes(curriculum.bank) == []


def test_a_lesson_is_complete_when_its_items_are_answered(records, curriculum, ada, answer, noon):
    lesson = next(iter(curriculum.lessons.values()))
    on_the_way = services.open_quiz(
        records, ada, curriculum, purpose="lesson", subject=lesson.id, now=noon
    )
    act = (services.complete_lesson, records, ada, curriculum, lesson.id)
    for each in on_the_way.form:
        assert refused(*act, now=noon) == "unanswered-items"
        answer(on_the_way, each, right=False)
    for _ in range(2):
        services.complete_lesson(records, ada, curriculum, lesson.id, now=noon)
    history = services.read_history(records, ada)
    assert [visit.lesson_id for visit in history.completed_lessons()] == [lesson.id]
    assert sum(history.units_done(lesson.skill)) == 1


def test_an_item_with_variables_keeps_the_numbers_it_was_drawn_with(
    records, curriculum, ada, bea, noon
):
    changing = replace(
        curriculum.bank.of_skill(SKILL)[0], variables={"price": tuple(float(n) for n in range(99))}
    )
    bank = replace(curriculum.bank, items={changing.id: changing})
    small = replace(curriculum, bank=bank)

    def drawn(learner):
        quiz = services.open_quiz(
            records, learner, small, purpose="practice", subject=SKILL, now=noon
        )
        return services.find_quiz(records, learner, quiz.id).values[changing.id]

    assert drawn(ada) == drawn(ada)
    assert drawn(ada) != drawn(bea)


def test_an_answer_on_the_word_of_a_session_is_saved_until_it_ends(
    records, exam, answer, ada, noon
):
    session = "5" * 64
    first, second, *_ = exam.form
    records.add_session(session, ada, noon)
    answer(exam, first, session=session)
    answer(exam, first, right=False, session=session)
    records.end_session(session)
    assert refused(answer, exam, first, session=session) == "signed-out"
    assert refused(answer, exam, second, session=session) == "signed-out"
    kept = services.find_quiz(records, ada, exam.id)
    assert [each.is_correct for each in kept.responses.values()] == [False]


def test_somebody_elses_session_saves_nothing(records, exam, answer, bea, noon):
    session = "6" * 64
    records.add_session(session, bea, noon)
    assert refused(answer, exam, exam.form[0], session=session) == "signed-out"
