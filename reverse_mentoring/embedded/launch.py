"""Become another program that cannot outlive the process that started it.

Run as a script by `processes.start`: `python launch.py SIGNAL PARENT USER -- PROGRAM ARGUMENT…`. On Linux the kernel
then sends SIGNAL when the parent dies, however it dies. USER is `-`, or `UID:GID` to become before the program starts.
Uses the standard library only, and nothing of this project.
"""

import ctypes
import os
import sys

SET_PARENT_DEATH_SIGNAL = 1


def main() -> None:
    signal_number, parent, user, _, *program = sys.argv[1:]
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
