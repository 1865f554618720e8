"""The demo: embedded services, the demo company, web, worker and beat, started together and stopped together.

Each part is a child in a process group of its own. A part that dies is started again; Ctrl-C, SIGTERM, a closed
terminal and the end of the `make` that started us stop them all. A kill -9 of the demo itself takes its children with
it on Linux; wherever something is left all the same, the next start ends it first.
"""

import contextlib
import os
import signal
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.lock import Lock, refuse_taken_port
from reverse_mentoring.embedded.parent import ParentMake
from reverse_mentoring.embedded.place import CHECKOUT, EmbeddedError, Place, prepare
from reverse_mentoring.embedded.services import Services

LONGEST_PREPARATION = 600.0
LONGEST_START = 180.0
RESTARTS_ALLOWED = 5
RESTARTS_WINDOW = 60.0


class StopAskedError(Exception):
    """Somebody asked the demo to stop."""


def say(text: str = "", *, end: str = "\n") -> None:
    """Print to the terminal, which may be closed by now."""
    with contextlib.suppress(OSError, ValueError):
        print(text, end=end, flush=True)


@dataclass
class Part:
    """A long-running child and how to start it (again)."""

    name: str
    start: Callable[[], processes.Child]
    child: processes.Child | None = None
    started: list[float] = field(default_factory=list)

    def bring_up(self) -> None:
        self.started = [when for when in self.started if when > time.monotonic() - RESTARTS_WINDOW]
        self.started.append(time.monotonic())
        self.child = self.start()

    def died_too_often(self) -> bool:
        return len(self.started) > RESTARTS_ALLOWED


