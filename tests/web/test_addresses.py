"""Addresses that no page has."""

import pytest
from starlette.responses import PlainTextResponse
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from academy.ui.navigation import ADDRESSES
from academy.web.addresses import OF_SIGN_IN, KnownAddresses
from tests.web.asgi import ask

SITE = KnownAddresses(PlainTextResponse("the site"), ADDRESSES)


@pytest.mark.parametrize("path", ["/", "/results", "/lesson", "/nowhere"])
def test_a_page_that_exists_is_shown(path):
    assert ask(SITE, path, accept="text/html").body == b"the site"


@pytest.mark.parametrize("path", ["/resluts", "/lesson/../../etc", "/home", "/%3Cscript%3E"])
def test_one_that_does_not_leads_to_the_page_that_says_so(path):
    answer = ask(SITE, path, accept="text/html")
    assert (answer.status, answer.headers["location"]) == (303, "/nowhere")


@pytest.mark.parametrize("path", OF_SIGN_IN)
def test_the_way_to_an_outside_identity_provider_and_back_is_open(path):
    assert ask(SITE, path, accept="text/html").body == b"the site"
    routes = {route.path for route in create_auth_routes("")}
    assert routes == set(OF_SIGN_IN), "Streamlit has other addresses for it now."


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/healthz"])
def test_what_is_no_page_is_let_through(path):
    assert ask(SITE, path).body == b"the site"
