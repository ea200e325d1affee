"""Pages to print: one on the cohort, and one on each of its merchants."""

import io

import streamlit as st

from academy import services
from academy.cohort_analytics import cohort_table
from academy.exchange.spreadsheets import file_name_of
from academy.ui import clock, components, resources, session, watching
from academy.ui.cohort_figures import cohort_figures
from academy.ui.cohort_reports import cohort_report, merchant_pages
from academy.ui.components import as_text
from academy.ui.language import _, plural
from academy.ui.later import later
from academy.ui.reports import can_print

IN_ONE_FILE = 200
"""Merchants whose pages go into one archive; more would fill the memory."""
records, curriculum, visitor = resources.records(), resources.curriculum(), session.person()


def on_the_cohort() -> None:
    members = list(watched.members.values())
    table = cohort_table(
        curriculum.framework,
        members,
        watched.summaries,
        ends_on=cohort.ends_on,
        now=clock.now(),
    )
    plan = cohort_figures(watched).plan
    now = clock.now()
    st.download_button(
        _("One page on the cohort (PDF)"),
        later(
            cohort_report,
            curriculum,
            cohort,
            table,
            plan,
            late=len(watched.late(clock.today())) if watched.assignments else None,
            now=now,
        ),
        file_name=file_name_of(cohort.title, clock.local(now), "pdf"),
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        type="primary",
        on_click="ignore",
        key="cohort-pdf",
    )


def on_each_merchant() -> None:
    ids = list(watched.members)
    parts = range(0, len(ids), IN_ONE_FILE)
    first = 0
    if len(parts) > 1:
        first = st.selectbox(
            _("Which"),
            parts,
            format_func=lambda start: f"{start + 1}–{min(start + IN_ONE_FILE, len(ids))}",
            key="part",
            width=160,
        )
    if not st.button(_("Make a page on each merchant"), icon=":material/print:", key="set"):
        return
    chosen, now, archive = ids[first : first + IN_ONE_FILE], clock.now(), io.BytesIO()
    people = (services.member_history(records, visitor, cohort.id, each) for each in chosen)
    bar = st.progress(0.0)
    for done, name in enumerate(merchant_pages(curriculum, people, archive, now=now), start=1):
        bar.progress(done / len(chosen), text=as_text(f"{done}/{len(chosen)} · {name}"))
    bar.empty()
    st.download_button(
        plural("{n} page (ZIP of PDF)", "{n} pages (ZIP of PDF)", len(chosen)),
        archive.getvalue(),
        file_name=file_name_of(cohort.title, clock.local(now), "zip"),
        mime="application/zip",
        icon=":material/folder_zip:",
        type="primary",
        on_click="ignore",
        key="merchants-zip",
    )


watched = watching.watched()
cohort = watched.cohort
st.title(_("Reports on {cohort}").format(cohort=as_text(cohort.title)), anchor=False)
components.cohort_ways(cohort, "reports")
if not can_print():
    st.markdown(
        _("Pages to print need more than this site has. Run pip install -r {file}.").format(
            file="requirements-reports.txt"
        )
    )
    components.end_page()
if not watched.members:
    st.markdown(_("Nobody has joined yet. Show the code, and merchants join with their phones."))
    components.end_page()
st.subheader(_("The cohort"), anchor=False)
st.markdown(
    _(
        "How many and where they stand, what is most missing, who stands still, before and after, "
        "and how far to trust it."
    )
)
on_the_cohort()
st.subheader(_("Each merchant"), anchor=False)
st.markdown(_("The page that a merchant prints himself: radar, growth, what comes next."))
on_each_merchant()
