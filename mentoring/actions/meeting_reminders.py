"""Reminders of meetings: one on the working day before, one afterwards to log it.

What is due stands in rows. A reminder is claimed by deleting its row in the transaction that writes its message, so two
workers, a second run or a late one send it once, and a missed night is made up.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mentoring.models import Meeting, MeetingReminder, Person
from mentoring.notices import meetings as notices
from mentoring.working_hours import next_working_time, working_day_before

BATCH = 200
TIME_TO_FINISH = dt.timedelta(hours=1)  # after the planned end, before anybody is asked to log it

Kind = MeetingReminder.Kind


def schedule(meeting: Meeting) -> None:
    """Sets a planned meeting's reminders anew. What would be due by now is left out: they have just planned it."""
    unschedule(meeting)
    MeetingReminder.objects.bulk_create(reminders_of(meeting, timezone.now()))


def reminders_of(meeting: Meeting, now: dt.datetime) -> list[MeetingReminder]:
    """Those of a planned meeting that are still ahead, not saved."""
    due = [(person, kind, _due(kind, person, meeting)) for person in meeting.pair.people for kind in Kind]
    return [
        MeetingReminder(meeting=meeting, person=person, kind=kind, due_at=at) for person, kind, at in due if at > now
    ]


def reschedule_of(person: Person) -> None:
    """By their working hours as they are now: they have changed them, or moved to another time zone."""
    waiting = MeetingReminder.objects.filter(person=person).select_related("meeting").order_by("pk")
    reminders = list(waiting.select_for_update(of=("self",), skip_locked=True))  # what is being sent is left alone
    for reminder in reminders:
        reminder.due_at = _due(reminder.kind, person, reminder.meeting)
    MeetingReminder.objects.bulk_update(reminders, ["due_at"])


def _due(kind: str, person: Person, meeting: Meeting) -> dt.datetime:
    if kind == Kind.BEFORE:
        return working_day_before(person, meeting.starts_at)
    return next_working_time(person, meeting.ends_at + TIME_TO_FINISH)


def unschedule(meeting: Meeting) -> None:
    meeting.reminders.all().delete()


def send_due(now: dt.datetime) -> int:
    """Sends what is due; how many were taken up."""
    due = MeetingReminder.objects.due(now).values_list("pk", flat=True)[:BATCH]
    return sum(_send(pk, now) for pk in list(due))


@transaction.atomic
def _send(pk: int, now: dt.datetime) -> bool:
    rows = MeetingReminder.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "person__user", "meeting__pair__mentor", "meeting__pair__mentee", "meeting__pair__skill"
    )
    reminder = rows.filter(pk=pk, due_at__lte=now).first()
    if reminder is None:
        return False  # another worker has it, or the meeting was moved
    reminder.delete()
    if _is_still_wanted(reminder, now):
        notices.remind(reminder, now=now)
    return True


def _is_still_wanted(reminder: MeetingReminder, now: dt.datetime) -> bool:
    meeting = reminder.meeting
    if meeting.status != Meeting.Status.PLANNED or not (meeting.pair.is_running or meeting.pair.is_beginning):
        return False
    return reminder.kind == Kind.LOG or now < meeting.starts_at
