"""`make bench-pages`: what a page costs in a company of 100,000 people, beside a bare Django page on the same machine.

Starts a PostgreSQL and a broker of its own in a temporary folder, writes the company, and serves it by gunicorn with
one worker, as in production. For each page: requests a second over four kept-alive connections, server time (p50 and
p95) and queries of one request after the other, and bytes as sent. Page and bare page take turns in ten rounds, so that
what else the machine does weighs on both alike.
"""

import argparse
import http.client
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS, ROUNDS, WARM_UP = 4, 10, 10
MOST_QUERIES, SLOWEST = 25, 200.0  # queries and milliseconds at p95
THIRD, QUARTER = 1 / 3, 1 / 4  # of the bare page's rate


@dataclass(frozen=True)
class Page:
    name: str
    address: str
    who: int
    least: float  # share of the bare page's rate that it must reach


@dataclass(frozen=True)
class Asked:
    port: int
    address: str
    cookie: str


@dataclass(frozen=True)
class Cost:
    """What one request cost."""

    milliseconds: float
    queries: int
    size: int


@dataclass(frozen=True)
class Measured:
    rate: float
    p50: float
    p95: float
    queries: int
    size: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=200, help="requests for each figure (default 200)")
    options.add_argument("--keep", type=Path, help="a folder that keeps the filled database for another run")
    options.add_argument("--only", default="", help="pages whose name holds one of these words, with commas between")
    options.add_argument("--anew", action="store_true", help="draw and count all of it for each request")
    given = options.parse_args()
    run = given.keep.resolve() if given.keep else Path(tempfile.mkdtemp(prefix="bench-pages-"))
    run.mkdir(parents=True, exist_ok=True)
    run.chmod(0o711)
    os.environ.update(
        RUN_FOLDER=str(run / "run"), DJANGO_SETTINGS_MODULE="benchmarks.measured_settings", DATABASE_URL="",
        REDIS_URL="", PRODUCTION="0", LOG_LEVEL="WARNING", WEB_PROCESSES="1", KEEP_NOTHING="1" if given.anew else "",
    )  # fmt: skip
    from reverse_mentoring.embedded.place import this_place  # noqa: PLC0415  (reads the folder that is named above)
    from reverse_mentoring.embedded.services import Services  # noqa: PLC0415

    try:
        with Services(this_place()):
            prepare()
            compare(given.requests, given.only.split(","))
    finally:
        if not given.keep:
            shutil.rmtree(this_place().home, ignore_errors=True)
            shutil.rmtree(run, ignore_errors=True)


def prepare() -> None:
    import django  # noqa: PLC0415  (once the services are up)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from mentoring.models import Person  # noqa: PLC0415

    say("migrations")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Person.objects.exists():
        return
    from benchmarks.company import fill  # noqa: PLC0415

    began = time.perf_counter()
    fill(say)
    say(f"written in {time.perf_counter() - began:.0f} s")


def pages() -> list[Page]:
    from benchmarks.company import EMPLOYEE, HR  # noqa: PLC0415
    from mentoring.models import Pair, Programme  # noqa: PLC0415

    programme = Programme.objects.get().pk
    pair = Pair.objects.get(mentee=EMPLOYEE).pk
    return [
        Page("employee's home", "/", EMPLOYEE, THIRD),
        Page("pair page", f"/pairs/{pair}/", EMPLOYEE, THIRD),
        Page("dashboard", f"/hr/dashboard/{programme}/", HR, QUARTER),
        Page("approval list", f"/programmes/{programme}/approval/", HR, QUARTER),
        Page("people list (HR)", "/hr/people/", HR, QUARTER),
        Page("directory", "/people/", EMPLOYEE, QUARTER),
        Page("HR's home", "/", HR, QUARTER),
    ]


def compare(requests: int, words: Sequence[str]) -> None:
    from benchmarks.company import CHECK_INS, PAIRS, PEOPLE  # noqa: PLC0415

    with served("benchmarks.bare:application") as port, served("reverse_mentoring.wsgi:application") as site:
        print(f"\n{PEOPLE:,} people, {PAIRS:,} pairs, {CHECK_INS:,} check-ins; one gunicorn worker, 4 connections\n")
        head = f"{'page':<18}{'requests/s':>11}{'of bare':>9}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'bytes':>9}"
        print(f"{head}  holds")
        for page in (page for page in pages() if any(word in page.name for word in words)):
            cookie = cookie_of(page.who)
            bare, found = beside(Asked(port, "/bare/", cookie), Asked(site, page.address, cookie), requests)
            holds = found.queries <= MOST_QUERIES and found.p95 <= SLOWEST and found.rate >= page.least * bare.rate
            tell(page.name, found, bare, holds=holds)
            tell("  bare, meanwhile", bare, bare)


