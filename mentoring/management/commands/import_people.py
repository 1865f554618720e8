"""`manage.py import_people FILE [--apply] [--leavers]`: the import of HR's pages, on the command line."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from mentoring.actions.imports import standing, start, work
from mentoring.actions.imports.progress import SECONDS_BETWEEN
from mentoring.models import PeopleImport

Status = PeopleImport.Status
PROBLEMS_SHOWN = 50
KINDS = (
    ("new", "new"), ("changed", "changed"), ("moved", "moved"), ("back", "back again"), ("same", "as before"),
    ("left", "missing from the file"),
)  # fmt: skip


def here_and_now(job: PeopleImport) -> PeopleImport:
    """The next step of it. Where a worker was quicker, it waits for it, and takes over should that one fall silent."""
    while True:
        work.carry_out(job.pk)
        job.refresh_from_db()
        if not job.is_working:
            return job
        time.sleep(SECONDS_BETWEEN)


class Command(BaseCommand):
    help = "Shows what a file of people would change; with --apply, writes it: all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="write what the preview shows")
        parser.add_argument("--leavers", action="store_true", help="those missing from the file have left the company")
        parser.add_argument("--most-leavers", type=float, metavar="PERCENT", help="stop where more would leave")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                job = start.upload(file, options["file"].name, by=None, source=PeopleImport.Source.COMMAND)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        job = here_and_now(job)
        self._tell(job)
        if job.status != Status.READY:
            raise CommandError(self._refusal(job))
        if not options["apply"]:
            self.stdout.write("Nothing is written. Say --apply to write it.")
            return
        if options["leavers"] and standing.too_many_leave(job, options["most_leavers"]):
            raise CommandError(
                f"{job.leavers:,} of {job.counts['here']:,} people would leave, {job.share_leaving:.1f} %. Nothing was "
                "written. If that is right, say so with --most-leavers."
            )
        job = here_and_now(start.confirm(job, with_leavers=options["leavers"], seen=job.fingerprint, by=None))
        if job.status != Status.DONE:
            raise CommandError(self._refusal(job))
        self.stdout.write(self.style.SUCCESS("Written."))

    def _tell(self, job: PeopleImport) -> None:
        self.stdout.write(f"{job.file_name}: {job.rows:,} {'row' if job.rows == 1 else 'rows'}. {job.read_as}.")
        for key, words in KINDS:
            if number := job.counts.get(key, 0):
                self.stdout.write(f"{number:>9,} {words}")
        for name, added in job.additions.items():
            if added and job.status == Status.READY:
                self.stdout.write(f"New as {name}: {', '.join(added)}")
        for problem in job.problems.all()[:PROBLEMS_SHOWN]:
            self.stdout.write(f"Line {problem.line}, {problem.column}: {problem.reason}")

    def _refusal(self, job: PeopleImport) -> str:
        if job.status == Status.FAULTY:
            cells = "1 cell" if job.problem_count == 1 else f"{job.problem_count:,} cells"
            return f"{cells} cannot be used. Nothing was written."
        return job.problem or f"The import is “{job.get_status_display().lower()}”. Nothing was written."
