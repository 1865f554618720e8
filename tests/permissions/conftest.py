"""What the tests of all addresses may use."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _compiled_engine(compiled_engine: None) -> None:
    """“What if” is one of the addresses."""
