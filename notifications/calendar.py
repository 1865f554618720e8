"""iCalendar files that Outlook, Google and Apple calendars understand: invitation, change, cancellation, feed.

Times stand in the reader's own zone, with the rule by which its clocks change; in UTC where no rule says it exactly, or
where the clocks there show that time twice. The organizer is this site's own address, and nobody is asked to reply to
it: who comes is settled in the app. The UID of a meeting never changes and its SEQUENCE rises with each change, by
which a calendar finds the entry it has and replaces it.
"""

import datetime as dt
import unicodedata
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from notifications.calendar_zones import is_told_apart, time_zone

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
UNSAFE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control, surrogate, line and paragraph separators


@dataclass(frozen=True, kw_only=True)
class Guest:
    name: str
    email: str
    has_accepted: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One meeting, as a calendar knows it. All times are aware."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    title: str
    words: str = ""
    place: str = ""
    url: str = ""
    guests: tuple[Guest, ...] = ()


def invitation(entry: Entry, zone: zoneinfo.ZoneInfo) -> tuple[str, str, str]:
    """The attachment that puts a meeting into the calendar of somebody in that zone, or changes the one there."""
    return _attachment(entry, zone, REQUEST)


def cancellation(entry: Entry, zone: zoneinfo.ZoneInfo) -> tuple[str, str, str]:
    """The attachment that takes a meeting out of a calendar. Its SEQUENCE must be above the last invitation's."""
    return _attachment(entry, zone, CANCEL)


def feed(name: str, entries: Sequence[Entry], zone: zoneinfo.ZoneInfo) -> str:
    """A calendar to subscribe to. Without guests: nobody is invited by reading it."""
    calendar = _calendar(PUBLISH)
    calendar.add("x-wr-calname", _clean(name))
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    known = _add_zone(calendar, entries, zone)
    for entry in entries:
        calendar.add_component(_event(entry, known))
    return _text(calendar)


def _attachment(entry: Entry, zone: zoneinfo.ZoneInfo, method: str) -> tuple[str, str, str]:
    calendar = _calendar(method)
    event = _event(entry, _add_zone(calendar, [entry], zone))
    event["organizer"] = _address(*parseaddr(settings.DEFAULT_FROM_EMAIL))
    for guest in entry.guests:
        event.add("attendee", _guest(guest))
    if method == CANCEL:
        event["status"] = "CANCELLED"
    calendar.add_component(event)
    return "meeting.ics", f"text/calendar; method={method}", _text(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Reverse mentoring//Meetings//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _add_zone(calendar: Calendar, entries: Sequence[Entry], zone: zoneinfo.ZoneInfo) -> zoneinfo.ZoneInfo | None:
    """The zone, once the calendar explains it; None where times stand in UTC."""
    years = [at.astimezone(zone).year for entry in entries for at in (entry.starts_at, entry.ends_at)]
    explained = time_zone(zone, min(years), max(years)) if years else None
    if explained is None:
        return None
    calendar.add_component(explained)
    return zone


def _event(entry: Entry, zone: zoneinfo.ZoneInfo | None) -> Event:
    event, ends = Event(), (entry.starts_at, entry.ends_at)
    read_in = zone if zone and all(is_told_apart(at, zone) for at in ends) else dt.UTC
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("dtstart", entry.starts_at.astimezone(read_in))
    event.add("dtend", entry.ends_at.astimezone(read_in))
    event.add("summary", _clean(entry.title))
    event.add("status", "CONFIRMED")
    for name, words in (("description", entry.words), ("location", entry.place)):
        if words:
            event.add(name, _clean(words))
    if entry.url:
        event.add("url", entry.url)
    return event


def _guest(guest: Guest) -> vCalAddress:
    address = _address(guest.name, guest.email)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "ACCEPTED" if guest.has_accepted else "NEEDS-ACTION"
    address.params["RSVP"] = "FALSE"
    return address


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["CN"] = _clean(name).replace('"', "'").replace("\n", " ")
    return address


def _clean(words: str) -> str:
    """Without control characters, which no calendar takes; line ends stay."""
    lines = words.replace("\r\n", "\n")
    return "".join(char for char in lines if char == "\n" or unicodedata.category(char) not in UNSAFE)


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode())
