"""HR decides on suggestions: approve, reject, take a rejection back, swap."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching import notices
from matching.actions.requests import who_would_rather_not
from matching.models import Suggestion
from matching.obstacles import obstacles, reporting_lines
from mentoring.actions.base import lock, lock_all, record
from mentoring.actions.pairs import open_pair, withdraw_invitation
from mentoring.clock import ago
from mentoring.models import AuditEntry, Enrolment, Pair, Person, Programme, TransitionError

Action = AuditEntry.Action
Status = Suggestion.Status
NOT_AVAILABLE = "One of the two is not available any more."


class ReportingLineError(ValidationError):
    """HR must say in so many words that this reporting line is allowed."""


@transaction.atomic
def approve(suggestion: Suggestion, *, by: Person, allow_reporting_line: bool = False) -> Pair:
    """Opens the pair: its people are asked, or start at once where they asked for each other."""
    lock_all(
        Enrolment.objects.filter(
            programme=suggestion.programme_id, person__in=[suggestion.mentor_id, suggestion.mentee_id]
        )
    )
    row = _undecided(suggestion)
    if sentence := obstacles([row]).get(row.pk):
        raise ValidationError(sentence)
    if row.is_request and who_would_rather_not(row):
        raise ValidationError(NOT_AVAILABLE)
    if (
        row.programme.no_reporting_line
        and not allow_reporting_line
        and (line := reporting_lines(row.programme, [row]).get(row.pk))
    ):
        raise ReportingLineError(f"{line} Tick “I allow this reporting line” to approve it all the same.")
    row.pair = open_pair(
        row.programme, mentor=row.mentor, mentee=row.mentee, skill=row.skill, by=by, return_skill=row.return_skill,
        is_exchange=row.is_exchange, reasons=[c["sentence"] for c in row.criteria], both_said_yes=row.is_request,
    )  # fmt: skip
    _decide(row, Status.APPROVED, by=by)
    record(Action.SUGGESTION_APPROVED, row, by=by, reporting_line_allowed=allow_reporting_line)
    return row.pair


@transaction.atomic
def reject(suggestion: Suggestion, *, by: Person, because: str = "") -> None:
    """Decides against it; the next runs of this programme do not bring it up again."""
    row = _undecided(suggestion)
    row.rejected_because = because
    _decide(row, Status.REJECTED, by=by)
    record(Action.SUGGESTION_REJECTED, row, by=by)
    if row.is_request:
        notices.request_not_approved(row)


@transaction.atomic
def reinstate(suggestion: Suggestion, *, by: Person) -> None:
    """Takes a rejection back, or an approval whose people are still being asked: it waits for HR again.

    Whoever was told of the invitation learns that it is no longer open.
    """
    row = lock(suggestion, "programme", "mentor", "mentee", "decided_by")
    if row.status == Status.APPROVED:
        _take_back(row, by=by)
    elif row.status == Status.REJECTED:
        row.rejected_because = ""
        if row.is_request:
            notices.take_back_not_approved(row)
    else:
        raise TransitionError(decision_in_words(row))
    try:
        with transaction.atomic():
            _decide(row, Status.PROPOSED, by=None)
    except IntegrityError as error:
        raise ValidationError(f"{row.mentor} and {row.mentee} have been suggested anew meanwhile.") from error
    record(Action.SUGGESTION_REINSTATED, row, by=by)


def _take_back(row: Suggestion, *, by: Person) -> None:
    """Withdraws the invitation. Whether it can be says nothing of who has answered: it can until the pair starts."""
    assert row.pair is not None  # the database holds it
    if not row.pair.is_asking:
        raise TransitionError("They have answered by now, so the approval can no longer be taken back.")
    withdraw_invitation(row.pair, by=by)
    row.pair = None


def withdraw_for(people: Sequence[Person], *, programme: Programme | None = None) -> None:
    """They left the company or the programme. What they asked for themselves ends by `requests.end_for`."""
    gone = {person.pk for person in people}
    rows = Suggestion.objects.proposed().of_any(gone).exclude(origin=Suggestion.Origin.REQUEST)
    for row in lock_all(rows.filter(programme=programme) if programme else rows):
        _decide(row, Status.WITHDRAWN, by=None)
        record(Action.SUGGESTION_WITHDRAWN, row, by=None)


def _undecided(suggestion: Suggestion) -> Suggestion:
    """Locked and, still, waiting for HR. Raises TransitionError that says who decided, and when."""
    row = lock(suggestion, "programme", "mentor__user", "mentee__user", "skill", "return_skill", "decided_by")
    if row.status != Status.PROPOSED:
        raise TransitionError(decision_in_words(row))
    return row


def _decide(row: Suggestion, status: str, *, by: Person | None) -> None:
    row.move_to(status)
    row.decided_by, row.decided_at = by, timezone.now() if by else None
    row.save(update_fields=["status", "decided_by", "decided_at", "rejected_because", "pair"])


def decision_in_words(row: Suggestion) -> str:
    """Where a suggestion stands, for somebody whose page is out of date: "Dana approved this 1 minute ago"."""
    when = ago(row.decided_at) if row.decided_at else "meanwhile"
    who = row.decided_by or "Somebody"
    match row.status:
        case Status.APPROVED:
            return f"{who} approved this {when}."
        case Status.REJECTED:
            return f"{who} rejected this {when}."
        case Status.REPLACED:
            return f"This suggestion was replaced {when}, by a matching run or a swap."
        case Status.WITHDRAWN:
            return "This suggestion was withdrawn: it is no longer possible."
        case Status.DECLINED:
            return NOT_AVAILABLE
    return "This suggestion waits for HR."
