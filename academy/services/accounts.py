"""Accounts: open one, sign in and out, change or reset the password, give roles.

A browser's session gets a new token whenever it is let in: what it was known by before is worth
nothing afterwards. Each function that takes a password is slow on purpose.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from academy import access, passwords
from academy.accounts import Person, Role, name_key, usable_name
from academy.cohorts import new_code, typed_code
from academy.history import History
from academy.services.account_records import (
    Account,
    ResetCode,
    account_of_name,
    change_account,
    every_account,
    note_staff,
    put_account,
    staff_names,
)
from academy.services.bringing import bring_along
from academy.services.cohort_records import find_cohort, members_of
from academy.services.erasing import erase
from academy.services.histories import happened, read_history
from academy.services.refusals import Refusal
from academy.services.sessions import begin_session, end_session, end_sessions
from academy.services.throttle import (
    NEW_ACCOUNTS,
    PER_ACCOUNT,
    PER_ADDRESS,
    forgive_all,
    forgive_last,
    network_of,
    note_try,
)
from academy.services.visitors import begin_record, learner_of, new_learner_id
from academy.storage.base import Records

RESET_CODE_LENGTH = 12
RESET_CODE_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody comes from, and by which token he is to be known from now on.

    Both hashes are SHA-256 in hexadecimal; `old_hash` is None for a browser without a cookie.
    """

    old_hash: str | None
    new_hash: str
    address: str
    device: str


def person_of(learner_id: str | None, history: History) -> Person:
    """Who a learner is, as his record says."""
    return Person(learner_id, history.name, history.role)


def find_person(records: Records, learner_id: str | None) -> Person:
    return person_of(learner_id, read_history(records, learner_id))


def guest_of(records: Records, session_hash: str | None) -> str | None:
    """The learner of a session who has no account yet."""
    learner_id = learner_of(records, session_hash)
    return learner_id if read_history(records, learner_id).name is None else None


def open_account(
    records: Records, name: str, password: str, *, browser: Browser, now: datetime
) -> str:
    """Open an account that takes over what its owner did as a guest, and sign him in.

    Returns the learner id. Raises Refusal for a name or a password that will not do.
    """
    shown = _checked_name(name)
    _check_password(password, shown)
    network = network_of(browser.address)
    note_try(records, NEW_ACCOUNTS, network, now=now)
    if account_of_name(records, shown):
        raise Refusal("name-taken", shown)
    learner_id = guest_of(records, browser.old_hash) or new_learner_id()
    _open(records, Account(shown, learner_id, passwords.hashed(password)), now=now)
    _let_in(records, learner_id, browser, now=now)
    return learner_id


def sign_in(
    records: Records,
    name: str,
    password: str,
    *,
    browser: Browser,
    bring: bool,
    now: datetime,
) -> str:
    """Let the owner of an account in; returns the learner id.

    What he did in this browser as a guest is brought into the account, or else erased. Raises
    Refusal, the same for a wrong name as for a wrong password, and TooManyTries.
    """
    account = _proven(records, name, password, browser.address, now=now)
    if account is None:
        raise Refusal("wrong-name-or-password", name[:20])
    guest = guest_of(records, browser.old_hash)
    if guest == account.learner_id:
        guest = None
    if guest and bring:
        account = _bringing(records, account, guest, now=now)
    _finish_bringing(records, account, now=now)
    _note_account(records, account, now=now)
    _let_in(records, account.learner_id, browser, now=now)
    if guest and not bring:
        erase(records, guest, now=now)
    return account.learner_id


def change_password(
    records: Records,
    learner_id: str,
    old: str,
    new: str,
    *,
    browser: Browser,
    now: datetime,
) -> None:
    """Set another password, and sign out everywhere but here."""
    account = own_account(records, learner_id)
    _check_password(new, account.name)
    if _proven(records, account.name, old, browser.address, now=now) is None:
        raise Refusal("wrong-password", account.name)
    _set_password(records, account, new)
    records.append(learner_id, happened("password-changed", now, {}))
    _let_in(records, learner_id, browser, now=now)
    end_sessions(records, learner_id, but=browser.new_hash, now=now)


def own_account(records: Records, learner_id: str) -> Account:
    """The account of a learner. Raises Refusal if he has none."""
    name = read_history(records, learner_id).name
    account = account_of_name(records, name) if name else None
    if account is None or account.learner_id != learner_id:
        raise Refusal("no-account", learner_id[:8])
    return account


def has_password(records: Records, learner_id: str) -> bool:
    """Whether a password lets the learner in; not so guests and those who come from outside."""
    name = read_history(records, learner_id).name
    account = account_of_name(records, name) if name else None
    return account is not None and (account.learner_id, bool(account.password)) == (
        learner_id,
        True,
    )


