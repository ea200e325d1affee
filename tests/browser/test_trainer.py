"""A trainer's first day in a real browser: a cohort, its code, who joins, the screen."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from academy import services
from academy.services import Browser
from academy.services.accounts import set_role
from academy.storage import open_records

pytestmark = pytest.mark.browser

PASSWORD = "一句谁也猜不到的话"


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "bypass_csp": True}


@pytest.fixture
def trainer(site):
    """An account of a trainer on the site's own records."""
    records, now = open_records(f"tinydb:{site.records}"), datetime.now(UTC)
    browser = Browser(None, "f" * 64, "192.0.2.1", "test")
    services.open_account(records, "王老师", PASSWORD, browser=browser, now=now)
    return set_role(records, "王老师", "trainer", by=None, now=now)


def test_a_trainer_opens_a_cohort_and_sees_the_merchant_who_joins_by_its_link(
    walk, page: Page, trainer, browser
):
    page.goto(f"{walk.site.url}/sign-in?next=/cohorts")
    page.get_by_label("名字").fill("王老师")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(walk.title).to_have_text("我的班级")
    page.get_by_label("名称").fill("春季班")
    page.locator(".st-key-create-cohort button").click()
    expect(walk.title).to_have_text("邀请加入 春季班")
    expect(page.get_by_alt_text("链接的二维码")).to_be_visible()
    walk.standing_still()
    link = page.get_by_text(re.compile(r"/join\?code=")).first.inner_text()
    assert serious_barriers(page) == []

    # On his own phone a merchant joins in two taps: the link, and the consent.
    phone = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}).new_page()
    phone.goto(link)
    phone.get_by_label(re.compile("称呼")).fill("小满茶铺")
    phone.get_by_role("button", name="同意并加入").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("已加入班级")

    # The trainer sees him, filters, and the filter is in the address after a reload.
    walk.open("/cohorts")
    page.get_by_role("link", name="春季班").click()
    expect(walk.title).to_have_text("春季班")
    merchant = page.locator("[data-testid=stVegaLiteChart] svg text", has_text="小满茶铺").first
    expect(merchant).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("小满茶铺"))).to_have_count(0)
    page.locator(".st-key-who").get_by_text("还没有数据").click()
    page.wait_for_url(re.compile(r"who=unknown"))
    walk.reload()
    assert "who=unknown" in page.url
    walk.standing_still()
    assert serious_barriers(page) == []

    # One tap on his row of the heat map leads to his page.
    merchant.click()
    expect(walk.title).to_have_text("小满茶铺")
    walk.standing_still()
    assert serious_barriers(page) == []


def serious_barriers(page: Page) -> list[str]:
    return [
        f"{barrier['id']} at {barrier['nodes'][0]['html'][:120]}"
        for barrier in Axe().run(page).response["violations"]
        if barrier["impact"] in ("serious", "critical")
    ]
