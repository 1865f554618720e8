"""Times that suit both, from two diaries. Pure: no database, no clock of its own; same input, same output.

A time suits when the whole meeting lies in the working hours of both, each in their own zone, on a working day of both,
meets nothing that stands in either diary, and stays within the hours a month that each gives. Of those, each of the
next three weeks offers the most comfortable ones: away from lunch and from the edges of the day, on different days and
at different halves of it.

Example: Alice works 9:00–17:30 in London, Bob 9:00–17:00 in New York. Both work 14:00–17:30 London time; for 45 minutes
that leaves starts from 14:00 to 16:30, and 14:30 is the first that is not at the very beginning of Bob's day.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass

from mentoring.clock import earliest, latest

Span = tuple[dt.datetime, dt.datetime]

WEEKS = 3
STEP = dt.timedelta(minutes=30)
NOTICE = dt.timedelta(hours=20)  # nobody is asked for a meeting that starts sooner
LUNCH = (dt.time(12), dt.time(13))


@dataclass(frozen=True, kw_only=True)
class Diary:
    """One person's working hours and what is in them. `busy` spans are aware; `minutes_a_month` None is no limit."""

    zone: zoneinfo.ZoneInfo
    starts: dt.time
    ends: dt.time
    days: frozenset[int]  # ISO weekdays: 1 is Monday
    busy: tuple[Span, ...] = ()
    minutes_a_month: int | None = None

    def working_span(self, day: dt.date) -> Span | None:
        """Working hours of that day in UTC; nothing on a day off, or where a change of the clocks leaves nothing."""
        if day.isoweekday() not in self.days:
            return None
        span = latest(day, self.starts, self.zone), earliest(day, self.ends, self.zone)
        return span if span[0] < span[1] else None

    def has_room_for(self, start: dt.datetime, end: dt.datetime) -> bool:
        return not any(start < until and since < end for since, until in self.busy) and self._within_month(start, end)

    def _within_month(self, start: dt.datetime, end: dt.datetime) -> bool:
        if self.minutes_a_month is None:
            return True
        month = self._month(start)
        spent = sum((until - since for since, until in self.busy if self._month(since) == month), end - start)
        return spent <= dt.timedelta(minutes=self.minutes_a_month)

    def _month(self, at: dt.datetime) -> tuple[int, int]:
        here = at.astimezone(self.zone)
        return here.year, here.month


def suggest(mine: Diary, theirs: Diary, *, now: dt.datetime, minutes: int, count: int = 6) -> list[dt.datetime]:
    """At most `count` starts in UTC, in order of time. They lie on the half hours of the first diary's zone."""
    length = dt.timedelta(minutes=minutes)
    weeks: list[list[dt.datetime]] = [[] for _ in range(WEEKS)]
    for start in _suitable(mine, theirs, now, length):
        weeks[(start - now) // dt.timedelta(days=7)].append(start)
    each = -(-count // WEEKS)
    chosen = [start for week in weeks for start in _spread(week, mine, theirs, length, each)]
    return sorted(chosen)[:count]


def common_hours(mine: Diary, theirs: Diary, day: dt.date) -> list[Span]:
    """When both work, on that day of the first diary's zone."""
    span = mine.working_span(day)
    if span is None:
        return []
    others = (theirs.working_span(day + dt.timedelta(days=near)) for near in (-1, 0, 1))
    overlaps = ((max(span[0], other[0]), min(span[1], other[1])) for other in others if other)
    return [(since, until) for since, until in overlaps if since < until]


def _suitable(mine: Diary, theirs: Diary, now: dt.datetime, length: dt.timedelta) -> Iterator[dt.datetime]:
    first, last = now + NOTICE, now + dt.timedelta(weeks=WEEKS)
    today = now.astimezone(mine.zone).date()
    for ahead in range(7 * WEEKS + 1):
        for since, until in common_hours(mine, theirs, today + dt.timedelta(days=ahead)):
            start = _on_the_half_hour(max(since, first), mine.zone)
            while start + length <= until and start < last:
                if mine.has_room_for(start, start + length) and theirs.has_room_for(start, start + length):
                    yield start
                start += STEP


def _on_the_half_hour(at: dt.datetime, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """The next moment, `at` included, when clocks in that zone show :00 or :30."""
    here = at.astimezone(zone)
    past = dt.timedelta(minutes=here.minute % 30, seconds=here.second, microseconds=here.microsecond)
    return at.astimezone(dt.UTC) + (STEP - past if past else dt.timedelta())


def _spread(
    starts: list[dt.datetime], mine: Diary, theirs: Diary, length: dt.timedelta, count: int
) -> list[dt.datetime]:
    """The most comfortable ones, on different days and at different halves of the day as far as that goes."""
    chosen: list[dt.datetime] = []
    left = {start: sum(_discomfort(start, length, diary) for diary in (mine, theirs)) for start in starts}
    while left and len(chosen) < count:
        days, halves = {_day(s, mine) for s in chosen}, {_half(s, mine) for s in chosen}
        best = min(left, key=lambda s: (_day(s, mine) in days, _half(s, mine) in halves, left[s], s))
        chosen.append(best)
        left = {s: cost for s, cost in left.items() if s >= best + length or s + length <= best}
    return chosen


def _discomfort(start: dt.datetime, length: dt.timedelta, diary: Diary) -> int:
    """0 is comfortable; 1 at the edge of the working day; 2 over lunch; 3 both."""
    here, end = start.astimezone(diary.zone), (start + length).astimezone(diary.zone)
    at_edge = _minute(here.time()) - _minute(diary.starts) < 30 or _minute(diary.ends) - _minute(end.time()) < 30
    over_lunch = here.time() < LUNCH[1] and end.time() > LUNCH[0]
    return at_edge + 2 * over_lunch


def _minute(clock: dt.time) -> int:
    return 60 * clock.hour + clock.minute


def _day(start: dt.datetime, diary: Diary) -> dt.date:
    return start.astimezone(diary.zone).date()


def _half(start: dt.datetime, diary: Diary) -> bool:
    return start.astimezone(diary.zone).hour < 12
