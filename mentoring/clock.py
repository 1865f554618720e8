"""Wall-clock times as moments, in any time zone, on the days when the clocks change too. Knows no database."""

import datetime as dt
import zoneinfo

from django.utils.timesince import timesince


class ClockError(ValueError):
    """The clocks skip this time, or show it twice. The message is fit to be shown to a person."""


def moment(day: dt.date, clock: dt.time, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """That time on that day in that zone, in UTC. Raises ClockError where it is not exactly one moment."""
    local = dt.datetime.combine(day, clock.replace(fold=0), tzinfo=zone)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    if before is None or after is None or before == after:
        return local.astimezone(dt.UTC)
    shown = f"{clock:%H:%M} on {day.day} {day:%B}"
    if before < after:
        raise ClockError(
            f"The clocks go forward then: {shown} does not exist in {place_of(zone)}. Choose a later time."
        )
    raise ClockError(f"The clocks go back then: {shown} comes twice in {place_of(zone)}. Choose another time.")


def ago(then: dt.datetime, now: dt.datetime | None = None) -> str:
    """In words: “2 hours ago”."""
    now = now or dt.datetime.now(dt.UTC)
    return "just now" if now - then < dt.timedelta(minutes=1) else f"{timesince(then, now, depth=1)} ago"


def earliest(day: dt.date, clock: dt.time, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """The first moment, in UTC, by which that time has come; the clocks may skip it or show it twice."""
    return min(_both_readings(day, clock, zone))


def latest(day: dt.date, clock: dt.time, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """The last moment, in UTC, at which that time comes; the clocks may skip it or show it twice."""
    return max(_both_readings(day, clock, zone))


def _both_readings(day: dt.date, clock: dt.time, zone: zoneinfo.ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    local = dt.datetime.combine(day, clock, tzinfo=zone)
    return local.replace(fold=0).astimezone(dt.UTC), local.replace(fold=1).astimezone(dt.UTC)


def place_of(zone: zoneinfo.ZoneInfo) -> str:
    """“London” for Europe/London: how people say which time they mean."""
    return str(zone.key).rpartition("/")[2].replace("_", " ")


def in_words(at: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """“Tuesday 2 June, 09:30”, as the clocks there show it."""
    here = at.astimezone(zone)
    return f"{here:%A} {here.day} {here:%B}, {here:%H:%M}"
