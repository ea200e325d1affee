"""Sign up, sign in, sign out, change or reset the password, join a cohort, delete everything.

Plain pages with plain forms: they load at once on a slow phone, password managers know them, and
they can set the cookie, which a Streamlit page cannot.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from math import ceil
from typing import cast
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from academy import services
from academy.cohorts import LONGEST_NAME as LONGEST_MEMBER_NAME
from academy.cohorts import Cohort
from academy.devices import device_of
from academy.history import History
from academy.language import LANGUAGES, Language
from academy.passwords import LONGEST as LONGEST_PASSWORD
from academy.services import Browser, Refusal, TooManyTries
from academy.storage import DamagedRecord, Records, RecordsUnavailable
from academy.web import language, markup
from academy.web.forms import NotOurForm, form_token, read_form
from academy.web.identity import TOKEN, new_token, session_id, set_token
from academy.web.language import _, plural, preferred_language
from academy.web.markup import Markup
from academy.web.wording import reason

_LOGGER = logging.getLogger(__name__)
_HASHING = CapacityLimiter(2)
"""So many passwords are hashed at once: each takes 64 MiB and a core."""


@dataclass(frozen=True)
class Visit:
    """Somebody at one of these pages: who he is, and what his browser sent."""

    records: Records
    path: str
    query: Mapping[str, str]
    token: str | None
    address: str
    device: str
    is_secure: bool
    pages: Collection[str]
    has_provider: bool
    now: datetime
    form: Mapping[str, str] | None
    refusal: Refusal | None = None

    @cached_property
    def session_hash(self) -> str | None:
        return session_id(self.token) if self.token else None

    @cached_property
    def learner_id(self) -> str | None:
        return services.learner_of(self.records, self.session_hash)

    @cached_property
    def history(self) -> History:
        return services.read_history(self.records, self.learner_id)

    def given(self, key: str) -> str:
        """What stands in a field of the form; empty if nothing, or if there is no form."""
        return (self.form or {}).get(key, "")

    def was_refused(self, *reasons: str) -> bool:
        """Whether the form was refused for one of these reasons."""
        return self.refusal is not None and self.refusal.reason in reasons

    def next(self) -> str:
        """Where to go afterwards."""
        return own_page(self.query.get("next", ""), self.pages)

    def to(self, path: str, **query: str) -> str:
        """Another of these pages, keeping where to go afterwards and in which language to speak."""
        kept = {key: self.query[key] for key in ("next", "language") if key in self.query}
        together = {**kept, **query}
        return f"{path}?{urlencode(together)}" if together else path

    def here(self) -> str:
        """This page, as it was asked for."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    def browser(self, new: str) -> Browser:
        return Browser(self.session_hash, session_id(new), self.address, self.device)

    def let_in(self, token: str, to: str) -> Response:
        """Go on under a new token."""
        response = RedirectResponse(to, status_code=303)
        set_token(response, token, is_secure=self.is_secure)
        return response

    def page(self, title: str, *body: Markup, status: int = 200) -> Response:
        """A page of ours, never kept by anything on its way."""
        other: Language = "en" if language.current() == "zh" else "zh"
        refusal = self.refusal
        headers = {"content-language": markup.TAGS[language.current()], "cache-control": "no-store"}
        if isinstance(refusal, TooManyTries):
            status = 429
            headers["retry-after"] = str(ceil((refusal.again_at - self.now).total_seconds()))
        elif refusal:
            status = 422 if self.form is not None else 404
        html = markup.document(
            title,
            [markup.alert(reason(refusal, self.now)) if refusal else Markup(), *body],
            other_language=self._in_language(other),
            is_refused=refusal is not None,
        )
        return HTMLResponse(html, status, headers)

    def form_of(self, *content: Markup, kind: str = "card") -> Markup:
        return markup.form(content, form_token(self.token or ""), kind=kind)

    def _in_language(self, other: Language) -> str:
        return f"{self.path}?{urlencode({**self.query, 'language': other})}"


Page = Callable[[Visit], Response]


def own_page(asked: str, pages: Collection[str]) -> str:
    """The address itself if it is that of a page of ours, or else the start page's."""
    path = asked.partition("?")[0]
    is_ours = path.startswith("/") and path[1:] in pages
    return asked if is_ours and asked.isprintable() and "\\" not in asked else "/"


