"""The one HTML document that Streamlit sends, in the visitor's language.

Streamlit's own says English, is called Streamlit and holds a line of inline script, which a strict
content security policy forbids.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from academy import services
from academy.language import Language
from academy.storage import DamagedRecord, Records, RecordsUnavailable
from academy.web import steps, theme
from academy.web.identity import HEADER, is_page_request, with_header
from academy.web.language import preferred_language
from academy.web.responses import gathered

_HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}
_TITLE = {"zh": "商家能力学堂", "en": "Merchant Academy"}
_DESCRIPTION = {
    "zh": "学会经营抖音电商店铺：看清自己的能力，知道下一步学什么、为什么学。",
    "en": "Learn to run a Douyin or TikTok shop: see where you stand, what to learn next, and why.",
}
_NO_SCRIPT = {
    "zh": "本站需要启用 JavaScript。请在浏览器设置中打开后刷新页面。",
    "en": "This site needs JavaScript. Please allow it in your browser's settings and reload.",
}


_NOT_OURS = re.compile(
    r"""<!--.*?-->\s* | <script>.*?</script>\s* | <noscript>.*?</noscript>\s*
    | <link\s[^>]*rel="(?:preload|service-desc)"[^>]*>\s*""",
    re.DOTALL | re.VERBOSE,
)


class VisitorLanguage:
    """Send each page in the language that the learner chose, or else in the browser's."""

    def __init__(self, app: ASGIApp, records: Callable[[], Records]) -> None:
        self.app = app
        self._records = records

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_page_request(scope):
            await self.app(scope, receive, send)
            return
        for name in ("accept-encoding", "if-none-match", "if-modified-since", "range"):
            scope = with_header(scope, name, None)
        page = await gathered(self.app, scope, receive, send, wanted=_is_page)
        if page is not None:
            headers = Headers(scope=scope)
            chosen = await to_thread.run_sync(self._chosen, headers.get(HEADER))
            _make_ours(page, chosen or preferred_language(headers.get("accept-language", "")))
            await page(scope, receive, send)

    def _chosen(self, session: str | None) -> Language | None:
        records = self._records()
        try:
            learner = services.learner_of(records, session)
            return services.read_history(records, learner).language
        except (DamagedRecord, RecordsUnavailable):
            return None  # The page itself tells the visitor, in either language.


def page_in(language: Language, html: str) -> str:
    """Streamlit's document, made ours.

    It brings the site's stylesheet and script. Left out are its inline script, its comments, its
    word to programs without a browser, and the preloading of a font that has no Chinese and would
    delay the script on a slow line.
    """
    html = html.replace('<html lang="en">', f'<html lang="{_HTML_LANGUAGE[language]}">')
    html = html.replace(
        "<title>Streamlit</title>",
        f"<title>{_TITLE[language]}</title>\n"
        f'    <meta name="description" content="{_DESCRIPTION[language]}" />',
    )
    html = _NOT_OURS.sub("", html)
    html = html.replace("</head>", f"<style>{_style()}</style>\n  </head>", 1)
    ours = f'<script src="{theme.PATH}"></script>\n    <script src="{steps.PATH}" defer></script>'
    html = html.replace("<script ", f"{ours}\n    <script ", 1)
    return html.replace("<body>", f"<body>\n    <noscript><p>{_NO_SCRIPT[language]}</p></noscript>")


@cache
def _style() -> str:
    return (Path(__file__).parent / "site.css").read_text(encoding="utf-8")


def _is_page(status: int, headers: Headers) -> bool:
    """Whether this is Streamlit's document: pages of our own say themselves what they speak."""
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and "content-language" not in headers


def _make_ours(page: Response, language: Language) -> None:
    page.body = page_in(language, bytes(page.body).decode()).encode()
    for name in ("content-length", "etag", "last-modified", "accept-ranges"):
        del page.headers[name]
    if page.body:
        page.headers["content-length"] = str(len(page.body))
    page.headers["content-language"] = _HTML_LANGUAGE[language]
    page.headers["cache-control"] = "private, no-cache"
    page.headers["vary"] = "Accept-Language, Cookie"
