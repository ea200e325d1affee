"""A trainer's pages: the cohorts, one of them on one screen, a merchant, and how one is invited."""

from __future__ import annotations

import csv
import io
import random
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from academy import services
from academy.cohort_analytics import changes, cohort_table, distribution, needs
from academy.exchange.spreadsheets import as_csv, as_xlsx
from academy.ui import language, resources
from academy.ui.components import merchants_table, tables_of_the_whole
from tests.cast import Cast, gather
from tests.pages.conftest import words
from tests.pages.test_rights import Tab
from tests.test_cohort_work import practise

HOSTILE = '=HYPERLINK("http://evil")'


@pytest.fixture
def cast(records) -> Cast:
    return gather(records, datetime.now(UTC) - timedelta(days=20))


@pytest.fixture
def dana(cast) -> Tab:
    return Tab("Dana")


@pytest.fixture
def crowd(cast):
    """Twelve more merchants in Dana's cohort, growing, each with some practice of yesterday."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    curriculum = resources.curriculum()
    for number in range(12):
        learner = f"merchant-{number:04}"
        services.join_cohort(
            cast.records,
            learner,
            cast.cohort.code,
            name=HOSTILE if number == 3 else f"M{number}",
            address="192.0.2.1",
            now=cast.now,
        )
        services.choose_stage(cast.records, learner, curriculum.framework, "growing", now=cast.now)
        rng = random.Random(number)
        practise(cast.records, curriculum, learner, rng, number / 12, yesterday, False)
    return cast


def metrics(tab: Tab) -> dict[str, str]:
    return {metric.label: metric.value for metric in tab.at.metric}


def test_a_trainer_opens_a_cohort_and_is_led_to_its_invitation(cast, dana):
    dana.read("cohorts")
    dana.at.text_input(key="title").set_value("春季班")
    dana.at.button(key="create-cohort").click().run()
    (opened, spring) = services.own_cohorts(cast.records, cast["Dana"])
    assert (opened.title, spring.title) == ("春季班", "Spring")
    assert "Invite to 春季班" in words(dana.at)


def test_a_cohort_without_a_title_is_refused_with_what_to_do(cast, dana):
    dana.read("cohorts")
    dana.at.button(key="create-cohort").click().run()
    assert "Give the cohort a title" in words(dana.at)
    assert services.own_cohorts(cast.records, cast["Dana"]) == (cast.cohort,)


def test_an_archived_cohort_stands_last_and_can_be_opened_again(cast, dana):
    dana.read("manage", cohort=cast.cohort.id)
    dana.at.button(key="archive").click().run()
    assert not services.open_cohort(cast.records, cast["Dana"], cast.cohort.id).is_open
    dana.read("cohorts")
    assert [expander.label for expander in dana.at.expander] == ["Archived"]
    dana.read("manage", cohort=cast.cohort.id)
    dana.at.button(key="reopen").click().run()
    assert services.open_cohort(cast.records, cast["Dana"], cast.cohort.id).is_open


def test_the_screen_counts_who_is_there_who_moves_and_who_is_stuck(crowd, dana):
    dana.read("cohort", cohort=crowd.cohort.id)
    assert metrics(dana) == {
        "Merchants": "14", "Active in 7 days": "12", "Not moved": "2", "Stuck": "0"
    }  # fmt: skip
    assert "joined, and did nothing yet" in "\n".join(
        str(link.proto.label) for link in dana.at.get("page_link")
    )


def test_the_filters_stand_in_the_address_by_their_ids(crowd, dana):
    dana.read("cohort", cohort=crowd.cohort.id, who="still")
    at = dana.at
    assert at.query_params["who"] == "still"
    at.button_group(key="who").set_value("all").run()
    assert "who" not in at.query_params
    at.button_group(key="at-stage").set_value("growing").run()
    assert at.query_params["at-stage"] == "growing"


def test_a_filter_that_leaves_nobody_says_so(crowd, dana):
    said = dana.read("cohort", cohort=crowd.cohort.id, called="nobody of this name")
    assert "Nobody is left by these filters" in said


def test_nothing_is_told_of_the_whole_where_fewer_than_five_are_known(cast, dana):
    said = dana.read("cohort", cohort=cast.cohort.id)
    assert "of fewer they would tell on each" in said
    assert "Abilities, the neediest first" not in said


def test_with_enough_merchants_the_abilities_and_shares_are_told(crowd, dana):
    said = dana.read("cohort", cohort=crowd.cohort.id)
    assert "Abilities, the neediest first" in said
    assert "This needs five merchants" in said


def test_a_cohort_that_nobody_joined_says_how_to_begin(cast, dana):
    empty = services.create_cohort(cast.records, cast["Dana"], "Empty", now=cast.now)
    assert "Nobody has joined yet" in dana.read("cohort", cohort=empty.id)


def test_who_is_late_with_what_stands_on_the_screen_and_on_his_page(crowd, dana):
    services.assign(
        crowd.records, crowd["Dana"], resources.curriculum(), crowd.cohort.id, "lesson",
        "shop-setup-basic", to=["merchant-0005"],
        due_on=datetime.now(UTC).date() - timedelta(days=2), now=crowd.now,
    )  # fmt: skip
    said = dana.read("cohort", cohort=crowd.cohort.id, who="late")
    assert metrics(dana)["Late"] == "1"
    assert "2 days late" in said
    dana.at.session_state["as-a-table"] = True
    dana.at.run()
    shown = dana.at.dataframe[0].value
    assert shown["Merchant"].tolist() == ["M5"]
    assert shown["Assignments late"].tolist() == [1]
    assert "2 days late" in dana.read("learner", cohort=crowd.cohort.id, learner="merchant-0005")


def test_that_one_talked_is_noted_and_stands_beside_the_flag(cast, dana):
    ada = cast.id("Ada")
    dana.read("learner", cohort=cast.cohort.id, learner=ada)
    dana.at.checkbox(key=f"talked-{ada}").check()
    dana.at.button(key="write-note").click().run()
    (note,) = services.read_history(cast.records, ada).notes.values()
    assert note.is_talk and note.text == ""
    assert "Talked" in words(dana.at)
    day = datetime.now(UTC).date().isoformat()
    assert f"talked to on {day}" in dana.read("learner", cohort=cast.cohort.id, learner=ada)


def test_the_rule_is_judged_a_week_later_by_who_moved_again(crowd, dana):
    said = dana.read("cohort", cohort=crowd.cohort.id)
    assert "The first count comes a week from now" in said
    document = f"flags-{crowd.cohort.id}"
    kept = crowd.records.document(document)
    week_ago = (datetime.now(UTC) - timedelta(days=8)).date().isoformat()
    ids = list(services.cohort_members(crowd.records, crowd["Dana"], crowd.cohort.id))
    flagged = {learner: ["inactive"] for learner in ids[-6:]}
    crowd.records.update_document(
        document, lambda _: {**kept, "latest": {"on": week_ago, "rules": flagged}}
    )
    said = dana.read("cohort", cohort=crowd.cohort.id)
    assert "| **Flagged** | 6 | 6 | 100% |" in said
    assert "| **Not flagged** | 8 | 6 | 75% |" in said
    assert "| of these, talked to | – | – | – |" in said


def test_what_is_exported_is_what_stands_in_the_table(crowd, dana):
    dana.read("cohort", cohort=crowd.cohort.id)
    dana.at.session_state["as-a-table"] = True
    dana.at.run()
    shown = dana.at.dataframe[0].value
    table = the_table(crowd)
    assert tuple(shown.columns) == table.columns
    cells = [["" if cell != cell else cell or "" for cell in row] for row in shown.values.tolist()]
    assert cells == [["" if cell is None else cell or "" for cell in row] for row in table.rows]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(table))).active
    read = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert read[0] == list(table.columns)
    for row, given in zip(read[1:], table.rows, strict=True):
        days = [cell.date() if isinstance(cell, datetime) else cell for cell in row]
        assert days == list(given)
    lines = list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"))))
    assert len(lines) == len(table.rows) + 1
    assert [f"'{HOSTILE}"] == [line[0] for line in lines if "HYPERLINK" in line[0]]
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line)


def test_the_other_sheets_say_what_stands_below_the_map(crowd, dana):
    said = dana.read("cohort", cohort=crowd.cohort.id)
    table = everybody(crowd)
    with language.speaking("en"):
        abilities, dimensions, growth = tables_of_the_whole(
            needs(table), distribution(table), changes(table)
        )
    told = [row for row in abilities.rows if row[1] is not None]
    assert told
    for name, mean, low, high, _, asked, below in told:
        shown = ("–", "–") if below is None else (f"{asked:.0f}", f"{below:.0%}")
        band = f"{low:.0f}\u2060–\u2060{high:.0f}"
        assert f"| {name} | {mean:.0f} | {band} | {shown[0]} | {shown[1]} |" in said
    assert len(dimensions.rows) == 4
    assert all(
        cell is None or cell == 0 or cell >= 5 for row in dimensions.rows for cell in row[1:]
    )
    assert growth.rows == ()


def the_table(crowd: Cast):
    table = everybody(crowd)
    with language.speaking("en"):
        return merchants_table(
            table.by_need(), crowd.cohort, [need.id for need in needs(table)], late={}
        )


def everybody(crowd: Cast):
    seen = services.watch_cohort(
        crowd.records, crowd["Dana"], resources.curriculum(), crowd.cohort.id
    )
    return cohort_table(
        resources.curriculum().framework,
        list(seen.members.values()),
        seen.summaries,
        ends_on=None,
        now=datetime.now(UTC),
    )


def test_a_merchants_page_tells_what_he_answered_question_by_question(crowd, dana):
    said = dana.read("learner", cohort=crowd.cohort.id, learner="merchant-0005")
    assert dana.at.title[0].value == "M5"
    assert "Growing" in said and "The same in numbers" in said
    attempts = dana.at.selectbox(key="attempt")
    (attempt,) = services.read_history(crowd.records, "merchant-0005").quizzes.values()
    attempts.set_value(attempt.id).run()
    assert "the answer given" in words(dana.at)


def test_what_the_trainer_puts_first_is_said_so_to_the_merchant(cast, dana, visit):
    ada = cast.id("Ada")
    services.choose_stage(
        cast.records, ada, resources.curriculum().framework, "growing", now=cast.now
    )
    dana.read("learner", cohort=cast.cohort.id, learner=ada)
    dana.at.multiselect(key=f"pins-{ada}").set_value(["brand-output"])
    dana.at.button(key="save-guidance").click().run()
    assert "put first by a trainer" in words(dana.at)
    assert "Your trainer put it first." in Tab("Ada").read("results")


def test_a_note_is_written_and_taken_back(cast, dana):
    ada = cast.id("Ada")
    dana.read("learner", cohort=cast.cohort.id, learner=ada)
    dana.at.text_area(key=f"new-note-{ada}").set_value("Calls on *Monday*")
    dana.at.button(key="write-note").click().run()
    (note,) = services.read_history(cast.records, ada).notes.values()
    assert "Calls on" in words(dana.at)
    dana.at.button(key=f"note-{note.id}").click().run()
    assert "Calls on" not in words(dana.at)


def test_a_code_for_a_new_password_is_handed_out_to_whoever_has_an_account(cast, dana):
    dana.read("learner", cohort=cast.cohort.id, learner=cast.id("Ada"))
    dana.at.button(key="hand-out").click().run()
    assert len(dana.at.code[0].value.replace("-", "")) == 12


def test_a_list_of_names_is_reported_before_it_does_anything(cast, dana):
    dana.read("invite", cohort=cast.cohort.id)
    dana.at.text_area(key="typed-names").set_value("小李\nAda\n小李").run()
    said = words(dana.at)
    assert "Nothing is done yet" in said and "**1** will be expected" in said
    assert services.expected_members(cast.records, cast["Dana"], cast.cohort.id) == ()
    dana.at.button(key="expect").click().run()
    (li,) = services.expected_members(cast.records, cast["Dana"], cast.cohort.id)
    assert "1 name is expected" in words(dana.at)
    assert li.token in dana.at.dataframe[-1].value["Link"][0]
    assert len(services.cohort_members(cast.records, cast["Dana"], cast.cohort.id)) == 2


def test_a_trainer_is_added_and_a_member_removed(cast, dana):
    dana.read("manage", cohort=cast.cohort.id)
    dana.at.text_input(key="trainer-name").set_value("Finn")
    dana.at.button(key="add-trainer-now").click().run()
    assert (
        cast.id("Finn") in services.open_cohort(cast.records, cast["Dana"], cast.cohort.id).trainers
    )
    dana.at.button(key=f"out-{cast.id('Bea')}").click().run()
    assert list(services.cohort_members(cast.records, cast["Dana"], cast.cohort.id)) == [
        cast.id("Ada")
    ]


def test_who_left_is_seen_no_more(cast, dana):
    ada = cast.id("Ada")
    services.leave_cohort(cast.records, ada, cast.cohort.id, now=cast.now)
    assert "Ada" not in dana.read("cohort", cohort=cast.cohort.id)
    assert "There is nothing at this address" in dana.read(
        "learner", cohort=cast.cohort.id, learner=ada
    )
