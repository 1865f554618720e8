"""The whole site beside the tests: gunicorn, a Celery worker, beat and a mail server, on the test's own database."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from django.db import connection
from django.test import Client
from playwright.sync_api import Page

from mentoring.models import Person, User
from reverse_mentoring import embedded
from reverse_mentoring.celery import app
from reverse_mentoring.embedded import processes
from reverse_mentoring.embedded.demo import is_ready, site_commands
from reverse_mentoring.embedded.place import CHECKOUT
from tests.notifications.smtp import Sink
from tests.notifications.smtp import start as start_mail_server

BUSY_SESSIONS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    AND state <> 'idle'
"""


@dataclass
class Site:
    url: str
    mails: Sink
    parts: dict[str, processes.Child]

    def wait_until(self, condition: Callable[[], object], *, seconds: float = 20) -> None:
        """Wait for what worker or beat will have done soon; fail with what they said."""
        done = wait_until(condition, seconds=seconds)
        assert done, f"not within {seconds} s; the worker said last:\n{self.said('worker')}"

    def said(self, part: str) -> str:
        return self.parts[part].last_words(lines=30)

    def sign_in(self, page: Page, who: Person | User) -> None:
        """Sign in without the form, which has tests of its own."""
        client = Client()
        client.force_login(who.user if isinstance(who, Person) else who)
        [cookie] = [found for found in client.cookies.values() if found.key == "sessionid"]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])

    def wake(self) -> None:
        app.control.purge()
        self._signal("worker", signal.SIGCONT)
        self._signal("beat", signal.SIGCONT)

    def rest(self) -> None:
        """Let nothing run, so that the database can be emptied: clock and worker stand, no task waits, no query runs.

        The worker stands until the next test that wants it: the tests between use the same broker and database.
        """
        self._signal("beat", signal.SIGSTOP)
        app.control.purge()
        self.wait_until(self._worker_stands)
        self.mails.mails.clear()
        self.mails.refuses.clear()

    def _worker_stands(self) -> bool:
        self._signal("worker", signal.SIGSTOP)
        if not nothing_runs():
            self._signal("worker", signal.SIGCONT)
            return False
        return True

    def _signal(self, part: str, number: signal.Signals) -> None:
        os.killpg(self.parts[part].pid, number)


def wait_until(condition: Callable[[], object], *, seconds: float) -> bool:
    """Whether it held before the time was up."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def nothing_runs() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BUSY_SESSIONS)
        return cursor.fetchone() == (0,)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Start the processes on the present test database; stop them at the end."""
    mails = Sink()
    mail_server = start_mail_server(mails)
    port = free_port()
    address = (os.environ.get("DATABASE_URL") or embedded.database_url()).rpartition("/")[0]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"{address}/{connection.settings_dict['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "PORT": str(port),
        "WEB_PROCESSES": "1",
        "PYTHONPATH": str(CHECKOUT),
    }
    parts = {
        name: processes.start(name, command, log=folder / f"{name}.log", environment=environment, folder=CHECKOUT)
        for name, command in site_commands(folder).items()
    }
    site = Site(f"http://127.0.0.1:{port}", mails, parts)
    try:
        processes.wait_for(lambda: is_ready(site.url), seconds=90, child=parts["web"], what="the site was ready")
        yield site
    finally:
        site.wake()
        for part in parts.values():
            part.ask_to_stop()
        for part in parts.values():
            part.stop(patience=8)
        mail_server.stop()


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
