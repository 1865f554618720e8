"""What the tests of meetings share: plans, past meetings, and what was written about them."""

import datetime as dt

from django.utils import timezone
from icalendar import Calendar

from mentoring.actions.meetings import Plan
from mentoring.models import AuditEntry, Meeting, Pair, Person
from notifications.models import Message
from tests.builders import make_meeting


def in_days(days: float) -> dt.datetime:
    return timezone.now().replace(microsecond=0) + dt.timedelta(days=days)


def make_plan(*, starts_at: dt.datetime | None = None, minutes: int = 45, **fields: str) -> Plan:
    starts_at = starts_at or in_days(3)
    return Plan(starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=minutes), **fields)


def make_past_meeting(pair: Pair, **fields: object) -> Meeting:
    return make_meeting(pair=pair, starts_at=in_days(-1), **fields)  # type: ignore[arg-type]


def audit() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "by"))


def mails_to(person: Person) -> list[Message]:
    return list(person.user.outbox.order_by("pk"))


def calendar_entry(message: Message) -> tuple[str, str, int, str]:
    """(method, UID, SEQUENCE, STATUS) of what the mail carries, read back by a parser."""
    [[_, mime, text]] = message.attachments
    calendar = Calendar.from_ical(text)
    [event] = calendar.events
    assert mime == f"text/calendar; method={calendar['method']}"
    return str(calendar["method"]), str(event["uid"]), int(event["sequence"]), str(event["status"])
