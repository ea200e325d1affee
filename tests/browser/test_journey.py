"""The main job: stage, self-assessment, radar, next skill, lesson, quiz, and back again."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

EXPLORING = [2, 2, 2, 1, 1, 1, 1]


@pytest.fixture(params=[("zh-CN", 390, 844), ("en-GB", 1280, 900)], ids=["zh-390", "en-1280"])
def who(request):
    language, width, height = request.param
    return {"locale": language, "viewport": {"width": width, "height": height}}


@pytest.fixture
def browser_context_args(browser_context_args, who):
    return {**browser_context_args, **who}


def test_a_merchant_walks_the_whole_way_and_loses_nothing(walk, page: Page, who):
    # The first screen asks for no password and speaks the browser's language.
    walk.open()
    chinese = who["locale"].startswith("zh")
    expect(page.locator("h1")).to_contain_text("把店做好" if chinese else "Run your shop")
    walk.press("begin")
    page.wait_for_url("**/stage")
    walk.find_stage(EXPLORING)
    expect(page.get_by_text("新手探索期" if chinese else "Exploring").first).to_be_visible()

    # Half of the self-assessment, then a refresh, then the server dies.
    walk.press("assess")
    walk.press("begin-short")
    page.wait_for_url("**ability=**")
    rated = 0
    for screen in range(4):
        rated += walk.rate_screen(anchor=1 + screen % 3)
        assert walk.next_screen()
    here = walk.rate_screen(anchor=2)
    rated += here
    walk.reload()
    expect(walk.chosen()).to_have_count(here)
    walk.site.restart()
    walk.open("/assessment")
    expect(walk.progress).to_contain_text(re.compile(rf"(?<![0-9]){rated}(?![0-9])"))
    walk.rate_the_rest(anchor=2)
    walk.press("hand-in")

    # The radar, the same in numbers, and what to study next with its reasons.
    expect(page.locator("h1")).to_have_text("我的结果" if chinese else "My results")
    expect(page.locator("[data-testid=stVegaLiteChart] svg, canvas").first).to_be_visible()
    expect(page.locator("[data-testid=stMarkdown] table").first).to_be_visible()
    expect(page.locator(".st-key-rows-next [data-testid=stPageLink]")).to_have_count(4)
    page.locator("[class*='st-key-start-'] button").first.click()
    expect(page).to_have_url(re.compile("/(lesson|skill|quiz)[?]"))
    if "/quiz" in page.url:
        assert walk.answer_all() == 3
        walk.open("/skill?skill=shop-setup")
    if "/skill" in page.url:
        page.locator(".st-key-rows-lessons a").first.click()

    # The lesson, its items, its completion.
    expect(page).to_have_url(re.compile("/lesson[?]lesson="))
    assert 3 <= walk.answer_all() <= 5
    walk.press("complete-lesson")
    expect(page.locator("[data-testid=stAlert]")).to_contain_text(
        "已经完成" if chinese else "completed"
    )

    # A quiz with feedback at once; what was wrong is in 错题本.
    walk.press("practise")
    expect(page).to_have_url(re.compile("/quiz[?]attempt="))
    assert walk.answer_all() == 6
    walk.press("hand-in")
    expect(page.locator("[data-testid=stMetric]").first).to_be_visible()
    walk.open("/mistakes")
    expect(page.locator("h1")).to_have_text("错题本" if chinese else "My mistakes")

    # Back another day, in a second tab: still the same merchant, and he may assess himself again.
    second = page.context.new_page()
    walk.page = second
    walk.open("/")
    expect(second.locator(".st-key-rows-done a").first).to_contain_text("1")
    walk.open("/assessment")
    walk.press("begin-short")
    second.wait_for_url("**ability=**")
    walk.rate_the_rest(anchor=3)
    walk.press("hand-in")
    second.wait_for_url("**/results**")
    walk.open("/progress")
    expect(second.get_by_text("进步了吗" if chinese else "Did you grow")).to_be_visible()


def test_the_language_is_switched_on_any_page_and_remembered(walk, page: Page, who):
    walk.open("/skills")
    titles = ["全部技能", "All skills"]
    before, after = titles if who["locale"].startswith("zh") else titles[::-1]
    expect(walk.title).to_have_text(before)
    walk.press("switch-language")
    expect(walk.title).to_have_text(after)
    walk.reload()
    expect(walk.title).to_have_text(after)
    walk.site.restart()
    walk.open("/stages")
    expect(walk.title).to_have_text("四个阶段" if after == "全部技能" else "The four stages")


def test_no_page_is_wider_than_the_screen(walk, page: Page):
    for address in ("/", "/stage", "/stages", "/skills", "/assessment", "/results", "/progress"):
        walk.open(address)
        too_wide = page.evaluate(
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        )
        assert too_wide <= 0, address
