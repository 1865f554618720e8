"""One demo in one checkout, on a port that is free."""

import contextlib
import fcntl
import os
import socket
from pathlib import Path
from types import TracebackType
from typing import TextIO

from reverse_mentoring.embedded.place import EmbeddedError


class Lock:
    """Held through the file's lock, which the kernel gives back however we die; what the file says is for people."""

    def __init__(self, path: Path, address: str) -> None:
        self.path = path
        self.address = address
        self.file: TextIO | None = None

    def __enter__(self) -> "Lock":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.path.open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = self.path.read_text().strip()
            self.file.close()
            raise EmbeddedError(
                f"The demo of this checkout is running already ({holder}). Stop it there with Ctrl-C, or with 'make "
                f"demo-stop'."
            ) from None
        self.file.truncate(0)
        self.file.write(f"{self.address}, process {os.getpid()}\n")
        self.file.flush()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.file:
            self.file.truncate(0)
            self.file.close()


def holder_of(path: Path) -> int | None:
    """The process that holds the lock, or none."""
    with contextlib.suppress(OSError, ValueError), path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(path.read_text().split()[-1])
    return None


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise EmbeddedError(
                f"Port {port} cannot be used ({problem.strerror}). Choose another: make demo PORT={port + 1}"
            ) from None
