"""Runs Python from this checkout's virtual environment, which is made and filled first where it is not there yet.

    python3 scripts/bootstrap.py SET ARGUMENT…

SET is a file of requirements/ (base, demo, dev, bench; each holds the one before). Needs nothing but Python's standard
library, installs with pip as this machine has it configured, checks every hash, and shows how far it is. What was cut
off half-way is thrown away and made anew. The environment's Python then takes this process's place.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / "unfinished"
INSTALLED = VENV / "installed.json"
LOG = CHECKOUT / ".run" / "logs" / "install.log"
SETS = ("base", "demo", "dev", "bench")


def main() -> None:
    name, *arguments = sys.argv[1:]
    os.chdir(CHECKOUT)
    if "demo" in arguments and "--stop" not in arguments:
        refuse_production()
        refuse_taken_port(os.environ.get("PORT") or "8000")
    if not is_installed(name):
        install(name)
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), *arguments])


def refuse_production() -> None:
    """Said before anything is installed; settings and the command refuse as well."""
    found = os.environ.get("PRODUCTION")
    if found is None and (CHECKOUT / ".env").is_file():
        lines = re.findall(r"^\s*(?:export\s+)?PRODUCTION\s*=\s*['\"]?(\w*)", (CHECKOUT / ".env").read_text(), re.M)
        found = lines[-1] if lines else None
    if (found or "").lower() in ("1", "true", "yes", "on", "y", "ok"):
        sys.exit("The demo does not start where PRODUCTION is set (in the environment or in .env).")


def refuse_taken_port(port: str) -> None:
    """Said before anything else happens."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as problem:
            if was_cut_off():
                return
            sys.exit(
                f"Port {port} cannot be used: {problem.strerror}. Perhaps the demo runs already, in another terminal. "
                f"To use another port: make demo PORT={int(port) % 65535 + 1}"
            )


def was_cut_off() -> bool:
    """Whether the last demo was killed: it may hold the port for a moment yet, and the next start ends what it left."""
    try:
        with (CHECKOUT / ".run" / "demo.lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return bool(lock.read())
    except OSError:
        return False


def requirements(name: str) -> Path:
    return CHECKOUT / "requirements" / f"{name}.txt"


def fingerprint(name: str) -> str:
    return hashlib.sha256(requirements(name).read_bytes()).hexdigest()


def is_installed(name: str) -> bool:
    try:
        return json.loads(INSTALLED.read_text()).get(name) == fingerprint(name) and not UNFINISHED.exists() and runs()
    except (OSError, ValueError):
        return False


def runs(code: str = "") -> bool:
    """The environment's Python starts: it does not once the Python that it was made from is gone."""
    try:
        return subprocess.run([str(PYTHON), "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(name: str) -> None:
    """Fill the environment. Two at once wait for each other."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (CHECKOUT / ".run" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(name):
            return
        if UNFINISHED.exists() or not runs("import pip"):
            make_environment()
        UNFINISHED.touch()
        run_pip(name)
        # A larger set holds the smaller ones with the same versions.
        INSTALLED.write_text(json.dumps({held: fingerprint(held) for held in SETS[: SETS.index(name) + 1]}))
        UNFINISHED.unlink()


def make_environment() -> None:
    print("  virtual environment in .venv", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    UNFINISHED.touch()
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"The virtual environment could not be made:\n{made.stdout}{made.stderr}\n"
            "On Debian and Ubuntu the module is a package of its own: apt-get install python3-venv"
        )


def run_pip(name: str) -> None:
    wanted = len(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", requirements(name).read_text(), re.M))
    options = ["--require-hashes", "--no-deps", "--no-compile", "--no-user", "--progress-bar", "off", "--no-input"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "--disable-pip-version-check", "-r", requirements(name)]
    done = 0
    with (
        LOG.open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as pip,
    ):
        assert pip.stdout
        for line in pip.stdout:
            log.write(line)
            if line.startswith(("Collecting ", "Requirement already satisfied", "Ignoring ")):
                done += 1
                show_progress(f"packages: {done} of {wanted} fetched", often=done % 10 == 0)
            elif line.startswith("Installing collected"):
                show_progress("packages: all fetched, installing …", often=True)
    if pip.returncode:
        tail = "".join(LOG.read_text().splitlines(keepends=True)[-20:])
        sys.exit(f"\nInstalling the packages failed. The last lines of {LOG.relative_to(CHECKOUT)}:\n{tail}")
    show_progress("packages: installed", often=True, end="\n")


def show_progress(text: str, *, often: bool, end: str = "") -> None:
    """One line that is written over on a terminal; a line now and then elsewhere."""
    if sys.stdout.isatty():
        print(f"\r  {text:<50}", end=end, flush=True)
    elif often:
        print(f"  {text}", flush=True)


if __name__ == "__main__":
    main()
