"""The plain pages: signing up, in and out, passwords, joining, deleting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from academy import services
from academy.accounts import name_key
from academy.services.account_records import account_of_name, drop_account
from academy.services.accounts import set_role
from academy.services.throttle import PER_ACCOUNT, note_try
from academy.stage_finder import SHOP_FACTS
from academy.storage import open_records
from academy.web.account_pages import PAGES, own_page
from academy.web.forms import TOKEN_FIELD, form_token
from tests.cast import PASSWORD, gather, open_account
from tests.web.browser import Browser
from tests.web.conftest import site_on

GOOD = PASSWORD
SHOP = {name: bands[0] for name, bands in SHOP_FACTS.items()}


@pytest.fixture
def ada(visitor, records, now):
    """Ada's browser, in which she is signed in."""
    browser = visitor(token="ada".ljust(43, "x"))
    records.add_session(browser.session_hash, open_account(records, "Ada", now), now)
    return browser


@pytest.fixture
def now():
    return datetime.now(UTC)


def learner(browser, records):
    return services.learner_of(records, browser.session_hash)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("accepted", "tag"), [("zh-CN", "zh-CN"), ("en-GB", "en")])
def test_each_page_comes_in_the_browsers_language_and_is_kept_by_nobody(
    visitor, path, accepted, tag
):
    answer = visitor(language=accepted).get(path)
    if path == "/password":
        assert (answer.status, answer.headers["location"][:8]) == (303, "/sign-in")
        return
    assert answer.status == 200
    assert f'<html lang="{tag}">' in answer.html
    assert answer.headers["content-language"] == tag
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.html


def test_each_page_can_be_had_in_the_other_language(visitor):
    browser = visitor(language="zh-CN")
    assert "登录" in browser.get("/sign-in?next=%2Fresults").words
    assert (
        'href="/sign-in?next=%2Fresults&amp;language=en"'
        in browser.get("/sign-in?next=%2Fresults").html
    )
    assert "Password" in browser.get("/sign-in?language=en").words
    assert "登录" in browser.get("/sign-in?language=klingon").words


def test_every_field_has_its_label_and_password_managers_know_what_it_is(visitor, ada):
    for browser, path, known in (
        (visitor(), "/sign-in", ["username", "current-password"]),
        (visitor(), "/sign-up", ["username", "new-password"]),
        (visitor(), "/reset", ["username", "one-time-code", "new-password"]),
        (ada, "/password", ["username", "current-password", "new-password"]),
    ):
        html = browser.get(path).html
        assert [part.partition('"')[0] for part in html.split('autocomplete="')[1:]] == known
        for key in ("username", "password", "new-password", "code"):
            assert (f'id="{key}"' in html) == (f'for="{key}"' in html)


def test_signing_up_keeps_the_guests_work_and_gives_another_token(visitor, records, now):
    browser = visitor()
    browser.get("/")
    guest = services.join(records, browser.session_hash, now=now)
    before = browser.token
    answer = browser.fill_in("/sign-up?next=%2Fresults", username="Ada", password=GOOD)
    assert (answer.status, answer.headers["location"]) == (303, "/results")
    assert browser.token != before
    assert learner(browser, records) == guest
    assert services.read_history(records, guest).name == "Ada"


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_travels_safely(visitor):
    browser = visitor(scheme="https")
    answer = browser.fill_in("/sign-up", username="Ada", password=GOOD)
    cookie = answer.headers["set-cookie"]
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/", "Secure"):
        assert flag in cookie


def test_what_was_refused_is_said_once_and_the_password_is_not_sent_back(visitor, ada):
    browser = visitor()
    answer = browser.fill_in("/sign-up", username="ADA", password="secret horse")
    assert answer.status == 422
    assert answer.html.count('role="alert"') == 1
    assert "Choose another, or sign in with it" in answer.words
    assert 'value="ADA"' in answer.html
    assert 'aria-invalid="true"' in answer.html
    assert "secret horse" not in answer.html
    assert "<title>Not done:" in answer.html


def test_signing_in_on_a_second_device_and_out_again(visitor, records, ada):
    phone = visitor()
    answer = phone.fill_in("/sign-in?next=%2Fquiz%3Fattempt%3D1", username="ada", password=GOOD)
    assert (answer.status, answer.headers["location"]) == (303, "/quiz?attempt=1")
    assert learner(phone, records) == learner(ada, records)
    before = phone.session_hash
    phone.fill_in("/sign-out", where="here")
    assert learner(phone, records) is None
    assert services.learner_of(records, before) is None
    assert learner(ada, records) is not None


