"""Which goals a meeting was about."""

from collections.abc import Iterable

from django.db import transaction

from goals.models import Goal
from mentoring.actions.base import lock, record
from mentoring.models import AuditEntry, Meeting, Person, TransitionError


@transaction.atomic
def set_goals(meeting: Meeting, *, by: Person, goals: Iterable[Goal]) -> None:
    """All of them anew. Goals of other pairs do not count."""
    pair = meeting.pair
    pair.partner_of(by)
    meeting = lock(meeting)
    if meeting.status != Meeting.Status.HELD:
        raise TransitionError("That is asked of a meeting that took place.")
    chosen = set(Goal.objects.filter(pair=pair, pk__in=[goal.pk for goal in goals]))
    if set(Goal.objects.filter(meetings=meeting)) == chosen:
        return
    Goal.meetings.through.objects.filter(meeting=meeting).delete()
    Goal.meetings.through.objects.bulk_create(Goal.meetings.through(goal=goal, meeting=meeting) for goal in chosen)
    record(AuditEntry.Action.MEETING_LOGGED, meeting, by=by, goals="changed")
