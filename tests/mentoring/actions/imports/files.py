"""Files of people for the tests, and the steps that a worker takes with them."""

import io
from collections.abc import Sequence
from typing import Any

from mentoring.actions.imports import start, work
from mentoring.models import ImportRow, PeopleImport, Person

HEAD = "employee_number,name,email,department,grade,site,manager_number,joined_on"


def csv_file(*lines: str, head: str = HEAD, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("\n".join([head, *lines]).encode(encoding))


def read(*lines: str, by: Person | None = None, **options: Any) -> PeopleImport:
    """Uploaded, and read by a worker."""
    job = start.upload(csv_file(*lines, **options), "people.csv", by=by)
    return step(job)


def step(job: PeopleImport) -> PeopleImport:
    work.carry_out(job.pk)
    return PeopleImport.objects.get(pk=job.pk)


def applied(job: PeopleImport, *, leavers: bool = False, by: Person | None = None) -> PeopleImport:
    start.confirm(job, with_leavers=leavers, seen=job.fingerprint, by=by)
    return step(job)


def problems(job: PeopleImport) -> Sequence[str]:
    return [str(problem) for problem in job.problems.all()]


def verdicts(job: PeopleImport) -> dict[str, str]:
    """Number → verdict."""
    return dict(ImportRow.objects.filter(job=job).values_list("employee_number", "verdict"))
