"""Who the site takes a tab for: sessions that end elsewhere, switched accounts, other providers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from academy import access, services
from academy.one_line import one_line
from academy.stage_finder import SHOP_FACTS
from academy.ui.components import as_text
from tests.cast import ISSUER, SESSIONS, gather
from tests.pages.conftest import FRAME, turn_to, words

ELSEWHERE = "You signed in or out in another tab"
ELSEWHERE_IN_CHINESE = "你在另一个标签页登录或退出了"
SHOP = {name: bands[0] for name, bands in SHOP_FACTS.items()}
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "=1+1",
    "**bold** _x_ `y`",
    ":material/delete: :red[x]",
    "$E=mc^2$ ~~z~~",
    "[x](javascript:alert(1))",
    "\u202egnp.exe\u202c # h",
]


@pytest.fixture
def cast(records):
    return gather(records, datetime.now(UTC))


def tab_of(user: dict) -> AppTest:
    at = AppTest.from_file(str(FRAME), default_timeout=30)
    at.user = user
    at.session_state["language"] = "en"
    return at.run()


def go(at: AppTest, page: str) -> AppTest:
    turn_to(at, page)
    at.run()
    assert not at.exception
    return at


def links(at: AppTest) -> str:
    return "".join(str(element.body) for element in at.get("html"))


def test_signing_out_in_one_tab_ends_the_other(cast, records):
    first, second = tab_of({"sid": SESSIONS["Ada"]}), tab_of({"sid": SESSIONS["Ada"]})
    assert ELSEWHERE not in words(first)
    before = records.events(cast.id("Ada"))
    services.end_session(records, SESSIONS["Ada"], now=cast.now)
    for tab in (first, second):
        tab.run()
        assert [title.value for title in tab.title] == [ELSEWHERE]
        assert "Ada" not in words(tab)
    assert records.events(cast.id("Ada")) == before


def test_a_tab_that_is_shown_to_somebody_else_by_now_shows_neither(cast, records):
    tab = tab_of({"sid": SESSIONS["Ada"]})
    before = records.events(cast.id("Bea"))
    tab.user = {"sid": SESSIONS["Bea"]}
    tab.button(key="switch-language").click().run()
    assert [title.value for title in tab.title] == [ELSEWHERE_IN_CHINESE]
    assert records.events(cast.id("Bea")) == before


def test_what_a_forgotten_tab_does_makes_no_learner_that_nobody_could_find_again(cast, records):
    tab = tab_of({"sid": SESSIONS["Eve"]})
    services.end_session(records, SESSIONS["Eve"], now=cast.now)
    before = records.learner_ids()
    tab.button(key="switch-language").click().run()
    assert ELSEWHERE_IN_CHINESE in [title.value for title in tab.title]
    assert records.learner_ids() == before


def test_a_guest_who_becomes_a_learner_stays_in_his_tab(records):
    tab = tab_of({"sid": SESSIONS["Eve"]})
    tab.button(key="switch-language").click().run()
    assert len(records.learner_ids()) == 1
    assert ELSEWHERE not in words(tab)
    go(tab, "me")
    assert len(records.learner_ids()) == 1


def test_the_masthead_leads_to_signing_in_and_back_or_says_who_one_is(cast):
    guest = tab_of({"sid": SESSIONS["Eve"]})
    assert 'href="/sign-in?next=%2F"' in links(guest)
    assert 'href="/sign-in?next=%2Fskills"' in links(go(guest, "skills"))
    ada = tab_of({"sid": SESSIONS["Ada"]})
    assert "/sign-in" not in links(ada)
    assert "Ada" in [link.label for link in ada.get("page_link")]


def test_every_page_says_who_else_sees_it(cast):
    ada, gail = tab_of({"sid": SESSIONS["Ada"]}), tab_of({"sid": SESSIONS["Gail"]})
    said = "Seen by your trainers: Spring"
    for page in sorted(set(access.PAGES) - {"home", "people"}):
        assert said in [link.label for link in go(ada, page).get("page_link")]
        assert said not in [link.label for link in go(gail, page).get("page_link")]


def test_cohorts_are_told_apart_as_each_language_does(cast, records):
    services.join_cohort(
        records,
        cast.id("Ada"),
        cast.other_cohort.code,
        name="Ada",
        address="192.0.2.1",
        now=cast.now,
    )
    tab = tab_of({"sid": SESSIONS["Ada"]})
    assert any("Spring, Autumn" in link.label for link in tab.get("page_link"))
    tab.button(key="switch-language").click().run()
    assert any("Spring、Autumn" in link.label for link in tab.get("page_link"))


# --- an outside identity provider


def test_whom_a_provider_vouches_for_is_known_without_our_cookie(cast):
    tab = tab_of({"is_logged_in": True, "iss": ISSUER, "sub": "Ada", "sid": SESSIONS["Eve"]})
    assert "Ada" in [link.label for link in tab.get("page_link")]
    assert "came in with your company" in words(go(tab, "me"))


def test_a_guest_whom_a_provider_vouches_for_keeps_his_work_and_is_told(cast, records):
    guest = services.join(records, SESSIONS["Eve"], now=cast.now)
    services.find_and_choose_stage(records, guest, SHOP, now=cast.now)
    user = {"is_logged_in": True, "iss": ISSUER, "sub": "Ada", "sid": SESSIONS["Eve"]}
    tab = tab_of(user)
    assert [toast.value for toast in tab.toast] == [
        "What you did before you signed in was brought along."
    ]
    assert services.read_history(records, cast.id("Ada")).stage == "preparing"
    assert not tab.run().toast


def test_a_provider_that_names_its_session_sid_does_not_pass_for_ours(cast):
    """Streamlit lets our header win; without a provider's word, `sid` is ours alone."""
    tab = tab_of({"is_logged_in": False, "iss": ISSUER, "sub": "Ada", "sid": SESSIONS["Bea"]})
    assert "Bea" in [link.label for link in tab.get("page_link")]


