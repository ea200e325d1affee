"""How one gets into a cohort: code, link, QR code, poster, and links for the names on a list."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from academy.cohorts import Cohort, shown_code
from academy.exchange.qr import qr_code
from academy.ui.language import _


def join_link(cohort: Cohort, token: str = "") -> str:
    """The address where one joins; with a token, the one of somebody who is expected."""
    query = {"code": cohort.code} | ({"for": token} if token else {})
    return f"{_site()}/join?{urlencode(query)}"


def invitation(cohort: Cohort) -> None:
    """Code, link and QR code, with the way to the poster."""
    picture, words = st.columns([1, 1.4], gap="large", vertical_alignment="center")
    with picture:
        svg = b64encode(qr_code(join_link(cohort)).encode()).decode()
        st.html(
            f'<img src="data:image/svg+xml;base64,{svg}" alt="{escape(_("QR code of the link"))}" '
            'style="width:100%;max-width:18rem">'
        )
    with words:
        st.markdown(_("Merchants scan it, read what you will see of them, agree, and are in."))
        st.markdown(f"**{_('Code of the cohort')}**")
        st.code(shown_code(cohort.code), language=None)
        st.markdown(f"**{_('Link')}**")
        st.code(join_link(cohort), language=None, wrap_lines=True)
        st.html(
            f'<a href="/poster?cohort={escape(cohort.id)}" target="_blank">'
            f"{escape(_('Poster to print, A4'))}</a>"
        )


def _site() -> str:
    """Where this site stands, as the visitor's browser has it."""
    url = urlsplit(st.context.url or "")
    return f"{url.scheme}://{url.netloc}" if url.netloc else ""
