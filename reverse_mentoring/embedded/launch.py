"""Become another program that cannot outlive the process that started it.

Run as a script by `processes.start`: `python launch.py SIGNAL PARENT USER -- PROGRAM ARGUMENT…`. On Linux the kernel
then sends SIGNAL when the parent dies, however it dies. USER is `-`, or `UID:GID` to become before the program starts.
The program begins with every signal as the system sets it: a shell lets what it starts in the background ignore SIGINT
and SIGQUIT, and a child would inherit that and outlive us.
Uses the standard library only, and nothing of this project.
"""

import ctypes
import os
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1


def main() -> None:
    signal_number, parent, user, _, *program = sys.argv[1:]
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if user != "-":
        uid, gid = map(int, user.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, int(signal_number), 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("the process that started this one is gone")
    os.execv(program[0], program)


if __name__ == "__main__":
    main()
