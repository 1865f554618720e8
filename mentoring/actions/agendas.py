"""The agenda of a meeting: the junior sets it, the senior may add points to it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring.actions.base import lock, record, refuse_stale
from mentoring.actions.meetings import lock_pair
from mentoring.models import AuditEntry, Meeting, Person, TransitionError
from mentoring.notices import meetings as notices

LONGEST = 2000


@transaction.atomic
def set_agenda(meeting: Meeting, *, by: Person, text: str, seen: int | None = None) -> Meeting:
    """All of it anew. `seen` is the meeting's `sequence` as the page knew it."""
    meeting = _locked(meeting, by)
    if by.pk != meeting.pair.junior_id:
        raise TransitionError(f"{meeting.pair.junior.name} sets the agenda. You can add a point to it.")
    if meeting.agenda == text:
        return meeting
    refuse_stale(meeting.sequence, seen)
    return _keep(meeting, by, text)


@transaction.atomic
def add_point(meeting: Meeting, *, by: Person, text: str) -> Meeting:
    """One more line, with the name of whose wish it is; the same one is not added twice."""
    meeting = _locked(meeting, by)
    line = f"{text} ({by.name})"
    if line in meeting.agenda.splitlines():
        return meeting
    return _keep(meeting, by, f"{meeting.agenda.rstrip()}\n{line}".strip())


def _locked(meeting: Meeting, by: Person) -> Meeting:
    """As it is now, locked after its pair, while it is planned."""
    pair = lock_pair(meeting.pair, by)
    meeting = lock(meeting)
    meeting.pair = pair
    if meeting.status != Meeting.Status.PLANNED:
        raise TransitionError("This meeting is not planned any more, so its agenda stays as it is.")
    return meeting


def _keep(meeting: Meeting, by: Person, text: str) -> Meeting:
    if len(text) > LONGEST:
        raise ValidationError({"text": "The agenda has grown too long. Take something out of it first."})
    meeting.agenda = text
    meeting.sequence += 1
    meeting.save(update_fields=["agenda", "sequence"])
    record(AuditEntry.Action.MEETING_AGENDA, meeting, by=by)
    notices.agenda_set(meeting, by=by)
    return meeting
