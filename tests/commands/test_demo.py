"""`python -m academy demo`, as whoever wants to see the trainers' screens uses it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from academy import services
from academy.__main__ import main
from academy.commands.demo import fill
from academy.flag_outcomes import FlagRecord
from academy.services import Browser
from academy.services.cohort_records import members_of
from academy.storage import MemoryRecords, open_records

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(curriculum):
    """A store with eight merchants in two cohorts, and the cohorts."""
    records = MemoryRecords()
    cohorts = fill(
        records,
        curriculum,
        learners=8,
        cohorts=2,
        seed=3,
        weeks=8,
        password="tea and oranges",
        now=NOON,
    )
    return records, cohorts


def test_every_merchant_is_in_a_cohort_and_agreed_to_it_and_cohorts_differ_in_size(filled):
    records, cohorts = filled
    members = [members_of(records, cohort.id) for cohort in cohorts]
    larger, smaller = (len(each) for each in members)
    assert larger + smaller == 8
    assert larger > smaller > 0
    for cohort, those in zip(cohorts, members, strict=True):
        for learner_id in those:
            assert cohort.id in services.read_history(records, learner_id).memberships


def test_they_study_and_are_measured_and_nothing_happens_after_now(filled):
    records, cohorts = filled
    ids = [learner_id for cohort in cohorts for learner_id in members_of(records, cohort.id)]
    histories = [services.read_history(records, learner_id) for learner_id in ids]
    assert sum(len(history.completed_lessons()) for history in histories) > 8
    assert sum(len(history.responses()) for history in histories) > 200
    assert all(event.at <= NOON for each in ids for event in records.events(each))


def test_the_trainers_have_assigned_work_noted_flags_and_expect_somebody(filled):
    records, cohorts = filled
    for number, cohort in enumerate(cohorts, start=1):
        browser = Browser(None, f"{number + 4}" * 64, "192.0.2.1", "a browser")
        learner_id = services.sign_in(
            records, f"trainer{number}", "tea and oranges", browser=browser, bring=False, now=NOON
        )
        trainer = services.find_person(records, learner_id)
        given = services.assignments(records, trainer, cohort.id)
        assert [each.due_on > NOON.date() for each in given] == [True, False, False]
        assert len(services.expected_members(records, trainer, cohort.id)) == 2
        outcomes = FlagRecord.from_dict(records.document(f"flags-{cohort.id}")).outcomes
        assert outcomes.looks == 1
        assert outcomes.flagged.n + outcomes.others.n == len(members_of(records, cohort.id))


def test_some_of_what_was_assigned_is_done(filled):
    records, cohorts = filled
    ids = [learner_id for cohort in cohorts for learner_id in members_of(records, cohort.id)]
    tasks = [task for each in ids for task in services.own_tasks(records, each)]
    assert 0 < sum(task.is_done for task in tasks) < len(tasks)


def test_every_certificate_can_be_verified(filled):
    records, cohorts = filled
    for cohort in cohorts:
        for learner_id in members_of(records, cohort.id):
            for issued in services.read_history(records, learner_id).certificates.values():
                assert services.find_certificate(records, issued.code) == issued


def test_the_items_have_learned_from_the_answers(filled):
    records, _ = filled
    assert len(records.document_names("item-")) > 50


def test_each_trainer_signs_in_and_finds_the_own_cohort(filled):
    records, cohorts = filled
    for number, cohort in enumerate(cohorts, start=1):
        browser = Browser(None, f"{number}" * 64, "192.0.2.1", "a browser")
        learner_id = services.sign_in(
            records, f"trainer{number}", "tea and oranges", browser=browser, bring=False, now=NOON
        )
        person = services.find_person(records, learner_id)
        assert services.own_cohorts(records, person) == (cohort,)


def test_the_same_seed_gives_the_same_answers(filled, curriculum):
    records, _ = filled
    again = MemoryRecords()
    fill(
        again,
        curriculum,
        learners=2,
        cohorts=2,
        seed=3,
        weeks=8,
        password="tea and oranges",
        now=NOON,
    )
    for learner_id in set(again.learner_ids()) & set(records.learner_ids()):
        first, second = (
            [
                (r.item_id, r.chosen, r.seconds)
                for _, r in services.read_history(each, learner_id).responses()
            ]
            for each in (records, again)
        )
        assert first == second


def test_the_command_prints_names_and_password_and_refuses_a_store_in_use(tmp_path, capsys):
    url = f"tinydb:{tmp_path / 'demo'}"
    arguments = ["demo", "--learners", "2", "--cohorts", "1", "--weeks", "2", "--records", url]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "sign in as trainer1, password " in out
    assert len(open_records(url).learner_ids()) == 3
    assert main(arguments) == 1
    assert "Name an empty place" in capsys.readouterr().err
