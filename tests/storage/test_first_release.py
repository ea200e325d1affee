"""What the first release wrote opens in this one, and the learner goes on from there."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest

from academy import services
from academy.storage import Session
from academy.storage.base import as_json
from academy.storage.embedded import EmbeddedRecords

WRITTEN = Path(__file__).parent / "first_release" / "folder"
LEARNER = "7a7e58ccb6c24a8d87c0e3fe1f184359"
SESSION = sha256(b"the first release").hexdigest()
LATER = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
KINDS = {
    "learner-joined": 1,
    "language-chosen": 1,
    "stage-chosen": 2,
    "assessment-started": 1,
    "statement-rated": 8,
    "assessment-submitted": 1,
    "quiz-started": 5,
    "item-answered": 23,
    "item-drawn": 3,
    "quiz-submitted": 3,
    "lesson-opened": 1,
    "lesson-completed": 1,
}


@pytest.fixture
def records(tmp_path):
    return EmbeddedRecords(copytree(WRITTEN, tmp_path / "data"))


def test_every_kind_of_event_that_it_wrote_is_read(records):
    assert records.learner_ids() == (LEARNER,)
    assert Counter(event.kind for event in records.events(LEARNER)) == KINDS


def test_its_events_say_the_same_when_they_are_written_again(records):
    (path,) = WRITTEN.glob("learners/*/*.json")
    written = json.loads(path.read_bytes())["events"].values()
    assert [as_json(event.to_dict()) for event in records.events(LEARNER)] == [
        as_json(plain) for plain in written
    ]


def test_its_sessions_still_lead_to_their_learner(records):
    assert services.learner_of(records, SESSION) == LEARNER
    began = records.events(LEARNER)[0].at
    assert records.sessions_of(LEARNER) == (Session(SESSION, LEARNER, began),)


def test_its_drafts_and_documents_are_read(records):
    assert services.review_minutes(records, LEARNER) == 20
    assert services.ticked(records, LEARNER, "interest-commerce-basic") == {0}
    assert services.shop_facts(records, LEARNER)["months_open"] == 1
    fit = records.document("item-fits")
    assert [each["answers"] for each in fit] == [19]
    assert len(records.document_names("item-interest-commerce-")) == 10


def test_a_check_finds_nothing_wrong_with_it(records):
    assert list(records.check()) == []


def test_its_history_is_told_through_the_services(records, curriculum):
    history = services.read_history(records, LEARNER)
    assert (history.language, history.stage) == ("zh", "growing")
    assert len(history.submitted_assessments()) == 1
    assert sum(attempt.is_submitted for attempt in history.quizzes.values()) == 3
    assert [visit.lesson_id for visit in history.completed_lessons()] == ["interest-commerce-basic"]
    profile = services.profile_of(curriculum, history, now=LATER)
    assert profile.skill("interest-commerce").status != "no-evidence"
    assert services.study_plan(curriculum, history, now=LATER).recommendations


def test_the_learner_goes_on_where_he_was(records, curriculum):
    before = records.events(LEARNER)
    exam = services.open_quiz(
        records, LEARNER, curriculum, purpose="exam", subject="growing", now=LATER
    )
    assert len(exam.responses) == 4
    item_id = exam.unanswered[0]
    key = curriculum.bank.item(item_id).key
    services.record_response(
        records, LEARNER, curriculum, exam.id, item_id, key, seconds=20, now=LATER
    )
    services.submit_quiz(records, LEARNER, curriculum, exam.id, now=LATER)
    after = records.events(LEARNER)
    assert after[: len(before)] == before
    assert [event.kind for event in after[len(before) :]] == ["item-answered", "quiz-submitted"]
