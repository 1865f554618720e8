"""What the tests of matching may use."""

import pytest

from matching import engine
from matching.models import Suggestion
from mentoring.models import Programme
from tests.builders import make_programme, make_suggestion
from tests.matching.people import make_mentee, make_mentor


@pytest.fixture(scope="session", autouse=True)
def compiled_engine() -> None:
    """Compiled before any test opens a transaction, which would wait for it until the database gives up on it."""
    engine.warm_up()


@pytest.fixture
def programme(db: None) -> Programme:
    return make_programme()


@pytest.fixture
def ann_and_bo(programme: Programme) -> Suggestion:
    """Ann could mentor Bo."""
    return make_suggestion(
        programme=programme, mentor=make_mentor(programme, "Ann"), mentee=make_mentee(programme, "Bo")
    )
