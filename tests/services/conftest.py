import pytest

from academy.storage import open_records
from tests.cast import Cast, gather


@pytest.fixture(params=["memory", "tinydb"])
def records(request, tmp_path):
    """Each store in turn: the acts must not know where they are kept."""
    return open_records("memory:" if request.param == "memory" else f"tinydb:{tmp_path}")


@pytest.fixture
def cast(records, noon) -> Cast:
    return gather(records, noon)
