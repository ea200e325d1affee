"""What every place that keeps records promises, tried on each of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import Barrier, Thread

import pytest

from academy.storage import Session, SessionEnded, open_records

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SESSION = sha256(b"a token").hexdigest()
OTHER_SESSION = sha256(b"another token").hexdigest()
THIRD_SESSION = sha256(b"a third token").hexdigest()


def test_a_new_learner_has_done_nothing(records, ada):
    assert records.events(ada) == ()
    assert records.drafts(ada) == {}
    assert records.learner_ids() == ()


def test_events_come_back_as_they_were_in_the_order_of_storing(records, ada, some_event):
    later, earlier = some_event(), some_event(at=NOON)
    assert records.append(ada, later)
    assert records.append(ada, earlier)
    assert records.events(ada) == (later, earlier)


def test_an_event_is_stored_once(records, ada, some_event):
    first = some_event(id="e1", data={"score": 1})
    assert records.append(ada, first) is True
    assert records.append(ada, some_event(id="e1", data={"score": 0})) is False
    assert records.events(ada) == (first,)


def test_an_event_may_be_stored_and_all_read_in_one_act(records, ada, some_event):
    first, second = some_event(id="e1"), some_event(id="e2")
    assert records.append_and_read(ada, first) == (True, (first,))
    assert records.append(ada, second)
    assert records.append_and_read(ada, some_event(id="e1")) == (False, (first, second))
    assert records.events(ada) == (first, second)


def test_an_event_on_the_word_of_a_session_needs_one_that_is_the_learners(
    records, ada, bea, some_event
):
    records.add_session(SESSION, ada, NOON)
    records.add_session(OTHER_SESSION, bea, NOON)
    first = some_event()
    assert records.append_and_read(ada, first, session=SESSION) == (True, (first,))
    records.end_session(SESSION)
    for none in (SESSION, OTHER_SESSION, THIRD_SESSION):
        with pytest.raises(SessionEnded):
            records.append_and_read(ada, some_event(), session=none)
    with pytest.raises(ValueError):
        records.append_and_read(ada, some_event(), session="no hash")
    assert records.events(ada) == (first,)
    assert records.learner_ids() == (ada,)


def test_what_was_seen_last_is_the_beginning_of_what_there_is(records, ada, bea, some_event):
    events = [some_event() for _ in range(3)]
    for number, event in enumerate(events):
        assert list(records.events_seen(ada)) == events[: len(records.events_seen(ada))]
        records.append(ada, event)
        assert records.events(ada) == records.events_seen(ada) == tuple(events[: number + 1])
    fourth = some_event()
    records.append_and_read(ada, fourth)
    assert records.events_seen(ada) == (*events, fourth)
    assert records.events_seen(bea) == ()
    records.erase_learner(ada)
    assert records.events_seen(ada) == ()


def test_who_began_anew_is_read_anew(records, ada, some_event):
    for _ in range(3):
        records.append_and_read(ada, some_event())
    records.erase_learner(ada)
    later = [some_event(), some_event()]
    records.append(ada, later[0])
    assert records.append_and_read(ada, later[1]) == (True, tuple(later))


def test_several_events_are_stored_at_once_and_each_of_them_once(records, ada, some_event):
    first, second, third = some_event(id="e1"), some_event(id="e2"), some_event(id="e3")
    assert records.append_all(ada, [first, second]) == 2
    again = some_event(id="e2", data={"score": 0})
    assert records.append_all(ada, [again, third, some_event(id="e3")]) == 1
    assert records.append_all(ada, [first]) == records.append_all(ada, []) == 0
    assert records.events(ada) == (first, second, third)


def test_of_several_events_none_is_stored_when_one_cannot_be(records, ada, some_event):
    with pytest.raises(ValueError):
        records.append_all(ada, [some_event(), some_event(data={"score": float("nan")})])
    assert records.append_all(ada, []) == 0
    assert records.events(ada) == ()
    assert records.learner_ids() == ()


def test_whatever_json_can_say_comes_back_as_it_was(records, ada, some_event):
    data = {
        "z first": [1.0, 1, 1e22, 0.1, -0.0, 10**30, True, None],
        "a last": {"text": '主图 \x00 \\ " 🛒 \u2028', "": {}},
    }
    records.append(ada, some_event(data=data))
    records.save_draft(ada, 'a draft / of "any" key', data)
    records.update_document("doc", lambda _: data)
    records.save_summary(ada, data)
    for kept in (
        records.events(ada)[0].data,
        records.drafts(ada)['a draft / of "any" key'],
        records.document("doc"),
        records.summaries([ada])[ada],
    ):
        assert repr(kept) == repr(data)


def test_an_event_id_belongs_to_one_learner_only(records, ada, bea, some_event):
    assert records.append(ada, some_event(id="e1"))
    assert records.append(bea, some_event(id="e1"))


def test_a_learner_sees_only_what_she_did_herself(records, ada, bea, some_event):
    records.append(ada, some_event())
    records.save_draft(ada, "stage", "growing")
    assert records.events(bea) == ()
    assert records.drafts(bea) == {}


def test_many_events_keep_their_order(records, ada, some_event):
    events = tuple(some_event() for _ in range(25))
    for event in events:
        records.append(ada, event)
    assert records.events(ada) == events


def test_what_was_read_before_does_not_change_when_more_is_stored(records, ada, some_event):
    first = some_event()
    records.append(ada, first)
    read = records.events(ada)
    records.append(ada, some_event())
    assert read == (first,)


def test_what_json_cannot_say_is_refused_and_nothing_is_stored(records, ada, some_event):
    for data in ({"score": float("nan")}, {"seen": {1, 2}}, {"text": "\ud800"}):
        with pytest.raises((TypeError, ValueError)):
            records.append(ada, some_event(data=data))
        with pytest.raises((TypeError, ValueError)):
            records.save_draft(ada, "draft", data)
    assert records.events(ada) == ()
    assert records.drafts(ada) == {}


def test_a_draft_is_kept_and_the_later_one_takes_its_place(records, ada):
    records.save_draft(ada, "attempt-1/item-1", ["a"])
    records.save_draft(ada, "attempt-1/item-2", {"order": [2, 1]})
    records.save_draft(ada, "attempt-1/item-1", ["b"])
    assert records.drafts(ada) == {
        "attempt-1/item-1": ["b"],
        "attempt-1/item-2": {"order": [2, 1]},
    }


def test_a_dropped_draft_is_gone_and_dropping_it_again_is_harmless(records, ada):
    records.save_draft(ada, "kept", 1)
    records.save_draft(ada, "dropped", 2)
    records.drop_draft(ada, "dropped")
    records.drop_draft(ada, "dropped")
    assert records.drafts(ada) == {"kept": 1}


def test_who_has_neither_events_nor_drafts_has_no_record(records, ada):
    records.drop_draft(ada, "never-written")
    assert records.learner_ids() == ()
    records.save_draft(ada, "stage", "growing")
    records.drop_draft(ada, "stage")
    assert records.learner_ids() == ()
    assert records.drafts(ada) == {}


def test_drafts_read_are_the_readers_own(records, ada):
    records.save_draft(ada, "ranking", [3, 1, 2])
    records.drafts(ada)["ranking"].sort()
    assert records.drafts(ada) == {"ranking": [3, 1, 2]}


def test_drafts_leave_events_alone(records, ada, some_event):
    event = some_event()
    records.append(ada, event)
    records.save_draft(ada, "stage", "growing")
    records.drop_draft(ada, "stage")
    assert records.events(ada) == (event,)


def test_learners_are_listed_once_they_have_a_record(records, ada, bea, some_event):
    records.save_draft(bea, "stage", "growing")
    records.append(ada, some_event())
    assert records.learner_ids() == (ada, bea)


def test_a_session_leads_to_its_learner_until_it_ends(records, ada):
    assert records.learner_of_session(SESSION) is None
    assert records.add_session(SESSION, ada, NOON) == ada
    assert records.learner_of_session(SESSION) == ada
    assert records.learner_of_session(OTHER_SESSION) is None
    records.end_session(SESSION)
    records.end_session(SESSION)
    assert records.learner_of_session(SESSION) is None


def test_a_learner_may_have_several_sessions(records, ada):
    records.add_session(SESSION, ada, NOON)
    records.add_session(OTHER_SESSION, ada, NOON)
    records.end_session(SESSION)
    assert records.learner_of_session(OTHER_SESSION) == ada


def test_a_learners_sessions_are_listed_with_the_oldest_first(records, ada, bea):
    hour = timedelta(hours=1)
    records.add_session(OTHER_SESSION, ada, NOON + hour, note="Firefox, 手机")
    records.add_session(SESSION, ada, NOON)
    records.add_session(THIRD_SESSION, bea, NOON)
    assert records.sessions_of(ada) == (
        Session(SESSION, ada, NOON),
        Session(OTHER_SESSION, ada, NOON + hour, "Firefox, 手机"),
    )
    records.end_session(SESSION)
    assert [session.token_hash for session in records.sessions_of(ada)] == [OTHER_SESSION]
    assert records.sessions_of("nobody-here") == ()


def test_everybodys_sessions_are_listed_with_the_oldest_first(records, ada, bea):
    assert records.sessions() == ()
    records.add_session(OTHER_SESSION, ada, NOON + timedelta(hours=1), note="手机")
    records.add_session(SESSION, bea, NOON)
    assert records.sessions() == (
        Session(SESSION, bea, NOON),
        Session(OTHER_SESSION, ada, NOON + timedelta(hours=1), "手机"),
    )


def test_a_session_refused_to_a_learner_is_not_among_his(records, ada, bea):
    records.add_session(SESSION, ada, NOON, note="first")
    records.add_session(SESSION, bea, NOON, note="second")
    assert records.sessions_of(bea) == ()
    assert records.sessions_of(ada) == (Session(SESSION, ada, NOON, "first"),)


def test_a_session_that_ended_may_begin_again_for_somebody_else(records, ada, bea):
    records.add_session(SESSION, ada, NOON)
    records.end_session(SESSION)
    assert records.add_session(SESSION, bea, NOON) == bea
    assert records.sessions_of(ada) == ()
    assert [session.token_hash for session in records.sessions_of(bea)] == [SESSION]


def test_a_session_needs_an_instant_in_utc(records, ada):
    with pytest.raises(ValueError, match="UTC"):
        records.add_session(SESSION, ada, NOON.replace(tzinfo=None))
    assert records.learner_of_session(SESSION) is None


def test_nothing_of_an_erased_learner_remains(records, ada, bea, some_event):
    for learner, session in ((ada, SESSION), (bea, OTHER_SESSION)):
        records.append(learner, some_event(id="e1"))
        records.save_draft(learner, "stage", "growing")
        records.save_summary(learner, {"answers": 1})
        records.add_session(session, learner, NOON)
    records.events(ada)
    records.erase_learner(ada)
    assert records.events(ada) == ()
    assert records.drafts(ada) == {}
    assert records.summaries([ada, bea]) == {bea: {"answers": 1}}
    assert records.sessions_of(ada) == ()
    assert records.learner_of_session(SESSION) is None
    assert records.learner_ids() == (bea,)
    assert (
        len(records.events(bea)) == len(records.drafts(bea)) == len(records.sessions_of(bea)) == 1
    )


def test_erasing_is_harmless_when_there_is_nothing_and_who_is_erased_may_begin_anew(
    records, ada, some_event
):
    records.erase_learner(ada)
    records.append(ada, some_event(id="e1"))
    records.erase_learner(ada)
    anew = some_event(id="e1", kind="begun-anew")
    assert records.append(ada, anew)
    assert records.events(ada) == (anew,)


def test_a_summary_is_the_last_one_saved(records, ada, bea):
    assert records.summaries([ada, bea]) == {}
    records.save_summary(ada, {"answers": 1, "stage": "成长期"})
    records.save_summary(ada, {"answers": 2, "stage": None})
    assert records.summaries([ada, bea]) == {ada: {"answers": 2, "stage": None}}
    records.save_summary(ada, {"answers": 3})
    assert records.summaries((bea, ada)) == {ada: {"answers": 3}}
    assert records.summaries(()) == {}


def test_a_summary_makes_no_record(records, ada, some_event):
    records.save_summary(ada, {"answers": 0})
    assert records.learner_ids() == ()
    assert records.append(ada, some_event())


def test_a_session_stays_with_the_first_learner_it_was_given_to(records, ada, bea):
    records.add_session(SESSION, ada, NOON)
    assert records.add_session(SESSION, bea, NOON) == ada
    assert records.learner_of_session(SESSION) == ada


def test_two_first_requests_of_one_visitor_agree_on_the_learner(records):
    barrier = Barrier(4)
    answers = []

    def visit(number):
        barrier.wait()
        answers.append(records.add_session(SESSION, f"learner-{number}", NOON))

    run_together([Thread(target=visit, args=(number,)) for number in range(4)])
    assert set(answers) == {records.learner_of_session(SESSION)}
    assert len(answers) == 4


def test_learners_writing_at_once_lose_nothing(records, ada, some_event):
    events = [[some_event() for _ in range(60)] for _ in range(4)]

    def write(mine):
        for event in mine:
            assert records.append(ada, event)

    run_together([Thread(target=write, args=(mine,)) for mine in events])
    stored = records.events(ada)
    assert len(stored) == 240
    for mine in events:
        assert [event for event in stored if event in mine] == mine


@pytest.mark.parametrize(
    "learner_id",
    [
        "",
        "short",
        "UPPERCASE",
        "../../etc/passwd",
        "ada/00000001",
        "ada-0001\n",
        "a" * 65,
        "学习者-00000001",
    ],
)
def test_a_text_that_is_no_learners_id_reaches_no_record(records, learner_id, some_event):
    for act in (
        lambda: records.append(learner_id, some_event()),
        lambda: records.append_all(learner_id, []),
        lambda: records.events(learner_id),
        lambda: records.save_draft(learner_id, "key", 1),
        lambda: records.drafts(learner_id),
        lambda: records.drop_draft(learner_id, "key"),
        lambda: records.erase_learner(learner_id),
        lambda: records.save_summary(learner_id, 1),
        lambda: records.summaries([learner_id]),
        lambda: records.add_session(SESSION, learner_id, NOON),
        lambda: records.sessions_of(learner_id),
    ):
        with pytest.raises(ValueError, match="no learner's id"):
            act()
    assert records.learner_ids() == ()


@pytest.mark.parametrize("token_hash", ["", "a token", "../" + "0" * 61, SESSION.upper()])
def test_a_session_is_known_by_a_hash_alone(records, ada, token_hash):
    for act in (
        lambda: records.add_session(token_hash, ada, NOON),
        lambda: records.learner_of_session(token_hash),
        lambda: records.end_session(token_hash),
    ):
        with pytest.raises(ValueError, match="SHA-256"):
            act()


def test_records_in_good_order_can_be_written(records):
    records.check_writable()
    assert records.learner_ids() == ()


def test_a_check_finds_nothing_wrong_with_records_in_good_order(records, ada, some_event):
    assert list(records.check()) == []
    records.append(ada, some_event())
    records.append(ada, some_event())
    records.save_draft(ada, "stage", "growing")
    records.save_summary(ada, {"answers": 2})
    records.add_session(SESSION, ada, NOON)
    records.update_document("cohort-1", lambda _: {})
    assert list(records.check()) == []


def test_a_snapshot_shows_what_there_was(records, ada, some_event):
    event = some_event()
    records.append(ada, event)
    records.save_draft(ada, "stage", "growing")
    records.add_session(SESSION, ada, NOON)
    records.update_document("cohort-1", lambda _: {"name": "十月班"})
    with records.snapshot() as still:
        assert still.learner_ids() == (ada,)
        assert still.events(ada) == (event,)
        assert still.drafts(ada) == {"stage": "growing"}
        assert still.sessions() == (Session(SESSION, ada, NOON),)
        assert still.document(*still.document_names("")) == {"name": "十月班"}


@pytest.mark.parametrize("url", ["mysql:x", "postgresql:x", "tinydb:", "tinydb", "", "memory"])
def test_a_place_that_keeps_no_records_is_refused_with_the_one_that_does(url):
    with pytest.raises(ValueError, match=r"Use tinydb:PATH or postgresql://HOST/DATABASE\."):
        open_records(url)


def test_the_environment_names_the_place(monkeypatch, tmp_path, ada, some_event):
    monkeypatch.setenv("ACADEMY_RECORDS", f"tinydb:{tmp_path / 'elsewhere'}")
    open_records().append(ada, some_event())
    assert open_records(f"tinydb:{tmp_path / 'elsewhere'}").learner_ids() == (ada,)


def run_together(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_document_is_what_was_last_made_of_it(records):
    assert records.document("item-one") is None
    records.update_document("item-one", lambda kept: {"b": 0.5, "was": kept})
    changed = records.update_document("item-one", lambda kept: {"b": 0.7, "was": kept["b"]})
    assert changed == records.document("item-one") == {"b": 0.7, "was": 0.5}
    assert records.document("item-two") is None


def test_several_documents_are_asked_for_at_once(records):
    records.update_document("item-one", lambda _: {"b": 0.5})
    records.update_document("item-two", lambda _: "题")
    records.update_document("item-four", lambda _: None)
    records.update_document("item-five", lambda _: 5)
    wanted = ["item-one", "item-two", "item-three", "item-four"]
    assert records.documents(wanted) == {"item-one": {"b": 0.5}, "item-two": "题"}
    assert records.documents([]) == {}
    with pytest.raises(ValueError):
        records.documents(["item-one", "../item-two"])


def test_no_change_of_a_document_is_lost_between_threads(records):
    def count(_):
        records.update_document("count", lambda kept: (kept or 0) + 1)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(80)))
    assert records.document("count") == 80


def test_documents_are_found_by_how_their_names_begin(records):
    for name in ("item-two", "item-one", "items", "cohort-1"):
        records.update_document(name, lambda _: {"kept": True})
    assert records.document_names("item-") == ("item-one", "item-two")
    assert records.document_names("") == ("cohort-1", "item-one", "item-two", "items")
    assert records.document_names("nothing-") == ()
    with pytest.raises(ValueError, match="document's name"):
        records.document_names("../")


def test_a_dropped_document_is_gone_and_dropping_it_again_is_harmless(records):
    records.update_document("cohort-1", lambda _: {"name": "十月班"})
    records.drop_document("cohort-1")
    records.drop_document("cohort-1")
    assert records.document("cohort-1") is None
    assert records.document_names("cohort-") == ()
    assert records.update_document("cohort-1", lambda kept: {"was": kept}) == {"was": None}


@pytest.mark.parametrize("name", ["", "../up", "Upper", "a" * 81, "a.b"])
def test_a_documents_name_is_never_a_path(records, name):
    with pytest.raises(ValueError, match="document's name"):
        records.document(name)
    with pytest.raises(ValueError, match="document's name"):
        records.update_document(name, lambda kept: kept)
    with pytest.raises(ValueError, match="document's name"):
        records.drop_document(name)
