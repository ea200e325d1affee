"""A class in real browsers: the trainer's screen and merchants' phones, all at the same time."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from academy import services
from academy.services import Browser
from academy.services.accounts import set_role
from academy.storage import open_records

pytestmark = pytest.mark.browser

PASSWORD = "一句谁也猜不到的话"
PHONES = 5
"""From so many on, how the options were chosen is told."""


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN"}


@pytest.fixture
def cohort(site):
    """A cohort of a trainer with an account, on the site's own records."""
    records, now = open_records(f"tinydb:{site.records}"), datetime.now(UTC)
    browser = Browser(None, "e" * 64, "192.0.2.2", "test")
    services.open_account(records, "李老师", PASSWORD, browser=browser, now=now)
    trainer = set_role(records, "李老师", "trainer", by=None, now=now)
    return services.create_cohort(records, trainer, "周四班", now=now)


@pytest.fixture
def phone(browser, walk, cohort):
    """Makes a merchant's phone, who has joined and stands on the start page."""

    def join(name: str) -> Page:
        context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(f"{walk.site.url}/join?code={cohort.code}")
        page.get_by_label(re.compile("称呼")).fill(name)
        page.get_by_role("button", name="同意并加入").click()
        page.get_by_role("link", name=re.compile("开始")).click()
        return page

    return join


def test_a_class_moves_on_when_its_trainer_does_and_tells_the_choices_of_five(
    walk, page: Page, cohort, phone
):
    page.goto(f"{walk.site.url}/sign-in?next=/classroom?cohort={cohort.id}")
    page.get_by_label("名字").fill("李老师")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    phones = [phone(f"商家{number}") for number in range(PHONES)]
    page.get_by_role("button", name="开始上课").click()
    expect(page.get_by_text("第 1 题，共 5 题")).to_be_visible()

    for number, merchant in enumerate(phones):
        merchant.get_by_role("link", name=re.compile("正在上课")).click()
        merchant.locator("[data-testid=stRadioOption]").nth(number % 2).click()
        merchant.get_by_role("button", name="提交答案").click()
        expect(merchant.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_text("5 人作答")).to_be_visible()
    expect(page.get_by_text("3 (60%)")).to_be_visible()

    page.get_by_role("button", name="公布答案").click()
    for merchant in phones:
        expect(merchant.get_by_text("答对")).to_be_visible()
    page.get_by_role("button", name="下一题").click()
    for merchant in phones:
        expect(merchant.get_by_text("第 2 题，共 5 题")).to_be_visible()

    page.get_by_role("button", name="下课").click()
    page.get_by_role("button", name="现在就下课").click()
    for merchant in phones:
        expect(merchant.get_by_text(re.compile("下课了：1 题答对"))).to_be_visible()
    expect(page.get_by_role("heading", name="最近一次课堂")).to_be_visible()
