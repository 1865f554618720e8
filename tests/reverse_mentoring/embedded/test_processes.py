"""Children end with us, grandchildren included, however we end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.place import EmbeddedError

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells children of a parent's death on Linux")
STUBBORN = "trap '' TERM; sleep 1000 & echo $! > pids; echo $$ >> pids; wait; wait"
PARENT = """
import time
from pathlib import Path
from reverse_mentoring.embedded import processes
folder = Path({folder!r})
child = processes.start("sleeper", ["sleep", "1000"], log=folder / "log")
(folder / "pids").write_text(str(child.pid))
time.sleep(1000)
"""

pytestmark = pytest.mark.alone


def written_pids(folder: Path, *, count: int) -> list[int]:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found = (folder / "pids").read_text().split() if (folder / "pids").exists() else []
        if len(found) == count:
            return [int(pid) for pid in found]
        time.sleep(0.02)
    raise AssertionError("the processes did not start")


def all_end(pids: list[int]) -> bool:
    end = time.monotonic() + 10
    while any(map(processes.is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(processes.is_alive, pids))


def test_stopping_ends_a_child_that_ignores_the_signal_and_its_children(tmp_path: Path) -> None:
    child = processes.start("stubborn", ["sh", "-c", STUBBORN], log=tmp_path / "log", folder=tmp_path)
    pids = written_pids(tmp_path, count=2)

    child.stop(patience=0.2)

    assert not child.is_running()
    assert all_end(pids)


@on_linux
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT.format(folder=str(tmp_path))])
    pids = written_pids(tmp_path, count=1)

    parent.kill()
    parent.wait()

    assert all_end(pids)


@on_linux
def test_a_child_ends_with_its_parent_where_the_shell_lets_both_ignore_the_signal(tmp_path: Path) -> None:
    as_in_the_background = "import signal; signal.signal(signal.SIGQUIT, signal.SIG_IGN)"
    code = as_in_the_background + PARENT.format(folder=str(tmp_path))
    parent = subprocess.Popen([sys.executable, "-c", code])
    pids = written_pids(tmp_path, count=1)

    parent.kill()
    parent.wait()

    assert all_end(pids)


def test_leftovers_are_found_by_their_mark_and_ended(tmp_path: Path) -> None:
    environment = {**os.environ, processes.MARK: str(tmp_path)}
    left, foreign = (subprocess.Popen(["sleep", "1000"], env=found) for found in (environment, dict(os.environ)))
    try:
        ended = processes.end_leftovers(str(tmp_path))

        assert (ended, left.wait(5), foreign.poll()) == (1, -signal.SIGKILL, None)
        assert processes.end_leftovers(str(tmp_path)) == 0
    finally:
        foreign.kill()
        foreign.wait()


def test_a_zombie_is_not_alive() -> None:
    zombie = subprocess.Popen(["true"])
    while processes.state_of(zombie.pid) not in ("Z", ""):
        time.sleep(0.02)

    assert not processes.is_alive(zombie.pid)

    zombie.wait()


def test_waiting_for_a_child_that_dies_tells_its_last_words(tmp_path: Path) -> None:
    child = processes.start("talker", ["sh", "-c", "echo 'the disk is full'; exit 3"], log=tmp_path / "log")

    with pytest.raises(EmbeddedError, match=r"talker stopped before it was ready.*\n.*the disk is full"):
        processes.wait_for(lambda: False, seconds=5, child=child, what="it was ready")


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match="/none/such is not there, so it cannot start"):
        processes.start("it", ["/none/such"], log=tmp_path / "log")


def test_a_log_grows_over_starts_and_begins_anew_once_it_is_large(tmp_path: Path) -> None:
    log = tmp_path / "log"

    for text in ("one", "two"):
        processes.start("talker", ["echo", text], log=log).process.wait()
    grown = log.read_text()
    log.write_bytes(b"x" * processes.LARGEST_LOG)
    processes.start("talker", ["echo", "three"], log=log).process.wait()

    assert (grown, log.read_text()) == ("one\ntwo\n", "three\n")
