from __future__ import annotations

import asyncio
import gzip

import brotli
import pytest
from starlette.responses import FileResponse, PlainTextResponse, Response

from academy.web.compression import CompressedText, accepted_encoding
from tests.web.asgi import ask, scope

SCRIPT = b"export const answer = 42;\n" * 400
FOR_EVER = {"cache-control": "public, immutable, max-age=31536000", "etag": '"abc"'}


class Inside:
    """Serves one script and counts how often it is asked for it."""

    def __init__(self, body=SCRIPT, media_type="text/javascript", headers=FOR_EVER):
        self.asked = 0
        self._response = lambda: Response(body, media_type=media_type, headers=headers)

    async def __call__(self, scope, receive, send):
        self.asked += 1
        await self._response()(scope, receive, send)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_brotli_goes_before_gzip_where_the_browser_takes_it(accepted, encoding):
    assert accepted_encoding(accepted) == encoding


@pytest.mark.parametrize(
    ("encoding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_script_comes_smaller_and_whole(encoding, decompress):
    answer = ask(CompressedText(Inside()), "/static/js/a.js", accept_encoding=encoding)
    assert decompress(answer.body) == SCRIPT
    assert len(answer.body) == int(answer.headers["content-length"]) < len(SCRIPT) / 10
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == FOR_EVER["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")


def test_what_never_changes_is_compressed_once():
    inside = Inside()
    app = CompressedText(inside)
    answers = [ask(app, "/static/js/a.js", accept_encoding="br") for _ in range(3)]
    assert inside.asked == 1
    assert len({answer.body for answer in answers}) == 1


def test_what_changes_is_asked_for_each_time():
    inside = Inside(media_type="text/html", headers={"cache-control": "private, no-cache"})
    app = CompressedText(inside)
    for _ in range(3):
        assert ask(app, accept_encoding="br").headers["content-encoding"] == "br"
    assert inside.asked == 3


def test_each_encoding_has_its_own_tag_and_a_browser_that_has_it_is_sent_nothing():
    app = CompressedText(Inside())
    tags = {
        encoding: ask(app, "/a.js", accept_encoding=encoding).headers["etag"]
        for encoding in ("br", "gzip")
    }
    assert tags == {"br": '"abc-br"', "gzip": '"abc-gzip"'}
    again = ask(app, "/a.js", accept_encoding="br", if_none_match=tags["br"])
    assert (again.status, again.body) == (304, b"")
    other = ask(app, "/a.js", accept_encoding="gzip", if_none_match=tags["br"])
    assert other.status == 200


@pytest.mark.parametrize(
    ("inside", "request_headers"),
    [
        (Inside(media_type="image/png"), {}),
        (Inside(body=b"short"), {}),
        (Inside(headers={"content-encoding": "gzip"}), {}),
        (Inside(), {"range": "bytes=0-9"}),
        (Inside(), {"accept_encoding": "identity"}),
    ],
    ids=["picture", "short", "compressed already", "part", "browser without"],
)
def test_what_would_not_gain_passes_untouched(inside, request_headers):
    answer = ask(CompressedText(inside), **({"accept_encoding": "br"} | request_headers))
    assert answer.headers.get("content-encoding") != "br"
    assert "accept-encoding" not in answer.headers.get("vary", "").lower()


def test_an_error_passes_untouched():
    answer = ask(CompressedText(PlainTextResponse("no" * 1000, 404)), accept_encoding="br")
    assert answer.status == 404
    assert "content-encoding" not in answer.headers


def test_an_answer_that_was_broken_off_is_not_kept_for_others(tmp_path):
    script = tmp_path / "a.js"
    script.write_bytes(SCRIPT)
    app = CompressedText(FileResponse(script, headers=FOR_EVER))
    about = scope("http", "/static/js/a.js", {"accept_encoding": "br"}) | {"method": "GET"}
    about["asgi"] = {"version": "3.0", "spec_version": "2.3"}
    sent = []

    async def gone():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    asyncio.run(app(about, gone, send))
    assert sent == []
    assert brotli.decompress(ask(app, "/static/js/a.js", accept_encoding="br").body) == SCRIPT
