"""What all tests of the rules share."""

import pytest

from compliance import engine
from specimens import sample_invoice


@pytest.fixture(scope="session", autouse=True)
def tables_of_law() -> None:
    """The tables are read once, outside of any single test's time."""
    engine.check(sample_invoice(0))
