"""Processes that we start, and that never outlive us: each in a group of its own, its output in a log file."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reverse_mentoring.embedded.place import EmbeddedError

LAUNCHER = Path(__file__).with_name("launch.py")
MARK = "REVERSE_MENTORING_RUN_FOLDER"
LARGEST_LOG = 5_000_000


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_running(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running():
            self.process.send_signal(self.stop_signal)

    def stop(self, patience: float = 10.0) -> None:
        """Ask, wait, then kill the process and everything in its group."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        kill_group(self.pid)
        self.process.wait()

    def last_words(self, lines: int = 15) -> str:
        text = self.log.read_text(errors="replace") if self.log else ""
        return "\n".join(text.splitlines()[-lines:])


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path | None,
    environment: Mapping[str, str] | None = None,
    user: pwd.struct_passwd | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    orphan_signal: signal.Signals = signal.SIGQUIT,
    folder: Path | None = None,
) -> Child:
    """Start a program in a group of its own that ends when this process ends; without a log it shares our output."""
    program = shutil.which(str(command[0]))
    if program is None:
        raise EmbeddedError(f"{command[0]} is not there, so {name} cannot start.")
    become = f"{user.pw_uid}:{user.pw_gid}" if user else "-"
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(int(orphan_signal)), str(os.getpid()), become, "--"]
    with _open_log(log) if log else contextlib.nullcontext() as output:
        process = subprocess.Popen(
            [*launcher, program, *map(str, command[1:])],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if log else None,
            env=dict(os.environ if environment is None else environment),
            cwd=folder,
            start_new_session=True,
        )
    return Child(name, process, log, stop_signal)


def _open_log(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    fits = log.exists() and log.stat().st_size < LARGEST_LOG
    return log.open("ab" if fits else "wb")


def kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def wait_for(condition: Callable[[], bool], *, seconds: float, child: Child, what: str) -> None:
    """Wait until `condition()` holds; raise with the child's last words if it dies or takes too long."""
    end = time.monotonic() + seconds
    while not condition():
        if not child.is_running():
            raise EmbeddedError(f"{child.name} stopped before {what}. Its last words:\n{child.last_words()}")
        if time.monotonic() > end:
            raise EmbeddedError(f"{what} took over {seconds:.0f} s. {child.name} said last:\n{child.last_words()}")
        time.sleep(0.02)


def state_of(pid: int) -> str:
    """The process's state letter (`Z` is a zombie), or nothing where there is no such process."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    if sys.platform == "linux":
        return ""
    answer = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip()[:1]


def is_alive(pid: int) -> bool:
    return state_of(pid) not in ("", "Z", "X")


def leftovers(mark: str) -> Iterator[int]:
    """Processes of an earlier start under this mark: those that a kill -9 of the supervisor left behind."""
    wanted = f"{MARK}={mark}"
    if sys.platform != "linux":
        listed = subprocess.run(["ps", "-axwwE", "-o", "pid=,command="], capture_output=True, text=True, check=False)
        found = (line.split(None, 1) for line in listed.stdout.splitlines() if f" {wanted}" in line)
        yield from (int(pid) for pid, _ in found if int(pid) != os.getpid())
        return
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            pid = int(entry.name) if entry.name.isdigit() else os.getpid()
            marked = pid != os.getpid() and wanted.encode() in (entry / "environ").read_bytes().split(b"\0")
            if marked and is_alive(pid):
                yield pid


def end_leftovers(mark: str) -> int:
    """Kill what an earlier start left behind; how many there were."""
    found = list(leftovers(mark))
    for pid in found:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while any(map(is_alive, found)) and time.monotonic() < end:
        time.sleep(0.02)
    return len(found)
