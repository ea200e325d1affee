"""When the records cannot be used, the visitor is told, and goes on where he was afterwards."""

from __future__ import annotations

import pytest

from academy import services
from academy.ui import resources
from tests.pages.conftest import words

NOT_SAVED = "Nothing can be saved at the moment"
DAMAGED = "Your record needs a repair"


@pytest.fixture(autouse=True)
def place(fresh_records, monkeypatch, tmp_path):
    """The folder that the site keeps its records in."""
    monkeypatch.setenv("ACADEMY_RECORDS", f"tinydb:{tmp_path}")
    return tmp_path


@pytest.fixture
def exam(records, learner, noon):
    return services.open_quiz(
        records,
        learner("ada"),
        resources.curriculum(),
        purpose="exam",
        subject="exploring",
        now=noon,
    )


@pytest.fixture
def item(exam):
    """The first item of the exam with one answer, and its number."""
    bank = resources.curriculum().bank
    return next(
        (number, bank.item(each))
        for number, each in enumerate(exam.form, start=1)
        if bank.item(each).type == "single"
    )


def headings(at) -> list[str]:
    return [each.value for each in at.subheader]


def test_a_choice_that_could_not_be_saved_is_told_and_not_shown_as_made(
    visit, records, learner, exam, item, place
):
    number, asked = item
    at = visit("ada", "quiz", attempt=exam.id, item=str(number))
    key = f"choice:{exam.id}:{asked.id}"
    first, second = exam.option_order[asked.id][:2]
    at.radio(key=key).set_value(first).run()
    (place / "locks").rename(place / "away")
    (place / "locks").write_text("in the way")
    at.radio(key=key).set_value(second).run()
    assert headings(at) == [NOT_SAVED]
    assert "What you gave before is safe" in words(at)
    assert not at.exception and not at.radio
    (place / "locks").unlink()
    (place / "away").rename(place / "locks")
    at.button(key="try-again").click().run()
    assert at.radio(key=key).value == first, "it shows what is kept"
    at.radio(key=key).set_value(second).run()
    kept = services.find_quiz(records, learner("ada"), exam.id)
    assert kept.responses[asked.id].chosen == {second}


def test_a_damaged_record_is_told_in_place_of_every_page(visit, records, learner, exam, place):
    ada = learner("ada")
    (path,) = place.glob(f"learners/*/{ada}.json")
    path.write_text('{"events": {"1": ')
    for page in ("home", "results", "quiz"):
        at = visit("ada", page)
        assert headings(at) == [DAMAGED]
        assert not at.title
