"""An account in a real browser: opened, kept over a refresh, in a second tab, and left again."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from academy import services
from academy.services.accounts import set_role
from academy.storage import open_records

pytestmark = pytest.mark.browser

NAME = "<img src=x onerror=alert(1)> *李娜*"
PASSWORD = "一句谁也猜不到的话"
TITLE = "$春$ :material/delete: :smile: [班](javascript:alert(1))"


@pytest.fixture
def browser_context_args(browser_context_args):
    size = {"width": 390, "height": 844}
    return {**browser_context_args, "locale": "zh-CN", "viewport": size, "bypass_csp": True}


@pytest.fixture
def code(site):
    """What one joins a trainer's cohort with, whose title is hostile."""
    records, now = open_records(f"tinydb:{site.records}"), datetime.now(UTC)
    wang, _ = services.come_in_from_outside(
        records, "test", "wang", "王老师", session_hash=None, now=now
    )
    set_role(records, "王老师", "trainer", by=None, now=now)
    trainer = services.find_person(records, wang)
    return services.create_cohort(records, trainer, TITLE, now=now).code


def test_a_merchant_opens_an_account_joins_and_is_signed_out_in_every_tab(walk, page: Page, code):
    # A guest chooses a stage, then signs up from the masthead and comes back to where he was.
    walk.open("/stage")
    walk.find_stage([2, 2, 2, 1, 1, 1, 1])
    walk.open("/skills")
    page.get_by_role("link", name="登录").click()
    page.get_by_role("link", name="注册账号").click()
    expect(page.get_by_text("经营阶段")).to_be_visible()
    page.get_by_label("名字").fill(NAME)
    page.get_by_label("密码").fill("12345678")
    page.get_by_role("button", name="注册账号").click()
    expect(page.get_by_role("alert")).to_contain_text("太常见")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="注册账号").click()
    page.wait_for_url("**/skills")
    expect(walk.title).to_have_text("全部技能")

    # A refresh, a second tab and a restart of the server keep him, and what he did as a guest.
    walk.site.restart()
    walk.reload()
    expect(page.get_by_text("新手探索期").first).to_be_visible()
    second = page.context.new_page()
    walk.page = second
    walk.open("/me")
    expect(second.get_by_text(NAME).first).to_be_visible()

    # He joins a cohort in two taps and sees who sees him; strangers' words are words.
    second.goto(f"{walk.site.url}/join?code={code}")
    expect(second.get_by_text(TITLE)).to_be_visible()
    expect(second.get_by_text("王老师").first).to_be_visible()
    assert serious_barriers(second) == []
    second.get_by_role("button", name="同意并加入").click()
    expect(walk_title(second)).to_have_text("已加入班级")
    walk.open("/me")
    expect(second.get_by_text("带班老师可见").first).to_be_visible()
    shown = second.locator("body").inner_text().replace("\u2060", "")
    assert f"带班老师可见：{TITLE}" in shown
    assert shown.count(TITLE) == 2

    # Signed out in one tab, he is signed out in the other.
    second.get_by_role("link", name="退出登录").click()
    assert serious_barriers(second) == []
    second.get_by_role("button", name="在这里退出").click()
    second.wait_for_url(re.compile(r":\d+/$"))
    expect(second.get_by_role("link", name="登录")).to_be_visible()
    page.locator(".st-key-switch-language button").click()
    told = page.get_by_role("heading", name="You signed in or out in another tab")
    expect(told).to_be_visible()
    expect(page.locator("[data-testid=stMain] h1")).to_have_count(1)
    page.get_by_role("link", name="Go to the start page").click()
    expect(page.get_by_role("link", name="登录")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plain_pages_have_no_serious_barrier(page: Page, site, scheme):
    page.emulate_media(color_scheme=scheme)
    for address in ("/sign-in", "/sign-up", "/reset", "/join", "/delete"):
        page.goto(site.url + address)
        assert serious_barriers(page) == [], address
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, address


def walk_title(page: Page):
    return page.get_by_role("heading", level=1)


def serious_barriers(page: Page) -> list[str]:
    return [
        f"{barrier['id']} at {barrier['nodes'][0]['html'][:120]}"
        for barrier in Axe().run(page).response["violations"]
        if barrier["impact"] in ("serious", "critical")
    ]