def tell(name: str, found: Measured, bare: Measured, *, holds: bool | None = None) -> None:
    words = "" if holds is None else "yes" if holds else "NO"
    print(
        f"{name:<18}{found.rate:>11.1f}{found.rate / bare.rate:>8.0%} {found.p50:>8.1f}{found.p95:>8.1f}"
        f"{found.queries:>9}{found.size:>9,}  {words}",
        flush=True,
    )


def cookie_of(person: int) -> str:
    """A session of this person, signed in, in a browser that has been here before."""
    from django.middleware.csrf import CSRF_SECRET_LENGTH  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils.crypto import get_random_string  # noqa: PLC0415

    from mentoring.models import User  # noqa: PLC0415

    client = Client()
    client.force_login(User.objects.get(pk=person))
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={get_random_string(CSRF_SECRET_LENGTH)}"


@contextmanager
def served(application: str) -> Iterator[int]:
    """The application behind gunicorn, as production starts it, on a port of its own."""
    from reverse_mentoring.embedded import processes  # noqa: PLC0415
    from reverse_mentoring.embedded.place import CHECKOUT, this_place  # noqa: PLC0415
    from tests.support.site import free_port  # noqa: PLC0415

    port = free_port()
    environment = {**os.environ, "PORT": str(port), "PYTHONPATH": str(CHECKOUT)}
    if "bare" in application:
        environment.pop("DJANGO_SETTINGS_MODULE")
    log = this_place().logs / f"{application.split(':')[0]}.log"
    command = [sys.executable, "-m", "gunicorn", application]
    web = processes.start("web", command, log=log, environment=environment, folder=CHECKOUT)
    try:
        processes.wait_for(lambda: answers(port), seconds=60, child=web, what="the site answered")
        yield port
    finally:
        web.stop()


def answers(port: int) -> bool:
    try:
        ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/healthz", "")
    except OSError:
        return False
    return True


def ask(connection: http.client.HTTPConnection, address: str, cookie: str) -> http.client.HTTPResponse:
    connection.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    return answer


def beside(bare: Asked, page: Asked, requests: int) -> tuple[Measured, Measured]:
    """Both by turns, so that whatever else the machine does weighs on both alike."""
    seconds = {bare: 0.0, page: 0.0}
    for asked in (bare, page):
        one_after_the_other(asked, WARM_UP)  # the first ones fill the caches of code and of connections
    costs: dict[Asked, list[Cost]] = {bare: [], page: []}
    for _ in range(ROUNDS):
        for asked in (bare, page):
            costs[asked] += one_after_the_other(asked, requests // 2 // ROUNDS)
            seconds[asked] += seconds_at_once(asked, requests // ROUNDS)
    return _measured(costs[bare], seconds[bare], requests), _measured(costs[page], seconds[page], requests)


def _measured(costs: list[Cost], seconds: float, requests: int) -> Measured:
    times = sorted(cost.milliseconds for cost in costs)
    return Measured(
        rate=requests // ROUNDS * ROUNDS / seconds, p50=statistics.median(times), p95=times[int(0.95 * len(times))],
        queries=max(cost.queries for cost in costs), size=costs[-1].size,
    )  # fmt: skip


def one_after_the_other(asked: Asked, count: int) -> list[Cost]:
    connection = http.client.HTTPConnection("127.0.0.1", asked.port, timeout=60)
    found = []
    for _ in range(count):
        answer = ask(connection, asked.address, asked.cookie)
        if answer.status != 200:
            sys.exit(f"{asked.address} answered {answer.status}")
        milliseconds, queries = answer.headers["X-Cost"].split()
        found.append(Cost(float(milliseconds), int(queries), len(answer.body)))  # type: ignore[attr-defined]
    connection.close()
    return found


def seconds_at_once(asked: Asked, count: int) -> float:
    """How long so many requests take over CONNECTIONS kept-alive connections."""

    def worker(count: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", asked.port, timeout=60)
        for _ in range(count):
            ask(connection, asked.address, asked.cookie)
        connection.close()

    shares = [count // CONNECTIONS + (number < count % CONNECTIONS) for number in range(CONNECTIONS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(worker, shares))
    return time.perf_counter() - began


def say(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
