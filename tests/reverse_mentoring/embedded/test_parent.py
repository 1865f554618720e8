"""A signal that reaches only the `make` that started us reaches us through it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reverse_mentoring.embedded.place import CHECKOUT

needs_make = pytest.mark.skipif(
    shutil.which("make") is None or sys.platform != "linux", reason="needs make, and a system that shows its signals"
)
WATCHER = """
import time
from reverse_mentoring.embedded.parent import ParentMake
parent = ParentMake()
print("watching", flush=True)
for _ in range(60):
    if parent.wants_us_to_stop():
        print("stops", flush=True)
        break
    time.sleep(0.05)
else:
    print("goes on", flush=True)
"""

pytestmark = pytest.mark.alone


def heed_signals() -> None:
    """A shell's background jobs ignore the one, what `nohup` starts the other."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def what_the_watcher_says(folder: Path, number: signal.Signals) -> str:
    (folder / "watcher.py").write_text(WATCHER)
    (folder / "Makefile").write_text(f"watch:\n\t@exec '{sys.executable}' watcher.py\n")
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment = {**outer, "PYTHONPATH": str(CHECKOUT)}
    make = subprocess.Popen(
        ["make", "watch"], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        preexec_fn=heed_signals,
    )  # fmt: skip
    assert make.stdout
    assert make.stdout.readline() == "watching\n"
    make.send_signal(number)
    said = make.stdout.read()
    make.stdout.close()
    make.wait()
    return said


@needs_make
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_what_ends_make_ends_us(tmp_path: Path, number: signal.Signals) -> None:
    assert what_the_watcher_says(tmp_path, number) == "stops\n"


def test_a_parent_that_is_no_make_does_not_end_us(tmp_path: Path) -> None:
    (tmp_path / "watcher.py").write_text(WATCHER)
    shell = f"'{sys.executable}' watcher.py & read word; kill -9 $$"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "MAKELEVEL": "1"}
    with subprocess.Popen(
        ["sh", "-c", shell], cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "watching\n"
        process.stdin.write("go\n")
        process.stdin.flush()

        assert process.stdout.read() == "goes on\n"


@needs_make
def test_a_signal_that_make_outlives_does_not_end_us(tmp_path: Path) -> None:
    assert what_the_watcher_says(tmp_path, signal.SIGWINCH) == "goes on\n"
