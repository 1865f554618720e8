"""Worker, two beats, broker and PostgreSQL of their own, killed with SIGKILL and started again, in any order."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg2
from aiosmtpd.smtp import SMTP, Envelope, Session

from reverse_mentoring.embedded import database_url, processes, redis_url
from reverse_mentoring.embedded.address import DATABASE
from reverse_mentoring.embedded.demo import site_commands
from reverse_mentoring.embedded.place import CHECKOUT, Place, place_of, remove
from reverse_mentoring.embedded.postgres import Postgres, processes_of
from reverse_mentoring.embedded.services import Services
from tests.notifications.smtp import Sink, start

SLOWNESS = 0.03  # seconds that the mail server takes for a mail, as real ones do
HANDING_OVER = 1.0  # at most, on a machine that does other things as well
LONGEST_ABSENCE = 2.5
PATIENCE = 60.0  # with a site that sends nothing


class SlowSink(Sink):
    """Takes its time before it takes a mail; knows when it took which. Who is seen to have died is not served."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[str, float]] = []  # (Message-ID, when)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(SLOWNESS)
        answer = await super().handle_DATA(server, session, envelope)
        self.taken.append((str(self.mails[-1]["Message-ID"]), time.monotonic()))
        return answer


class Sturdy(Postgres):
    """Keeps what it committed when it is killed. A power cut, which nobody plays here, is another matter."""

    def _options(self) -> list[str]:
        return [*super()._options(), "-c", "fsync=off", "-c", "full_page_writes=off"]


