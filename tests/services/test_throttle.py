from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from academy.services.refusals import TooManyTries
from academy.services.throttle import PER_ACCOUNT, forgive_last, network_of, note_try
from academy.storage import open_records


def test_after_so_many_tries_it_says_when_to_try_again(records, noon):
    for _ in range(PER_ACCOUNT.tries):
        note_try(records, PER_ACCOUNT, "ada", now=noon)
    with pytest.raises(TooManyTries) as refused:
        note_try(records, PER_ACCOUNT, "ada", now=noon)
    assert refused.value.again_at == noon + PER_ACCOUNT.within
    note_try(records, PER_ACCOUNT, "bea", now=noon)
    note_try(records, PER_ACCOUNT, "ada", now=refused.value.again_at)


def test_many_at_once_count_as_many(records, noon):
    def let_through(_) -> bool:
        try:
            note_try(records, PER_ACCOUNT, "ada", now=noon)
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as several:
        assert sum(several.map(let_through, range(30))) == PER_ACCOUNT.tries


def test_a_restart_forgives_nothing(tmp_path, noon):
    for _ in range(PER_ACCOUNT.tries):
        note_try(open_records(f"tinydb:{tmp_path}"), PER_ACCOUNT, "ada", now=noon)
    with pytest.raises(TooManyTries):
        note_try(open_records(f"tinydb:{tmp_path}"), PER_ACCOUNT, "ada", now=noon)


def test_a_good_try_takes_its_note_back(records, noon):
    for _ in range(3 * PER_ACCOUNT.tries):
        note_try(records, PER_ACCOUNT, "ada", now=noon)
        forgive_last(records, PER_ACCOUNT, "ada", now=noon)
    for _ in range(PER_ACCOUNT.tries):
        note_try(records, PER_ACCOUNT, "ada", now=noon)
    with pytest.raises(TooManyTries):
        note_try(records, PER_ACCOUNT, "ada", now=noon)


def test_waiting_in_vain_makes_the_wait_no_longer(records, noon):
    for _ in range(PER_ACCOUNT.tries):
        note_try(records, PER_ACCOUNT, "ada", now=noon)
    for minutes in range(1, 15):
        with pytest.raises(TooManyTries) as refused:
            note_try(records, PER_ACCOUNT, "ada", now=noon + timedelta(minutes=minutes))
        assert refused.value.again_at == noon + PER_ACCOUNT.within


def test_a_household_has_one_address_however_many_it_is_given():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("203.0.113.7") != network_of("203.0.113.8")
    assert network_of("testclient") == "testclient"
