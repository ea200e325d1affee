"""Work that is assigned, a class that is held, and questions that a trainer brings along."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from academy import services
from academy.own_items import OwnItem
from academy.ui import resources
from tests.cast import Cast, gather
from tests.pages.test_rights import Tab

HOSTILE = "<img src=x onerror=alert(1)> **bold** :smile: =1+1"


@pytest.fixture
def cast(records) -> Cast:
    return gather(records, datetime.now(UTC) - timedelta(days=3))


def assign(cast, kind, subject="", **more):
    return services.assign(
        cast.records, cast["Dana"], resources.curriculum(), cast.cohort.id, kind, subject,
        **{"now": cast.now, **more},
    )  # fmt: skip


def test_the_start_page_says_what_is_asked_and_what_is_late(cast):
    assign(cast, "quiz", "dou-plus", due_on=cast.now.date())
    said = Tab("Ada").read("home")
    assert "Asked by your trainer" in said
    assert "Practise: DOU+ content boosting" in said
    assert "3 days late" in said
    assert "Asked by your trainer" not in Tab("Cyrus").read("home")


def test_the_trainer_sees_who_is_late_and_who_did_it(cast):
    assign(cast, "quiz", "dou-plus", due_on=cast.now.date())
    quiz = services.open_quiz(
        cast.records, cast.id("Ada"), resources.curriculum(), purpose="practice",
        subject="dou-plus", now=cast.now,
    )  # fmt: skip
    services.submit_quiz(
        cast.records, cast.id("Ada"), resources.curriculum(), quiz.id, now=cast.now
    )
    said = Tab("Dana").read("assignments", cohort=cast.cohort.id)
    assert ":orange-badge[Late 1] Bea" in said
    assert "Ada" not in said


def test_a_trainer_assigns_each_ones_top_three_to_all(cast):
    tab = Tab("Dana")
    tab.read("assignments", cohort=cast.cohort.id)
    tab.at.button(key="assign").click().run()
    assert not tab.at.exception
    (given,) = services.assignments(cast.records, cast["Dana"], cast.cohort.id)
    assert (given.kind, given.given_to) == ("top-three", 2)
    assert given.due_on is not None


def test_a_class_goes_from_the_trainers_page_to_the_members_phones_and_back(cast):
    dana, ada = Tab("Dana"), Tab("Ada")
    dana.read("classroom", cohort=cast.cohort.id)
    dana.at.selectbox(key="source").select("dou-plus").run()
    dana.at.button(key="start").click().run()
    held = services.class_of(cast.records, cast["Dana"], cast.cohort.id)
    assert held is not None and held.is_going
    assert "Your class is on" in str([each.proto for each in _links(Tab("Ada"), "home")])
    ada.read("class", cohort=cast.cohort.id)
    ada.at.radio[0].set_value(held.question.choices[0].id).run()
    next(each for each in ada.at.button if each.label == "Send my answer").click().run()
    waiting = ada.read("class", cohort=cast.cohort.id)
    assert "Saved." in waiting and "**A** · " in waiting and "**B** · " not in waiting
    assert "1 person answered" in dana.read("classroom", cohort=cast.cohort.id)
    dana.at.button(key="show").click().run()
    assert "the right answer" in ada.read("class", cohort=cast.cohort.id) or "your answer" in (
        ada.read("class", cohort=cast.cohort.id)
    )
    dana.at.button(key="next").click().run()
    assert "Question 2 of" in ada.read("class", cohort=cast.cohort.id)
    dana.at.button(key="end").click().run()
    assert "There is no class at the moment" in ada.read("class", cohort=cast.cohort.id)


def _links(tab, page):
    tab.read(page)
    return tab.at.get("page_link")


def test_choices_of_fewer_than_five_are_not_broken_down(cast):
    services.start_class(
        cast.records, cast["Dana"], resources.curriculum(), cast.cohort.id, ["dou-plus-01"],
        now=cast.now,
    )  # fmt: skip
    for who in ("Ada", "Bea"):
        services.answer_in_class(
            cast.records, cast.id(who), cast.cohort.id, "dou-plus-01", ["a"], now=cast.now
        )
    tab = Tab("Dana")
    assert "from 5 answers on" in tab.read("classroom", cohort=cast.cohort.id)
    assert not tab.at.get("progress")


def test_a_question_of_ones_own_is_shown_as_it_was_written(cast):
    services.take_in(
        cast.records, cast["Dana"], cast.cohort.id,
        [OwnItem("", "true-false", HOSTILE, (), (0,), HOSTILE)], file=HOSTILE, now=cast.now,
    )  # fmt: skip
    (item,) = services.own_items(cast.records, cast["Dana"], cast.cohort.id).items
    given = assign(cast, "cohort-quiz", questions=[item.id])
    said = Tab("Ada").read("cohort-quiz", assignment=given.id)
    assert "\\*\\*bold\\*\\*" in said and "\\<img" in said
    assert "\\<img" in Tab("Dana").read("own-items", cohort=cast.cohort.id)
    assert "not assigned to you" in Tab("Cyrus").read("cohort-quiz", assignment=given.id)


def test_an_administrator_accepts_what_a_trainer_offers(cast):
    services.take_in(
        cast.records, cast["Dana"], cast.cohort.id,
        [OwnItem("", "true-false", "Is it so?", (), (0,))], file="t.csv", now=cast.now,
    )  # fmt: skip
    dana, gail = Tab("Dana"), Tab("Gail")
    dana.read("own-items", cohort=cast.cohort.id)
    (item,) = services.own_items(cast.records, cast["Dana"], cast.cohort.id).items
    dana.at.checkbox(key=f"offer-{item.id}").check().run()
    assert "Is it so?" in gail.read("offered")
    gail.at.selectbox(key=f"skill-{item.id}").select("dou-plus").run()
    outcomes = gail.at.radio(key=f"outcome-{item.id}-dou-plus")
    outcomes.set_value(outcomes.options[0]).run()
    gail.at.button(key=f"accept-{item.id}").click().run()
    assert "Put the entry under `items:` in `quizzes/" in gail.read("offered")
    assert "accepted for the bank" in dana.read("own-items", cohort=cast.cohort.id)


@pytest.mark.parametrize("page", ["assignments", "classroom", "own-items", "reports"])
@pytest.mark.parametrize("who", ["Finn", "Gail"])
def test_other_trainers_and_administrators_see_nothing_of_a_cohort(cast, page, who):
    said = Tab(who).read(page, cohort=cast.cohort.id)
    assert "There is no such cohort" in said
    assert "Spring" not in said
