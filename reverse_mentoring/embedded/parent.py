"""The `make` that started us: Ctrl-C reaches us both, but a signal sent to `make` alone does not reach us."""

import contextlib
import os
import signal
from pathlib import Path

WATCHED = 1 << (signal.SIGINT - 1) | 1 << (signal.SIGHUP - 1)


class ParentMake:
    """Watches the `make` that we were started from, if it was one.

    GNU make, once interrupted, waits for us without telling us. It gives its handler of the signal back first, though,
    and Linux shows that. Killed with -9 it is simply gone.
    """

    def __init__(self) -> None:
        self.pid = os.getppid()
        self.is_make = "MAKELEVEL" in os.environ and "make" in _name(self.pid)
        self.handled = _handled_signals(self.pid)

    def wants_us_to_stop(self) -> bool:
        return self.is_make and (os.getppid() != self.pid or _handled_signals(self.pid) != self.handled)


def _name(pid: int) -> str:
    """What the process is called; where the system does not show it, it may well be make."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text()
    return "make"


def _handled_signals(pid: int) -> int:
    """For which of the watched signals the process has a handler, as far as the system shows it."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return int(line.split()[1], 16) & WATCHED
    return 0
