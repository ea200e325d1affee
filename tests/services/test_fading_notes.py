from datetime import timedelta

from academy.services.fading_notes import add_note, drop_notes, has_note

HOUR = timedelta(hours=1)


def test_a_note_is_there_until_it_fades(records, noon):
    assert add_note(records, "things", "a", lasts=HOUR, at_most=1, now=noon) is None
    assert has_note(records, "things", "a", now=noon + HOUR / 2)
    assert not has_note(records, "things", "a", now=noon + HOUR)
    assert not has_note(records, "things", "b", now=noon)
    assert not has_note(records, "others", "a", now=noon)


def test_where_there_are_as_many_as_may_be_it_says_when_the_first_fades(records, noon):
    for minutes in (0, 10):
        at = noon + timedelta(minutes=minutes)
        assert add_note(records, "things", "a", lasts=HOUR, at_most=2, now=at) is None
    full = noon + timedelta(minutes=20)
    assert add_note(records, "things", "a", lasts=HOUR, at_most=2, now=full) == noon + HOUR
    assert add_note(records, "things", "a", lasts=HOUR, at_most=2, now=noon + HOUR) is None


def test_notes_are_dropped_all_or_the_latest(records, noon):
    for minutes in (0, 10):
        at = noon + timedelta(minutes=minutes)
        add_note(records, "things", "a", lasts=HOUR, at_most=5, now=at)
    drop_notes(records, "things", "a", latest_only=True, now=noon)
    assert not has_note(records, "things", "a", now=noon + HOUR)
    assert has_note(records, "things", "a", now=noon + HOUR / 2)
    drop_notes(records, "things", "a", now=noon)
    assert not has_note(records, "things", "a", now=noon + HOUR / 2)


def test_what_has_faded_is_forgotten_and_no_key_is_kept(records, noon):
    add_note(records, "things", "203.0.113.7", lasts=HOUR, at_most=5, now=noon)
    (name,) = records.document_names("things-")
    assert "203.0.113.7" not in str(records.document(name))
    drop_notes(records, "things", "203.0.113.7", now=noon + 2 * HOUR)
    assert records.document(name) == {}
