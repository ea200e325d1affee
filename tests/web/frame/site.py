"""Shows whom the site takes the visitor for, and fails where it is asked to."""

import streamlit as st

from academy.ui import session, trouble


def fail() -> None:
    raise ZeroDivisionError("Nobody foresaw this.")


@st.fragment
def part() -> None:
    if st.button("part"):
        fail()


trouble.tell()
st.text(f"visitor {session.session_hash()}")
if st.button("page"):
    fail()
st.button("act", on_click=fail)
part()
