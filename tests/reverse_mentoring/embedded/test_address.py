"""The addresses of the embedded services are the same for everybody who asks, and survive any path."""

from pathlib import Path

import environ

from reverse_mentoring.embedded import database_url
from reverse_mentoring.embedded.address import python_broker_port
from reverse_mentoring.embedded.place import Place, place_of


def a_place() -> Place:
    return place_of(Path("/tmp/a folder+with 100% spaces/run"))


def test_settings_read_the_socket_out_of_the_database_url() -> None:
    config = environ.Env.db_url_config(database_url(a_place()))

    assert (config["HOST"], config["NAME"]) == (str(a_place().postgres_socket_folder), "reverse_mentoring")


def test_another_place_has_another_port_for_the_broker_in_python() -> None:
    assert python_broker_port(a_place()) == python_broker_port(a_place())
    assert python_broker_port(a_place()) != python_broker_port(place_of(Path("/tmp/another/run")))
