import pytest

from mentoring.models import Person, Programme
from tests.builders import make_alice, make_bob, make_programme
from tests.matching.actions.asking import enrolled


@pytest.fixture
def two() -> tuple[Programme, Person, Person]:
    """A programme in which Alice and Bob are enrolled."""
    programme, alice, bob = make_programme(name="Spring"), make_alice(), make_bob()
    enrolled(programme, alice=alice, bob=bob)
    return programme, alice, bob
