"""A time zone as calendar files say it: VTIMEZONE, with the yearly rule by which its clocks change.

A rule is given only where it is exact for every year that the entries touch, and the one before and after. Where no
such rule exists (the clocks change by decree, or by the moon), there is none, and the entries stand in UTC.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONG_AGO = dt.datetime(1970, 1, 1)  # noqa: DTZ001  (a clock's reading, of no zone)


@dataclass(frozen=True)
class Change:
    """One change of the clocks: what they showed before it, and the offsets on both sides."""

    reading: dt.datetime
    before: dt.timedelta
    after: dt.timedelta

    @property
    def is_forward(self) -> bool:
        return self.after > self.before


@lru_cache(maxsize=256)
def time_zone(zone: zoneinfo.ZoneInfo, first: int, last: int) -> Timezone | None:
    """The zone for entries of the years `first` to `last`; None where they had better stand in UTC."""
    years = range(first - 1, last + 2)
    changes = list(_changes(zone, years))
    parts = _parts(zone, changes, years)
    if zone.key == "UTC" or parts is None:
        return None
    component = Timezone()
    component.add("tzid", zone.key)
    for part in parts:
        component.add_component(part)
    return component


def is_told_apart(at: dt.datetime, zone: zoneinfo.ZoneInfo) -> bool:
    """Whether what the clocks there show at that moment means this moment alone."""
    here = at.astimezone(zone)
    return here.replace(fold=0).utcoffset() == here.replace(fold=1).utcoffset()


def _parts(
    zone: zoneinfo.ZoneInfo, changes: list[Change], years: range
) -> list[TimezoneStandard | TimezoneDaylight] | None:
    if not changes:
        offset = LONG_AGO.replace(year=years[0], tzinfo=zone).utcoffset() or dt.timedelta()
        return [_part(Change(LONG_AGO, offset, offset), None)]
    sides = [[each for each in changes if each.is_forward is forward] for forward in (True, False)]
    rules = [_rule(side, years) for side in sides]
    if None in rules:
        return None
    return [_part(side[0], rule) for side, rule in zip(sides, rules, strict=True)]


def _part(change: Change, rule: vRecur | None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.is_forward else TimezoneStandard()
    part.add("dtstart", change.reading)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    if rule:
        part.add("rrule", rule)
    return part


def _rule(changes: list[Change], years: range) -> vRecur | None:
    """The rule by which the clocks change once a year, the same way each time; None where there is none."""
    ways = {(each.before, each.after, each.reading.time(), each.reading.month) for each in changes}
    weekdays = {each.reading.weekday() for each in changes}
    if [each.reading.year for each in changes] != list(years) or len(ways) != 1 or len(weekdays) != 1:
        return None
    weeks = {(each.reading.day - 1) // 7 + 1 for each in changes}
    is_last = all((each.reading + dt.timedelta(weeks=1)).month != each.reading.month for each in changes)
    if not is_last and len(weeks) != 1:
        return None
    day = f"{-1 if is_last else weeks.pop()}{WEEKDAYS[weekdays.pop()]}"
    return vRecur(freq="YEARLY", bymonth=changes[0].reading.month, byday=day)


def _changes(zone: zoneinfo.ZoneInfo, years: range) -> Iterator[Change]:
    first = dt.datetime(years[0], 1, 1, tzinfo=dt.UTC)
    days = [first + dt.timedelta(days=n) for n in range(366 * len(years))]
    for since, until in pairwise(day for day in days if day.year in years):
        before, after = _offset(zone, since), _offset(zone, until)
        if before != after:
            yield Change(_last_second(zone, since, until, before) + before, before, after)


def _last_second(zone: zoneinfo.ZoneInfo, since: dt.datetime, until: dt.datetime, before: dt.timedelta) -> dt.datetime:
    """The moment of the change, to the second, without its zone."""
    while until - since > dt.timedelta(seconds=1):
        middle = since + (until - since) // 2
        since, until = (middle, until) if _offset(zone, middle) == before else (since, middle)
    return until.replace(microsecond=0, tzinfo=None)


def _offset(zone: zoneinfo.ZoneInfo, at: dt.datetime) -> dt.timedelta:
    return at.astimezone(zone).utcoffset() or dt.timedelta()
