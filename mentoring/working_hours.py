"""When a person works, in their own time zone; right across changes to and from summer time."""

import datetime as dt
from typing import TYPE_CHECKING

from mentoring.clock import latest

if TYPE_CHECKING:
    from mentoring.models import Person

DAYS_AHEAD = 15  # two weeks and a day: every weekday comes round, whatever the starting day


def next_working_time(person: "Person", at: dt.datetime) -> dt.datetime:
    """`at` if the person works then, else the start of their next working hours, in UTC.

    Wall-clock times that a change to summer time skips are read as the same moment an hour on, as PEP 495 folds them.
    A person with no working days is treated as working Monday to Friday.
    """
    here = at.astimezone(person.zone)
    days = person.working_days or [1, 2, 3, 4, 5]
    for ahead in range(DAYS_AHEAD):
        day = here.date() + dt.timedelta(days=ahead)
        if day.isoweekday() not in days:
            continue
        starts = dt.datetime.combine(day, person.work_starts, tzinfo=person.zone).astimezone(dt.UTC)
        ends = dt.datetime.combine(day, person.work_ends, tzinfo=person.zone).astimezone(dt.UTC)
        if at < ends:
            return max(starts, at.astimezone(dt.UTC))
    raise ValueError("working_days holds no weekday from 1 to 7")


def works_at(person: "Person", at: dt.datetime) -> bool:
    """Whether that moment lies in the person's working hours, their end included."""
    here = at.astimezone(person.zone)
    days = person.working_days or [1, 2, 3, 4, 5]
    return here.isoweekday() in days and person.work_starts <= here.time() <= person.work_ends


def working_day_before(person: "Person", at: dt.datetime) -> dt.datetime:
    """When the person's last working day before the day of `at` begins, in UTC."""
    day = at.astimezone(person.zone).date()
    days = person.working_days or [1, 2, 3, 4, 5]
    for back in range(1, DAYS_AHEAD):
        before = day - dt.timedelta(days=back)
        if before.isoweekday() in days:
            return latest(before, person.work_starts, person.zone)
    raise ValueError("working_days holds no weekday from 1 to 7")


def next_morning(person: "Person", at: dt.datetime) -> dt.datetime:
    """When the person's next working day begins, after the day of `at`, in UTC."""
    return _morning_in(person, at, days=1)


def next_week(person: "Person", at: dt.datetime) -> dt.datetime:
    """When the first working day of the week after `at` begins, in UTC."""
    return _morning_in(person, at, days=8 - at.astimezone(person.zone).isoweekday())


def _morning_in(person: "Person", at: dt.datetime, *, days: int) -> dt.datetime:
    day = at.astimezone(person.zone).date() + dt.timedelta(days=days)
    return next_working_time(person, dt.datetime.combine(day, dt.time(), tzinfo=person.zone))
