"""What a worker does with an import: reads and compares, or writes. The whole of it is one transaction.

A worker takes an import up by raising its `attempt`; from then on an older worker that still believes in it writes
nothing.
"""

import datetime as dt

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from mentoring.actions.base import lock
from mentoring.actions.imports import apply, compare, staging, standing
from mentoring.actions.imports.progress import Cancelled, Progress, Superseded
from mentoring.broker import ask_for_worker
from mentoring.imports.columns import missing
from mentoring.imports.refusal import Refusal
from mentoring.models import PeopleImport
from mentoring.notices import imports as notices

log = structlog.get_logger(__name__)
Status = PeopleImport.Status
MAX_ATTEMPTS = 5
FORGOTTEN_AFTER = dt.timedelta(days=14)
UNKNOWN_PROBLEM = "Something went wrong that nobody foresaw, and nothing was written; the site's log has the details."
KILLED_TOO_OFTEN = f"The worker was stopped {MAX_ATTEMPTS} times in the middle of it. Nothing was written."
STOPPED = "It was stopped in the middle of writing: nothing of that is kept."
CHANGED_MEANWHILE = "People were changed after this preview was made, so nothing was written. Look at it once more."
FORGOTTEN = "Nobody came back to it for two weeks, so it was thrown away. Nothing was written."


def hurry(job_id: int) -> None:
    """Asks for a worker. Where the broker is down, the sweep asks again."""
    from mentoring.tasks.imports import carry_out_import  # noqa: PLC0415  (the task carries out what is started here)

    ask_for_worker(carry_out_import, job_id)


def carry_out(job_id: int) -> None:
    """The next step, by whichever worker gets here first. Does nothing where another one is at it."""
    job = _take_up(job_id)
    if job is None:
        return
    try:
        with Progress(job) as progress:
            (_read if job.status == Status.READING else _apply)(job, progress)
    except Superseded:
        log.info("import.superseded", job=job.pk, attempt=job.attempt)
    except Cancelled:
        _stop(job, STOPPED if job.status == Status.APPLYING else "")
    except Refusal as refusal:
        _stop(job, str(refusal))
    except Exception:
        log.exception("import.failed", job=job.pk)
        _stop(job, UNKNOWN_PROBLEM)


def _take_up(job_id: int) -> PeopleImport | None:
    now = timezone.now()
    free = Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=_silent_since(now))
    mine = PeopleImport.objects.working().filter(free, pk=job_id, attempt__lt=MAX_ATTEMPTS)
    taken = mine.update(attempt=F("attempt") + 1, heartbeat_at=now, percent=0, phase="")
    return PeopleImport.objects.select_related("by__user").get(pk=job_id) if taken else None


