"""The time zones of calendar files, read back by a parser that did not write them."""

import datetime as dt
import zoneinfo
from io import StringIO

import pytest
import vobject
from dateutil.tz import tzical
from icalendar import Calendar

from notifications.calendar import Entry, invitation
from notifications.calendar_zones import is_told_apart, time_zone

YEARS = {
    2026: (
        "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Africa/Cairo",
        "Australia/Lord_Howe", "Australia/Sydney", "America/Santiago", "Pacific/Chatham", "Asia/Jerusalem",
    ),
    2028: ("Europe/London", "America/New_York"),
}  # fmt: skip


def read_by_another(zone: zoneinfo.ZoneInfo, year: int) -> dt.tzinfo:
    """The zone as dateutil understands the file."""
    calendar = Calendar()
    calendar.add_component(time_zone(zone, year, year))
    found = tzical(StringIO(calendar.to_ical().decode())).get()
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "year"), [(name, year) for year, names in YEARS.items() for name in names])
def test_zone_shows_the_right_clock_on_every_day_of_the_year(name: str, year: int) -> None:
    zone = zoneinfo.ZoneInfo(name)
    theirs = read_by_another(zone, year)
    hours = [dt.datetime(year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=8 * n) for n in range(3 * 365)]

    # What the clocks show twice is one name for two moments; entries do not use it.
    plain = [at for at in hours if is_told_apart(at, zone)]
    wrong = [at for at in plain if at.astimezone(zone).replace(tzinfo=theirs).astimezone(dt.UTC) != at]

    assert (wrong, len(plain) > 1080) == ([], True)


@pytest.mark.parametrize("name", ["Africa/Casablanca", "Asia/Gaza", "UTC"])
def test_zone_without_an_exact_rule_is_not_told(name: str) -> None:
    assert time_zone(zoneinfo.ZoneInfo(name), 2026, 2026) is None


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (dt.datetime(2026, 3, 28, 9, tzinfo=dt.UTC), "09:00"),
        (dt.datetime(2026, 3, 29, 9, tzinfo=dt.UTC), "10:00"),
        (dt.datetime(2026, 10, 24, 9, tzinfo=dt.UTC), "10:00"),
        (dt.datetime(2026, 10, 25, 9, tzinfo=dt.UTC), "09:00"),
        (dt.datetime(2028, 2, 29, 9, tzinfo=dt.UTC), "09:00"),
    ],
)
def test_invitation_is_read_right_on_both_sides_of_a_change(at: dt.datetime, shown: str) -> None:
    entry = Entry(
        uid="u", sequence=0, starts_at=at, ends_at=at + dt.timedelta(hours=1), changed_at=at, title="Alice and Bob"
    )  # fmt: skip

    read = vobject.readOne(invitation(entry, zoneinfo.ZoneInfo("Europe/London"))[2]).vevent.dtstart.value

    assert (read.astimezone(dt.UTC), f"{read:%H:%M}") == (at, shown)
