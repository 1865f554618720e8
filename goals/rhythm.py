"""When check-ins are asked for: at the programme's rhythm, halfway, at its end, and once more six months later.

All of it is counted in days on the person's own calendar and falls on their own mornings, so that a change to or from
summer time moves nothing.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import NamedTuple

from goals.models import CheckIn
from mentoring.models import Person, Programme
from mentoring.working_hours import next_working_time

WINDOW_DAYS = 10  # to answer; less where the next one would come sooner
MESSAGES = 3  # the question and two reminders
MONTHS_LATER = 6
Occasion = CheckIn.Occasion


@dataclass(frozen=True)
class Rhythm:
    every_days: int
    ends_on: dt.date
    middle: dt.date | None = None

    @classmethod
    def of(cls, programme: Programme) -> "Rhythm":
        middle = programme.starts_on + (programme.ends_on - programme.starts_on) / 2
        return cls(programme.check_in_every_days, programme.ends_on, middle)

    @property
    def window_days(self) -> int:
        return max(1, min(WINDOW_DAYS, self.every_days - 1))

    @property
    def pause_days(self) -> int:
        """Between two messages about one check-in."""
        return max(1, self.window_days // MESSAGES)


class Due(NamedTuple):
    at: dt.datetime
    occasion: str = Occasion.REGULAR


def due(
    rhythm: Rhythm, person: Person, now: dt.datetime, *, after: dt.datetime | None = None, last: str = Occasion.REGULAR
) -> Due | None:
    """When the next check-in is asked for; None where none follows. `after` is when the last one was due, `last` its
    occasion.

    One that would come shortly before the programme's middle or end waits for that day.
    """
    today, before = _day(person, now), _day(person, after) if after is not None else None
    if last == Occasion.LATER:
        return None
    if before is not None and (last == Occasion.END or before >= rhythm.ends_on):
        return Due(morning(person, max(months_after(before, MONTHS_LATER), today)), Occasion.LATER)
    if today > rhythm.ends_on + dt.timedelta(days=rhythm.window_days):
        return None
    day = today + dt.timedelta(days=rhythm.every_days)
    if before is not None:
        day = max(before + dt.timedelta(days=rhythm.every_days), today + dt.timedelta(days=rhythm.every_days // 2))
    soon = day + dt.timedelta(days=rhythm.every_days // 3)
    if soon >= rhythm.ends_on:
        return Due(morning(person, max(rhythm.ends_on, today)), Occasion.END)
    middle = rhythm.middle
    if middle is not None and last != Occasion.MIDDLE and (before or today) < middle <= soon:
        return Due(morning(person, max(middle, today)), Occasion.MIDDLE)
    return Due(morning(person, day))


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month, or the month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def after_meeting(person: Person, met_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """The working day after; at once, within working hours, where that day is past."""
    return max(morning(person, _day(person, met_at) + dt.timedelta(days=1)), next_working_time(person, now))


def reminder(rhythm: Rhythm, person: Person, sent_at: dt.datetime, *, sent: int) -> dt.datetime | None:
    """When the next message goes, after `sent` of them; None after the last."""
    if sent >= MESSAGES:
        return None
    return morning(person, _day(person, sent_at) + dt.timedelta(days=rhythm.pause_days))


def lapse(rhythm: Rhythm, person: Person, asked_at: dt.datetime) -> dt.datetime:
    return morning(person, _day(person, asked_at) + dt.timedelta(days=rhythm.window_days))


def morning(person: Person, day: dt.date) -> dt.datetime:
    """The start of the person's working hours on that day, or on their next working day."""
    return next_working_time(person, dt.datetime.combine(day, dt.time(), tzinfo=person.zone))


def _day(person: Person, moment: dt.datetime) -> dt.date:
    return moment.astimezone(person.zone).date()
