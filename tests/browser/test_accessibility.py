"""What a machine can tell of whether everybody can use the pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OF_STREAMLIT = {"list", "listitem"}
"""The menu's own markup: a list whose entries stand one level deeper than they should."""
PAGES = (
    "/",
    "/stage",
    "/stages",
    "/skills",
    "/skill?skill=shop-health",
    "/assessment",
    "/results",
    "/lesson?lesson=shop-setup-basic",
    "/quiz?purpose=practice&subject=shop-health",
    "/mistakes",
    "/progress",
    "/review",
    "/me",
    "/nowhere",
)


@pytest.fixture(params=["light", "dark"])
def browser_context_args(browser_context_args, request):
    return {
        **browser_context_args,
        "color_scheme": request.param,
        "locale": "zh-CN",
        "viewport": {"width": 390, "height": 844},
        "bypass_csp": True,
    }


def test_no_page_has_a_serious_barrier(walk, page: Page):
    found = []
    for address in PAGES:
        walk.open(address)
        found += [
            f"{address}: {barrier['id']} at {barrier['nodes'][0]['html'][:120]}"
            for barrier in Axe().run(page).response["violations"]
            if barrier["impact"] in ("serious", "critical") and barrier["id"] not in OF_STREAMLIT
        ]
    assert found == []
