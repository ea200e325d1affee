"""Invite merchants: by code, link and QR code, or by a list of names to expect."""

import streamlit as st

from academy import services
from academy.enrolment import Expected, Line, Verdict
from academy.exchange.spreadsheets import NotATable, Table, read_rows
from academy.services import Refusal
from academy.ui import clock, components, resources, session
from academy.ui.components import as_text
from academy.ui.language import _, plural

SHOWN = 200
"""Rows of a report that are shown; the counts tell of all."""

records = resources.records()
visitor = session.person()
VERDICTS: dict[Verdict, str] = {
    "new": _("will be expected"),
    "expected": _("is expected already"),
    "member": _("is in the cohort already"),
    "twice": _("stands further up in the list"),
    "empty": _("no name in this row"),
}


def renew() -> None:
    services.renew_code(records, session.person(), cohort.id)


def a_list() -> None:
    """A list of names: what it would do, row by row, and then the doing."""
    st.subheader(_("Expect names from a list"), anchor=False)
    st.markdown(
        _(
            "A list makes nobody a member: each name gets a link of its own to send, and whoever "
            "opens it reads what you will see, agrees and joins."
        )
    )
    given = st.file_uploader(
        _("CSV or XLSX with a column 姓名 or “name”"), type=["csv", "xlsx", "txt"], key="list"
    )
    typed = st.text_area(_("Or names, one a line"), key="typed-names", height=100)
    rows = [[line] for line in typed.splitlines()]
    if given:
        try:
            rows = read_rows(given.getvalue(), given.name)
        except NotATable as error:
            st.warning(components.no_table_words(error), icon=":material/info:")
            return
    if not rows:
        return
    lines = services.check_list(records, visitor, cohort.id, rows)
    report(lines)
    fresh = [line.name for line in lines if line.verdict == "new"]
    st.button(
        plural("Expect {n} name", "Expect {n} names", len(fresh)),
        type="primary",
        key="expect",
        disabled=not fresh,
        on_click=expect,
        args=(fresh,),
    )


def report(lines: tuple[Line, ...]) -> None:
    counts = {verdict: sum(line.verdict == verdict for line in lines) for verdict in VERDICTS}
    st.markdown(
        _("Nothing is done yet:")
        + " "
        + " · ".join(f"**{n}** {VERDICTS[verdict]}" for verdict, n in counts.items() if n)
    )
    st.dataframe(
        {
            _("Row"): [line.number for line in lines[:SHOWN]],
            _("Name"): [line.name for line in lines[:SHOWN]],
            _("What happens"): [VERDICTS[line.verdict] for line in lines[:SHOWN]],
        },
        hide_index=True,
    )


def expect(names: list[str]) -> None:
    try:
        services.expect_members(records, session.person(), cohort.id, names)
    except Refusal as refusal:
        st.session_state["refused"] = refusal
    else:
        st.session_state["typed-names"] = ""


def expected(found: tuple[Expected, ...]) -> None:
    """Who was told to join, with the links to send."""
    st.subheader(plural("{n} name is expected", "{n} names are expected", len(found)), anchor=False)
    links = Table(
        f"{cohort.title} {_('links')}",
        (_("Name"), _("Link")),
        tuple((each.name, components.join_link(cohort, each.token)) for each in found),
    )
    components.take_away(links, clock.now())
    st.dataframe(
        {name: [row[at] for row in links.rows] for at, name in enumerate(links.columns)},
        hide_index=True,
    )
    names = {each.token: each.name for each in found}
    gone = st.multiselect(
        _("Take off the list"),
        list(names),
        format_func=names.__getitem__,
        key="gone",
        placeholder=_("Choose names"),
    )
    if gone:
        st.button(
            plural("Take {n} name off", "Take {n} names off", len(gone)),
            key="take-off",
            on_click=take_off,
            args=(gone,),
        )


def take_off(tokens: list[str]) -> None:
    services.expect_no_more(records, session.person(), cohort.id, tokens)


try:
    cohort = services.open_cohort(records, visitor, st.query_params.get("cohort", ""))
except Refusal:
    components.nothing_here(_("There is no such cohort. Choose one of yours."), "cohorts")
st.title(_("Invite to {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "invite")
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
if cohort.is_open:
    components.invitation(cohort)
    with st.popover(_("Another code"), icon=":material/autorenew:"):
        st.markdown(_("The code, the link and the posters of today then lead nowhere."))
        st.button(_("Make another code"), key="renew", on_click=renew)
    a_list()
    waiting = services.expected_members(records, visitor, cohort.id)
    if waiting:
        expected(waiting)
else:
    st.markdown(_("This cohort is archived and takes nobody in. You can open it again."))
