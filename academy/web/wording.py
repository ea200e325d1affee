"""Why a form was refused, in the visitor's words, ending with what to do."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from academy.services import Refusal, TooManyTries
from academy.web.language import _, plural


def reason(refusal: Refusal, now: datetime) -> str:
    """The sentence for a refusal; the wait, where one has to wait, in minutes."""
    if isinstance(refusal, TooManyTries):
        minutes = max(1, ceil((refusal.again_at - now).total_seconds() / 60))
        return plural(
            "Too many tries. Try again in {n} minute.",
            "Too many tries. Try again in {n} minutes.",
            minutes,
        )
    return _REASONS[refusal.reason]()


_REASONS = {
    "signed-out": lambda: _("You signed in or out in another tab. Reload this page."),
    "name-unusable": lambda: _("Choose a name of 2 to 40 characters."),
    "name-taken": lambda: _("Somebody has this name already. Choose another, or sign in with it."),
    "password-short": lambda: _("Choose a password of at least 8 characters."),
    "password-long": lambda: _("Choose a password of at most 200 characters."),
    "password-common": lambda: _("Too many people use this password. Choose a short sentence."),
    "password-like-name": lambda: _("Choose a password that is not your name."),
    "wrong-name-or-password": lambda: _(
        "Name and password do not belong together. Check both, or set a new password."
    ),
    "wrong-password": lambda: _("This is not your password. Try again."),
    "wrong-code": lambda: _(
        "Name and code do not belong together, or the code was used or is older than a day. Check "
        "both, or ask for another."
    ),
    "no-account": lambda: _("You have no account yet. Open one."),
    "unknown-invitation": lambda: _("No cohort has this code. Check it, or ask your trainer."),
    "cohort-archived": lambda: _("This cohort is closed. Ask your trainer for another code."),
    "not-sure": lambda: _("Tick the box if you want everything deleted."),
}
