"""From the file, kept in pieces, to rows of the database by COPY; one row in memory at a time."""

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from django.db import connection
from django.utils import timezone
from psycopg2.errors import QueryCanceled  # type: ignore[import-untyped]

from mentoring.actions.imports.progress import Progress
from mentoring.imports.cells import BadCell, Row, RowReader
from mentoring.imports.files import Table, open_table
from mentoring.models import ImportChunk, ImportProblem, ImportRow, PeopleImport

PIECE = 2**20
MOST_PROBLEMS = 1000  # are kept to be shown; the rest is only counted
WORDS = (
    "employee_number", "name", "email", "job_title", "department", "grade", "site", "time_zone", "manager_number",
)  # fmt: skip
DAYS = ("joined_on", "day_first", "month_first")
_COPY = f"COPY mentoring_importrow (job_id, line, {', '.join(WORDS + DAYS)}) FROM STDIN"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def keep(job: PeopleImport, file: IO[bytes]) -> None:
    """The file in pieces, which any worker can reach."""
    file.seek(0)
    number = 0
    while piece := file.read(PIECE):
        ImportChunk.objects.create(job=job, number=number, data=piece)
        number += 1


def kept(job: PeopleImport) -> IO[bytes]:
    """The file again, as a temporary one."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the caller closes it)
    for number in range(job.chunks.count()):
        file.write(job.chunks.values_list("data", flat=True).get(number=number))
    file.seek(0)
    return file


def forget(job: PeopleImport) -> None:
    """What was staged. The file itself stays."""
    ImportProblem.objects.filter(job=job).delete()
    ImportRow.objects.filter(job=job).delete()


def stage(job: PeopleImport, progress: Progress) -> Table:
    """Reads every row into the staging table, and keeps what is wrong with them. Raises Refusal."""
    with kept(job) as file:
        table = open_table(file, encoding=job.encoding)
        reader = RowReader(job.headings, job.columns, timezone.localdate())
        bad = Problems(job)
        lines = _lines(job, table.rows, reader, bad, lambda: _tell(progress, file, job))
        _copy(_Stream(lines))
    bad.save()
    return table


def _copy(stream: "_Stream") -> None:
    """Raises what ended the stream: the driver tells of a COPY that was cancelled, and not of the reason."""
    try:
        with connection.cursor() as cursor:
            cursor.copy_expert(_COPY, stream)
    except QueryCanceled as error:
        raise (stream.ended_by or error) from error


def _tell(progress: Progress, file: IO[bytes], job: PeopleImport) -> None:
    progress(f"Rows read: {job.rows:,}", 50 * file.tell() / max(1, job.size), is_copying=True)


class Problems:
    """The first of them, and how many there are."""

    def __init__(self, job: PeopleImport) -> None:
        self.job, self.first = job, list[BadCell]()

    def add(self, found: Iterable[BadCell]) -> None:
        for problem in found:
            self.job.problem_count += 1
            if len(self.first) < MOST_PROBLEMS:
                self.first.append(problem)

    def save(self) -> None:
        ImportProblem.objects.bulk_create(
            ImportProblem(job=self.job, line=bad.line, column=bad.column[:200], reason=bad.reason[:300])
            for bad in self.first
        )
        self.first.clear()


def _lines(
    job: PeopleImport,
    rows: Iterable[tuple[int, list[str]]],
    reader: RowReader,
    bad: Problems,
    tell: Callable[[], None],
) -> Iterator[str]:
    for line, cells in rows:
        row = reader.read(line, cells)
        bad.add(row.bad)
        job.rows += 1
        if job.rows % 1000 == 0:
            tell()
        yield _copied(job, row)


def _copied(job: PeopleImport, row: Row) -> str:
    """One row as COPY reads it."""
    words = [row.words.get(name) for name in WORDS]
    days = [row.joined.day, row.joined.day_first, row.joined.month_first]
    cells = [r"\N" if word is None else word.translate(_ESCAPED) for word in words]
    return "\t".join([str(job.pk), str(row.line), *cells, *(str(day) if day else r"\N" for day in days)]) + "\n"


class _Stream(io.TextIOBase):
    """What a generator yields, as a file that COPY reads."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.rest = lines, ""
        self.ended_by: Exception | None = None

    def read(self, size: int | None = -1) -> str:
        wanted = size if size and size > 0 else 2**16
        parts, length = [self.rest], len(self.rest)
        while length < wanted and (line := self._next()):
            parts.append(line)
            length += len(line)
        text = "".join(parts)
        self.rest = text[wanted:]
        return text[:wanted]

    def _next(self) -> str:
        try:
            return next(self.lines, "")
        except Exception as error:
            self.ended_by = error
            raise
