from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from academy import services
from academy.accounts import Person, name_key
from academy.services import Browser, Refusal, TooManyTries
from academy.services.account_records import account_of_name, change_account
from academy.services.accounts import set_role
from academy.services.throttle import PER_ACCOUNT, note_try
from academy.storage import open_records
from tests.cast import PASSWORD, open_account

GUEST, PHONE, ELSEWHERE, HOME = "a" * 64, "b" * 64, "c" * 64, "d" * 64
GOOD = PASSWORD


@pytest.fixture
def records():
    """One store will do here: each try of a password costs a tenth of a second."""
    return open_records("memory:")


@pytest.fixture
def come_from():
    """Makes browsers, each to be known by another token than the last."""
    numbers = count(1)

    def make(old: str | None = None, address: str = "203.0.113.7") -> Browser:
        return Browser(old, f"{next(numbers):064x}", address, "Firefox · Android")

    return make


@pytest.fixture
def opened(records, noon):
    """Ada's account, and a browser in which she is signed in; her learner id."""
    ada = open_account(records, "Ada", noon)
    records.add_session(HOME, ada, noon)
    return ada


def refused(reason, act, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(*args, **kwargs)
    assert refusal.value.reason == reason


def test_an_account_takes_over_what_its_owner_did_as_a_guest(records, come_from, noon):
    guest = services.join(records, GUEST, now=noon)
    services.choose_language(records, guest, "en", now=noon)
    come = come_from(GUEST)
    assert services.open_account(records, "Ada", GOOD, browser=come, now=noon) == guest
    assert services.learner_of(records, come.new_hash) == guest
    history = services.read_history(records, guest)
    assert (history.name, history.role, history.language) == ("Ada", "learner", "en")


def test_somebody_who_did_nothing_yet_gets_an_account_all_the_same(records, come_from, noon):
    come = come_from()
    ada = services.open_account(records, "Ada", GOOD, browser=come, now=noon)
    assert services.learner_of(records, come.new_hash) == ada
    assert [event.kind for event in records.events(ada)] == ["learner-joined", "account-opened"]


def test_the_token_of_a_guest_is_worth_nothing_once_he_signed_in(records, come_from, opened, noon):
    services.join(records, GUEST, now=noon)
    services.sign_in(records, "Ada", GOOD, browser=come_from(GUEST), bring=True, now=noon)
    assert services.learner_of(records, GUEST) is None
    assert services.has_ended(records, GUEST, now=noon)
    refused("signed-out", services.join, records, GUEST, now=noon)


def test_no_password_is_kept_as_it_was_given(records, opened):
    assert GOOD not in str(account_of_name(records, "Ada"))
    assert GOOD not in str(records.events(opened))


@pytest.mark.parametrize(
    ("name", "password", "reason"),
    [
        ("A", GOOD, "name-unusable"),
        ("ada ", GOOD, "name-taken"),
        ("ＡＤＡ", GOOD, "name-taken"),
        ("Bea", "short", "password-short"),
        ("Bea Lindqvist", "bea lindqvist", "password-like-name"),
    ],
)
def test_a_name_is_had_once_and_a_weak_password_not_at_all(
    records, come_from, opened, noon, name, password, reason
):
    refused(
        reason, services.open_account, records, name, password, browser=come_from(PHONE), now=noon
    )
    assert services.learner_of(records, PHONE) is None


def test_one_signs_in_on_a_second_device_and_is_the_same(records, come_from, opened, noon):
    phone = come_from(PHONE)
    came = services.sign_in(records, "ada", GOOD, browser=phone, bring=True, now=noon)
    assert came == opened
    assert services.learner_of(records, phone.new_hash) == opened
    notes = [session.note for session in services.sessions_of(records, opened)]
    assert sorted(notes) == ["", "Firefox · Android"]


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(records, come_from, opened, noon):
    for name, password in (("Ada", "wrong horse"), ("Nobody", GOOD)):
        refused(
            "wrong-name-or-password",
            services.sign_in,
            records,
            name,
            password,
            browser=come_from(PHONE),
            bring=True,
            now=noon,
        )
    assert len(services.sessions_of(records, opened)) == 1


def fail_often(records, name, noon):
    for _ in range(PER_ACCOUNT.tries):
        note_try(records, PER_ACCOUNT, name_key(name), now=noon)


def test_guessing_is_stopped_even_for_the_right_password_and_goes_on_later(
    records, come_from, opened, noon
):
    def sign_in(password, now=noon):
        services.sign_in(records, "Ada", password, browser=come_from(), bring=True, now=now)

    for _ in range(2):
        refused("wrong-name-or-password", sign_in, "wrong horse")
        sign_in(GOOD)
    fail_often(records, "ada", noon)
    with pytest.raises(TooManyTries) as stopped:
        sign_in(GOOD)
    sign_in(GOOD, now=stopped.value.again_at)


def test_names_that_nobody_has_are_throttled_like_others(records, come_from, noon):
    fail_often(records, "Nobody", noon)
    with pytest.raises(TooManyTries):
        services.sign_in(records, "Nobody", GOOD, browser=come_from(), bring=True, now=noon)


def test_another_password_signs_out_everywhere_but_here(records, come_from, opened, noon):
    phone = come_from(PHONE)
    services.sign_in(records, "Ada", GOOD, browser=phone, bring=True, now=noon)
    here = come_from(phone.new_hash)
    services.change_password(records, opened, GOOD, "another horse", browser=here, now=noon)
    assert [each.token_hash for each in services.sessions_of(records, opened)] == [here.new_hash]
    refused(
        "wrong-name-or-password",
        services.sign_in,
        records,
        "Ada",
        GOOD,
        browser=come_from(),
        bring=True,
        now=noon,
    )


def test_changing_the_password_takes_the_old_one(records, come_from, opened, noon):
    refused(
        "wrong-password",
        services.change_password,
        records,
        opened,
        "wrong horse",
        "another horse",
        browser=come_from(),
        now=noon,
    )
    guest = services.join(records, ELSEWHERE, now=noon)
    refused(
        "no-account",
        services.change_password,
        records,
        guest,
        GOOD,
        "another horse",
        browser=come_from(),
        now=noon,
    )
    come = come_from()
    assert services.sign_in(records, "Ada", GOOD, browser=come, bring=True, now=noon) == opened


def test_an_outdated_hash_is_renewed_at_sign_in(records, come_from, opened, noon):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    change_account(records, "Ada", lambda kept: type(kept)(kept.name, kept.learner_id, weak))
    services.sign_in(records, "Ada", GOOD, browser=come_from(), bring=True, now=noon)
    assert account_of_name(records, "Ada").password.startswith("$argon2id$v=19$m=65536")


def handed_out(records, noon):
    open_account(records, "Gail", noon)
    gail = set_role(records, "Gail", "administrator", by=None, now=noon)
    ada = services.find_account(records, gail, "Ada").learner_id
    return services.hand_out_reset_code(records, gail, ada, now=noon)


def test_a_code_sets_a_new_password_once_and_ends_every_session(records, come_from, opened, noon):
    code = handed_out(records, noon)
    assert code not in str(account_of_name(records, "Ada"))
    come = come_from(PHONE)
    typed = f" {code[:4].upper()}-{code[4:]}"
    came = services.reset_password(records, "ada", typed, "another horse", browser=come, now=noon)
    assert came == opened
    assert [each.token_hash for each in services.sessions_of(records, opened)] == [come.new_hash]
    services.sign_in(records, "Ada", "another horse", browser=come_from(), bring=True, now=noon)
    refused(
        "wrong-code",
        services.reset_password,
        records,
        "Ada",
        code,
        "a third horse",
        browser=come_from(),
        now=noon,
    )


def test_a_code_is_good_for_a_day(records, come_from, opened, noon):
    code = handed_out(records, noon)
    late = noon + timedelta(hours=24)
    refused(
        "wrong-code",
        services.reset_password,
        records,
        "Ada",
        code,
        "another horse",
        browser=come_from(),
        now=late,
    )


def test_a_weak_new_password_does_not_use_the_code_up(records, come_from, opened, noon):
    code = handed_out(records, noon)
    come = come_from()
    refused(
        "password-short",
        services.reset_password,
        records,
        "Ada",
        code,
        "short",
        browser=come,
        now=noon,
    )
    services.reset_password(records, "Ada", code, "another horse", browser=come, now=noon)


def test_codes_cannot_be_guessed_in_numbers(records, come_from, opened, noon):
    code = handed_out(records, noon)
    fail_often(records, "Ada", noon)
    with pytest.raises(TooManyTries):
        services.reset_password(
            records, "Ada", code, "another horse", browser=come_from(), now=noon
        )


def test_the_learner_sees_that_a_code_was_handed_out_and_by_whom(records, opened, noon):
    handed_out(records, noon)
    event = records.events(opened)[-1]
    assert (event.kind, event.data["by"]) == ("reset-code-handed-out", "Gail")


def test_a_trainer_hands_codes_to_learners_of_his_cohort_only(cast, noon):
    def hand_out(by, to, cohort):
        return services.hand_out_reset_code(
            cast.records, cast[by], cast.id(to), cohort_id=cohort.id, now=noon
        )

    assert len(hand_out("Dana", "Ada", cast.cohort)) == 12
    for by, to, cohort in (
        ("Dana", "Cyrus", cast.cohort),
        ("Dana", "Cyrus", cast.other_cohort),
        ("Finn", "Ada", cast.cohort),
        ("Bea", "Ada", cast.cohort),
        ("Ada", "Ada", cast.cohort),
        ("Eve", "Ada", cast.cohort),
    ):
        refused("not-allowed", hand_out, by, to, cohort)


def test_no_trainer_gets_into_an_administrators_account_through_his_cohort(cast, noon):
    services.join_cohort(
        cast.records, cast.id("Gail"), cast.cohort.code, name="Gail", address="-", now=noon
    )
    refused(
        "not-allowed",
        services.hand_out_reset_code,
        cast.records,
        cast["Dana"],
        cast.id("Gail"),
        cohort_id=cast.cohort.id,
        now=noon,
    )


def test_an_administrator_makes_trainers_and_takes_the_role_back(cast, noon):
    ada = services.give_role(cast.records, cast["Gail"], "ada", "trainer", now=noon)
    assert ada == Person(cast.id("Ada"), "Ada", "trainer")
    assert [each.name for each in services.staff(cast.records, cast["Gail"])] == [
        "Ada",
        "Dana",
        "Finn",
        "Gail",
    ]
    services.give_role(cast.records, cast["Gail"], "Dana", "learner", now=noon)
    assert "Dana" not in {each.name for each in services.staff(cast.records, cast["Gail"])}
    dana = services.find_person(cast.records, cast.id("Dana"))
    assert services.own_cohorts(cast.records, dana) == ()


def test_nobody_else_gives_roles_or_sees_who_is_there(cast, noon):
    for name in ("Ada", "Dana", "Eve"):
        person = cast[name]
        refused("not-allowed", services.give_role, cast.records, person, "Ada", "trainer", now=noon)
        refused("not-allowed", services.staff, cast.records, person)
        refused("not-allowed", services.find_account, cast.records, person, "Ada")
    refused(
        "unknown-account",
        services.give_role,
        cast.records,
        cast["Gail"],
        "Nobody",
        "trainer",
        now=noon,
    )


def test_signing_out_everywhere_ends_every_tab_and_makes_no_new_learner_of_one(cast, noon):
    records, ada = cast.records, cast.id("Ada")
    records.add_session(PHONE, ada, noon)
    (first, _) = services.sessions_of(records, ada)
    assert services.end_sessions(records, ada, but=PHONE, now=noon) == 1
    assert services.learner_of(records, first.token_hash) is None
    assert services.learner_of(records, PHONE) == ada
    before = records.learner_ids()
    refused("signed-out", services.join, records, first.token_hash, now=noon)
    assert records.learner_ids() == before


def test_whom_a_provider_vouches_for_is_the_same_each_time(records, noon):
    come = {"session_hash": None, "now": noon}
    ada, _ = services.come_in_from_outside(records, "https://a.example", "1", "Ada", **come)
    again, brought = services.come_in_from_outside(records, "https://a.example", "1", "Ada", **come)
    assert (again, brought) == (ada, False)
    assert services.learner_from_outside(records, "https://a.example", "1") == ada
    other, _ = services.come_in_from_outside(records, "https://b.example", "1", "Ada", **come)
    assert other != ada
    assert services.read_history(records, other).name.startswith("Ada ")


def test_nobody_signs_in_with_a_password_to_an_account_from_outside(records, come_from, noon):
    services.come_in_from_outside(
        records, "https://a.example", "1", "Ada", session_hash=None, now=noon
    )
    refused(
        "wrong-name-or-password",
        services.sign_in,
        records,
        "Ada",
        "None",
        browser=come_from(),
        bring=True,
        now=noon,
    )


def test_who_came_by_a_provider_is_nobody_once_the_provider_says_no_more(records, noon):
    guest = services.join(records, GUEST, now=noon)
    ada, brought = services.come_in_from_outside(
        records, "https://a.example", "1", "Ada", session_hash=GUEST, now=noon
    )
    assert (ada, brought) == (guest, False)
    assert services.learner_of(records, GUEST) is None
    assert services.has_ended(records, GUEST, now=noon)