def account_routes(
    records: Callable[[], Records],
    pages: Collection[str],
    has_provider: Callable[[], bool],
) -> list[Route]:
    """The routes; `pages` are the addresses that one may be sent on to."""

    def route(path: str, page: Page, *, hashes: bool) -> Route:
        async def endpoint(request: Request) -> Response:
            token = cast("str | None", request.scope.get(TOKEN))
            visit = Visit(
                records(),
                path,
                dict(request.query_params),
                token,
                request.client.host if request.client else "",
                device_of(request.headers.get("user-agent", "")),
                request.url.scheme == "https",
                pages,
                has_provider(),
                datetime.now(UTC),
                None,
            )
            if request.method == "POST":
                try:
                    visit = replace(visit, form=await read_form(request, token))
                except NotOurForm as error:
                    _LOGGER.warning("A form for %s was refused: %s", path, error)
                    return await to_thread.run_sync(_answer, visit, not_ours, request)
            is_slow = hashes and visit.form is not None
            limiter = _HASHING if is_slow else None
            return await to_thread.run_sync(_answer, visit, page, request, limiter=limiter)

        return Route(path, endpoint, methods=["GET", "POST"])

    return [route(path, page, hashes=hashes) for path, (page, hashes) in PAGES.items()]


def _answer(visit: Visit, page: Page, request: Request) -> Response:
    """The page, in the visitor's language; refused, the same page with the reason on it."""
    try:
        language.speak(_language(visit, request.headers.get("accept-language", "")))
        try:
            return page(visit)
        except Refusal as refusal:
            return page(replace(visit, refusal=refusal))
    except DamagedRecord as error:
        _LOGGER.error("%s", error)
        return _stopped(
            visit,
            _("Your record needs a repair"),
            _(
                "The file with your answers cannot be read, so nothing is written over it. "
                "Tell whoever runs this site; it can be put back from a backup."
            ),
        )
    except RecordsUnavailable as error:
        _LOGGER.error("%s", error)
        return _stopped(
            visit,
            _("Nothing can be saved at the moment"),
            _("What you gave before is safe. Wait a minute, then try again."),
        )


def _stopped(visit: Visit, title: str, explanation: str) -> Response:
    """What is told when nothing can go on, with the way to try again."""
    return replace(visit, refusal=None).page(
        title,
        markup.paragraph(explanation),
        markup.paragraph(markup.link(visit.here(), _("Try again"), kind="button")),
        status=503,
    )


def _language(visit: Visit, accepted: str) -> Language:
    asked = visit.query.get("language")
    if asked in LANGUAGES:
        return asked
    language.speak(preferred_language(accepted))
    return visit.history.language or preferred_language(accepted)


def _is_sent(visit: Visit) -> bool:
    """Whether there is a form to be acted on, and it was not refused just now."""
    return visit.form is not None and visit.refusal is None


# --- coming and going


def sign_in(visit: Visit) -> Response:
    guest = services.guest_of(visit.records, visit.session_hash)
    if _is_sent(visit):
        token = new_token()
        services.sign_in(
            visit.records,
            visit.given("username"),
            visit.given("password"),
            browser=visit.browser(token),
            bring=bool(visit.given("bring")) or not visit.given("bring-asked"),
            now=visit.now,
        )
        return visit.let_in(token, visit.next())
    name, work = visit.history.name, _work(visit, guest)
    bring = markup.checkbox(
        "bring",
        _("Bring along what was done on this device without an account"),
        hint=_(
            "That is {work}. Nothing is counted twice. If it is somebody else's, take the tick "
            "away: it is then deleted."
        ).format(work=work),
        is_on=visit.form is None or bool(visit.given("bring")),
    )
    return visit.page(
        _("Sign in"),
        _signed_in_as(name) if name else Markup(),
        visit.form_of(
            _name_field(visit),
            _password_field(visit, "password", _("Password"), "current-password"),
            markup.joined([markup.hidden("bring-asked"), bring]) if work else Markup(),
            markup.button(_("Sign in")),
        ),
        markup.paragraph(
            markup.joined(
                [
                    markup.link(visit.to("/sign-up"), _("Open an account")),
                    markup.link(visit.to("/reset"), _("Forgot the password?")),
                    markup.link("/me", _("Sign in with your company"))
                    if visit.has_provider
                    else Markup(),
                ]
            ),
            kind="links",
        ),
    )


