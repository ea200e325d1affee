"""A site of one page inside the real surroundings."""

from types import SimpleNamespace

import streamlit as st

from academy import web
from academy.storage import open_records
from academy.ui import trouble

records = open_records("memory:")

app = st.App(
    "site.py",
    routes=web.routes(
        lambda: records, lambda: SimpleNamespace(revision="r1"), {"", "learn/home"}, lambda: False
    ),
    middleware=web.middleware(lambda: records, {"", "learn/home", "anything"}),
    on_script_error=trouble.failed,
)