def is_own_password(
    records: Records, learner_id: str, password: str, *, address: str, now: datetime
) -> bool:
    """Whether this is the learner's password; asked again before what cannot be undone."""
    account = own_account(records, learner_id)
    return _proven(records, account.name, password, address, now=now) is not None


def hand_out_reset_code(
    records: Records,
    person: Person,
    learner_id: str,
    *,
    cohort_id: str | None = None,
    now: datetime,
) -> str:
    """A code with which a learner sets a new password once, within a day.

    A trainer hands it to learners of his cohort, an administrator to anybody. It ends the one
    handed out before, and the learner's record says that it was.
    """
    history = read_history(records, learner_id)
    cohort = find_cohort(records, cohort_id) if cohort_id else None
    is_member = cohort is not None and learner_id in members_of(records, cohort.id)
    allowed = access.may(
        person,
        "hand-out-reset-code",
        learner_id=learner_id,
        cohort=cohort if history.role == "learner" else None,
        is_member=is_member,
    )
    if not allowed:
        raise Refusal("not-allowed", "hand-out-reset-code")
    return new_reset_code(records, own_account(records, learner_id), by=person.name, now=now)


def new_reset_code(records: Records, account: Account, *, by: str | None, now: datetime) -> str:
    """The code, for whoever may hand it out, which is not asked here."""
    code = new_code(RESET_CODE_LENGTH)
    reset = ResetCode(sha256(code.encode()).hexdigest(), now + RESET_CODE_LASTS)
    records.append(account.learner_id, happened("reset-code-handed-out", now, {"by": by}))
    change_account(records, account.name, lambda kept: replace(kept, reset=reset))
    return code


def reset_password(
    records: Records,
    name: str,
    code: str,
    password: str,
    *,
    browser: Browser,
    now: datetime,
) -> str:
    """Set a new password with a code, sign out everywhere else and in here; the learner id."""
    network, key = network_of(browser.address), name_key(name)
    note_try(records, PER_ADDRESS, network, now=now)
    note_try(records, PER_ACCOUNT, key, now=now)
    account = account_of_name(records, name)
    if account is None or not _fits(account.reset, code, now):
        raise Refusal("wrong-code", name[:20])
    forgive_last(records, PER_ADDRESS, network, now=now)
    forgive_all(records, PER_ACCOUNT, key, now=now)
    _check_password(password, account.name)
    used = account.reset
    hashed = passwords.hashed(password)

    def change(kept: Account) -> Account:
        is_mine = kept.reset == used
        return replace(kept, password=hashed, reset=None) if is_mine else kept

    changed = change_account(records, account.name, change)
    if changed is None or changed.password != hashed:
        raise Refusal("wrong-code", name[:20])
    records.append(account.learner_id, happened("password-changed", now, {}))
    end_sessions(records, account.learner_id, now=now)
    _let_in(records, account.learner_id, browser, now=now)
    return account.learner_id


def come_in_from_outside(
    records: Records,
    issuer: str,
    subject: str,
    name: str,
    *,
    session_hash: str | None,
    now: datetime,
) -> tuple[str, bool]:
    """Whom an outside identity provider vouches for; the account is opened the first time.

    From then on he is known by the provider's word alone: the browser's own session ends, so that
    signing out with the provider is signing out.

    Returns the learner id, and whether a guest's work was brought into the account just now.
    """
    outside = _outside(issuer, subject)
    guest = guest_of(records, session_hash)
    known = learner_from_outside(records, issuer, subject)
    if known is None:
        newcomer = guest or new_learner_id()
        records.update_document(outside, lambda kept: kept or newcomer)
        known = learner_from_outside(records, issuer, subject)
        assert known is not None
    if read_history(records, known).name is None:
        shown = usable_name(name) or subject[:20]
        account = Account(shown, known, None, outside=outside)
        if put_account(records, account).learner_id != known:
            account = replace(account, name=f"{shown[:34]} {new_code(4)}")
            put_account(records, account)
        begin_record(records, known, now=now)
        _note_account(records, account, now=now)
    if session_hash and learner_of(records, session_hash) == known:
        end_session(records, session_hash, now=now)
    if guest and guest != known:
        bring_along(records, guest, known, now=now)
        return known, True
    return known, False


def learner_from_outside(records: Records, issuer: str, subject: str) -> str | None:
    """The learner that an outside identity provider vouches for, once he came in."""
    kept = records.document(_outside(issuer, subject))
    return kept if isinstance(kept, str) else None


def give_role(records: Records, person: Person, name: str, role: Role, *, now: datetime) -> Person:
    """Make somebody, by the name of the account, a learner, a trainer or an administrator."""
    if not access.may(person, "give-roles"):
        raise Refusal("not-allowed", "give-roles")
    return set_role(records, name, role, by=person.learner_id, now=now)