def sign_up(visit: Visit) -> Response:
    guest = services.guest_of(visit.records, visit.session_hash)
    if _is_sent(visit):
        token = new_token()
        services.open_account(
            visit.records,
            visit.given("username"),
            visit.given("password"),
            browser=visit.browser(token),
            now=visit.now,
        )
        return visit.let_in(token, visit.next())
    name, work = visit.history.name, _work(visit, guest)
    return visit.page(
        _("Open an account"),
        markup.paragraph(
            _("With an account you go on where you stopped, on any phone or computer.")
        ),
        _signed_in_as(name) if name else Markup(),
        markup.paragraph(
            _("What you did here so far comes along: {work}.").format(work=work), kind="note"
        )
        if work
        else Markup(),
        visit.form_of(
            markup.field(
                "username",
                _("Name"),
                hint=_("Yours or your shop's, 2 to 40 characters. You sign in with it."),
                is_refused=visit.was_refused("name-unusable", "name-taken"),
                value=visit.given("username"),
                autocomplete="username",
            ),
            _password_field(
                visit,
                "password",
                _("Password"),
                "new-password",
                hint=_("At least 8 characters; a short sentence is best."),
            ),
            markup.button(_("Open an account")),
        ),
        markup.paragraph(
            _(
                "We ask for no phone number and no e-mail. Should you forget the password, your "
                "trainer or whoever runs this site can give you a code for a new one."
            ),
            kind="hint",
        ),
        markup.paragraph(
            markup.link(visit.to("/sign-in"), _("I have an account: sign in")), kind="links"
        ),
    )


def sign_out(visit: Visit) -> Response:
    learner_id, name = visit.learner_id, visit.history.name
    if learner_id and name and visit.session_hash and _is_sent(visit):
        if visit.given("where") == "everywhere":
            services.end_sessions(visit.records, learner_id, now=visit.now)
        services.end_session(visit.records, visit.session_hash, now=visit.now)
        return visit.let_in(new_token(), "/")
    if name is None:
        return visit.page(
            _("Sign out"),
            markup.paragraph(_("You are not signed in.")),
            markup.paragraph(markup.link("/", _("Go to the start page")), kind="links"),
        )
    return visit.page(
        _("Sign out"),
        _signed_in_as(name),
        visit.form_of(
            markup.paragraph(_("What you did stays in your account.")),
            markup.button(_("Sign out here"), key="where", value="here"),
            markup.button(_("Sign out everywhere"), key="where", value="everywhere", kind="second"),
        ),
        markup.paragraph(markup.link("/me", _("My data")), kind="links"),
    )


# --- passwords


def change_password(visit: Visit) -> Response:
    learner_id, name = visit.learner_id, visit.history.name
    if learner_id is None or name is None:
        return RedirectResponse(visit.to("/sign-in", next="/me"), status_code=303)
    if _is_sent(visit):
        token = new_token()
        services.change_password(
            visit.records,
            learner_id,
            visit.given("password"),
            visit.given("new-password"),
            browser=visit.browser(token),
            now=visit.now,
        )
        return visit.let_in(token, "/me")
    return visit.page(
        _("Change the password"),
        _signed_in_as(name),
        visit.form_of(
            _username_for_the_password_manager(name),
            _password_field(visit, "password", _("Current password"), "current-password"),
            _password_field(
                visit,
                "new-password",
                _("New password"),
                "new-password",
                hint=_("At least 8 characters; a short sentence is best."),
            ),
            markup.paragraph(_("This signs you out everywhere else."), kind="hint"),
            markup.button(_("Change the password")),
        ),
        markup.paragraph(markup.link("/me", _("My data")), kind="links"),
    )


def reset_password(visit: Visit) -> Response:
    if _is_sent(visit):
        token = new_token()
        services.reset_password(
            visit.records,
            visit.given("username"),
            visit.given("code"),
            visit.given("new-password"),
            browser=visit.browser(token),
            now=visit.now,
        )
        return visit.let_in(token, visit.next())
    return visit.page(
        _("Set a new password"),
        markup.paragraph(
            _(
                "Ask your trainer, or whoever runs this site, for a reset code. It is good for one "
                "day and for one time."
            )
        ),
        visit.form_of(
            _name_field(visit),
            markup.field(
                "code",
                _("Reset code"),
                is_refused=visit.was_refused("wrong-code"),
                value=visit.given("code"),
                autocomplete="one-time-code",
            ),
            _password_field(
                visit,
                "new-password",
                _("New password"),
                "new-password",
                hint=_("At least 8 characters; a short sentence is best."),
            ),
            markup.paragraph(_("This signs you out everywhere else."), kind="hint"),
            markup.button(_("Set a new password")),
        ),
        markup.paragraph(markup.link(visit.to("/sign-in"), _("Sign in")), kind="links"),
    )


# --- cohorts


