"""What answers teach about the items, and that nothing judged before is judged again."""

from datetime import timedelta

import pytest

from academy import services
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
