"""Each store, empty, for every test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pytest

from academy.storage import open_records
from tests.postgres_server import PostgresServer, postgres_server

_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL server; it is never cut off from power, so it need not wait for the disk."""
    with postgres_server(is_durable=False) as server:
        yield server


@pytest.fixture
def database(server) -> str:
    """The address of an empty database."""
    return server.empty(f"test_{next(_numbers)}")


@pytest.fixture(params=["memory", "tinydb", "postgresql"])
def records(request, tmp_path):
    """Records of each kind, with nothing in them."""
    if request.param == "postgresql":
        url = request.getfixturevalue("database")
    else:
        url = "memory:" if request.param == "memory" else f"tinydb:{tmp_path / 'data'}"
    with closing(open_records(url)) as records:
        yield records
