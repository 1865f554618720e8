"""The drop folder: the HR system leaves a file there, and it is imported once.

The file goes into the database first; where it is moved afterwards, to `done` or `refused`, only follows what became of
it. So a worker may be killed anywhere in between, and several may look at once.
"""

import datetime as dt
import os
from pathlib import Path

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mentoring.actions.imports.start import upload
from mentoring.actions.imports.work import go_on_with
from mentoring.models import PeopleImport
from mentoring.notices import imports as notices

log = structlog.get_logger(__name__)
Status = PeopleImport.Status
KINDS = (".csv", ".txt", ".tsv", ".xlsx")
SETTLED = dt.timedelta(seconds=60)  # a file younger than this may still be on its way
OVER = (Status.DONE, Status.CANCELLED)
STUCK = (Status.FAILED, Status.FAULTY, Status.ASKING)


def look(now: dt.datetime) -> None:
    """Takes in what was dropped, and clears away what is over."""
    if not settings.IMPORT_FOLDER:
        return
    folder = Path(settings.IMPORT_FOLDER)
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in KINDS and not path.name.startswith(".") and path.is_file():
            _take_in(path, now)
    dropped = PeopleImport.objects.filter(source=PeopleImport.Source.FOLDER, is_filed=False)
    for job in dropped.order_by("created_at"):
        if job.status == Status.READY and not job.problem:
            go_on_with(job.pk)
        elif job.status in (*OVER, *STUCK, Status.READY):
            _file_away(folder, job)


def _take_in(path: Path, now: dt.datetime) -> None:
    """Reads the file into the database, unless that has been done."""
    try:
        about = path.stat()
        if dt.datetime.fromtimestamp(about.st_mtime, dt.UTC) > now - SETTLED:
            return
        path = _readable(path)
        key = f"{path.name[-200:]}:{about.st_mtime_ns}:{about.st_size}"
        if PeopleImport.objects.filter(file_key=key).exists():
            return
        with path.open("rb") as file:
            upload(file, path.name, by=None, source=PeopleImport.Source.FOLDER, key=key)
    except ValidationError as error:
        _refuse(path, key, " ".join(error.messages))
    except IntegrityError:
        log.info("import.folder.taken", file=path.name)  # by another worker, just now
    except OSError as error:
        log.warning("import.folder.unreadable", file=path.name, error=type(error).__name__)


def _readable(path: Path) -> Path:
    """Named in letters that can be kept: an HR system may write names in an encoding of its own."""
    told = os.fsencode(path.name).decode(errors="replace")
    name = "".join(char if char.isprintable() and char != "\ufffd" else "_" for char in told)[-200:]
    return path if name == path.name else path.rename(_free(path.with_name(name)))


@transaction.atomic
def _refuse(path: Path, key: str, problem: str) -> None:
    job = PeopleImport.objects.create(
        source=PeopleImport.Source.FOLDER, file_name=path.name[-200:], file_key=key, status=Status.FAILED,
        problem=problem[:400],
    )  # fmt: skip
    notices.step_done(job)


def _file_away(folder: Path, job: PeopleImport) -> None:
    path = folder / job.file_name
    key = f"{job.file_name}:"
    try:
        about = path.stat()
        if job.file_key == f"{key}{about.st_mtime_ns}:{about.st_size}":  # not a newer one of the same name
            to = folder / ("done" if job.status in OVER else "refused")
            to.mkdir(exist_ok=True)
            path.rename(_free(to / job.file_name))
    except FileNotFoundError:
        pass
    except OSError as error:
        log.warning("import.folder.not_moved", file=job.file_name, error=type(error).__name__)
        return
    PeopleImport.objects.filter(pk=job.pk).update(is_filed=True)


def _free(path: Path) -> Path:
    """A name that nothing has yet."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
