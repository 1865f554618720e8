"""Both services come up together and are gone together, also when the second fails."""

import pytest

from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.place import EmbeddedError, Place, prepare
from reverse_mentoring.embedded.services import Services
from tests.reverse_mentoring.embedded.conftest import ask


def test_both_answer_inside_the_block_and_are_gone_after_it(place: Place) -> None:
    with Services(place, careless=True) as services:
        assert services.postgres
        assert services.broker
        assert (ask(place, "SELECT 1"), services.broker.answers()) == (1, True)
        pids = [child.pid for child in (services.postgres.child, services.broker.child) if child]

    assert [processes.is_alive(pid) for pid in pids] == [False, False]


def test_one_that_is_given_elsewhere_is_not_started(place: Place) -> None:
    with Services(place, careless=True, database=False) as services:
        assert services.postgres is None

    assert not place.cluster.exists()


def test_where_the_broker_cannot_start_the_database_does_not_stay(place: Place) -> None:
    prepare(place)
    (place.broker_socket / "in the way").mkdir(parents=True)
    services = Services(place, careless=True)

    with pytest.raises((EmbeddedError, OSError)), services:
        pass

    assert services.postgres
    assert services.postgres.child
    assert not services.postgres.child.is_running()
