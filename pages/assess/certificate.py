"""The certificate of a stage: get one for an exam, or see whether one is genuine."""

import streamlit as st

from academy import services
from academy.certificates import shown_code
from academy.exam_results import LEAST_ANSWERS, shown_by_exam
from academy.services import Refusal
from academy.ui import clock, components, navigation, reports, resources, session
from academy.ui.language import _
from academy.ui.later import later

curriculum = resources.curriculum()
framework = curriculum.framework
records = resources.records()


def facts(certificate) -> None:
    st.markdown(
        "\n".join(
            [
                f"| {_('Stage')} | {components.stage_name(framework, certificate.stage)} |",
                "|:--|:--|",
                f"| {_('Score')} | {certificate.score:.0f} "
                f"({certificate.low:.0f}–{certificate.high:.0f}) |",
                f"| {_('Asked by the stage')} | {certificate.target:.0f} |",
                f"| {_('Answers counted')} | {certificate.answers} |",
                f"| {_('Taken on')} | {certificate.taken_on} |",
                f"| {_('Issued on')} | {certificate.issued_on} |",
                f"| {_('Form')} | {certificate.form} |",
                f"| {_('Content revision')} | {certificate.revision} |",
                f"| {_('Code')} | {shown_code(certificate.code)} |",
            ]
        )
    )
    st.caption(
        _(
            "It certifies what one exam measured on that day. It is no promise of income, and no "
            "platform issued or endorses it."
        )
    )


def verify(typed: str) -> None:
    """What anyone sees who has a code."""
    certificate = services.find_certificate(records, typed)
    if certificate is None:
        st.markdown(
            _("No certificate has this code. Compare it letter by letter, or ask its owner.")
        )
        return
    st.success(_("This certificate is genuine."), icon=":material/verified:")
    with st.container(border=True):
        st.text(certificate.name)
        facts(certificate)


def own(attempt_id: str) -> None:
    """The visitor's own exam: what it showed, and its certificate where it carries one."""
    history = session.history()
    showing = shown_by_exam(history, curriculum, attempt_id)
    if showing is None:
        components.nothing_here(_("There is no exam of yours at this address."), "results", "home")
    title()
    issued = services.certificate_of(history, attempt_id)
    if issued:
        with st.container(border=True):
            st.text(issued.name)
            facts(issued)
        if reports.can_print():
            download(issued)
        return

    st.markdown(
        _(
            "This exam alone, with {n} of its answers counted, shows **{score}** ({low}–{high}); "
            "the stage asks for {target}."
        ).format(
            n=showing.answers,
            score=round(showing.estimate.score),
            low=round(showing.estimate.low),
            high=round(showing.estimate.high),
            target=round(showing.target),
        )
    )
    if not showing.is_enough:
        st.markdown(
            _(
                "A certificate takes a chance of four in five that you are where the stage asks, "
                "from {n} answers of one exam or more. Study what is missing, and take the exam "
                "again after two weeks: it asks other questions."
            ).format(n=LEAST_ANSWERS)
        )
        navigation.link("results", _("What to study next"), icon=":material/arrow_forward:")
        return

    st.markdown(_("It carries a certificate. Whoever has its code sees the name and the figures."))
    name = st.text_input(
        _("Name on the certificate"), history.name or "", max_chars=60, key="certificate-name"
    )
    if st.button(_("Issue the certificate"), type="primary", key="issue"):
        try:
            services.issue_certificate(
                records,
                session.require_learner(),
                curriculum,
                attempt_id,
                name=name,
                zone=clock.zone(),
                now=clock.now(),
            )
        except Refusal as refusal:
            components.refused(refusal)
        else:
            st.rerun()


def title() -> None:
    st.title(_("Certificate"), anchor=False)


def address_of(code: str) -> str:
    """Where anyone can see whether a certificate is genuine."""
    return f"{(st.context.url or '').partition('?')[0]}?code={code}"


def download(certificate) -> None:
    st.download_button(
        _("Download (PDF)"),
        later(printed, certificate, address_of(certificate.code)),
        file_name=f"certificate-{shown_code(certificate.code)}.pdf",
        mime="application/pdf",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )


def printed(certificate, address: str) -> bytes:
    return reports.certificate_page(curriculum, certificate, address=address)


if "attempt" in st.query_params:
    own(st.query_params["attempt"])
else:
    title()
    st.markdown(
        _("Shown a certificate? Type its code to see whether it is genuine, and what it says.")
    )
    typed = st.text_input(
        _("Code"), key="code", bind="query-params", placeholder="xxxx-xxxx-xxxx", max_chars=20
    )
    if typed:
        verify(typed)
