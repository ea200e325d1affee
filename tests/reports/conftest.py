import pytest

from academy.storage import open_records


@pytest.fixture
def records():
    return open_records("memory:")
