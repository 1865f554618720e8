"""What a person is told before anything is installed, and that a cut-off installation is made anew."""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reverse_mentoring.embedded.place import CHECKOUT


def make_checkout(folder: Path) -> Path:
    """A checkout in a folder with spaces that requires no packages at all."""
    made = folder / "a folder with spaces"
    (made / "scripts").mkdir(parents=True)
    (made / "requirements").mkdir()
    shutil.copy(CHECKOUT / "scripts" / "bootstrap.py", made / "scripts")
    for name in ("base", "demo", "dev"):
        (made / "requirements" / f"{name}.txt").touch()
    (made / "manage.py").write_text("print('started')")
    return made


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return make_checkout(tmp_path)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose environment is there already."""
    made = make_checkout(tmp_path_factory.mktemp("installed"))
    bootstrap(made, "dev", "manage.py")
    return made


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def bootstrap(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "scripts" / "bootstrap.py"), *arguments]
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, check=False
    )


def test_a_taken_port_is_said_before_anything_is_made(checkout: Path, taken_port: int) -> None:
    done = bootstrap(checkout, "demo", "manage.py", "demo", PORT=str(taken_port))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {taken_port} cannot be used: ")
    assert done.stderr.endswith(f"To use another port: make demo PORT={taken_port + 1}\n")
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_said(checkout: Path, port: str) -> None:
    done = bootstrap(checkout, "demo", "manage.py", "demo", PORT=port)

    assert (done.returncode, done.stderr) == (1, f"PORT must be a number from 1 to 65535, not '{port}'.\n")


@pytest.mark.parametrize("line", ["PRODUCTION=1", "export PRODUCTION='true'", "PRODUCTION=0\nPRODUCTION = on"])
def test_the_demo_is_refused_where_the_env_file_sets_production(checkout: Path, line: str) -> None:
    (checkout / ".env").write_text(f"# ours\n{line}\n")

    done = bootstrap(checkout, "demo", "manage.py", "demo")

    assert (done.returncode, done.stderr) == (
        1, "The demo does not start where PRODUCTION is set (in the environment or in .env).\n"
    )  # fmt: skip
    assert not (checkout / ".venv").exists()


def test_the_environment_is_made_once_and_made_anew_after_a_cut_off_installation(checkout: Path) -> None:
    first = bootstrap(checkout, "dev", "manage.py")
    second = bootstrap(checkout, "demo", "manage.py")
    (checkout / ".venv" / "unfinished").touch()
    (checkout / ".venv" / "broken").touch()
    third = bootstrap(checkout, "demo", "manage.py")

    made = "  virtual environment in .venv\n  packages: installed\n"
    assert [done.stdout for done in (first, second, third)] == [f"{made}started\n", "started\n", f"{made}started\n"]
    assert not (checkout / ".venv" / "broken").exists()
    assert set(json.loads((checkout / ".venv" / "installed.json").read_text())) == {"base", "demo"}


def test_an_environment_that_has_no_pip_yet_is_made_anew(checkout: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", checkout / ".venv"], check=True)

    done = bootstrap(checkout, "demo", "manage.py")

    assert done.stdout == "  virtual environment in .venv\n  packages: installed\nstarted\n"


def test_new_requirements_are_installed(installed: Path) -> None:
    (installed / "requirements" / "demo.txt").write_text("# one more\n")

    done = bootstrap(installed, "demo", "manage.py")

    assert done.stdout == "  packages: installed\nstarted\n"


def test_an_installation_that_fails_says_why_and_is_not_taken_for_done(installed: Path) -> None:
    (installed / "requirements" / "base.txt").write_text("./none==1 --hash=sha256:00\n")

    done = bootstrap(installed, "base", "manage.py")

    assert done.returncode == 1
    assert "Installing the packages failed. The last lines of .run/logs/install.log" in done.stderr
    assert (installed / ".venv" / "unfinished").exists()
    (installed / ".venv" / "unfinished").unlink()
