"""Meetings as calendars know them. Nothing private stands in them."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentoring.models import Meeting, Person
from notifications.calendar import Entry, Guest, feed

FEED_REACHES_BACK = dt.timedelta(days=92)


def entry_of(meeting: Meeting, *, accepted_by: Person | None = None, changed_at: dt.datetime | None = None) -> Entry:
    """Needs the meeting's pair with both people, their accounts and the skill."""
    pair = meeting.pair
    return Entry(
        uid=str(meeting.uid),
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=changed_at or timezone.now(),
        title=f"{pair.mentor} and {pair.mentee}: {meeting.topic or pair.skill.name}",
        words="\n\n".join(words for words in (meeting.agenda, _link(meeting)) if words),
        place=meeting.place or meeting.get_channel_display(),
        url=_link(meeting),
        guests=tuple(
            Guest(name=person.name, email=person.user.email, has_accepted=person == accepted_by)
            for person in pair.people
        ),
    )


def feed_of(person: Person, now: dt.datetime) -> str:
    """The calendar of this person's meetings: what is planned, and what took place of late."""
    meetings = (
        Meeting.objects.visible_to(person.user)
        .filter(status__in=[Meeting.Status.PLANNED, Meeting.Status.HELD], starts_at__gt=now - FEED_REACHES_BACK)
        .select_related("pair__mentor__user", "pair__mentee__user", "pair__skill")
    )
    entries = [entry_of(meeting, changed_at=meeting.created_at) for meeting in meetings]
    return feed("Reverse mentoring", entries, person.zone)


def _link(meeting: Meeting) -> str:
    return settings.SITE_URL + reverse("meeting-detail", args=[meeting.pk])
