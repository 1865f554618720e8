"""`make bench-workers`: one large matching run whose blocks stand in the database, taken by one worker and by several.

Starts a PostgreSQL and a broker of its own in a temporary folder. The first worker is the one that carries the run out;
the others are Celery workers as in production, each of one process. The answers must be the same to the byte.
"""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

HEAD = "| People | Roles | Workers | Seconds | CPU of the first | By phase | Answer |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--shape", choices=["executives", "everybody"], default="executives")
    parser.add_argument("--workers", default="1,2", help="how many workers, one run after the other")
    given = parser.parse_args()
    run = Path(tempfile.mkdtemp(prefix="bench-workers-"))
    run.chmod(0o711)
    os.environ.update(
        RUN_FOLDER=str(run / "run"), DJANGO_SETTINGS_MODULE="reverse_mentoring.settings", DATABASE_URL="", REDIS_URL="",
        PRODUCTION="0", LOG_LEVEL="WARNING",
    )  # fmt: skip
    from reverse_mentoring.embedded.place import this_place  # noqa: PLC0415  (reads the folder that is named above)
    from reverse_mentoring.embedded.services import Services  # noqa: PLC0415

    try:
        with Services(this_place()):
            prepare()
            compare(given.people, given.shape, [int(number) for number in given.workers.split(",")])
    finally:
        shutil.rmtree(this_place().home, ignore_errors=True)
        shutil.rmtree(run, ignore_errors=True)


def prepare() -> None:
    import django  # noqa: PLC0415  (once the services are up)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from matching import engine  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    engine.warm_up()


def compare(size: int, shape: Any, workers: list[int]) -> None:
    from matching.company import make_company  # noqa: PLC0415

    people, marks = make_company(size, seed=5, shape=shape), set()
    print(f"{HEAD}\n| {' | '.join(['---'] * 7)} |", flush=True)
    for number in workers:
        with further_workers(number - 1):
            told = carried_out(people)
        marks.add(told["mark"])
        phases = ", ".join(f"{name} {seconds:.1f}" for name, seconds in told["phases"].items())
        numbers = f"{told['seconds']:.1f} | {told['cpu']:.1f} | {phases} | {told['mark']}"
        print(f"| {size:,} | {shape} | {number} | {numbers} |", flush=True)
    if len(marks) > 1:
        sys.exit("The answers differ.")
    print("The answers are the same to the byte.")


def carried_out(people: Any) -> dict[str, Any]:
    """A run of these people as its own worker does it, without what is read from and written to tables of people."""
    from django.conf import settings  # noqa: PLC0415

    from matching import engine  # noqa: PLC0415
    from matching.actions import blocks  # noqa: PLC0415
    from matching.models import MatchingRun  # noqa: PLC0415
    from matching.progress import Progress  # noqa: PLC0415
    from mentoring.models import Programme  # noqa: PLC0415

    settings.MATCHING_BLOCKS_FROM = 1
    programme = Programme.objects.create(
        name=f"Large {Programme.objects.count() + 1}",
        purpose="To measure.",
        enrol_from="2026-01-01",
        enrol_until="2026-12-31",
        starts_on="2026-02-01",
        ends_on="2027-01-31",
    )
    run = MatchingRun.objects.create(programme=programme, status=MatchingRun.Status.RUNNING)
    progress = Progress(run)
    wall, cpu = time.perf_counter(), time.process_time()
    result = engine.solve(
        people, engine.Policy(), progress=progress.of_engine, blocks=blocks.in_tasks(run, len(people), progress)
    )
    told = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "phases": result.seconds}
    blocks.forget(run)
    return told | {"mark": mark_of(result)}


def mark_of(result: Any) -> str:
    """Of every pair with its reasons, of everybody left out and of all prices."""
    digest = hashlib.blake2b(digest_size=6)
    for pair in result.pairs:
        digest.update(repr(pair).encode())
    digest.update(repr((result.left_out, result.objective, result.input_hash)).encode())
    for prices in (result.certificate.mentor_prices, result.certificate.mentee_prices):
        digest.update(prices.tobytes())
    return digest.hexdigest()


@contextmanager
def further_workers(number: int) -> Iterator[None]:
    from reverse_mentoring.celery import app  # noqa: PLC0415
    from reverse_mentoring.embedded import processes  # noqa: PLC0415
    from reverse_mentoring.embedded.place import CHECKOUT, this_place  # noqa: PLC0415

    command = [sys.executable, "-m", "celery", "--app", "reverse_mentoring", "worker", "--pool", "solo"]
    with ExitStack() as stack:
        for name in (f"worker{one}" for one in range(number)):
            worker = processes.start(
                name, [*command, "--hostname", f"{name}@bench"], log=this_place().logs / f"{name}.log",
                environment={**os.environ, "PYTHONPATH": str(CHECKOUT)}, folder=CHECKOUT,
            )  # fmt: skip
            stack.callback(worker.stop)
            processes.wait_for(
                lambda name=name: app.control.ping([f"{name}@bench"], timeout=1), seconds=120, child=worker,
                what="a worker answered",
            )  # fmt: skip
        yield


if __name__ == "__main__":
    main()
