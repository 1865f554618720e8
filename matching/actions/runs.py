"""Matching runs: HR starts one, a worker carries it out, the whole result is written at once or not at all.

A worker takes a run up by raising its `attempt`; from then on an older worker that still believes in it writes nothing.
A run whose worker fell silent is taken up by the next one, a few times.
"""

import datetime as dt

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from matching import candidates, engine, notices
from matching.actions import blocks
from matching.actions.outcome import write
from matching.findings import look_into
from matching.models import MatchingRun
from matching.progress import Cancelled, Progress, Superseded
from mentoring.actions.base import lock, record
from mentoring.broker import ask_for_worker
from mentoring.clock import ago
from mentoring.models import AuditEntry, Person, Programme, TransitionError

log = structlog.get_logger(__name__)
Action, Status = AuditEntry.Action, MatchingRun.Status
MAX_ATTEMPTS = 3
KILLED_TOO_OFTEN = f"The worker was stopped {MAX_ATTEMPTS} times in the middle of it; it may need more memory."
UNSOUND = "The answer did not pass the check that follows every run, so it is not shown."
UNKNOWN_PROBLEM = "Something went wrong that nobody foresaw; the site's log has the details."


class UnsoundError(Exception):
    """The engine's answer is not what it says it is."""


def start_run(programme: Programme, *, by: Person) -> MatchingRun:
    """Asks a worker for a run. Raises TransitionError where one is under way."""
    if programme.status != Programme.Status.LAUNCHED:
        raise TransitionError(f"{programme} is not running: launch it first, then start a matching run.")
    policy = candidates.policy_of(programme).as_dict()
    try:
        with transaction.atomic():
            run = MatchingRun.objects.create(programme=programme, policy=policy, started_by=by)
            record(Action.RUN_STARTED, run, by=by)
            transaction.on_commit(lambda: hurry(run.pk))
    except IntegrityError as error:
        raise TransitionError(_under_way(programme)) from error
    return run


def _under_way(programme: Programme) -> str:
    run = programme.runs.unfinished().select_related("started_by").first()
    who = run.started_by if run and run.started_by else "Somebody"
    when = f" {ago(run.created_at)}" if run else ""
    return f"{who} started a matching run of {programme}{when}. There is one at a time."


def hurry(run_id: int) -> None:
    """Asks for a worker. Where the broker is down, the sweep asks again."""
    from matching.tasks import carry_out_run  # noqa: PLC0415  (the task carries out what is started here)

    ask_for_worker(carry_out_run, run_id)


@transaction.atomic
def cancel_run(run: MatchingRun, *, by: Person) -> MatchingRun:
    """A run that waits is cancelled at once; one that runs stops at its next sign of life."""
    run = lock(run, "programme")
    if run.status == Status.QUEUED:
        _finish(run, Status.CANCELLED, by=by)
    elif run.status == Status.RUNNING:
        run.cancel_asked = True
        run.save(update_fields=["cancel_asked"])
    else:
        raise TransitionError(f"This run is {run.get_status_display().lower()} already, so there is nothing to cancel.")
    return run


def carry_out(run_id: int) -> None:
    """The whole run, by whichever worker gets here first. Does nothing where another one is at it."""
    run = _take_up(run_id)
    if run is None:
        return
    progress = Progress(run)
    try:
        progress("Reading people, skills and rules", 0)
        found = candidates.gather(run.programme)
        result = engine.solve(
            found.people, found.policy, progress=progress.of_engine,
            time_limit=settings.MATCHING_SECONDS, blocks=blocks.in_tasks(run, len(found.people), progress),
        )  # fmt: skip
        blocks.forget(run)
        progress("Checking the answer", 70)
        if wrong := engine.verify(found.people, found.policy, result):
            raise UnsoundError(f"{len(wrong)} faults")
        result, findings = look_into(found, result, progress.of_findings)
        progress("Writing the suggestions", 97)
        write(run, found, result, findings)
    except Superseded:
        log.info("run.superseded", run=run.pk, attempt=run.attempt)
    except Cancelled:
        _stop(run, Status.CANCELLED)
    except UnsoundError:
        log.exception("run.unsound", run=run.pk)
        _stop(run, Status.FAILED, UNSOUND)
    except engine.InputError as error:
        _stop(run, Status.FAILED, str(error))
    except Exception:
        log.exception("run.failed", run=run.pk)
        _stop(run, Status.FAILED, UNKNOWN_PROBLEM)


def take_up_again(now: dt.datetime) -> None:
    """Finds another worker for runs whose worker was killed, and for those that the broker lost."""
    for run in MatchingRun.objects.without_a_worker(_silent_since(now)):
        if run.cancel_asked:
            _stop(run, Status.CANCELLED)
        elif run.attempt >= MAX_ATTEMPTS:
            _stop(run, Status.FAILED, KILLED_TOO_OFTEN)
        else:
            hurry(run.pk)


def _silent_since(now: dt.datetime) -> dt.datetime:
    return now - dt.timedelta(seconds=settings.WORKER_SILENT_SECONDS)


def _take_up(run_id: int) -> MatchingRun | None:
    """Makes the run this worker's own, unless it is another's."""
    now = timezone.now()
    mine = Q(status=Status.QUEUED) | Q(status=Status.RUNNING, heartbeat_at__lt=_silent_since(now))
    taken = MatchingRun.objects.filter(mine, pk=run_id, attempt__lt=MAX_ATTEMPTS, cancel_asked=False).update(
        status=Status.RUNNING, attempt=F("attempt") + 1, heartbeat_at=now, percent=0
    )
    return MatchingRun.objects.select_related("programme", "started_by__user").get(pk=run_id) if taken else None


@transaction.atomic
def _stop(run: MatchingRun, status: str, problem: str = "") -> None:
    """Ends a run without a result, unless another worker has it by now."""
    now = lock(run, "programme", "started_by__user")
    if now.attempt != run.attempt or not now.is_unfinished:
        return
    now.problem = problem
    _finish(now, status, by=None)
    if status == Status.FAILED:
        notices.run_finished(now)


def _finish(run: MatchingRun, status: str, *, by: Person | None) -> None:
    run.move_to(status)
    run.finished_at = timezone.now()
    run.save(update_fields=["status", "problem", "finished_at"])
    record(Action.RUN_CANCELLED if status == Status.CANCELLED else Action.RUN_FAILED, run, by=by)
