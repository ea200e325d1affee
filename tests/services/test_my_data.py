"""Everything that is kept of a learner can be had by him, and can be gone."""

from __future__ import annotations

import json
from dataclasses import replace

from academy import services
from academy.services.account_records import change_account
from academy.storage import open_records
from tests.cast import ISSUER, SESSIONS, gather


def test_the_export_holds_every_event_and_draft_and_who_sees_them(cast, curriculum, noon):
    records, ada = cast.records, cast.id("Ada")
    services.open_lesson(records, ada, curriculum, "shop-setup-basic", now=noon)
    services.tick(records, ada, curriculum, "shop-setup-basic", 0, is_done=True)
    export = json.loads(json.dumps(services.everything(records, ada, now=noon)))
    assert export["account"] == {"name": "Ada", "role": "learner"}
    assert [each["kind"] for each in export["events"]] == [
        event.kind for event in records.events(ada)
    ]
    assert export["drafts"] == {"checklist-shop-setup-basic": [0]}
    assert export["seen_by"][0]["trainers"] == ["Dana"]
    assert len(export["sessions"]) == 1
    assert SESSIONS["Ada"] not in json.dumps(export)


def test_how_much_is_kept_is_counted(cast, noon):
    kept = services.stored(cast.records, cast.id("Ada"))
    assert (kept.since, kept.events, kept.drafts, kept.sessions) == (noon, 3, 0, 1)
    assert services.stored(cast.records, None).events == 0


def test_erasing_leaves_nothing_of_a_learner_and_lists_that_no_longer_hold_him(cast, noon):
    records, ada = cast.records, cast.id("Ada")
    services.erase(records, ada, now=noon)
    assert records.events(ada) == ()
    assert ada not in records.learner_ids()
    assert services.learner_of(records, SESSIONS["Ada"]) is None
    members = services.cohort_members(records, cast["Dana"], cast.cohort.id)
    assert [member.name for member in members.values()] == ["Bea"]
    assert services.learner_from_outside(records, ISSUER, "Ada") is None
    again, _ = services.come_in_from_outside(
        records, ISSUER, "Ada", "Ada", session_hash=None, now=noon
    )
    assert again != ada


def test_not_a_trace_of_name_or_id_stays_in_any_file(tmp_path, noon):
    records = open_records(f"tinydb:{tmp_path / 'data'}")
    cast = gather(records, noon)
    ada = cast.id("Ada")
    services.erase(records, ada, now=noon)
    traces = [
        path
        for path in (tmp_path / "data").rglob("*")
        if (path.is_file() and (ada in str(path) or b"Ada" in path.read_bytes()))
        or (path.is_file() and ada.encode() in path.read_bytes())
    ]
    assert traces == []


def test_a_guests_work_that_was_still_on_its_way_into_the_account_goes_too(cast, noon):
    records = cast.records
    guest = services.join(records, "9" * 64, now=noon)
    change_account(records, "Ada", lambda account: replace(account, bringing=guest))
    services.erase(records, cast.id("Ada"), now=noon)
    assert guest not in records.learner_ids()


def test_of_an_exam_under_way_the_export_does_not_tell_which_answers_are_right(
    cast, curriculum, noon
):
    records, ada = cast.records, cast.id("Ada")
    exam = services.open_quiz(records, ada, curriculum, purpose="exam", subject="growing", now=noon)
    item = exam.form[0]
    services.record_response(
        records, ada, curriculum, exam.id, item, curriculum.bank.item(item).key, seconds=9, now=noon
    )

    def answer() -> dict:
        events = json.loads(json.dumps(services.everything(records, ada, now=noon)))["events"]
        (found,) = [event for event in events if event["kind"] == "item-answered"]
        return found["data"]

    assert {"is_correct", "judged_by"} & set(answer()) == set()
    services.submit_quiz(records, ada, curriculum, exam.id, now=noon)
    assert answer()["is_correct"] is True


def test_a_trainer_who_goes_leaves_his_cohort_to_whoever_is_named_next(cast, noon):
    records = cast.records
    services.erase(records, cast.id("Dana"), now=noon)
    (onlooker,) = services.onlookers(records, cast.id("Ada"))
    assert onlooker.cohort.trainers == {}
    services.add_trainer(records, cast["Gail"], cast.cohort.id, "Finn", now=noon)
    assert len(services.cohort_members(records, cast["Finn"], cast.cohort.id)) == 2


def test_erasing_twice_and_erasing_a_guest_is_harmless(cast, noon):
    for _ in range(2):
        services.erase(cast.records, cast.id("Bea"), now=noon)
    services.erase(cast.records, "nobody-0001", now=noon)
    assert services.find_person(cast.records, cast.id("Ada")).name == "Ada"
