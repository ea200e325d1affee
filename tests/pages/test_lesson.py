"""A lesson, part by part, and a quiz, question by question."""

import pytest

from academy import services
from academy.lessons import PARTS
from academy.ui import resources

LESSON = "shop-setup-basic"


@pytest.fixture
def lesson():
    return resources.curriculum().lesson(LESSON)


def words(at) -> str:
    return "\n".join(each.value for each in at.markdown)


def headings(at, lesson) -> list[str]:
    """Of the lesson's sections, those that are on the screen."""
    said = [f"### {each.heading}" for each in lesson.sections["en"]]
    return [line for line in words(at).splitlines() if line in said]


def keys(at, beginning: str) -> list[str]:
    return [each.key for each in at.button if each.key.startswith(beginning)]


def answer(at) -> None:
    """Choose the first option of everything that this screen asks, and check it."""
    for check in keys(at, "check:"):
        choice = check.replace("check:", "choice:")
        radios = [each for each in at.radio if each.key == choice]
        boxes = [each for each in at.checkbox if each.key.startswith(choice)]
        (radios[0].set_value(radios[0].options[0]) if radios else boxes[0].check()).run()
        at.button(key=check).click().run()


def test_a_lesson_is_read_part_by_part_and_completed_at_its_end(visit, lesson, learner, records):
    at = visit("ada", "lesson", lesson=LESSON)
    read = []
    for _part in PARTS:
        read += headings(at, lesson)
        answer(at)
        if keys(at, "next-part"):
            at.button(key="next-part").click().run()
    at.button(key="complete-lesson").click().run()
    assert read == [f"### {section.heading}" for section in lesson.sections["en"]]
    visited = services.read_history(records, learner("ada")).lessons[LESSON]
    assert visited.completed_at


def test_a_glance_at_a_lesson_is_no_beginning_but_turning_on_is(
    visit, lesson, learner, records, noon
):
    framework = resources.curriculum().framework
    services.choose_stage(records, learner("ada"), framework, "growing", now=noon)
    at = visit("ada", "lesson", lesson=LESSON)
    assert services.read_history(records, learner("ada")).lessons == {}
    at.button(key="next-part").click().run()
    assert LESSON in services.read_history(records, learner("ada")).lessons
    home = visit("ada", "home")
    assert any("A lesson you began" in each.label for each in home.get("page_link"))


def test_a_tick_on_the_checklist_begins_the_lesson_too(visit, lesson, learner, records):
    at = visit("ada", "lesson", lesson=LESSON, part="tomorrow")
    assert services.read_history(records, learner("ada")).lessons == {}
    at.checkbox(key=f"tick:{LESSON}:1").check().run()
    assert LESSON in services.read_history(records, learner("ada")).lessons
    assert services.ticked(records, learner("ada"), LESSON) == {1}


def test_an_answered_part_stays_until_the_reader_goes_on(visit, lesson):
    at = visit("ada", "lesson", lesson=LESSON)
    answer(at)
    assert "### Why it matters" in words(at)
    assert keys(at, "check:") == []


def test_a_tab_keeps_nothing_of_what_was_answered(visit, lesson):
    at = visit("ada", "lesson", lesson=LESSON)
    kept = ("choice:", "shown:", "saved:")
    before = at.session_state._state.filtered_state
    assert any(key.startswith(kept) for key in before)
    answer(at)
    after = at.session_state._state.filtered_state
    assert not [key for key in after if key.startswith(kept)]


def test_a_reader_who_comes_back_goes_on_where_the_first_open_question_waits(visit, lesson):
    answer(visit("ada", "lesson", lesson=LESSON))
    waiting = next(
        part
        for part, roles in PARTS.items()
        if set(lesson.items_in(roles)) - set(lesson.items_in(PARTS["idea"]))
    )
    again = visit("ada", "lesson", lesson=LESSON)
    assert headings(again, lesson) == [
        f"### {section.heading}"
        for section in lesson.sections["en"]
        if section.role in PARTS[waiting]
    ]


