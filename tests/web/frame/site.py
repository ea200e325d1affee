"""Shows whom the site takes the visitor for."""

import streamlit as st

from academy.ui import session

st.text(f"visitor {session.session_hash()}")