def join_cohort(visit: Visit) -> Response:
    code = visit.query.get("code", "")
    if not code or (visit.refusal and visit.refusal.reason != "signed-out"):
        return _ask_for_code(visit)
    cohort = services.find_invitation(visit.records, code, address=visit.address, now=visit.now)
    if _is_sent(visit) and visit.session_hash:
        learner_id = services.join(
            visit.records, visit.session_hash, now=visit.now, device=visit.device
        )
        services.join_cohort(
            visit.records,
            learner_id,
            code,
            name=visit.given("nickname"),
            address=visit.address,
            token=visit.query.get("for", ""),
            now=visit.now,
        )
        return RedirectResponse(visit.to("/join", code=code), status_code=303)
    watched = {each.cohort.id for each in services.onlookers(visit.records, visit.learner_id)}
    if cohort.id in watched:
        return _joined(visit, cohort)
    expected = services.expected_name(visit.records, cohort.id, visit.query.get("for", ""))
    return _invited(visit, cohort, expected)


def _ask_for_code(visit: Visit) -> Response:
    code = markup.field(
        "code",
        _("Code of the cohort"),
        hint=_("Eight letters and digits, from your trainer."),
        value=visit.query.get("code", ""),
        is_refused=visit.refusal is not None,
    )
    return visit.page(
        _("Join a cohort"),
        Markup(f'<form class="card" method="get">{code}\n{markup.button(_("Next"))}</form>'),
        markup.paragraph(markup.link("/", _("Go to the start page")), kind="links"),
    )


def _invited(visit: Visit, cohort: Cohort, expected: str) -> Response:
    """What one agrees to; `expected` is the name under which the trainers wait for him."""
    return visit.page(
        _("Join a cohort"),
        _about(cohort),
        Markup(f"<h2>{markup.text(_('What your trainers will see'))}</h2>"),
        markup.paragraph(
            markup.sentence(
                _("If you join, {trainers} will see, until you leave:"),
                trainers=_names(cohort),
            )
        ),
        _consent(),
        visit.form_of(
            markup.field(
                "nickname",
                _("What should your trainers call you?"),
                hint=_("Your name or your shop's. You may leave it empty."),
                value=visit.given("nickname") or expected or visit.history.name or "",
                autocomplete="nickname",
                is_required=False,
                most=LONGEST_MEMBER_NAME,
            ),
            markup.button(_("Agree and join")),
        ),
        markup.paragraph(markup.link("/", _("Not now")), kind="links"),
    )


def _joined(visit: Visit, cohort: Cohort) -> Response:
    account = markup.paragraph(
        markup.joined(
            [
                markup.text(_("So far only this browser knows you.")),
                markup.link(visit.to("/sign-up"), _("Open an account")),
            ]
        ),
        kind="note",
    )
    return visit.page(
        _("You are in"),
        _about(cohort),
        markup.paragraph(
            markup.sentence(_("From now on {trainers} can see:"), trainers=_names(cohort))
        ),
        _consent(),
        markup.paragraph(markup.link("/", _("Begin"), kind="button")),
        Markup() if visit.history.name else account,
        markup.paragraph(markup.link("/me", _("Who sees me, and how to leave")), kind="links"),
    )


def _about(cohort: Cohort) -> Markup:
    days = " – ".join(str(day) for day in (cohort.starts_on, cohort.ends_on) if day)
    return markup.paragraph(
        markup.joined([markup.name(cohort.title), markup.text(days)]), kind="note"
    )


def _names(cohort: Cohort) -> Markup:
    names = [markup.name(each) for each in cohort.trainers.values()]
    return Markup(markup.text(_(", ")).join(names)) if names else markup.text(_("its trainers"))


def _consent() -> Markup:
    """What is agreed to; a change of its meaning raises `CONSENT` in the service."""
    return markup.joined(
        [
            markup.bullets(
                [
                    _("the name under which you join, and the stage of your business"),
                    _("how you rate yourself, and your answers to questions, with dates"),
                    _("which lessons you opened and finished, your results and your growth"),
                ]
            ),
            markup.paragraph(
                _(
                    "They do not see your password, what you search for, or what you type into "
                    "calculators. Other merchants see nothing of you. You can leave at any time, "
                    "and from then on your trainers see nothing."
                )
            ),
        ]
    )


# --- the end