def test_whoever_is_at_the_end_too_early_is_led_to_what_is_open(visit, lesson):
    at = visit("ada", "lesson", lesson=LESSON, part="tomorrow")
    assert keys(at, "complete-lesson") == []
    at.button(key="to-unanswered").click().run()
    assert at.query_params["part"] == "idea"


@pytest.mark.parametrize("part", ["nope", "<script>", ""])
def test_a_part_that_there_is_not_shows_the_lesson_from_its_beginning(visit, part):
    assert "### Why it matters" in words(visit("ada", "lesson", lesson=LESSON, part=part))


def test_all_of_a_lesson_can_be_read_on_one_page(visit, lesson):
    at = visit("ada", "lesson", lesson=LESSON, part="whole")
    assert len(keys(at, "check:")) == len(lesson.items)
    assert len(headings(at, lesson)) == 7


def test_a_practice_quiz_asks_one_question_at_a_time(visit):
    at = visit("ada", "quiz", purpose="practice", subject="shop-setup")
    for number in range(1, 7):
        assert f"Question {number} of 6" in words(at)
        assert len(keys(at, "check:")) == 1
        answer(at)
        assert f"Question {number} of 6" in words(at)
        if number < 6:
            at.button(key="next").click().run()
    at.button(key="hand-in").click().run()
    assert "item" not in at.query_params
    assert at.metric[0].label == "Right"


def test_checking_before_choosing_asks_for_a_choice(visit):
    at = visit("ada", "quiz", purpose="practice", subject="shop-setup")
    at.button(key=keys(at, "check:")[0]).click().run()
    assert [each.value for each in at.warning] == ["Choose an answer first."]


def test_of_several_right_answers_each_that_was_not_chosen_says_so(visit, records, learner, noon):
    curriculum, ada = resources.curriculum(), learner("ada")
    several = {each.id for each in curriculum.bank.items.values() if each.type != "single"}
    skill = curriculum.bank.item(min(several)).skill
    while True:  # What was not asked before is asked first, so its turn comes.
        attempt = services.open_quiz(
            records, ada, curriculum, purpose="practice", subject=skill, now=noon
        )
        asked = next(iter(several & set(attempt.form)), None)
        if asked:
            break
        for item_id in attempt.form:
            option = curriculum.bank.item(item_id).options[0].id
            services.record_response(
                records, ada, curriculum, attempt.id, item_id, [option], seconds=30, now=noon
            )
        services.submit_quiz(records, ada, curriculum, attempt.id, now=noon)
    key = curriculum.bank.item(asked).key
    services.record_response(
        records, ada, curriculum, attempt.id, asked, [min(key)], seconds=30, now=noon
    )
    place = attempt.form.index(asked) + 1
    said = words(visit("ada", "quiz", attempt=attempt.id, item=str(place)))
    assert said.count("(right, not chosen)") == len(key) - 1
    assert "(the right answer)" not in said


def test_a_skipped_question_can_be_gone_back_to(visit):
    at = visit("ada", "quiz", purpose="practice", subject="shop-setup")
    at.button(key="next").click().run()
    answer(at)
    at.button(key="back").click().run()
    assert "Question 1 of 6" in words(at)
    assert len(keys(at, "check:")) == 1


def test_several_mistakes_can_be_open_at_once(visit, records, learner, noon):
    curriculum, ada = resources.curriculum(), learner("ada")
    attempt = services.open_quiz(
        records, ada, curriculum, purpose="practice", subject="shop-setup", now=noon
    )
    for item_id in attempt.form:
        wrong = next(each for each in curriculum.bank.item(item_id).options if not each.is_key)
        services.record_response(
            records, ada, curriculum, attempt.id, item_id, [wrong.id], seconds=30, now=noon
        )
    at = visit("ada", "mistakes")
    for item_id in attempt.form:
        at.session_state[f"mistake-{item_id}"] = True
    at.run()
    assert not at.exception
    assert words(at).count(":yellow-badge[") == len(attempt.form)
