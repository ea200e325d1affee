"""The poster for the wall of a classroom: one sheet of A4, in both languages, with the QR code."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from academy import services
from academy.cohorts import Cohort, shown_code
from academy.exchange.qr import qr_code
from academy.services import Refusal
from academy.storage import Records
from academy.web.identity import TOKEN, session_id

POSTER = "/poster"

_STYLE = """
@page { size: A4; margin: 0 }
* { box-sizing: border-box }
html { background: #e9e6df }
body { margin: 1rem auto; width: 210mm; min-height: 296mm; padding: 18mm 20mm; background: #fff;
  color: #1a1714; text-align: center; display: flex; flex-direction: column; gap: 6mm;
  font-family: "PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC", "Noto Sans CJK SC",
  "Microsoft YaHei", sans-serif }
.site { font-size: 15pt; color: #0f6b5c; font-weight: 600 }
h1 { margin: 0; font-size: 38pt; line-height: 1.2; overflow-wrap: anywhere }
.days { font-size: 15pt; color: #665f55 }
svg { width: 105mm; height: 105mm; margin: 0 auto; display: block }
.code { font: 600 34pt ui-monospace, Menlo, Consolas, monospace; letter-spacing: .06em }
.how { font-size: 17pt; line-height: 1.5 }
.en { font-size: 13pt; color: #665f55 }
.fine { margin-top: auto; font-size: 11pt; line-height: 1.6; color: #665f55 }
@media print { html { background: #fff } body { margin: 0; height: 297mm } }
"""


def poster_route(records: Callable[[], Records]) -> Route:
    """The poster of a cohort, for its trainers; anybody else is sent to the page for the lost."""

    async def endpoint(request: Request) -> Response:
        site = f"{request.url.scheme}://{request.url.netloc}"
        token, cohort_id = request.scope.get(TOKEN), request.query_params.get("cohort", "")
        return await to_thread.run_sync(_answer, records(), token, cohort_id, site)

    return Route(POSTER, endpoint)


def _answer(records: Records, token: str | None, cohort_id: str, site: str) -> Response:
    learner_id = services.learner_of(records, session_id(token)) if token else None
    try:
        cohort = services.open_cohort(records, services.find_person(records, learner_id), cohort_id)
    except Refusal:
        return RedirectResponse("/nowhere", status_code=303)
    return HTMLResponse(poster(cohort, site))


def poster(cohort: Cohort, site: str) -> str:
    """The sheet as HTML, ready to print."""
    title, host = escape(cohort.title), escape(site.partition("://")[2])
    trainers = escape("、".join(cohort.trainers.values()))
    days = " – ".join(str(day) for day in (cohort.starts_on, cohort.ends_on) if day)
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=820"><style>{_STYLE}</style></head><body>
<div class="site">商家能力学堂 <span lang="en">· Merchant Academy</span></div>
<h1><bdi>{title}</bdi></h1>
<div class="days">{escape(days)}</div>
{qr_code(f"{site}/join?code={cohort.code}")}
<div class="code">{escape(shown_code(cohort.code))}</div>
<div class="how">用手机扫码，看清老师会看到什么，同意后加入
<div class="en" lang="en">Scan, read what your trainers will see, agree and join</div></div>
<div class="how">扫不了？打开 {host}/join 输入上面的邀请码
<div class="en" lang="en">No camera? Open {host}/join and type the code</div></div>
<div class="fine">带班老师 <span lang="en">· Trainers</span>：<bdi>{trainers}</bdi><br>
加入后，老师能看到你的阶段、自评、答题、课程和成长；随时可以退出。<br>
<span lang="en">They see your stage, ratings, answers, lessons and growth, until you leave.</span>
</div></body></html>
"""
