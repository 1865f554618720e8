"""Where data and sockets lie, whatever the checkout's path and whoever starts."""

import os
import stat
from pathlib import Path

import pytest

from reverse_mentoring.embedded.place import EmbeddedError, everyone_can_enter, place_of, prepare, remove, service_user

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def test_everything_lies_in_the_run_folder(folder: Path) -> None:
    place = place_of(folder / "run")

    assert (place.home, place.sockets) == (folder / "run", folder / "run" / "sockets")


def test_the_same_run_folder_has_the_same_place(folder: Path) -> None:
    assert place_of(folder / "run") == place_of(folder / "run")


def test_sockets_of_a_long_path_lie_in_a_short_folder(folder: Path) -> None:
    long, other = folder / ("x" * 90) / "run", folder / ("y" * 90) / "run"

    place = place_of(long)

    assert place.home == long
    assert place.sockets.parent == Path("/tmp")
    assert len(os.fsencode(place.postgres_socket_folder / ".s.PGSQL.5432")) < 104
    assert place.sockets != place_of(other).sockets


@as_root
def test_for_root_a_private_checkout_keeps_its_data_outside(folder: Path) -> None:
    (folder / "private").mkdir(mode=0o700)

    place = place_of(folder / "private" / "run", outside=folder)

    assert place.home.parent == folder
    assert place.logs == folder / "private" / "run" / "logs"


@as_root
def test_root_starts_postgresql_as_an_unprivileged_user(folder: Path) -> None:
    user = service_user(place_of(folder / "run"))

    assert user is not None
    assert user.pw_uid != 0


@as_root
def test_root_goes_on_as_the_user_to_whom_the_cluster_belongs(folder: Path) -> None:
    place = place_of(folder / "run")
    place.cluster.mkdir(parents=True)
    os.chown(place.cluster, 1, 1)

    user = service_user(place)

    assert user is not None
    assert user.pw_uid == 1


def test_preparing_makes_the_sockets_private_whatever_the_umask(folder: Path) -> None:
    place = place_of(folder / "run")
    before = os.umask(0o077)

    try:
        prepare(place)
    finally:
        os.umask(before)

    assert stat.S_IMODE(place.postgres_socket_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.broker_socket.parent.stat().st_mode) == 0o700
    assert os.geteuid() != 0 or everyone_can_enter(place.run)


@as_root
def test_a_strict_umask_does_not_move_the_place_from_one_start_to_the_next(folder: Path) -> None:
    before = os.umask(0o077)

    try:
        (folder / "checkout").mkdir()
        (folder / "checkout").chmod(0o755)
        (folder / "checkout" / "run" / "logs").mkdir(parents=True)
        first = place_of(folder / "checkout" / "run")
        prepare(first)
        deep = place_of(folder / "new" / "newer" / "run")
        prepare(deep)
    finally:
        os.umask(before)

    assert first == place_of(folder / "checkout" / "run")
    assert deep == place_of(folder / "new" / "newer" / "run")


def test_preparing_refuses_a_link_in_the_place_of_a_folder(folder: Path) -> None:
    place = place_of(folder / "run")
    place.run.mkdir()
    (folder / "elsewhere").mkdir()
    place.sockets.symlink_to(folder / "elsewhere")

    with pytest.raises(EmbeddedError, match="is not ours"):
        prepare(place)


@as_root
def test_preparing_refuses_a_folder_of_somebody_else(folder: Path) -> None:
    place = place_of(folder / "run")
    place.sockets.mkdir(parents=True)
    os.chown(place.sockets, 12345, 12345)

    with pytest.raises(EmbeddedError, match="is not ours"):
        prepare(place)


def test_removing_leaves_nothing(folder: Path) -> None:
    place = place_of(folder / ("x" * 90) / "run")
    prepare(place)

    remove(place)

    assert [path for path in (place.run, place.home, place.sockets) if path.exists()] == []
