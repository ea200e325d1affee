from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit
from starlette.responses import FileResponse, HTMLResponse, JSONResponse

from academy import services
from academy.storage import open_records
from academy.web.document import VisitorLanguage, page_in
from academy.web.language import preferred_language
from tests.web.asgi import ask

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
SESSION = "0" * 64
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def records():
    return open_records("memory:")


@pytest.fixture
def site(records):
    return VisitorLanguage(FileResponse(INDEX), lambda: records)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("zh-TW", "zh"),
        ("EN", "en"),
        ("fr,zh;q=0.5", "en"),
        ("", "zh"),
    ],
)
def test_the_browsers_first_language_is_spoken_if_it_is_one_of_ours(accepted, language):
    assert preferred_language(accepted) == language


@pytest.mark.parametrize(
    ("accepted", "tag", "title"),
    [("zh-CN", "zh-CN", "商家能力学堂"), ("en-US", "en", "Merchant Academy")],
)
def test_a_page_names_its_language_and_its_title(site, accepted, tag, title):
    answer = ask(site, accept="text/html", accept_language=accepted)
    html = answer.body.decode()
    assert f'<html lang="{tag}">' in html
    assert f"<title>{title}</title>" in html
    assert '<meta name="description"' in html
    assert answer.headers["content-language"] == tag
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_the_language_a_learner_chose_goes_before_the_browsers(site, records):
    learner = services.join(records, SESSION, now=NOON)
    services.choose_language(records, learner, "en", now=NOON)
    answer = ask(site, accept="text/html", accept_language="zh-CN", x_academy_sid=SESSION)
    assert answer.headers["content-language"] == "en"


def test_a_page_is_not_kept_for_somebody_else(site):
    headers = ask(site, accept="text/html", if_none_match="*").headers
    assert headers["cache-control"] == "private, no-cache"
    assert headers["vary"] == "Accept-Language, Cookie"
    assert "etag" not in headers
    assert "last-modified" not in headers


def test_streamlits_document_still_holds_what_is_made_ours():
    before, after = INDEX.read_text(encoding="utf-8"), page_in("zh", INDEX.read_text("utf-8"))
    for part in ('<html lang="en">', "<title>Streamlit</title>", "<script>", "service-desc"):
        assert part in before
        assert part not in after
    assert after.count("<noscript>") == 1
    assert "JSON" not in after
    assert after.count('<script type="module"') == 1
    assert '<script src="/steps.js" defer></script>' in after
    assert after.index('<script src="/theme.js">') < after.index('<script type="module"')
    assert before.count("modulepreload") == after.count("modulepreload")
    assert '<div id="root"></div>' in after


def test_a_page_that_says_what_it_speaks_passes_untouched(records):
    ours = HTMLResponse("<title>Streamlit</title>", headers={"content-language": "en"})
    answer = ask(VisitorLanguage(ours, lambda: records), accept="text/html", accept_language="zh")
    assert answer.body == b"<title>Streamlit</title>"
    assert answer.headers["content-language"] == "en"


def test_what_is_no_page_passes_untouched(records):
    answer = ask(VisitorLanguage(JSONResponse({"a": 1}), lambda: records), accept="text/html")
    assert answer.body == b'{"a":1}'
    assert "content-language" not in answer.headers
    answer = ask(VisitorLanguage(HTMLResponse("<title>Streamlit</title>"), lambda: records))
    assert answer.body == b"<title>Streamlit</title>"


def test_the_document_brings_the_stylesheet_so_that_no_page_has_to():
    html = page_in("zh", INDEX.read_text(encoding="utf-8"))
    head = html[: html.index("</head>")]
    assert head.count("<style>") == 1
    assert ".colophon" in head
