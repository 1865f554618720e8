"""One demo in a checkout, on a port that is free."""

import os
import socket
from pathlib import Path

import pytest

from reverse_mentoring.embedded.lock import Lock, holder_of, refuse_taken_port
from reverse_mentoring.embedded.place import EmbeddedError


def test_a_second_demo_is_told_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "demo.lock"

    with (
        Lock(path, "http://127.0.0.1:8000"),
        pytest.raises(EmbeddedError, match=rf"http://127.0.0.1:8000, process {os.getpid()}\)"),
        Lock(path, "http://127.0.0.1:8001"),
    ):
        pass


def test_the_holder_is_known_while_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "demo.lock"

    with Lock(path, "http://127.0.0.1:8000"):
        during = holder_of(path)

    assert (during, holder_of(path)) == (os.getpid(), None)


def test_what_a_killed_holder_wrote_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "demo.lock"
    path.write_text("http://127.0.0.1:8000, process 1\n")

    assert holder_of(path) is None
    with Lock(path, "http://127.0.0.1:8001"):
        assert path.read_text() == f"http://127.0.0.1:8001, process {os.getpid()}\n"


def test_a_taken_port_is_refused_and_a_free_one_is_not() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(EmbeddedError, match=f"Port {port} cannot be used .*make demo PORT={port + 1}"):
            refuse_taken_port(port)

    refuse_taken_port(port)