class Demo:
    def __init__(self, place: Place, port: int) -> None:
        self.place = place
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.stop_asked = False
        self.parent = ParentMake()
        self.parts: list[Part] = []
        self.aside: processes.Child | None = None
        mark = {processes.MARK: str(place.run), "RUN_FOLDER": str(place.run)}
        self.environment = {**os.environ, **mark, "DEMO": "1", "PORT": str(port), "PYTHONUNBUFFERED": "1"}

    def run(self) -> None:
        """Start everything, keep it running, and stop it all when asked to."""
        with Lock(self.place.run / "demo.lock", self.address), self._signals():
            self._end_leftovers()
            refuse_taken_port(self.port)
            began = time.monotonic()
            try:
                self._start_services()
                self._prepare_database()
                self._start_site()
                say(f"  ready after {time.monotonic() - began:.0f} s")
                self._tell_address()
                self._prepare_engine()
                self._watch()
            except StopAskedError:
                say("\nStopping …")
            finally:
                self._stop()
        say("Everything is stopped. The data are kept; 'make demo' goes on where you left.")

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = [signal.signal(number, self._ask_to_stop) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stop_asked = True

    def _check(self) -> None:
        """Raise if we are to stop: asked by a signal, or through the `make` that started us."""
        if self.stop_asked or self.parent.wants_us_to_stop():
            raise StopAskedError

    def _end_leftovers(self) -> None:
        if ended := processes.end_leftovers(str(self.place.run)):
            say(f"  ended {ended} processes that an earlier start had left behind")

    def _start_services(self) -> None:
        prepare(self.place)
        services = Services(self.place, database=not self._given("DATABASE_URL"), broker=not self._given("REDIS_URL"))
        if services.postgres:
            first = not self.place.cluster.exists()
            say("  PostgreSQL" + (" (makes its data folder first)" if first else ""))
            self._bring_up("PostgreSQL", services.postgres.start)
        if services.broker:
            say("  broker")
            self._bring_up("broker", services.broker.start)

    def _given(self, variable: str) -> bool:
        return bool(os.environ.get(variable))

    def _prepare_database(self) -> None:
        """Migrations, static files and the demo company; its progress goes straight to the terminal."""
        step = processes.start(
            "preparation",
            [sys.executable, "manage.py", "prepare_demo"],
            log=None,
            environment=self.environment,
            folder=CHECKOUT,
        )
        self.parts.append(Part("preparation", lambda: step, step))
        end = time.monotonic() + LONGEST_PREPARATION
        while step.is_running():
            self._check()
            if time.monotonic() > end:
                raise EmbeddedError(f"Preparing the database took over {LONGEST_PREPARATION:.0f} s.")
            time.sleep(0.05)
        self.parts.pop()
        if step.process.returncode:
            raise EmbeddedError("Preparing the database failed; the reason stands above.")

    def _start_site(self) -> None:
        say("  web, worker and beat")
        for name, command in site_commands(self.place.run).items():
            self._bring_up(name, partial(self._start_part, name, command))
        end = time.monotonic() + LONGEST_START
        while not is_ready(self.address):
            self._check()
            self._revive()
            if time.monotonic() > end:
                raise EmbeddedError(f"The site was not ready after {LONGEST_START:.0f} s. {self._logs_hint()}")
            time.sleep(0.1)

    def _prepare_engine(self) -> None:
        """While people look around, the matching engine is compiled behind everything else; only once."""
        self.aside = self._start_part("engine", [sys.executable, "manage.py", "prepare_engine"])

    def _start_part(self, name: str, command: list[str]) -> processes.Child:
        log = self.place.logs / f"{name}.log"
        # Killed at once with us: a worker or a clock that shuts down in good order first looks for the broker, which is
        # gone as well. What they had in hand is a row, and the next start takes it up.
        return processes.start(
            name, command, log=log, environment=self.environment, folder=CHECKOUT, orphan_signal=signal.SIGKILL
        )

    def _bring_up(self, name: str, start: Callable[[], processes.Child]) -> None:
        self._check()
        part = Part(name, start)
        self.parts.append(part)
        part.bring_up()

    def _watch(self) -> None:
        while True:
            self._check()
            self._revive()
            time.sleep(0.2)

    def _revive(self) -> None:
        """Start again what died. Something that keeps dying ends the demo, with its last words."""
        for part in self.parts:
            if part.child is None or part.child.is_running():
                continue
            processes.kill_group(part.child.pid)
            if part.died_too_often():
                raise EmbeddedError(f"{part.name} keeps stopping. Its last words:\n{part.child.last_words()}")
            say(f"  {part.name} had stopped ({part.child.process.returncode}); started again")
            part.bring_up()

    def _stop(self) -> None:
        """Ask the site's parts together, then the services they need; kill what does not go."""
        if self.aside:
            self.aside.stop(patience=0.2)
        running = [part.child for part in reversed(self.parts) if part.child]
        services = [found for found in running if found.name in ("PostgreSQL", "broker")]
        for group in ([found for found in running if found not in services], services):
            for found in group:
                found.ask_to_stop()
            for found in group:
                found.stop(patience=8.0)

    def _tell_address(self) -> None:
        say(f"""
  The demo is ready:  {self.address}

  Sign in there with one click, or with the password  reverse-mentoring  as
    hr@demo.example       HR: the programme, approvals, the dashboard
    amirah@demo.example   the CEO, who wants to learn social media
    taylor@demo.example   her social media manager, who can teach it
    sarah@demo.example, mohammed@demo.example, ted@demo.example, jessica@demo.example

  Mails are not sent: HR reads them in the outbox. {self._logs_hint()}
  Ctrl-C stops everything; 'make demo-reset' starts anew.
""")

    def _logs_hint(self) -> str:
        return f"Logs: {os.path.relpath(self.place.logs)}"


def site_commands(memory: Path) -> dict[str, list[str]]:
    """How web, worker and beat are started, here and in the tests; beat keeps its memory in that folder."""
    python = sys.executable
    celery = [python, "-m", "celery", "--app", "reverse_mentoring", "--skip-checks"]
    worker = ["worker", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
    clock = ["beat", "--loglevel", "INFO", "--schedule", str(memory / "beat-schedule"), "--pidfile", ""]
    return {
        "web": [python, "-m", "gunicorn", "reverse_mentoring.wsgi"],
        "worker": [*celery, *worker],
        "beat": [*celery, *clock],
    }


def is_ready(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
        return bool(answer.status == 200)
    return False