def set_role(records: Records, name: str, role: Role, *, by: str | None, now: datetime) -> Person:
    """The same, for whoever may, which is not asked here."""
    account = account_of_name(records, name)
    if account is None:
        raise Refusal("unknown-account", name[:20])
    note_staff(records, account)
    if read_history(records, account.learner_id).role != role:
        records.append(account.learner_id, happened("role-given", now, {"role": role, "by": by}))
    return find_person(records, account.learner_id)


def create_administrator(records: Records, name: str, password: str, *, now: datetime) -> Person:
    """Open an account for the first administrator, who then makes trainers."""
    shown = _checked_name(name)
    _check_password(password, shown)
    account = Account(shown, new_learner_id(), passwords.hashed(password))
    _open(records, account, now=now)
    return set_role(records, shown, "administrator", by=None, now=now)


def find_account(records: Records, person: Person, name: str) -> Person:
    """Who has the account of this name, for an administrator."""
    _check_sees_people(person)
    account = account_of_name(records, name)
    if account is None:
        raise Refusal("unknown-account", name[:20])
    return find_person(records, account.learner_id)


def staff(records: Records, person: Person) -> tuple[Person, ...]:
    """All trainers and administrators, by name, for an administrator."""
    _check_sees_people(person)
    known = [find_person(records, learner_id) for learner_id in staff_names(records)]
    return tuple(
        sorted((each for each in known if each.role != "learner"), key=lambda each: each.name or "")
    )


def everybody(records: Records) -> tuple[Person, ...]:
    """Everybody who has an account, by name, for whoever may see it, which is not asked here."""
    return tuple(find_person(records, each.learner_id) for each in every_account(records))


def _check_sees_people(person: Person) -> None:
    if not access.may(person, "see-people"):
        raise Refusal("not-allowed", "see-people")


def _checked_name(name: str) -> str:
    shown = usable_name(name)
    if shown is None:
        raise Refusal("name-unusable", name[:20])
    return shown


def _check_password(password: str, name: str) -> None:
    problem = passwords.problem(password, name)
    if problem:
        raise Refusal(problem, name)


def _open(records: Records, account: Account, *, now: datetime) -> None:
    if put_account(records, account) != account:
        raise Refusal("name-taken", account.name)
    begin_record(records, account.learner_id, now=now)
    _note_account(records, account, now=now)


def _note_account(records: Records, account: Account, *, now: datetime) -> None:
    """Write into the learner's record that he has an account, if that is not there yet."""
    if read_history(records, account.learner_id).name != account.name:
        opened = happened("account-opened", now, {"name": account.name}, event_id="account-opened")
        records.append(account.learner_id, opened)


def _proven(
    records: Records, name: str, password: str, address: str, *, now: datetime
) -> Account | None:
    """The account, if the password is its own; each failure counts against name and address."""
    network, key = network_of(address), name_key(name)
    note_try(records, PER_ADDRESS, network, now=now)
    note_try(records, PER_ACCOUNT, key, now=now)
    account = account_of_name(records, name)
    if not passwords.is_right(password, account.password if account else None):
        return None
    assert account is not None
    assert account.password is not None
    forgive_last(records, PER_ADDRESS, network, now=now)
    forgive_all(records, PER_ACCOUNT, key, now=now)
    if passwords.is_outdated(account.password):
        _set_password(records, account, password)
    return account


def _set_password(records: Records, account: Account, password: str) -> None:
    hashed = passwords.hashed(password)
    change_account(records, account.name, lambda kept: replace(kept, password=hashed))


def _let_in(records: Records, learner_id: str, browser: Browser, *, now: datetime) -> None:
    begin_session(
        records,
        learner_id,
        browser.new_hash,
        old_hash=browser.old_hash,
        device=browser.device,
        now=now,
    )


def _bringing(records: Records, account: Account, guest: str, *, now: datetime) -> Account:
    """Note whose work is on its way, so that an interruption does not strand it."""
    _finish_bringing(records, account, now=now)
    noted = change_account(records, account.name, lambda kept: replace(kept, bringing=guest))
    return noted or account


def _finish_bringing(records: Records, account: Account, *, now: datetime) -> None:
    if account.bringing:
        bring_along(records, account.bringing, account.learner_id, now=now)
        change_account(records, account.name, lambda kept: replace(kept, bringing=None))


def _fits(reset: ResetCode | None, code: str, now: datetime) -> bool:
    given = sha256(typed_code(code).encode()).hexdigest()
    return reset is not None and now < reset.until and hmac.compare_digest(reset.hashed, given)


def _outside(issuer: str, subject: str) -> str:
    hashed = sha256(f"{issuer}\n{subject}".encode()).hexdigest()
    return f"outside-{hashed}"
