"""How long an import of people takes, and how much memory, at 10,000 and 100,000 rows; on a database of its own.

`make bench-import`. Each step runs in a process of its own, so that its peak of memory is its own. `--rows` chooses
other sizes.
"""

import csv
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
HEAD = (
    "employee_number", "name", "email", "job_title", "department", "grade", "site", "time_zone", "manager_number",
    "joined_on",
)  # fmt: skip
TEAM = 8  # people to a manager
TITLES = ("Specialist", "Specialist", "Expert")  # by the month: in the last one everybody has another
DEPARTMENTS, GRADES, SITES = 40, 9, 12
LEAVE = 3  # of a hundred; each of them is in a pair that runs, with a meeting ahead
PAIRS = "pairs of who will leave"
LIMITS = {"preview": 30, "apply": 60}  # seconds, at 100,000 rows


def people(rows: int, *, month: int) -> Iterator[Sequence[object]]:
    """A company. By the next month 2 % have moved, 3 % have left and as many have come."""
    gone = rows * LEAVE // 100 if month else 0
    first = dt.date(2010, 1, 4)
    for n in range(rows + gone):
        if month and n >= rows - gone and n < rows:
            continue
        moved = month and n % 50 == 7
        yield (
            f"{1_000_000 + n}", f"Person Ångström {n}", f"person{n}@company.example", TITLES[month],
            f"Department {(n + bool(moved)) % DEPARTMENTS}", 1 + n % GRADES, f"Site {n % SITES}", "Europe/Berlin",
            f"{1_000_000 + (n - 1) // TEAM}" if n else "", first + dt.timedelta(days=n % 5000),
        )  # fmt: skip


def write_files(folder: Path, rows: int) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  (the parent needs no package)

    for month in range(len(TITLES)):
        with (folder / f"{month}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(HEAD)
            table.writerows(people(rows, month=month))
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for row in people(rows, month=0):
        sheet.append(row)
    book.save(folder / "0.xlsx")


def step(name: str, path: str) -> None:
    """One step, in this process; prints seconds, peak of memory, and what the process needed before it began."""
    import django  # noqa: PLC0415  (only a child sets Django up)
    from django.urls import get_resolver  # noqa: PLC0415

    django.setup()
    get_resolver().url_patterns  # noqa: B018  (a worker that has written a message before knows them)
    from mentoring.actions.imports import start, work  # noqa: PLC0415
    from mentoring.models import PeopleImport  # noqa: PLC0415

    start.hurry = work.hurry = lambda job_id: None  # type: ignore[assignment]  # this process is the worker
    before, began = peak(), time.monotonic()
    if path:
        with open(path, "rb") as file:
            job = start.upload(file, Path(path).name, by=None, source=PeopleImport.Source.COMMAND)
    else:
        job = PeopleImport.objects.get(status="ready")
        start.confirm(job, with_leavers=True, seen=job.fingerprint, by=None)
    work.carry_out(job.pk)
    job.refresh_from_db()
    seconds = time.monotonic() - began
    told = ", ".join(f"{number:,} {kind}" for kind, number in job.counts.items() if number and kind != "here")
    print(f"{name}|{seconds:.1f}|{peak() - before:.0f}|{before:.0f}|{job.get_status_display()}: {told}{job.problem}")
    if name in ("preview, XLSX", "preview, same again"):
        start.cancel(job, by=None)  # type: ignore[arg-type]


def make_pairs(name: str, path: str) -> None:
    import django  # noqa: PLC0415

    django.setup()
    from benchmarks.leavers import pair_the_last  # noqa: PLC0415  (asks for Django's models)

    print(f"{name}|0|0|0|{pair_the_last(LEAVE):,} run")


def peak() -> float:
    """MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(*words: str) -> str:
    run = [sys.executable, __file__, *words]
    return subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT).stdout.strip()


def measure(rows: int) -> bool:
    """Prints the table of one size; whether it kept to the limits."""
    kept = True
    print(f"\n{rows:,} rows{'':>13}  seconds  memory more (MB)  process before (MB)  result", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, rows)
        plan = (
            ("preview, XLSX", f"{folder}/0.xlsx"), ("preview, CSV", f"{folder}/0.csv"), ("apply", ""), (PAIRS, ""),
            ("preview, same again", f"{folder}/0.csv"), ("preview, next month", f"{folder}/1.csv"),
            ("apply, next month", ""), ("preview, all changed", f"{folder}/2.csv"), ("apply, all changed", ""),
        )  # fmt: skip
        for title, path in plan:
            _, seconds, more, before, told = child("--step", title, "--file", path).splitlines()[-1].split("|")
            late = rows <= 100_000 and float(seconds) > LIMITS.get(title.split(",")[0], 0) and title != PAIRS
            kept = kept and not late
            print(
                f"{title:<24} {seconds:>7}  {more:>16}  {before:>19}  {told}{'  TOO SLOW' if late else ''}", flush=True
            )
    return kept


def main(options: Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="rm-bench-") as name:
        Path(name).chmod(0o711)
        os.environ.update(RUN_FOLDER=f"{name}/run", DATABASE_URL="", REDIS_URL="", PRODUCTION="0", DEMO="0")
        os.environ["LOG_LEVEL"] = "ERROR"  # no broker is there to be woken
        from reverse_mentoring.embedded.place import place_of, remove  # noqa: PLC0415  (reads RUN_FOLDER)
        from reverse_mentoring.embedded.services import Services  # noqa: PLC0415

        place, kept = place_of(Path(f"{name}/run")), True
        try:
            for rows in options.rows:
                with Services(place, broker=False):
                    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, cwd=CHECKOUT)
                    kept = measure(rows) and kept
                remove(place)
        finally:
            remove(place)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reverse_mentoring.settings")
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--step")
    parser.add_argument("--file", default="")
    given = parser.parse_args()
    if given.step:
        (make_pairs if given.step == PAIRS else step)(given.step, given.file)
    else:
        sys.exit(main(given))
