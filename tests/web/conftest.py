from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from academy import web
from academy.storage import open_records
from academy.ui import navigation
from tests.web.browser import Browser


@pytest.fixture
def records():
    return open_records("memory:")


@pytest.fixture
def site(records):
    return site_on(records)


@pytest.fixture
def visitor(site):
    """Makes browsers of new visitors."""
    return lambda **how: Browser(site, **how)


def site_on(records) -> Starlette:
    """Everything around the site as it is shipped; Streamlit's place is taken by one plain page."""
    routes = web.routes(
        lambda: records, lambda: SimpleNamespace(revision="r1"), navigation.ADDRESSES, lambda: False
    )
    streamlit = Route("/{page:path}", lambda request: HTMLResponse("<title>Streamlit</title>"))
    layers = web.middleware(lambda: records, navigation.ADDRESSES)
    return Starlette(routes=[*routes, streamlit], middleware=layers)
