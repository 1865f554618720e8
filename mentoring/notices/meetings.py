"""Messages about meetings. Those that change a plan carry the file that changes it in the calendar of each."""

import datetime as dt
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from mentoring.calendar_entries import entry_of
from mentoring.clock import in_words, place_of
from mentoring.models import Meeting, MeetingReminder, Person
from mentoring.working_hours import next_working_time
from notifications.calendar import Entry, cancellation, invitation
from notifications.kinds import Kind
from notifications.outbox import Attachment, post

FileOf = Callable[[Entry, zoneinfo.ZoneInfo], Attachment]


def planned(meeting: Meeting, *, by: Person) -> None:
    _tell_both("meeting_planned", meeting, by, invitation)


def accepted(meeting: Meeting, *, by: Person) -> None:
    _post("meeting_accepted", meeting, meeting.pair.partner_of(by), useful_until=meeting.starts_at)


def moved(meeting: Meeting, *, by: Person, before: dt.datetime) -> None:
    _tell_both("meeting_moved", meeting, by, invitation, before=before)


def agenda_set(meeting: Meeting, *, by: Person) -> None:
    _tell_both("meeting_agenda", meeting, by, invitation)


def cancelled(meeting: Meeting, *, by: Person, word: str) -> None:
    _tell_both("meeting_cancelled", meeting, by, cancellation, word=word.replace("\n", "\n> "))


def cancelled_twice(meeting: Meeting, *, to: Person) -> None:
    """A kind note to a senior who cancelled twice in a row: to them alone."""
    _post(
        "meeting_cancelled_twice",
        meeting,
        to,
        url=reverse("meeting-plan", args=[meeting.pair_id]),
        button="Choose a time",
    )


def taken_out(meeting: Meeting) -> None:
    """To both, because their pair pauses or is over; another message says so. Who has left gets no mail any more."""
    entry = entry_of(meeting)
    for person in meeting.pair.people:
        if person.has_left:
            continue
        file = cancellation(entry, person.zone)
        _post("meeting_taken_out", meeting, person, attachment=file, in_app=False)


def remind(reminder: MeetingReminder, *, now: dt.datetime) -> None:
    is_before = reminder.kind == MeetingReminder.Kind.BEFORE
    at = next_working_time(reminder.person, now)
    too_late = is_before and at >= reminder.meeting.starts_at
    _post(
        "meeting_tomorrow" if is_before else "meeting_to_log",
        reminder.meeting,
        reminder.person,
        url=_page(reminder.meeting) if is_before else reverse("meeting-log", args=[reminder.meeting_id]),
        button="Open the meeting" if is_before else "Log it",
        kind=Kind.REMINDER,
        urgent=too_late,
        not_before=None if too_late else at,
        useful_until=reminder.meeting.starts_at if is_before else None,
    )


def _tell_both(template: str, meeting: Meeting, by: Person, file_of: FileOf, **context: Any) -> None:
    """The one who did it gets the file for the calendar by mail, and no news in the app."""
    entry = entry_of(meeting, accepted_by=by)
    for person in meeting.pair.people:
        is_by_me = person == by
        file = file_of(entry, person.zone)
        _post(template, meeting, person, attachment=file, in_app=not is_by_me, is_by_me=is_by_me, **context)


def _post(
    template: str, meeting: Meeting, person: Person, *, url: str = "", button: str = "Open the meeting",
    attachment: Attachment | None = None, in_app: bool = True, kind: Kind = Kind.MEETING, urgent: bool = False,
    not_before: dt.datetime | None = None, useful_until: dt.datetime | None = None, **context: Any,
) -> None:  # fmt: skip
    """What changes a calendar goes at once, so that calendars are right and get the changes in their order."""
    partner, before = meeting.pair.partner_of(person), context.pop("before", None)
    post(
        f"mentoring/messages/{template}",
        key=f"{template}:{meeting.pk}:{meeting.sequence}:{person.pk}",
        kind=kind,
        to=person.user,
        context={
            "meeting": meeting,
            "person": person,
            "partner": partner,
            "when": in_words(meeting.starts_at, person.zone),
            "where_clock": place_of(person.zone),
            "partner_when": _elsewhere(meeting, person, partner),
            "before": in_words(before, person.zone) if before and before != meeting.starts_at else "",
            **context,
        },
        url=url or _page(meeting),
        button=button,
        attachments=(attachment,) if attachment else (),
        in_app=in_app,
        urgent=urgent or attachment is not None,
        not_before=not_before,
        useful_until=useful_until,
    )


def _elsewhere(meeting: Meeting, person: Person, partner: Person) -> str:
    """What the partner's clock shows then; nothing where it shows the same."""
    mine, theirs = in_words(meeting.starts_at, person.zone), in_words(meeting.starts_at, partner.zone)
    return "" if mine == theirs else f"{theirs} in {place_of(partner.zone)}"


def _page(meeting: Meeting) -> str:
    return reverse("meeting-detail", args=[meeting.pk])