# --- my data


def test_somebody_leaves_a_cohort_and_is_seen_no_more(cast, records):
    tab = go(tab_of({"sid": SESSIONS["Ada"]}), "me")
    assert "Dana" in words(tab)
    tab.button(key=f"leave-{cast.cohort.id}").click().run()
    assert "Nobody but you sees your answers and results." in words(tab)
    assert services.onlookers(records, cast.id("Ada")) == ()


def test_somebody_signs_another_device_out(cast, records):
    records.add_session("9" * 64, cast.id("Ada"), cast.now, note="Firefox · Android")
    tab = go(tab_of({"sid": SESSIONS["Ada"]}), "me")
    assert "Firefox · Android" in words(tab)
    tab.button(key=f"end-{'9' * 12}").click().run()
    assert services.learner_of(records, "9" * 64) is None
    assert services.learner_of(records, SESSIONS["Ada"]) == cast.id("Ada")
    assert "Firefox" not in words(tab)


def test_what_was_offered_for_saving_is_not_had_any_more_after_signing_out(cast, records):
    def offering() -> None:
        import streamlit as st

        from academy.ui import session

        st.session_state["ask"] = session.to_be_asked_later()

    at = AppTest.from_function(offering)
    at.user = {"sid": SESSIONS["Ada"]}
    ask = at.run().session_state["ask"]
    assert ask() == cast.id("Ada")
    services.end_session(records, SESSIONS["Ada"], now=cast.now)
    assert ask() is None


def test_a_guest_who_did_nothing_is_told_that_nothing_is_kept(records):
    tab = go(tab_of({"sid": SESSIONS["Eve"]}), "me")
    assert "Nothing yet. Whoever only looks around leaves nothing behind." in words(tab)
    assert records.learner_ids() == ()


# --- people


def test_an_administrator_finds_somebody_gives_a_role_and_hands_out_a_code(cast, records):
    tab = go(tab_of({"sid": SESSIONS["Gail"]}), "people")
    assert "Dana" in words(tab)
    tab.text_input(key="wanted").set_value("ada").run()
    tab.segmented_control(key=f"role-{cast.id('Ada')}").set_value("trainer").run()
    assert services.find_person(records, cast.id("Ada")).role == "trainer"
    tab.button(key=f"code-{cast.id('Ada')}").click().run()
    (code,) = [each.value for each in tab.get("code")]
    assert len(code.replace("-", "")) == 12
    assert not tab.run().get("code"), "it is shown once"
    tab.text_input(key="wanted").set_value("Nobody").run()
    assert "Nobody has an account of this name" in words(tab)


# --- hostile text


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_titles_of_strangers_are_text_on_every_page(cast, records, name):
    now = cast.now
    services.come_in_from_outside(records, ISSUER, "x", name, session_hash="9" * 64, now=now)
    mallory = services.learner_from_outside(records, ISSUER, "x")
    records.add_session("8" * 64, mallory, now)
    cohort = services.create_cohort(records, cast["Dana"], name, now=now)
    services.join_cohort(records, mallory, cohort.code, name=name, address="-", now=now)
    services.accounts.set_role(records, name, "trainer", by=None, now=now)
    services.add_trainer(records, cast["Dana"], cohort.id, name, now=now)
    own = go(tab_of({"sid": "8" * 64}), "me")
    seen = go(tab_of({"sid": SESSIONS["Gail"]}), "people")
    visible = one_line(name, 40)
    for tab in (own, seen):
        labels = [link.label for link in tab.get("page_link")]
        shown = "\n".join([words(tab), *labels])
        assert as_text(visible) in shown
        assert visible not in shown
        assert "\u202e" not in shown
