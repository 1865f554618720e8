"""The embedded PostgreSQL comes up after anything that happened before."""

import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.place import EmbeddedError, Place, place_of, prepare, remove, service_user
from reverse_mentoring.embedded.postgres import Postgres, find_install
from tests.reverse_mentoring.embedded.conftest import ask

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
MAKE_ROWS = ("CREATE TABLE word (text text)", "INSERT INTO word SELECT 'Ärger' FROM generate_series(1, 1000)")
SUPERVISOR = """
import sys, time
from pathlib import Path
from reverse_mentoring.embedded.place import place_of
from reverse_mentoring.embedded.services import Services
Services(place_of(Path(sys.argv[1])), broker=False).start()
print("up", flush=True)
time.sleep(1000)
"""


def started(place: Place) -> Postgres:
    prepare(place)
    postgres = Postgres(place)
    postgres.start()
    return postgres


def zombie_of(user: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    """A process that has ended and that nobody has asked about."""
    process = subprocess.Popen(["true"], user=user.pw_uid if user else None)
    while processes.state_of(process.pid) != "Z":
        time.sleep(0.02)
    return process


def test_first_start_makes_a_database_that_knows_unicode_and_listens_nowhere_else(place: Place) -> None:
    postgres = started(place)

    assert ask(place, "SELECT lower('ÄÖ') || upper('é') || current_database()") == "äöÉreverse_mentoring"
    assert ask(place, "SHOW listen_addresses") == ""

    postgres.stop()


def test_second_start_keeps_the_rows(place: Place) -> None:
    postgres = started(place)
    ask(place, *MAKE_ROWS)
    postgres.stop()

    postgres = started(place)

    assert ask(place, "SELECT count(*) FROM word") == 1000
    postgres.stop()


def test_after_a_kill_9_the_rows_are_there(place: Place) -> None:
    postgres = started(place)
    ask(place, *MAKE_ROWS)
    assert postgres.child
    postgres.child.process.kill()
    postgres.child.process.wait()

    postgres = started(place)

    assert ask(place, "SELECT count(*) FROM word WHERE lower(text) = 'ärger'") == 1000
    postgres.stop()


def test_a_server_that_still_runs_is_stopped_and_followed_by_ours(place: Place) -> None:
    first = started(place)
    ask(place, *MAKE_ROWS)

    second = started(place)

    assert first.child
    assert not first.child.is_running()
    assert ask(place, "SELECT count(*) FROM word") == 1000
    second.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells children of a parent's death on Linux")
def test_the_server_ends_with_a_supervisor_that_was_killed(place: Place) -> None:
    command = [sys.executable, "-c", SUPERVISOR, str(place.run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout
        assert supervisor.stdout.readline() == "up\n"
        server = int((place.cluster / "postmaster.pid").read_text().splitlines()[0])

        supervisor.kill()

    end = time.monotonic() + 10
    while processes.is_alive(server) and time.monotonic() < end:
        time.sleep(0.02)
    assert not processes.is_alive(server)


@pytest.mark.parametrize("kind", ["a zombie", "another program"])
def test_a_process_file_that_names_something_else_is_cleared(place: Place, kind: str) -> None:
    started(place).stop()
    zombie = zombie_of(service_user(place))
    number = zombie.pid if kind == "a zombie" else os.getpid()
    (place.cluster / "postmaster.pid").write_text(f"{number}\n{place.cluster}\n1\n5432\n\n\n\nready   \n")
    (place.postgres_socket_folder / ".s.PGSQL.5432.lock").write_text(f"{number}\n")

    postgres = started(place)

    assert ask(place, "SELECT 1") == 1
    assert processes.is_alive(os.getpid())
    zombie.wait()
    postgres.stop()


def test_an_initdb_that_was_cut_off_is_made_anew(place: Place) -> None:
    prepare(place)
    (place.home / "postgres.unfinished" / "base").mkdir(parents=True)
    (place.home / "postgres.unfinished" / "PG_VERSION").write_text("18\n")

    postgres = started(place)

    assert ask(place, "SELECT 1") == 1
    assert not (place.home / "postgres.unfinished").exists()
    postgres.stop()


@pytest.mark.parametrize("name", ["a folder with spaces", "x" * 90, "Ünïcode & 'quotes'"])
def test_any_path_will_do(folder: Path, name: str) -> None:
    place = place_of(folder / name / "run")

    postgres = started(place)

    assert ask(place, "SELECT 1") == 1
    postgres.stop()
    remove(place)


@as_root
def test_root_in_a_private_folder_runs_a_copy_of_the_binaries_as_another_user(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    package = find_install().parent
    for found in (package, package.with_name(f"{package.name}.libs")):
        (private / found.name).symlink_to(found)
    monkeypatch.syspath_prepend(private)
    place = place_of(private / "run", outside=folder)

    postgres = started(place)

    assert postgres.child
    server = Path(f"/proc/{postgres.child.pid}")
    assert server.stat().st_uid == place.cluster.stat().st_uid != 0
    assert (server / "exe").readlink().is_relative_to(place.home)
    assert private.stat().st_mode & 0o777 == 0o700
    postgres.stop()


def test_data_of_a_version_that_is_not_installed_are_left_alone(place: Place) -> None:
    prepare(place)
    place.cluster.mkdir()
    (place.cluster / "PG_VERSION").write_text("12\n")

    with pytest.raises(EmbeddedError, match="written by PostgreSQL 12"):
        Postgres(place).start()


def test_stopping_is_quick_though_somebody_is_connected(place: Place) -> None:
    postgres = started(place)
    command = [find_install() / "bin" / "psql", "-h", place.postgres_socket_folder, "-U", "postgres"]
    with subprocess.Popen([*command, "-c", "SELECT pg_sleep(1000)"], stderr=subprocess.DEVNULL):
        began = time.monotonic()
        postgres.stop()

    assert time.monotonic() - began < 5
    assert postgres.child
    assert postgres.child.stop_signal == signal.SIGINT
