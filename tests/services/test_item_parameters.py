"""What answers teach about the items, and that nothing judged before is judged again."""

from datetime import timedelta

import pytest

from academy import services
from academy.effort import least_seconds, reading_length
from academy.services.item_parameters import calibrate, item_state

SKILL = "fulfilment-rules"


@pytest.fixture
def practise(records, curriculum, noon):
    """Somebody answers one practice, all right or all wrong, in so many seconds an item."""

    def go(learner: str, *, right: bool, seconds: float = 60, at=noon):
        quiz = services.open_quiz(
            records, learner, curriculum, purpose="practice", subject=SKILL, now=at
        )
        for item_id in quiz.form:
            item = curriculum.bank.item(item_id)
            wrong = {next(option.id for option in item.options if not option.is_key)}
            services.record_response(
                records,
                learner,
                curriculum,
                quiz.id,
                item_id,
                item.key if right else wrong,
                seconds=seconds,
                now=at,
            )
        return services.submit_quiz(records, learner, curriculum, quiz.id, now=at)

    return go


def difficulties(records, curriculum, quiz):
    return [item_state(records, curriculum.bank.item(each)).difficulty for each in quiz.form]


def expert(curriculum, quiz):
    return [0.8 * quiz.item_states[each].difficulty for each in quiz.form]


def test_before_any_answer_the_expert_speaks(records, curriculum):
    state = item_state(records, curriculum.bank.of_skill(SKILL)[0])
    assert (state.version, state.is_calibrated) == ("expert", False)


@pytest.mark.parametrize("right", [True, False])
def test_a_right_answer_makes_an_item_easier_and_a_wrong_one_harder(
    records, curriculum, ada, practise, right
):
    quiz = practise(ada, right=right)
    for now, before in zip(
        difficulties(records, curriculum, quiz), expert(curriculum, quiz), strict=True
    ):
        assert now < before if right else now > before


def test_a_rapid_guess_teaches_nothing(records, curriculum, ada, practise):
    quiz = practise(ada, right=True, seconds=0.5)
    assert quiz.effort == "not-scored"
    versions = {item_state(records, curriculum.bank.item(each)).version for each in quiz.form}
    assert versions == {"expert"}


def test_only_the_first_answer_of_somebody_counts(records, curriculum, ada, practise, noon):
    quiz = practise(ada, right=False)
    before = difficulties(records, curriculum, quiz)
    review = services.open_quiz(
        records, ada, curriculum, purpose="review", subject="mistakes", now=noon
    )
    for item_id in review.form:
        services.record_response(
            records,
            ada,
            curriculum,
            review.id,
            item_id,
            curriculum.bank.item(item_id).key,
            seconds=60,
            now=noon,
        )
    assert difficulties(records, curriculum, quiz) == before


def test_an_attempt_keeps_the_difficulties_it_was_begun_with(
    records, curriculum, ada, bea, practise, noon
):
    begun = services.open_quiz(
        records, ada, curriculum, purpose="practice", subject=SKILL, now=noon
    )
    practise(bea, right=True)
    done = practise(ada, right=True)
    assert done.id == begun.id
    assert {each.judgement.state.version for each in done.responses.values()} == {"expert"}


def test_a_fit_is_a_new_version_and_old_judgements_stay(
    records, curriculum, ada, bea, practise, noon
):
    quiz = practise(ada, right=False)
    practise(bea, right=False)
    first = calibrate(records, curriculum, now=noon + timedelta(days=1))
    second = calibrate(records, curriculum, now=noon + timedelta(days=2))
    assert (first.version, second.version) == (1, 2)
    kept = services.find_quiz(records, ada, quiz.id)
    assert kept == quiz
    assert item_state(records, curriculum.bank.item(quiz.form[0])).version.startswith("fit 2")


@pytest.fixture
def answer_first(records, curriculum, noon):
    """Somebody answers the first item on a lesson's way, in so many seconds."""
    lesson = next(iter(curriculum.lessons.values()))

    def answer(learner: str, seconds: float | None):
        quiz = services.open_quiz(
            records, learner, curriculum, purpose="lesson", subject=lesson.id, now=noon
        )
        item = curriculum.bank.item(quiz.form[0])
        return services.record_response(
            records, learner, curriculum, quiz.id, item.id, item.key, seconds=seconds, now=noon
        )

    return answer


def by_length(item):
    return least_seconds(
        None, reading_length(" ".join((item.stem.zh, *(option.text.zh for option in item.options))))
    )


def test_the_twentieth_time_of_an_item_gives_it_a_median(records, curriculum, answer_first):
    for number in range(19):
        given = answer_first(f"learner-{number:04}", 60)
    item = curriculum.bank.item(given.item_id)
    assert item_state(records, item).median_seconds is None
    twentieth = answer_first("learner-0019", 60)
    assert twentieth.judgement.least_seconds == by_length(item)
    assert item_state(records, item).median_seconds == pytest.approx(60, rel=0.025)
    later = answer_first("learner-0020", 60)
    assert later.judgement.least_seconds == pytest.approx(6, rel=0.025)
    assert later.judgement.least_seconds != by_length(item)


def test_an_answer_keeps_the_rule_of_its_day_about_rapid_guesses(records, ada, answer_first):
    early = answer_first(ada, 50)
    for number in range(20):
        answer_first(f"learner-{number:04}", 600)
    late = answer_first("learner-9999", 50)
    assert (early.is_rapid, late.is_rapid) == (False, True)
    (kept,) = services.read_history(records, ada).quizzes.values()
    assert kept.responses[early.item_id] == early
    assert kept.responses[early.item_id].judgement.state.median_seconds is None


def test_an_answer_without_a_time_adds_none(records, curriculum, answer_first):
    for number in range(25):
        given = answer_first(f"learner-{number:04}", None if number < 6 else 60)
    item = curriculum.bank.item(given.item_id)
    assert item_state(records, item).median_seconds is None
    assert item_state(records, item).version == "fit 0, 25 answers"


def test_a_fit_counts_the_times_anew_from_what_everybody_did(
    records, curriculum, answer_first, noon
):
    for number in range(20):
        given = answer_first(f"learner-{number:04}", 60)
    item = curriculum.bank.item(given.item_id)
    before = item_state(records, item).median_seconds
    calibrate(records, curriculum, now=noon + timedelta(days=1))
    assert item_state(records, item).median_seconds == before
    assert item_state(records, item).version == "fit 1, 20 answers"
