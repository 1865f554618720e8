"""Deciding on many suggestions: each in a transaction of its own, so that one that cannot be hinders no other.

Up to AT_ONCE are worked off while HR waits, more by a worker; both leave a row that says how it went.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from matching import notices
from matching.actions.suggestions import approve, reinstate, reject
from matching.models import BulkDecision, Suggestion
from matching.obstacles import obstacles, reporting_lines
from mentoring.actions.base import record
from mentoring.broker import ask_for_worker
from mentoring.models import AuditEntry, Person, Programme, TransitionError

AT_ONCE = 100
Decision = BulkDecision.Decision
Problem = tuple[str, str]  # whose suggestion, and why nothing can be done about it


@dataclass(frozen=True)
class Preview:
    """What approving these suggestions, one after the other, would do."""

    possible: list[Suggestion]
    problems: list[Problem]

    @property
    def people_asked(self) -> int:
        """Those who will be asked; who asked for each other start at once."""
        return len({pk for s in self.possible if not s.is_request for pk in (s.mentor_id, s.mentee_id)})

    @property
    def starting(self) -> int:
        return sum(suggestion.is_request for suggestion in self.possible)


def preview_approval(suggestions: Sequence[Suggestion]) -> Preview:
    """Looks, without changing anything. Reporting lines stay for HR to decide on one by one."""
    found: dict[int, str] = {}
    if suggestions and suggestions[0].programme.no_reporting_line:
        lines = reporting_lines(suggestions[0].programme, suggestions)
        found = {pk: f"{line} Approve it by itself, with the tick that allows it." for pk, line in lines.items()}
    rest = [suggestion for suggestion in suggestions if suggestion.pk not in found]
    found |= obstacles(rest, one_after_the_other=True)
    return Preview(
        possible=[suggestion for suggestion in suggestions if suggestion.pk not in found],
        problems=[(str(suggestion), found[suggestion.pk]) for suggestion in suggestions if suggestion.pk in found],
    )


@transaction.atomic
def decide_on_many(
    programme: Programme, ids: Sequence[int], *, decision: str, by: Person, because: str = ""
) -> BulkDecision:
    """Keeps the decision. The caller works off a small one by `carry_out`; a worker is asked for a large one."""
    bulk = BulkDecision.objects.create(
        programme=programme, decision=decision, by=by, because=because, suggestion_ids=ids, heartbeat_at=timezone.now()
    )
    record(AuditEntry.Action.DECIDED_IN_BULK, bulk, by=by, suggestions=len(ids))
    if len(ids) > AT_ONCE:
        transaction.on_commit(lambda: hurry(bulk.pk))
    return bulk


def hurry(bulk_id: int) -> None:
    from matching.tasks import carry_out_bulk  # noqa: PLC0415  (the task carries out what is started here)

    ask_for_worker(carry_out_bulk, bulk_id)


class SupersededError(Exception):
    """Somebody else has taken this step."""


def carry_out(bulk_id: int) -> None:
    """Works the rest off, one after the other. Stops where somebody else is at it."""
    bulk = BulkDecision.objects.select_related("by__user", "programme").get(pk=bulk_id)
    try:
        while bulk.is_running and bulk.position < len(bulk.suggestion_ids):
            _next(bulk)
    except SupersededError:
        return
    _finish(bulk)


def _next(bulk: BulkDecision) -> None:
    """The decision and the step forward are one transaction, so that nothing is counted twice after a kill."""
    pk = bulk.suggestion_ids[bulk.position]
    suggestion = Suggestion.objects.select_related("mentor", "mentee").get(pk=pk, programme=bulk.programme_id)
    try:
        with transaction.atomic():
            _decide(bulk)(suggestion)
            _step(bulk, decided=F("decided") + 1)
    except (ValidationError, TransitionError) as error:
        _step(bulk, problems=[*bulk.problems, (str(suggestion), in_words(error))])
    bulk.refresh_from_db(fields=["status", "position", "problems"])


def _decide(bulk: BulkDecision) -> Callable[[Suggestion], object]:
    match bulk.decision:
        case Decision.APPROVE:
            return lambda suggestion: approve(suggestion, by=bulk.by)
        case Decision.REJECT:
            return lambda suggestion: reject(suggestion, by=bulk.by, because=bulk.because)
    return lambda suggestion: reinstate(suggestion, by=bulk.by)


def _step(bulk: BulkDecision, **changes: object) -> None:
    here = BulkDecision.objects.running().filter(pk=bulk.pk, position=bulk.position)
    if not here.update(position=F("position") + 1, heartbeat_at=timezone.now(), **changes):
        raise SupersededError


@transaction.atomic
def _finish(bulk: BulkDecision) -> None:
    done = BulkDecision.objects.running().filter(pk=bulk.pk)
    if done.update(status=BulkDecision.Status.DONE, finished_at=timezone.now()):
        bulk.refresh_from_db(fields=["status", "decided", "problems"])
        if len(bulk.suggestion_ids) > AT_ONCE:
            notices.bulk_decided(bulk)


def take_up_again(now: dt.datetime) -> None:
    """Finds another worker for those whose worker was killed, or whose task the broker lost."""
    since = now - dt.timedelta(seconds=settings.WORKER_SILENT_SECONDS)
    for pk in BulkDecision.objects.without_a_worker(since).values_list("pk", flat=True):
        hurry(pk)


def in_words(error: ValidationError | TransitionError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
