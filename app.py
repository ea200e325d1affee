"""Serve the academy: `streamlit run app.py`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from academy import garbage, web
from academy.ui import navigation, resources, runtime, session, trouble


@asynccontextmanager
async def ready(app: st.App) -> AsyncIterator[None]:
    """Read the curriculum before the first visitor comes; it stays, so it is no garbage."""
    resources.curriculum()
    runtime.relieve(asyncio.get_running_loop())
    garbage.set_survivors_aside()
    tending = asyncio.create_task(garbage.tend(runtime.is_busy))
    yield
    tending.cancel()


app = st.App(
    "academy/ui/site.py",
    routes=web.routes(
        resources.records, resources.curriculum, navigation.ADDRESSES, session.has_provider
    ),
    middleware=web.middleware(resources.records, navigation.ADDRESSES),
    lifespan=ready,
    on_script_error=trouble.failed,
    # While it knows no secret at all, Streamlit looks for the file of secrets in every run.
    secrets={"academy": {}},
)
