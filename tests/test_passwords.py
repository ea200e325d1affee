from __future__ import annotations

import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from academy import passwords


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("seven77", "password-short"),
        ("一二三四五六七", "password-short"),
        ("x" * 201 + "abc", "password-long"),
        ("aaaaaaaaaa", "password-common"),
        ("Password123", "password-common"),
        ("５２０１３１４５２０", "password-common"),
        ("Dana Lindqvist", "password-like-name"),
        ("DANA  lindqvist", "password-like-name"),
        ("eight888", None),
        ("correct horse battery staple", None),
        ("我家楼下的包子铺", None),
    ],
)
def test_length_counts_and_what_everybody_uses_will_not_do(password, problem):
    assert passwords.problem(password, "dana lindqvist") == problem


def test_a_password_is_known_again_and_no_other():
    kept = passwords.hashed("我家楼下的包子铺 88")
    assert passwords.is_right("我家楼下的包子铺 88", kept)
    assert passwords.is_right("我家楼下的包子铺 ８８", kept), "full-width digits are the same"
    assert not passwords.is_right("我家楼下的包子铺 89", kept)
    assert not passwords.is_right("", kept)
    assert "包子" not in kept


def test_two_accounts_with_one_password_keep_different_hashes():
    assert passwords.hashed("eight888") != passwords.hashed("eight888")


def test_what_is_kept_takes_the_memory_that_the_standard_recommends():
    kept = passwords.hashed("eight888")
    assert kept.startswith("$argon2id$")
    assert extract_parameters(kept) == RFC_9106_LOW_MEMORY
    assert not passwords.is_outdated(kept)
    assert passwords.is_outdated(kept.replace("m=65536", "m=1024"))


def test_an_account_that_does_not_exist_takes_the_same_work():
    assert extract_parameters(passwords._NOBODYS) == RFC_9106_LOW_MEMORY
    assert not passwords.is_right("anything at all", None)


def test_a_hash_that_makes_no_sense_lets_nobody_in():
    assert not passwords.is_right("eight888", "no hash")
