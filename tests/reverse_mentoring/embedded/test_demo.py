"""The demo as a person starts it: one command, every part up, revived when killed, and nothing left when it stops."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.demo import is_ready
from reverse_mentoring.embedded.place import CHECKOUT, Place, place_of, remove
from tests.reverse_mentoring.embedded.conftest import ask
from tests.support.site import free_port

pytestmark = [pytest.mark.stack, pytest.mark.alone]


class RunningDemo:
    def __init__(self, place: Place) -> None:
        self.place, self.port = place, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        environment |= {"RUN_FOLDER": str(place.run), "DJANGO_SETTINGS_MODULE": "reverse_mentoring.settings"}
        command = [sys.executable, "manage.py", "demo", "--port", str(self.port)]
        self.log.unlink(missing_ok=True)
        child = processes.start("demo", command, log=self.log, environment=environment, folder=CHECKOUT)
        self.process = child.process

    @property
    def log(self) -> Path:
        return self.place.run / "demo.log"

    def wait_for(self, words: str, *, seconds: float = 240) -> None:
        end = time.monotonic() + seconds
        while words not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.everything_said()
            time.sleep(0.1)

    def everything_said(self) -> str:
        logs = [self.log, *sorted(self.place.logs.glob("*.log"))]
        return "\n".join(f"{log.name}:\n{log.read_text(errors='replace')[-1500:]}" for log in logs)

    def parts(self) -> set[int]:
        """Every process of this demo but the one that supervises it."""
        return set(processes.leftovers(str(self.place.run))) - {self.process.pid}


@pytest.fixture
def start_demo(folder: Path) -> Iterator[Callable[[], RunningDemo]]:
    """Starts the demo, in the same place each time."""
    checkout = folder / "a folder with spaces"
    checkout.mkdir()
    checkout.chmod(0o755)
    place = place_of(checkout / "run")
    started: list[RunningDemo] = []

    def start() -> RunningDemo:
        started.append(RunningDemo(place))
        return started[-1]

    yield start
    for demo in started:
        demo.process.kill()
        demo.process.wait()
    processes.end_leftovers(str(place.run))
    remove(place)


def test_the_demo_starts_revives_what_is_killed_keeps_its_data_and_stops(
    start_demo: Callable[[], RunningDemo],
) -> None:
    demo = start_demo()
    demo.wait_for("The demo is ready")
    people = ask(demo.place, "SELECT count(*) FROM mentoring_person")
    with urllib.request.urlopen(f"{demo.address}/accounts/login/", timeout=10) as page:
        assert page.status == 200

    web = next(pid for pid in demo.parts() if "gunicorn" in command_of(pid))
    os.killpg(os.getpgid(web), signal.SIGKILL)
    demo.wait_for("web had stopped (-9); started again")
    while not is_ready(demo.address):
        time.sleep(0.1)
    parts = demo.parts()
    demo.process.send_signal(signal.SIGINT)

    assert demo.process.wait(90) == 0
    assert [pid for pid in parts if processes.is_alive(pid)] == []

    again = start_demo()
    again.wait_for("The demo is ready")
    assert ask(demo.place, "SELECT count(*) FROM mentoring_person") == people
    parts = again.parts()
    again.process.kill()
    again.process.wait()
    end = time.monotonic() + 60
    while any(map(processes.is_alive, parts)) and time.monotonic() < end:
        time.sleep(0.1)
    assert {pid: command_of(pid) for pid in parts if processes.is_alive(pid)} == {}


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def test_the_demo_refuses_to_start_where_production_is_set(tmp_path: Path) -> None:
    given = {
        "PRODUCTION": "1", "SECRET_KEY": "x" * 60, "PRIVATE_TEXT_KEYS": "bG9jYWwtb25seS1rZXktZm9yLXRyeWluZy1pdC1vdXQ=",
        "SITE_URL": "https://mentoring.example", "ALLOWED_HOSTS": "mentoring.example", "RUN_FOLDER": str(tmp_path),
        "DATABASE_URL": "postgres://nobody@localhost/none", "REDIS_URL": "redis://localhost/0",
        "DJANGO_SETTINGS_MODULE": "reverse_mentoring.settings", "DEMO": "0",
    }  # fmt: skip

    done = subprocess.run(
        [sys.executable, "manage.py", "demo"], cwd=CHECKOUT, env={**os.environ, **given},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (
        1, "CommandError: The demo does not start where PRODUCTION is set (in the environment or in .env).\n"
    )  # fmt: skip
    assert list(tmp_path.iterdir()) == []
