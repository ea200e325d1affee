"""A shop's goods, changed by a reader on a phone and put back."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "viewport": {"width": 390, "height": 844}}


def test_a_reader_changes_the_goods_and_puts_them_back(walk, page: Page):
    walk.open("/lesson?lesson=assortment-pricing-basic-2&part=example")
    goods = page.locator("[class*='st-key-goods-']").first
    results = goods.locator("table").last
    trousers = results.get_by_role("row").filter(has_text="防蚊裤")
    expect(trousers).to_contain_text("70%")

    grid = goods.locator("[data-testid=stDataFrame]").first
    grid.evaluate("each => each.scrollIntoView({block: 'center'})")
    home_suits = {"x": 112 + 40, "y": 36 + 35 * 5 + 17}
    grid.dblclick(position=home_suits, force=True)
    cell = page.locator("#portal input").first
    cell.fill("800")
    cell.press("Enter")
    expect(trousers).to_contain_text("61%")

    goods.get_by_role("button", name="恢复原样").click()
    expect(trousers).to_contain_text("70%")