def test_signing_out_everywhere_ends_every_device(visitor, records, ada):
    phone = visitor()
    phone.fill_in("/sign-in", username="Ada", password=GOOD)
    ada.fill_in("/sign-out", where="everywhere")
    assert learner(phone, records) is None
    assert learner(ada, records) is None


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/results\\..\\x",
        "/nonsense",
        "javascript:alert(1)",
        "/results\r\nSet-Cookie: a=b",
        "results",
        "/results/../../x",
        "",
    ],
)
def test_nobody_is_sent_on_to_anything_but_our_own_pages(asked):
    assert own_page(asked, {"", "results"}) == "/"
    assert own_page("/results?attempt=1", {"", "results"}) == "/results?attempt=1"


# --- forms of others


def attack(browser, records, **how):
    """What comes of a form whose sender is not one of our pages."""
    token = browser.get("/sign-up").form_token
    fields = {TOKEN_FIELD: token, "username": "Eve", "password": GOOD}
    answer = browser.post(
        "/sign-up", **{**how, **{k: v for k, v in fields.items() if k not in how}}
    )
    assert services.everybody(records) == ()
    return answer


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "", "referer": "https://evil.example/page"},
        {"origin": "", "referer": ""},
        {"origin": "http://academy.example.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_from_another_site_does_nothing(visitor, records, headers):
    assert attack(visitor(), records, headers=headers).status == 403


@pytest.mark.parametrize("token", ["", "0" * 64, "é", form_token("t" * 43)])
def test_a_form_without_the_token_of_this_session_does_nothing(visitor, records, token):
    answer = attack(visitor(), records, **{TOKEN_FIELD: token})
    assert answer.status == 403
    assert "Open it again" in answer.words


def test_a_form_without_a_cookie_does_nothing(visitor, records):
    browser = visitor()
    token = browser.get("/sign-up").form_token
    browser.token = None
    fields = {TOKEN_FIELD: token, "username": "Eve", "password": GOOD}
    assert browser.post("/sign-up", **fields).status == 403
    assert services.everybody(records) == ()


def test_what_is_too_large_or_no_form_does_nothing(visitor, records):
    browser = visitor()
    assert attack(browser, records, note="x" * 20_000).status == 403
    token = browser.get("/sign-up").form_token
    many = {f"field{n}": "x" for n in range(30)}
    assert browser.post("/sign-up", **{TOKEN_FIELD: token}, **many).status == 403
    bad = browser._ask("POST", "/sign-up", b"\xff=%ff", {"origin": "http://academy.example"})
    assert bad.status == 403


def test_a_form_opened_before_signing_in_is_of_no_use_after(ada, records):
    old = ada.get("/sign-out").form_token
    ada.fill_in("/sign-in", username="Ada", password=GOOD)
    answer = ada.post("/sign-out", **{TOKEN_FIELD: old}, where="everywhere")
    assert answer.status == 403
    assert learner(ada, records) is not None


def test_no_form_does_anything_without_its_token(ada, records):
    before = records.events(learner(ada, records))
    for path in PAGES:
        assert ada.post(path, sure="yes", where="everywhere", password=GOOD).status == 403
    assert records.events(learner(ada, records)) == before


# --- guessing


def test_too_many_tries_are_told_when_to_try_again(visitor, records, ada, now):
    for _ in range(PER_ACCOUNT.tries):
        note_try(records, PER_ACCOUNT, name_key("Ada"), now=now)
    answer = visitor().fill_in("/sign-in", username="Ada", password=GOOD)
    assert answer.status == 429
    assert "Try again in 15 minutes" in answer.words
    assert 800 <= int(answer.headers["retry-after"]) <= 900


# --- passwords


def test_changing_the_password_ends_other_devices_and_keeps_this_one(visitor, records, ada):
    phone = visitor()
    phone.fill_in("/sign-in", username="Ada", password=GOOD)
    answer = ada.fill_in("/password", password=GOOD, new_password="another horse")
    assert (answer.status, answer.headers["location"]) == (303, "/me")
    assert learner(ada, records) is not None
    assert learner(phone, records) is None
    wrong = ada.fill_in("/password", password=GOOD, new_password="a third horse")
    assert "This is not your password" in wrong.words


def test_a_code_sets_a_new_password_and_signs_in(visitor, records, ada, now):
    open_account(records, "Gail", now)
    gail = set_role(records, "Gail", "administrator", by=None, now=now)
    code = services.hand_out_reset_code(records, gail, learner(ada, records), now=now)
    phone = visitor()
    answer = phone.fill_in("/reset", username="Ada", code=code, new_password="another horse")
    assert answer.status == 303
    assert learner(phone, records) is not None
    assert learner(ada, records) is None
    again = visitor().fill_in("/reset", username="Ada", code=code, new_password="another horse")
    assert "Name and code do not belong together" in again.words


# --- a guest's work


@pytest.fixture
def guest(visitor, records, now):
    """The browser of a guest who chose a stage, and his learner id."""
    browser = visitor()
    browser.get("/")
    learner_id = services.join(records, browser.session_hash, now=now)
    services.find_and_choose_stage(records, learner_id, SHOP, now=now)
    return browser, learner_id


def test_signing_in_says_what_will_come_along_and_brings_it(records, ada, guest):
    browser, guest_id = guest
    page = browser.get("/sign-in")
    assert "the stage of your business. Nothing is counted twice" in page.words
    browser.fill_in("/sign-in", username="Ada", password=GOOD, bring="yes", bring_asked="yes")
    assert services.read_history(records, learner(ada, records)).stage == "preparing"
    assert guest_id not in records.learner_ids()


def test_somebody_elses_work_is_left_out_and_erased(records, ada, guest):
    browser, guest_id = guest
    browser.fill_in("/sign-in", username="Ada", password=GOOD, bring_asked="yes")
    assert services.read_history(records, learner(ada, records)).stage is None
    assert guest_id not in records.learner_ids()


def test_work_done_in_another_tab_after_the_page_was_opened_is_never_erased(
    visitor, records, ada, now
):
    browser = visitor()
    form = browser.get("/sign-in")
    assert "bring-asked" not in form.html
    learner_id = services.join(records, browser.session_hash, now=now)
    services.find_and_choose_stage(records, learner_id, SHOP, now=now)
    browser.post("/sign-in", **{TOKEN_FIELD: form.form_token}, username="Ada", password=GOOD)
    assert services.read_history(records, learner(ada, records)).stage == "preparing"


# --- cohorts


def test_a_cohort_is_joined_in_two_taps_after_reading_what_will_be_seen(visitor, records, now):
    cast = gather(records, now)
    phone, address = visitor(), f"/join?code={cast.cohort.code}"
    page = phone.get(address)
    for said in ("Spring", "Dana", "your answers to questions", "You can leave at any time"):
        assert said in page.words
    assert phone.session_hash and learner(phone, records) is None
    assert phone.fill_in(address).status == 303
    assert "You are in" in phone.get(address).words
    assert learner(phone, records) in services.cohort_members(records, cast["Dana"], cast.cohort.id)


def test_reading_an_invitation_leaves_no_record(visitor, records, now):
    cast = gather(records, now)
    before = records.learner_ids()
    visitor().get(f"/join?code={cast.cohort.code}")
    assert records.learner_ids() == before


def test_an_invitation_that_has_expired_is_opened_again_with_its_code(visitor, records, now):
    address = f"/join?code={gather(records, now).cohort.code}"
    phone = visitor()
    phone.get(address)
    answer = phone.post(address, nickname="Ada")
    assert answer.status == 403
    assert f'href="{address}"' in answer.html


def test_a_code_that_leads_nowhere_is_asked_for_again(visitor, records):
    answer = visitor().get("/join?code=nothing")
    assert answer.status == 404
    assert "No cohort has this code" in answer.words
    assert 'value="nothing"' in answer.html


# --- the end


def test_deleting_takes_the_password_and_a_yes_and_leaves_nothing(visitor, records, ada):
    phone, ada_id = visitor(), learner(ada, records)
    phone.fill_in("/sign-in", username="Ada", password=GOOD)
    assert "Tick the box" in ada.fill_in("/delete", password=GOOD).words
    assert "not your password" in ada.fill_in("/delete", sure="yes", password="no horse").words
    assert ada_id in records.learner_ids()
    before = ada.token
    answer = ada.fill_in("/delete", sure="yes", password=GOOD)
    assert "Everything is deleted" in answer.words
    assert ada.token != before
    assert ada_id not in records.learner_ids()
    assert learner(phone, records) is None
    assert (
        "do not belong together"
        in visitor().fill_in("/sign-in", username="Ada", password=GOOD).words
    )


def test_what_was_interrupted_while_deleting_can_be_finished(ada, records):
    drop_account(records, account_of_name(records, "Ada"))
    ada.fill_in("/delete", sure="yes")
    assert records.learner_ids() == ()


def test_a_guest_deletes_without_a_password(records, guest):
    browser, guest_id = guest
    browser.fill_in("/delete", sure="yes")
    assert guest_id not in records.learner_ids()


def test_while_nothing_can_be_saved_the_page_says_so(tmp_path):
    (tmp_path / "data").write_text("a file in the way")
    answer = Browser(site_on(open_records(f"tinydb:{tmp_path / 'data'}"))).get("/sign-in")
    assert answer.status == 503
    assert "Nothing can be saved at the moment" in answer.words
    assert str(tmp_path) not in answer.html


def test_whoever_has_a_damaged_record_is_not_told_to_wait(tmp_path, now):
    records = open_records(f"tinydb:{tmp_path}")
    browser = Browser(site_on(records), token="ada".ljust(43, "x"))
    ada = open_account(records, "Ada", now)
    records.add_session(browser.session_hash, ada, now)
    (kept,) = tmp_path.glob(f"learners/*/{ada}.json")
    kept.write_text('{"events": {"1": ')
    answer = browser.get("/password")
    assert answer.status == 503
    assert "Your record needs a repair" in answer.words
    assert "Wait a minute" not in answer.words
