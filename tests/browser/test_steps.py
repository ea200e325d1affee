"""On a phone, whatever is turned to begins at its top."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TOP = "() => document.querySelector('[data-testid=stMain]').scrollTop === 0"
TO_THE_END = "each => each.scrollIntoView({block: 'end'})"


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 390, "height": 700}}


def test_the_next_part_of_a_lesson_and_the_next_lesson_begin_at_their_tops(walk, page: Page):
    walk.open("/lesson?lesson=shop-setup-basic")
    onward = page.locator(".st-key-next-part button")
    onward.evaluate(TO_THE_END)
    assert not page.evaluate(TOP)
    onward.click()
    page.wait_for_url("**part=steps**")
    page.wait_for_function(TOP)

    walk.open("/lesson?lesson=shop-setup-basic&part=whole")
    here = page.url
    other = page.locator("[data-testid=stMain] [data-testid=stPageLink] a[href*='lesson=']").last
    other.evaluate(TO_THE_END)
    assert not page.evaluate(TOP)
    other.click()
    page.wait_for_url(lambda address: address != here)
    page.wait_for_function(TOP)


def test_a_link_from_a_page_to_itself_can_be_reloaded_and_gone_back_from(walk, page: Page):
    walk.open("/skill?skill=shop-setup")
    first = walk.title.inner_text()
    other = page.locator("[data-testid=stMain] [data-testid=stPageLink] a[href*='skill=']").last
    name = other.inner_text().splitlines()[-1].strip()
    other.click()
    expect(walk.title).to_have_text(name)
    walk.reload()
    expect(walk.title).to_have_text(name)
    page.go_back()
    expect(walk.title).to_have_text(first)


def test_what_stays_on_the_screen_is_not_scrolled_away(walk, page: Page):
    walk.open("/lesson?lesson=shop-setup-basic")
    terms = page.locator("[class*='st-key-terms-'] summary").first
    terms.evaluate(TO_THE_END)
    before = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop")
    terms.click()
    page.locator("[class*='st-key-terms-'] [data-testid=stMarkdown] p strong").first.wait_for()
    assert before > 0
    assert not page.evaluate(TOP)
