"""What HR does with an import: uploads the file, answers what it asks, says yes or throws it away."""

import hashlib
from collections.abc import Sequence
from itertools import islice
from typing import IO

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring.actions.base import lock
from mentoring.actions.imports import apply, staging
from mentoring.actions.imports.work import hurry
from mentoring.imports.cells import short
from mentoring.imports.columns import guess, missing, plain
from mentoring.imports.files import open_table
from mentoring.imports.refusal import Refusal
from mentoring.models import PeopleImport, Person, TransitionError

Status = PeopleImport.Status
MOST_BYTES = 200 * 2**20
SAMPLES, MOST_SAMPLED = 3, 8 * staging.PIECE  # rows, bytes
REMEMBERED = 50  # imports, the newest first


@transaction.atomic
def upload(
    file: IO[bytes], name: str, *, by: Person | None, source: str = PeopleImport.Source.UPLOAD, key: str | None = None
) -> PeopleImport:
    """Keeps the file and has it read. Raises ValidationError where it is no table of people at all."""
    digest, size = _measure(file)
    if size > MOST_BYTES:
        raise ValidationError(f"This file is larger than {MOST_BYTES // 2**20} MB. Is it the right one?")
    try:
        table = open_table(file)
        headings = table.headings
        table.rows.close()
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from refusal
    job = PeopleImport.objects.create(
        source=source, file_name=name[-200:], file_key=key, digest=digest, size=size, by=by, headings=headings,
        columns=guess(headings, remembered()), read_as=table.read_as, date_order=_last_order(),
    )  # fmt: skip
    staging.keep(job, file)
    transaction.on_commit(lambda: hurry(job.pk))
    return job


def _measure(file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while block := file.read(2**16):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def remembered() -> dict[str, str]:
    """Plain heading → what HR said it holds, the newest word first."""
    found: dict[str, str] = {}
    confirmed = PeopleImport.objects.filter(is_confirmed=True).values_list("headings", "columns")
    for headings, columns in confirmed[:REMEMBERED]:
        for heading, column in zip(headings, columns, strict=False):
            found.setdefault(plain(heading), column)
    return found


def _last_order() -> str:
    return PeopleImport.objects.exclude(date_order="").values_list("date_order", flat=True).first() or ""


def samples(job: PeopleImport) -> list[str]:
    """Of each column the first values in the file, for HR to tell what it holds; nothing of a file that cannot be read,
    or would have to be fetched in too many pieces."""
    if job.size > MOST_SAMPLED:
        return []
    with staging.kept(job) as file:
        try:
            table = open_table(file, encoding=job.encoding)
            rows = [cells for _, cells in islice(table.rows, SAMPLES)]
            table.rows.close()
        except Refusal:
            return []
    return [", ".join(_shown(rows, place)) for place, _ in enumerate(job.headings)]


def _shown(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    values = [row[place].strip() for row in rows if place < len(row)]
    return list(dict.fromkeys(short(value) for value in values if value and value.isprintable()))


@transaction.atomic
def choose(
    job: PeopleImport, *, columns: Sequence[str], encoding: str = "", date_order: str = "", by: Person
) -> PeopleImport:
    """HR says what the columns hold; the file is read anew. The same headings are known from then on."""
    job = lock(job)
    if job.status not in (Status.ASKING, Status.READY, Status.FAULTY):
        raise TransitionError(_moved_on(job))
    if absent := missing(columns):
        raise ValidationError(f"Choose a column for: {', '.join(absent)}.")
    given = [name for name in columns if name]
    if len(set(given)) < len(given):
        raise ValidationError("Two columns cannot hold the same. Set one of them to “not used”.")
    if encoding != job.encoding:
        job.encoding, job.headings = encoding, _headings(job, encoding)
    job.columns, job.date_order, job.is_confirmed, job.by = list(columns), date_order, True, by
    _begin(job, Status.READING)
    return job


def _moved_on(job: PeopleImport) -> str:
    return f"Somebody was quicker, so nothing was done: by now this import is “{job.get_status_display()}”."


def _headings(job: PeopleImport, encoding: str) -> list[str]:
    with staging.kept(job) as file:
        try:
            table = open_table(file, encoding=encoding)
            table.rows.close()
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
    if len(table.headings) != len(job.headings):
        raise ValidationError("Read that way the file has other columns. Choose the encoding first, then the columns.")
    return table.headings


@transaction.atomic
def confirm(job: PeopleImport, *, with_leavers: bool, seen: str, by: Person | None) -> PeopleImport:
    """HR's yes to what the preview showed; `seen` is its fingerprint. Once it is applied, to its leavers alone."""
    job = lock(job)
    if not (job.status == Status.READY or (job.leavers_wait and with_leavers)):
        raise TransitionError(_moved_on(job))
    if seen != job.fingerprint:
        raise TransitionError("The preview has changed since you looked. Read it once more, then say yes.")
    job.with_leavers, job.by = with_leavers, by
    try:
        with transaction.atomic():
            _begin(job, Status.APPLYING)
    except IntegrityError as error:
        raise TransitionError("Another import is being written just now. Try again when it is done.") from error
    return job


def _begin(job: PeopleImport, status: str) -> None:
    job.move_to(status)
    job.attempt, job.heartbeat_at, job.cancel_asked, job.problem, job.percent, job.phase = 0, None, False, "", 0, ""
    job.finished_at = None
    job.save()
    transaction.on_commit(lambda: hurry(job.pk))


@transaction.atomic
def cancel(job: PeopleImport, *, by: Person) -> PeopleImport:
    """A preview is thrown away; what is being read or written stops at its next step, and nothing is written."""
    job = lock(job)
    if job.is_working:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
        if job.heartbeat_at is None:  # nobody has taken it up
            hurry(job.pk)
    elif job.can_become(Status.CANCELLED):
        job.move_to(Status.CANCELLED)
        job.finished_at = timezone.now()
        job.save(update_fields=["status", "finished_at"])
        apply.clear(job)
    else:
        raise TransitionError("This import is over, so there is nothing to stop.")
    return job
