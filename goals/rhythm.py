"""When check-ins are asked for: at the programme's rhythm, on the person's own mornings, once more at its end.

All of it is counted in days on the person's own calendar, so that a change to or from summer time moves nothing.
"""

import datetime as dt
from dataclasses import dataclass

from mentoring.models import Person, Programme
from mentoring.working_hours import next_working_time

WINDOW_DAYS = 10  # to answer; less where the next one would come sooner
MESSAGES = 3  # the question and two reminders


@dataclass(frozen=True)
class Rhythm:
    every_days: int
    ends_on: dt.date

    @classmethod
    def of(cls, programme: Programme) -> "Rhythm":
        return cls(programme.check_in_every_days, programme.ends_on)

    @property
    def window_days(self) -> int:
        return max(1, min(WINDOW_DAYS, self.every_days - 1))

    @property
    def pause_days(self) -> int:
        """Between two messages about one check-in."""
        return max(1, self.window_days // MESSAGES)


def due(rhythm: Rhythm, person: Person, now: dt.datetime, *, after: dt.datetime | None = None) -> dt.datetime | None:
    """When the next check-in is asked for; None once the programme is over. `after` is when the last one was due.

    One that would come shortly before the programme's end waits for the end.
    """
    today = _day(person, now)
    if today > rhythm.ends_on + dt.timedelta(days=rhythm.window_days):
        return None
    day = today + dt.timedelta(days=rhythm.every_days)
    if after is not None:
        last = _day(person, after)
        if last >= rhythm.ends_on:
            return None
        day = max(last + dt.timedelta(days=rhythm.every_days), today + dt.timedelta(days=rhythm.every_days // 2))
    if day + dt.timedelta(days=rhythm.every_days // 3) >= rhythm.ends_on:
        day = max(rhythm.ends_on, today)
    return morning(person, day)


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
