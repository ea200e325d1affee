"""Shows whom Streamlit takes the visitor for."""

import streamlit as st

st.text(f"visitor {st.user.get('sid')}")