@dataclass
class Storm:
    """What runs, what was killed and when, and what reached the mail server."""

    place: Place
    services: Services
    environment: dict[str, str]
    mails: SlowSink
    random: Random
    parts: dict[str, processes.Child] = field(default_factory=dict)
    kills: list[tuple[str, float, float]] = field(default_factory=list)  # who, from when, until when
    absent: dict[str, float] = field(default_factory=dict)  # who is down, until when
    returns: list[tuple[str, float]] = field(default_factory=list)  # who was there again, when
    began: float = field(default_factory=time.monotonic)

    @property
    def names(self) -> tuple[str, ...]:
        return ("worker", "beat", "second beat", "broker", "PostgreSQL")

    def start(self, name: str) -> None:
        self.absent.pop(name, None)
        if name == "PostgreSQL":
            assert self.services.postgres
            self.parts[name] = self.services.postgres.start()
            self.returns.append((name, time.monotonic()))
        elif name == "broker":
            assert self.services.broker
            self.parts[name] = self.services.broker.start()
        else:
            command = [word.replace("reverse_mentoring", "tests.faults.clock") for word in self._command(name)]
            log = self.place.logs / f"{name}.log"
            self.parts[name] = processes.start(
                name, command, log=log, environment=self.environment, folder=CHECKOUT, orphan_signal=signal.SIGKILL
            )

    def _command(self, name: str) -> list[str]:
        memory = self.place.run / name.replace(" ", "-")
        memory.mkdir(exist_ok=True)
        return site_commands(memory)["worker" if name == "worker" else "beat"]

    def note(self, words: str) -> None:
        """What happens when, for whoever reads the run."""
        print(f"{time.monotonic() - self.began:7.1f} s  {words}", flush=True)

    def kill(self, name: str, *, absent: float = 0.0) -> None:
        """Every process of it, at once."""
        began = time.monotonic()
        self.note(f"{name} killed, {len(self.mails.taken)} mails taken")
        if name == "PostgreSQL":
            for pid in list(processes_of(self.place.cluster)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        processes.kill_group(self.parts[name].pid)
        self.parts[name].process.wait()
        self.kills.append((name, began, time.monotonic()))
        self.absent[name] = time.monotonic() + absent

    def bring_back(self, *, all_of_them: bool = False) -> None:
        """Those whose time has come, the longest awaited first."""
        for name, until in sorted(self.absent.items(), key=lambda each: each[1]):
            if all_of_them or until <= time.monotonic():
                self.start(name)

    def rage(self, *, kills: int, reminders: int) -> None:
        """Lets a few reminders fall due, kills somebody while they go out, brings them back late; again and again."""
        left = reminders
        while left or len(self.kills) < kills:
            rounds = max(1, (kills - len(self.kills)) * 3 // 4)
            batch = -(-left // rounds)
            self.let_fall_due(batch)
            left -= batch
            self.wait_for_mails(self.random.randint(1, max(1, batch)))
            time.sleep(self.random.uniform(0, 0.2))
            for name in self.random.sample(self.names, k=self.random.choice((1, 1, 2))):
                if name not in self.absent:
                    self.kill(name, absent=self.random.uniform(0, LONGEST_ABSENCE))

    def let_fall_due(self, count: int) -> None:
        """So many more, as soon as the database is there."""
        while "PostgreSQL" in self.absent:
            time.sleep(0.05)
            self.bring_back()
        self.ask(
            "UPDATE mentoring_meetingreminder SET due_at = now() WHERE id IN (SELECT id FROM mentoring_meetingreminder "
            f"WHERE due_at > now() ORDER BY id LIMIT {count}) RETURNING id"
        )

    def wait_for_mails(self, more: int) -> None:
        """So that the next kill hits somebody at work; not for ever, for what they have done may be what matters."""
        wanted, end = len(self.mails.taken) + more, time.monotonic() + PATIENCE
        while len(self.mails.taken) < wanted and time.monotonic() < end:
            self.bring_back()
            time.sleep(0.005)

    def wait_until_all_is_sent(self, count: int, *, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.ask("SELECT count(*) FROM notifications_message WHERE status = 'sent'") != [(count,)]:
            assert time.monotonic() < end, f"not sent within {seconds:.0f} s: {self.statuses()}\n{self.said('worker')}"
            time.sleep(0.2)
        self.note(f"all {count} sent")

    def statuses(self) -> dict[str, int]:
        found = dict(self.ask("SELECT status, count(*) FROM notifications_message GROUP BY status"))
        return {**found, "reminders left": self.ask("SELECT count(*) FROM mentoring_meetingreminder")[0][0]}

    def said(self, name: str) -> str:
        return self.parts[name].last_words(lines=40)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        with (
            contextlib.closing(
                psycopg2.connect(host=str(self.place.postgres_socket_folder), user="postgres", dbname=DATABASE)
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            found = list(cursor.fetchall())
            connection.commit()
            return found

    def doubles(self) -> dict[str, list[float]]:
        """Message-IDs that the mail server took more than once, and when."""
        counted = Counter(each for each, _ in self.mails.taken)
        return {key: [at for each, at in self.mails.taken if each == key] for key, n in counted.items() if n > 1}

    def is_excused(self, taken: float) -> bool:
        """Whether, as far as can be seen from here, the worker died while this mail was handed over and recorded.

        A database that was killed just then comes first: until it is back the worker stands there with the yes.
        """
        first, last = taken - HANDING_OVER, taken + HANDING_OVER
        for name, began, ended in self.kills:
            if name == "PostgreSQL" and began <= last and ended >= first:
                back = [at for who, at in self.returns if who == name and at >= began]
                last = max(last, min(back, default=began) + HANDING_OVER)
        return any(name == "worker" and began <= last and ended >= first for name, began, ended in self.kills)

    def report(self) -> str:
        killed = ", ".join(f"{name} {n}" for name, n in Counter(name for name, *_ in self.kills).most_common())
        distinct = len({each for each, _ in self.mails.taken})
        return (
            f"{len(self.kills)} kills ({killed}); {len(self.mails.taken)} mails taken, {distinct} different, "
            f"{len(self.doubles())} of them twice"
        )


@contextmanager
def storm(*, reminders: int, seed: int) -> Iterator[Storm]:
    """Everything runs; none of the reminders is due yet."""
    folder = Path(tempfile.mkdtemp(prefix="rm-storm-"))
    folder.chmod(0o711)
    place, mails = place_of(folder / "run"), SlowSink()
    mail_server = start(mails)
    services = Services(place)
    services.postgres = Sturdy(place)
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "reverse_mentoring.settings", "RUN_FOLDER": str(place.run),
        "DATABASE_URL": database_url(place), "REDIS_URL": redis_url(place), "PYTHONPATH": str(CHECKOUT),
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}", "PRODUCTION": "0", "DEMO": "0",
        "EMAIL_TIMEOUT": "2",
    }  # fmt: skip
    running = Storm(place, services, environment, mails, Random(seed))
    try:
        for name in ("PostgreSQL", "broker"):
            running.start(name)
        for command in (["manage.py", "migrate", "--verbosity", "0"], ["-m", "tests.faults.town", reminders]):
            words = [sys.executable, *map(str, command)]
            subprocess.run(words, env=environment, cwd=CHECKOUT, check=True)
        for name in ("worker", "beat", "second beat"):
            running.start(name)
        running.note("everything runs")
        yield running
    finally:
        running.note("stopping")
        for part in reversed(running.parts.values()):
            part.stop(patience=0.5 if part.name not in ("PostgreSQL", "broker") else 10)
        mail_server.stop()
        remove(place)
        shutil.rmtree(folder, ignore_errors=True)
