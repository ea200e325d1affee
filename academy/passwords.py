"""Passwords: which ones will do, and how they are kept.

Length is what counts; nothing is asked about digits or signs (NIST SP 800-63B). What is kept is an
argon2id hash with the parameters that RFC 9106 recommends for little memory: 64 MiB, three passes.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from academy.accounts import name_key

Problem = Literal["password-short", "password-long", "password-common", "password-like-name"]

SHORTEST = 8
LONGEST = 200
_COMMON = """
password password1 password123 passw0rd p@ssw0rd 12345678 123456789 1234567890 12341234 123123123
87654321 987654321 qwertyui qwertyuiop qwerty123 1qaz2wsx q1w2e3r4 1q2w3e4r asdfghjkl zxcvbnm123
abcd1234 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 qq123456 qq123456789
woaini1314 woaini520 5201314520 52013145 13145200 iloveyou letmein123 admin123 admin1234 welcome1
sunshine football baseball douyin123 douyin888 taobao123 wangyi163 zhang123 wang1234 mima1234
mima123456 xiaoming nihao123 china123
"""
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$aaWEw/38aobvgnPROqDrIw"
    "$MH9tANUFGNuvf5XMgfzSFtat9wzyaQ/WgzC0EmFONpA"
)
"""Compared with in the place of an account that does not exist, to take as long."""


def problem(password: str, name: str) -> Problem | None:
    """Why this password will not do for somebody of this name; None if it will."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return "password-short"
    if len(plain) > LONGEST:
        return "password-long"
    if len(set(plain)) < 3 or plain.lower() in _COMMON.split():
        return "password-common"
    if name_key(plain) == name_key(name):
        return "password-like-name"
    return None


def hashed(password: str) -> str:
    """What is kept of a password; takes a tenth of a second and 64 MiB, on purpose."""
    return _HASHER.hash(_plain(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether this is the password that was kept; with nothing kept, no, and just as slowly."""
    try:
        _HASHER.verify(kept or _NOBODYS, _plain(password)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """Full-width digits of a Chinese keyboard and plain ones are the same password."""
    return unicodedata.normalize("NFKC", password)