def _silent_since(now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(seconds=settings.WORKER_SILENT_SECONDS)


@transaction.atomic
def _read(job: PeopleImport, progress: Progress) -> None:
    _take_the_time_it_takes()
    job.rows = job.problem_count = 0
    job.counts, job.additions, job.fingerprint, job.problem = {}, {}, "", ""
    if absent := missing(job.columns):
        _become(job, Status.ASKING, f"Which column is it? Not found: {', '.join(absent)}.")
        return
    staging.forget(job)
    job.read_as = staging.stage(job, progress).read_as
    if not job.rows:
        raise Refusal("This file has a heading and no rows.")
    progress("Comparing with the people here", 60)
    compare.know_the_numbers(job)
    order = compare.day_order(job)
    if not order:
        _become(job, Status.ASKING, "Which comes first in a day such as 03/04/2026, the day or the month?")
        return
    bad = staging.Problems(job)
    compare.settle_days(job, order, bad)
    compare.compare(job, bad)
    progress("Comparing with the people here", 99)
    _become(job, Status.FAULTY if job.problem_count else Status.READY)


@transaction.atomic
def _apply(job: PeopleImport, progress: Progress) -> None:
    """The rows are compared once more, under the lock; where that gives something else, HR looks again first."""
    _take_the_time_it_takes()
    progress("Waiting for others to finish", 1)
    apply.lock_people(job)
    if job.applied_at is None:
        progress("Comparing once more", 10)
        if _has_moved_on(job):
            _become(job, Status.FAULTY if job.problem_count else Status.READY, CHANGED_MEANWHILE)
            return
        apply.write(job, progress)
        job.applied_at = timezone.now()
    if job.with_leavers:
        job.counts["left"] = apply.write_leavers(job, progress)
    progress("Finishing", 99)
    _become(job, Status.DONE)
    apply.clear(job)
    apply.let_leavers_be(PeopleImport.objects.filter(applied_at__lt=job.applied_at))


def _has_moved_on(job: PeopleImport) -> bool:
    seen = job.fingerprint, job.counts, job.additions
    run = compare.run
    run("DELETE FROM mentoring_importrow WHERE job_id = %(job)s AND verdict = 'left'", job)
    run("DELETE FROM mentoring_importproblem WHERE job_id = %(job)s", job)
    run("UPDATE mentoring_importrow SET person_id = NULL WHERE job_id = %(job)s", job)
    job.problem_count = 0
    compare.compare(job, staging.Problems(job))
    return bool(job.problem_count) or seen != (job.fingerprint, job.counts, job.additions)


def _take_the_time_it_takes() -> None:
    """A large file needs longer than a page may."""
    with connection.cursor() as cursor:
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {name} = {'60000' if name == 'lock_timeout' else '0'}")


def _become(job: PeopleImport, status: str, problem: str = "") -> None:
    """The end of a step. Raises Superseded or Cancelled where somebody was quicker."""
    now = lock(job)
    if now.attempt != job.attempt or not now.is_working:
        raise Superseded
    if now.cancel_asked:
        raise Cancelled
    job.move_to(status)
    job.problem, job.phase, job.percent = problem, "", 100
    job.heartbeat_at = None
    job.finished_at = timezone.now() if status == Status.DONE else None
    job.save()
    if standing.go_on(job):
        transaction.on_commit(lambda: hurry(job.pk))
    notices.step_done(job)


@transaction.atomic
def go_on_with(job_id: int) -> None:
    """A dropped file that had to wait for another import."""
    job = lock(PeopleImport(pk=job_id))
    if standing.go_on(job):
        transaction.on_commit(lambda: hurry(job.pk))


@transaction.atomic
def _stop(job: PeopleImport, problem: str) -> None:
    """Nothing was written. A preview that was being applied waits for HR again, but for a file that cannot be read."""
    now = lock(job, "by__user")
    if now.attempt != job.attempt or not now.is_working:
        return
    if now.status == Status.APPLYING:
        status = Status.DONE if now.applied_at else Status.READY
        now.with_leavers = False
    else:
        status = Status.FAILED if problem else Status.CANCELLED
    now.move_to(status)
    now.problem, now.phase, now.percent, now.cancel_asked, now.heartbeat_at = problem[:400], "", 0, False, None
    now.finished_at = timezone.now() if status in (Status.FAILED, Status.CANCELLED, Status.DONE) else None
    now.save()
    if status in (Status.FAILED, Status.CANCELLED):
        apply.clear(now)
    notices.step_done(now)


def take_up_again(now: dt.datetime) -> None:
    """Finds another worker for those whose worker was killed, or whose task the broker lost; forgets old previews."""
    silent = Q(heartbeat_at__lt=_silent_since(now)) | Q(heartbeat_at__isnull=True)
    for job in PeopleImport.objects.working().filter(silent):
        if job.attempt >= MAX_ATTEMPTS:
            _stop(job, KILLED_TOO_OFTEN)
        else:
            hurry(job.pk)
    for job in PeopleImport.objects.waiting().filter(created_at__lt=now - FORGOTTEN_AFTER):
        forget(job)
    apply.let_leavers_be(PeopleImport.objects.filter(applied_at__lt=now - FORGOTTEN_AFTER))


@transaction.atomic
def forget(job: PeopleImport) -> None:
    job = lock(job)
    if job.status in (Status.ASKING, Status.READY, Status.FAULTY):
        job.move_to(Status.CANCELLED)
        job.problem, job.finished_at = FORGOTTEN, timezone.now()
        job.save()
        apply.clear(job)
