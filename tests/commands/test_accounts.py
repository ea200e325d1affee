from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pytest

from academy import services
from academy.__main__ import main
from academy.services import Browser
from academy.storage import open_records
from tests.cast import open_account


@pytest.fixture
def place(tmp_path):
    return f"tinydb:{tmp_path / 'data'}"


@pytest.fixture
def run(place, monkeypatch, capsys):
    """Runs a command with a password on stdin; what it answered, said and complained of."""

    def command(*arguments: str, password: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        status = main(["accounts", *arguments, "--records", place])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def signed_in(place, noon):
    """Whether somebody gets in with a name and a password."""

    def try_(name: str, password: str) -> str:
        browser = Browser(None, "0" * 64, "203.0.113.7", "")
        return services.sign_in(
            open_records(place), name, password, browser=browser, bring=True, now=noon
        )

    return try_


def test_the_first_administrator_is_made_and_gets_in(run, place, signed_in):
    status, said, _ = run("create-admin", "Gail", password="gails own horse")
    assert (status, "Gail is administrator" in said) == (0, True)
    gail = signed_in("gail", "gails own horse")
    assert services.find_person(open_records(place), gail).role == "administrator"


@pytest.mark.parametrize(
    ("name", "password", "advice"),
    [
        ("G", "gails own horse", "2 to 40 characters"),
        ("Gail", "short", "at least 8"),
        ("Gail", "", "at least 8"),
        ("Gail Horse", "gail horse", "is the name"),
    ],
)
def test_what_will_not_do_is_said_with_what_to_do(run, place, name, password, advice):
    status, _, complaint = run("create-admin", name, password=password)
    assert (status, advice in complaint) == (1, True)
    assert services.everybody(open_records(place)) == ()


def test_everybody_is_listed_once_with_the_role_that_can_be_changed(run):
    assert "create-admin" in run("list")[1]
    run("create-admin", "Gail", password="gails own horse")
    assert run("list")[1].split() == ["administrator", "Gail"]
    status, _, complaint = run("create-admin", "GAIL", password="gails own horse")
    assert (status, "has this name already" in complaint) == (1, True)
    assert run("set-role", "gail", "trainer")[1] == "Gail is trainer from now on.\n"
    assert run("list")[1].split() == ["trainer", "Gail"]
    status, _, complaint = run("set-role", "Nobody", "trainer")
    assert (status, "accounts list" in complaint) == (1, True)


def test_a_code_from_the_command_line_sets_a_new_password(run, place):
    open_account(open_records(place), "Gail", datetime.now(UTC))
    status, said, _ = run("reset-code", "Gail")
    code = re.match(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", said)
    assert status == 0
    services.reset_password(
        open_records(place),
        "Gail",
        code[0],
        "another horse",
        browser=Browser(None, "0" * 64, "203.0.113.7", ""),
        now=datetime.now(UTC),
    )
    assert run("reset-code", "Nobody")[0] == 1
