from __future__ import annotations

import pytest

from academy.accounts import Person, name_key, usable_name


@pytest.mark.parametrize("other", ["lina", "LINA", " Lina ", "Ｌｉｎａ", "Li\u200bna"])
def test_names_that_look_the_same_are_one_name(other):
    assert name_key(other) == name_key("Lina")


@pytest.mark.parametrize("other", ["Li na", "Lina2", "丽娜"])
def test_other_names_are_others(other):
    assert name_key(other) != name_key("Lina")


@pytest.mark.parametrize("name", ["", " ", "a", "\u200b\u200b\u200b", "x" * 41])
def test_a_name_has_two_to_forty_characters_that_can_be_seen(name):
    assert usable_name(name) is None


def test_a_name_is_shown_as_it_was_written():
    assert usable_name("  李娜 的小店 ") == "李娜 的小店"


def test_somebody_without_a_name_has_no_account():
    assert not Person("ada-00000001").has_account
    assert Person("ada-00000001", "Ada").has_account
