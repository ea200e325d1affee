"""`python -m academy items calibrate`: the nightly fit, from the command line."""

from __future__ import annotations

import pytest

from academy import services
from academy.__main__ import main
from academy.services.item_parameters import item_state
from academy.storage import open_records

SKILL = "shop-health"


@pytest.fixture
def place(tmp_path, curriculum, ada, noon):
    """A store in which Ada has answered one practice."""
    records = open_records(f"tinydb:{tmp_path}/data")
    quiz = services.open_quiz(records, ada, curriculum, purpose="practice", subject=SKILL, now=noon)
    for item_id in quiz.form:
        key = curriculum.bank.item(item_id).key
        services.record_response(
            records, ada, curriculum, quiz.id, item_id, key, seconds=60, now=noon
        )
    return f"tinydb:{tmp_path}/data", quiz.form[0]


def test_each_night_is_a_new_version_that_items_name(place, curriculum, capsys):
    address, item_id = place
    for night in (1, 2):
        assert main(["items", "calibrate", "--records", address]) == 0
        state = item_state(open_records(address), curriculum.bank.item(item_id))
        assert state.version == f"fit {night}, 1 answers"
    assert capsys.readouterr().out


def test_a_place_that_is_none_is_named_with_the_next_step(capsys):
    assert main(["items", "calibrate", "--records", "paper:desk"]) == 1
    assert "paper:desk" in capsys.readouterr().err
