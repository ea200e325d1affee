from __future__ import annotations

from datetime import date, timedelta

import pytest

from academy import services
from academy.services import Days, Refusal, TooManyTries
from academy.services.throttle import PER_ADDRESS

HERE = "203.0.113.7"


def refused(reason, act, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(*args, **kwargs)
    assert refusal.value.reason == reason


def member_names(cast, by="Dana"):
    return [
        member.name
        for member in services.cohort_members(cast.records, cast[by], cast.cohort.id).values()
    ]


def test_a_trainer_opens_a_cohort_and_finds_it_again(cast, noon):
    days = Days(date(2026, 12, 1), date(2026, 12, 31))
    later = noon + timedelta(hours=1)
    winter = services.create_cohort(cast.records, cast["Dana"], " Winter  班 ", days, now=later)
    assert (winter.title, winter.starts_on) == ("Winter 班", days.starts_on)
    assert winter.ends_on == days.ends_on
    assert services.own_cohorts(cast.records, cast["Dana"]) == (winter, cast.cohort)
    assert services.open_cohort(cast.records, cast["Dana"], winter.id) == winter
    assert services.cohort_members(cast.records, cast["Dana"], winter.id) == {}


def test_a_cohort_needs_a_title_and_days_in_their_order(cast, noon):
    refused(
        "title-missing", services.create_cohort, cast.records, cast["Dana"], " \u200b", now=noon
    )
    refused("dates-reversed", Days, date(2026, 12, 2), date(2026, 12, 1))


def test_a_learner_and_a_guest_open_no_cohort(cast, noon):
    for name in ("Ada", "Eve"):
        refused("not-allowed", services.create_cohort, cast.records, cast[name], "Mine", now=noon)


def test_members_are_listed_in_the_order_of_joining_under_the_names_they_gave(cast, noon):
    guest = services.join(cast.records, "9" * 64, now=noon)
    code = cast.cohort.code.upper()
    services.join_cohort(cast.records, guest, code, name=" 小李\n的店 ", address=HERE, now=noon)
    assert member_names(cast) == ["Ada", "Bea", "小李 的店"]
    services.join_cohort(cast.records, guest, code, name="李娜", address=HERE, now=noon)
    assert member_names(cast) == ["Ada", "Bea", "李娜"]


def test_who_gives_no_name_is_told_apart_all_the_same(cast, noon):
    guest = services.join(cast.records, "9" * 64, now=noon)
    services.join_cohort(cast.records, guest, cast.cohort.code, name=" ", address=HERE, now=noon)
    member = services.cohort_members(cast.records, cast["Dana"], cast.cohort.id)[guest]
    assert (member.name, member.tag) == ("", guest[:4])


def test_the_record_of_a_member_holds_the_consent_and_he_sees_who_sees_him(cast, noon):
    (joined,) = [e for e in cast.records.events(cast.id("Ada")) if e.kind == "cohort-joined"]
    assert joined.data["consent"] == 1
    (onlooker,) = services.onlookers(cast.records, cast.id("Ada"))
    assert onlooker.cohort.title == "Spring"
    assert list(onlooker.cohort.trainers.values()) == ["Dana"]
    assert services.onlookers(cast.records, cast.id("Gail")) == ()
    assert services.onlookers(cast.records, None) == ()


def test_joining_twice_is_the_same_as_once(cast, noon):
    before = cast.records.events(cast.id("Ada"))
    services.join_cohort(
        cast.records, cast.id("Ada"), cast.cohort.code, name="Ada", address=HERE, now=noon
    )
    assert cast.records.events(cast.id("Ada")) == before
    assert member_names(cast) == ["Ada", "Bea"]


def test_a_trainer_sees_the_work_of_own_members_until_they_leave(cast, noon):
    def sees(by, whom, cohort):
        return services.member_history(cast.records, cast[by], cohort.id, cast.id(whom))

    member, history = sees("Dana", "Ada", cast.cohort)
    assert (member.name, history.name) == ("Ada", "Ada")
    refused("unknown-cohort", sees, "Dana", "Cyrus", cast.cohort)
    refused("unknown-cohort", sees, "Dana", "Cyrus", cast.other_cohort)
    refused("unknown-cohort", sees, "Finn", "Ada", cast.cohort)
    refused("unknown-cohort", sees, "Gail", "Ada", cast.cohort)
    refused("unknown-cohort", sees, "Ada", "Ada", cast.cohort)
    for _ in range(2):
        services.leave_cohort(cast.records, cast.id("Ada"), cast.cohort.id, now=noon)
    refused("unknown-cohort", sees, "Dana", "Ada", cast.cohort)
    assert member_names(cast) == ["Bea"]
    assert services.onlookers(cast.records, cast.id("Ada")) == ()


def test_somebody_elses_cohort_is_like_one_that_does_not_exist(cast, noon):
    records, spring = cast.records, cast.cohort.id
    for name in ("Ada", "Bea", "Cyrus", "Finn", "Gail", "Eve"):
        for cohort_id in (spring, "0" * 12, "../../etc", "", "x" * 200):
            who = cast[name]
            refused("unknown-cohort", services.open_cohort, records, who, cohort_id)
            refused("unknown-cohort", services.cohort_members, records, who, cohort_id)
            refused("unknown-cohort", services.renew_code, records, who, cohort_id)
            refused("unknown-cohort", services.archive_cohort, records, who, cohort_id, now=noon)


def test_an_archived_cohort_takes_nobody_in_and_can_be_opened_again(cast, noon):
    services.archive_cohort(cast.records, cast["Dana"], cast.cohort.id, now=noon)
    ada, code = cast.id("Cyrus"), cast.cohort.code

    def join():
        services.join_cohort(cast.records, ada, code, name="C", address=HERE, now=noon)

    refused("cohort-archived", join)
    assert member_names(cast) == ["Ada", "Bea"]
    services.reopen_cohort(cast.records, cast["Dana"], cast.cohort.id)
    join()
    assert member_names(cast) == ["Ada", "Bea", "C"]


def test_a_new_code_ends_the_old_one(cast, noon):
    changed = services.renew_code(cast.records, cast["Dana"], cast.cohort.id)
    assert changed.code != cast.cohort.code
    find = services.find_invitation
    refused("unknown-invitation", find, cast.records, cast.cohort.code, address=HERE, now=noon)
    assert find(cast.records, changed.code, address=HERE, now=noon) == changed


def test_codes_are_not_guessed_in_numbers_and_right_ones_never_run_out(cast, noon):
    find = services.find_invitation
    for _ in range(2 * PER_ADDRESS.tries):
        find(cast.records, cast.cohort.code, address=HERE, now=noon)
    for number in range(PER_ADDRESS.tries):
        wrong = f"wrong{number}"
        refused("unknown-invitation", find, cast.records, wrong, address=HERE, now=noon)
    with pytest.raises(TooManyTries):
        find(cast.records, cast.cohort.code, address=HERE, now=noon)
    find(cast.records, cast.cohort.code, address="203.0.113.8", now=noon)


@pytest.mark.parametrize("code", ["", " ", "-", "../members", "\u202e", "x" * 500, "商家"])
def test_whatever_is_typed_as_a_code_is_answered(cast, noon, code):
    refused(
        "unknown-invitation", services.find_invitation, cast.records, code, address=HERE, now=noon
    )


def test_title_and_days_are_changed_and_members_see_the_new_title(cast):
    days = Days(ends_on=date(2026, 12, 31))
    changed = services.change_cohort(
        cast.records, cast["Dana"], cast.cohort.id, title="Summer", days=days
    )
    assert (changed.title, changed.ends_on) == ("Summer", date(2026, 12, 31))
    (onlooker,) = services.onlookers(cast.records, cast.id("Ada"))
    assert onlooker.cohort.title == "Summer"


def test_several_trainers_see_a_cohort_and_its_members_see_them_all(cast, noon):
    records, spring = cast.records, cast.cohort.id
    refused(
        "unknown-account",
        services.add_trainer,
        records,
        cast["Dana"],
        spring,
        "Bea",
        now=noon,
    )
    services.add_trainer(records, cast["Dana"], spring, " finn ", now=noon)
    assert spring in {cohort.id for cohort in services.own_cohorts(records, cast["Finn"])}
    (onlooker,) = services.onlookers(records, cast.id("Ada"))
    assert sorted(onlooker.cohort.trainers.values()) == ["Dana", "Finn"]
    services.remove_trainer(records, cast["Finn"], spring, cast.id("Dana"), now=noon)
    refused("unknown-cohort", services.open_cohort, records, cast["Dana"], spring)
    refused(
        "last-trainer",
        services.remove_trainer,
        records,
        cast["Finn"],
        spring,
        cast.id("Finn"),
        now=noon,
    )


def test_an_administrator_gives_a_cohort_a_trainer_without_seeing_into_it(cast, noon):
    records, spring = cast.records, cast.cohort.id
    assert [each.title for each in services.every_cohort(records, cast["Gail"])] == [
        "Autumn",
        "Spring",
    ]
    services.add_trainer(records, cast["Gail"], spring, "Finn", now=noon)
    services.open_cohort(records, cast["Finn"], spring)
    refused("unknown-cohort", services.open_cohort, records, cast["Gail"], spring)
    refused("not-allowed", services.every_cohort, records, cast["Dana"])


def test_a_trainer_takes_a_member_out_who_keeps_his_work(cast, noon):
    records, bea = cast.records, cast.id("Bea")
    services.remove_member(records, cast["Dana"], cast.cohort.id, bea, now=noon)
    assert member_names(cast) == ["Ada"]
    assert services.onlookers(records, bea) == ()
    assert services.read_history(records, bea).name == "Bea"
