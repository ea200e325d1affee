"""Questions of a cohort's own: look at a table first, take it in, take it back out, offer."""

import streamlit as st

from academy import services
from academy.exchange.item_sheets import item_template, items_table
from academy.exchange.spreadsheets import NotATable, Table, read_rows
from academy.own_items import MOST_ITEMS, Import, Line, NoSuchColumns
from academy.services import Refusal
from academy.ui import clock, components, resources, session
from academy.ui.components import as_text
from academy.ui.language import _, plural

PAGE = 20
SHOWN, MOST_SHOWN = 3, 50
"""Questions of a table that are shown before it is taken in: at once, and at most."""
records, curriculum, visitor = resources.records(), resources.curriculum(), session.person()


def take_in(lines: tuple[Line, ...], file: str) -> None:
    items = [line.item for line in lines if line.verdict == "new" and line.item]
    try:
        taken = services.take_in(
            records, session.person(), cohort.id, items, file=file, now=clock.now()
        )
        said = plural("{n} question taken in.", "{n} questions taken in.", taken.items)
        st.toast(said, icon=":material/check:")
        st.session_state["tables"] = st.session_state.get("tables", 0) + 1
    except Refusal as refusal:
        st.session_state["refused"] = refusal


@st.cache_data(max_entries=4, show_spinner=False)
def rows_of(content: bytes, name: str) -> list[list[str]]:
    """The cells of a table, read once however often the page is drawn."""
    return read_rows(content, name, with_gaps=True)


def read(content: bytes, name: str) -> tuple[Line, ...] | None:
    """What the table would do; None, with the reason said, when it is none."""
    try:
        return services.check_table(records, visitor, curriculum, cohort.id, rows_of(content, name))
    except NotATable as error:
        st.warning(components.no_table_words(error), icon=":material/info:")
    except NoSuchColumns as error:
        st.warning(
            _("The first row lacks: {names}. Copy the headings from the template.").format(
                names=", ".join(error.missing)
            ),
            icon=":material/info:",
        )
    return None


def new_table() -> None:
    st.download_button(
        _("The template (XLSX)"),
        item_template,
        file_name="题目导入模板.xlsx",
        mime=components.XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="template",
    )
    given = st.file_uploader(
        _("A filled table: XLSX or CSV, up to 5 MB"),
        type=["xlsx", "csv"],
        key=f"table-{st.session_state.get('tables', 0)}",
    )
    if given is None:
        return
    lines = read(given.getvalue(), given.name)
    if lines is not None:
        preview(lines, given.name)


def preview(lines: tuple[Line, ...], file: str) -> None:
    """What would happen, row by row; nothing has happened yet."""
    fresh = [line for line in lines if line.verdict == "new"]
    wrong = [line for line in lines if line.verdict == "wrong"]
    left_out = len(lines) - len(fresh) - len(wrong)
    with st.container(horizontal=True):
        st.metric(_("Will be taken in"), len(fresh))
        st.metric(_("Left out, known already"), left_out)
        st.metric(_("To be mended"), len(wrong))
    st.caption(_("Nothing has been saved yet."))
    others = [line for line in lines if line.verdict != "new"]
    if others:
        st.markdown(f"**{_('What is not taken, and what to write')}**")
        st.markdown(
            "\n".join(
                f"- {_('Row {n}').format(n=line.number)}: "
                f"{as_text(components.verdict_of_line(line))}"
                for line in others[:PAGE]
            )
        )
        if len(others) > PAGE:
            components.take_away(report(others), clock.now())
    for line in fresh[:SHOWN]:
        with st.container(border=True):
            st.markdown(components.own_item_words(line.item))
    more = fresh[SHOWN:MOST_SHOWN]
    if more:
        opened = st.expander(
            plural("See {n} more", "See {n} more", len(more)), key="more", on_change="rerun"
        )
        if opened.open:
            with opened:
                st.markdown(
                    "\n\n---\n\n".join(components.own_item_words(line.item) for line in more)
                )
    if len(fresh) > MOST_SHOWN:
        st.caption(plural("And {n} more.", "And {n} more.", len(fresh) - MOST_SHOWN))
    room = MOST_ITEMS - len(services.own_items(records, visitor, cohort.id).items)
    if len(fresh) > room:
        st.warning(
            _(
                "A cohort keeps {most} questions of its own, and there is room for {room}. Split "
                "the table."
            ).format(most=f"{MOST_ITEMS:,}", room=room)
        )
    st.button(
        plural("Take in {n} question", "Take in {n} questions", len(fresh)),
        type="primary",
        disabled=not 0 < len(fresh) <= room,
        key="take-in",
        on_click=take_in,
        args=(lines, file),
    )


def report(lines: list[Line]) -> Table:
    rows = tuple((line.number, components.verdict_of_line(line)) for line in lines)
    return Table(_("Rows not taken"), (_("Row"), _("What is wrong")), rows)


def one_import(taken: Import) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        questions = plural("{n} question", "{n} questions", taken.items)
        st.markdown(
            f"**{as_text(taken.file)}**  \n:small[:gray[{questions} · {clock.day(taken.at)}]]",
            width="stretch",
        )
        st.button(
            _("Undo"),
            key=f"undo-{taken.id}",
            icon=":material/undo:",
            on_click=services.undo_import,
            args=(records, visitor, cohort.id, taken.id),
        )


def offer(shown: list[str], already: list[str]) -> None:
    wanted = [each for each in shown if st.session_state.get(f"offer-{each}")]
    others = [each for each in already if each not in shown]
    services.offer_items(records, session.person(), cohort.id, [*wanted, *others])


def the_items() -> None:
    items = own.items
    pages = max(1, -(-len(items) // PAGE))
    page = st.pagination(pages, key="page", bind="query-params") if pages > 1 else 1
    shown = items[(page - 1) * PAGE : page * PAGE]
    ids = [item.id for item in shown]
    already = [item.id for item in items if item.status == "offered"]
    for item in shown:
        with st.container(border=True, key=f"own-{item.id}"):
            st.markdown(components.own_item_words(item))
            if item.status == "accepted":
                st.markdown(f":green-badge[{_('accepted for the bank')}]")
                continue
            with st.container(horizontal=True, vertical_alignment="center"):
                st.checkbox(
                    _("Offer to the bank"),
                    value=item.status == "offered",
                    key=f"offer-{item.id}",
                    on_change=offer,
                    args=(ids, already),
                )
                st.button(
                    _("Take out"),
                    key=f"take-out-{item.id}",
                    type="tertiary",
                    icon=":material/delete:",
                    on_click=services.take_out_item,
                    args=(records, visitor, cohort.id, item.id),
                )
    components.take_away(items_table(f"{cohort.title} {_('own questions')}", items), clock.now())


try:
    cohort = services.open_cohort(records, visitor, st.query_params.get("cohort", ""))
except Refusal:
    components.nothing_here(_("There is no such cohort. Choose one of yours."), "cohorts")
st.title(_("Questions of {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "own-items")
refusal = st.session_state.pop("refused", None)
if refusal:
    components.refused(refusal)
st.markdown(
    _(
        "Your own questions are for this cohort: in class, or assigned as a quiz. They count in "
        "nobody's profile until an administrator has taken them into the bank."
    )
)
new_table()
own = services.own_items(records, visitor, cohort.id)
if own.imports:
    st.subheader(_("Tables taken in"), anchor=False)
    for taken in reversed(own.imports):
        one_import(taken)
if own.items:
    st.subheader(_("Our own questions"), anchor=False)
    the_items()