def delete(visit: Visit) -> Response:
    learner_id = visit.learner_id
    if learner_id is None:
        return visit.page(
            _("Delete everything"),
            markup.paragraph(_("Nothing about you is kept.")),
            markup.paragraph(markup.link("/", _("Go to the start page")), kind="links"),
        )
    name = visit.history.name
    needs_password = services.has_password(visit.records, learner_id)
    if _is_sent(visit):
        _check_consent_to_deletion(visit, learner_id, needs_password)
        services.erase(visit.records, learner_id, now=visit.now)
        return _deleted(visit)
    kept = services.stored(visit.records, learner_id)
    return visit.page(
        _("Delete everything"),
        _signed_in_as(name) if name else Markup(),
        markup.paragraph(_("Then nothing is left of you: no answers, no results, no account.")),
        markup.paragraph(_("You disappear from every cohort. Nobody can bring it back.")),
        markup.paragraph(
            plural("{n} entry about you is kept.", "{n} entries about you are kept.", kept.events)
        ),
        visit.form_of(
            _username_for_the_password_manager(name) if name else Markup(),
            _password_field(visit, "password", _("Password"), "current-password")
            if needs_password
            else Markup(),
            markup.checkbox("sure", _("Yes, delete everything for good"), is_required=True),
            markup.button(_("Delete everything"), kind="grave"),
        ),
        markup.paragraph(markup.link("/me", _("Back, and save a copy first")), kind="links"),
    )


def _check_consent_to_deletion(visit: Visit, learner_id: str, needs_password: bool) -> None:
    if not visit.given("sure"):
        raise Refusal("not-sure", learner_id[:8])
    if needs_password and not services.is_own_password(
        visit.records,
        learner_id,
        visit.given("password"),
        address=visit.address,
        now=visit.now,
    ):
        raise Refusal("wrong-password", learner_id[:8])


def _deleted(visit: Visit) -> Response:
    response = visit.page(
        _("Everything is deleted"),
        markup.paragraph(_("Nothing about you is kept any more. You may begin anew at any time.")),
        markup.paragraph(markup.link("/", _("Go to the start page"), kind="button")),
    )
    set_token(response, new_token(), is_secure=visit.is_secure)
    return response


def not_ours(visit: Visit) -> Response:
    return visit.page(
        _("This form has expired"),
        markup.paragraph(
            _(
                "You signed in or out since it was opened, or it was sent from somewhere else. "
                "Nothing was done. Open it again."
            )
        ),
        markup.paragraph(markup.link(visit.here(), _("Open it again"), kind="button")),
        status=403,
    )


# --- parts


def _name_field(visit: Visit) -> Markup:
    return markup.field(
        "username",
        _("Name"),
        is_refused=visit.was_refused("wrong-name-or-password", "wrong-code"),
        value=visit.given("username"),
        autocomplete="username",
    )


def _password_field(
    visit: Visit, key: str, label: str, autocomplete: str, *, hint: str = ""
) -> Markup:
    """Never filled in again: a password is typed, or the browser knows it."""
    about = (
        ("password-short", "password-long", "password-common", "password-like-name")
        if autocomplete == "new-password"
        else ("wrong-password", "wrong-name-or-password")
    )
    return markup.field(
        key,
        label,
        hint=hint,
        is_refused=visit.was_refused(*about),
        type_="password",
        autocomplete=autocomplete,
        most=LONGEST_PASSWORD,
    )


def _username_for_the_password_manager(name: str) -> Markup:
    """A password manager wants to know whose password it is."""
    value = markup.text(name)
    return Markup(f'<input hidden type="text" autocomplete="username" value="{value}">')


def _signed_in_as(name: str) -> Markup:
    return markup.paragraph(
        markup.sentence(_("You are signed in as {name}."), name=markup.name(name)), kind="note"
    )


def _work(visit: Visit, guest: str | None) -> str:
    """What there is to bring along, in words; empty if there is nothing."""
    done = services.work_done(visit.records, guest)
    words = {
        "lessons": plural("{n} lesson", "{n} lessons", done["lessons"]),
        "answers": plural("{n} answer", "{n} answers", done["answers"]),
        "ratings": plural("{n} rating", "{n} ratings", done["ratings"]),
        "stages": _("the stage of your business"),
        "cohorts": plural("{n} cohort", "{n} cohorts", done["cohorts"]),
    }
    return _(", ").join(words[kind] for kind in words if done[kind])


PAGES: Mapping[str, tuple[Page, bool]] = {
    "/sign-in": (sign_in, True),
    "/sign-up": (sign_up, True),
    "/sign-out": (sign_out, False),
    "/password": (change_password, True),
    "/reset": (reset_password, True),
    "/join": (join_cohort, False),
    "/delete": (delete, True),
}
"""Address to its page, and whether a form sent there has a password hashed."""
